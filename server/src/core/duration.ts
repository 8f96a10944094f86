/** `90s`, `5m`, `1h`, `1h30m`; undefined where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/u.exec(text.trim());
  if (!found || text.trim() === '') return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return Math.round(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}

/** `2.5 s`, `5 min`, `1 min 30 s`, `1 h 30 min`. */
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
