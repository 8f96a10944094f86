/** `90s`, `5m`, `1h`, `1h30m`; undefined where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/u.exec(text.trim());
  if (!found || text.trim() === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Math.round(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}

const dayMs = 86_400_000;

/** As `parseDuration`, with days before it: `7d`, `1d12h`. */
export function parseAge(text: string): number | undefined {
  const [, days, rest = ''] = /^(?:(\d+)d)?(.*)$/u.exec(text.trim())!;
  if (days === undefined) return parseDuration(rest);
  const more = rest === '' ? 0 : parseDuration(rest);
  return more === undefined ? undefined : Number(days) * dayMs + more;
}

/** `2 minutes`, `5 hours`, `3 days`: how long ago something was, to be read. */
export function ageText(ageMs: number): string {
  const minutes = Math.round(Math.max(0, ageMs) / 60_000);
  const [count, unit] =
    minutes < 1
      ? [Math.round(Math.max(0, ageMs) / 1000), 'second']
      : minutes < 120
        ? [minutes, 'minute']
        : minutes < 48 * 60
          ? [Math.round(minutes / 60), 'hour']
          : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A time that somebody set, as exactly as it is: `2.5 s`, `5 min`, `1 min 30 s`, `1 h 30 min`. */
export function durationText(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** How long something took, told in the same words everywhere: `0.4 s`, `18.9 s`, `1 min 2 s`, `1 h 5 min`. */
export function tookText(durationMs: number): string {
  const seconds = Math.max(0, durationMs) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const least = seconds < 3599.5 ? 1 : 60;
  return durationText(Math.round(seconds / least) * least * 1000);
}
