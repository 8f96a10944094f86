import { parseAge, parseDuration } from '../../core/duration.ts';

/** Why a text is no duration of at least so many milliseconds, and what to write, as a finding says it. */
export function wrongDuration(text: string, least: number): string | undefined {
  const ms = parseDuration(text);
  if (ms !== undefined)
    return ms < least ? 'nothing can end in no time; write a longer duration, as `90s`' : undefined;
  const [, milliseconds] = /^(\d+) ?ms$/u.exec(text) ?? [];
  const way =
    milliseconds === undefined
      ? 'write hours, minutes and seconds, as `1h`, `5m`, `90s` or `1h30m`'
      : `write seconds, as \`${Number(milliseconds) / 1000}s\``;
  return `\`${text}\` is no duration; ${way}`;
}

/** As `wrongDuration`, for how new something has to be. */
export function wrongAge(text: string): string | undefined {
  const ms = parseAge(text);
  if (ms === undefined)
    return `\`${text}\` is no age; write days, hours, minutes and seconds, as \`7d\`, \`1d12h\` or \`30m\``;
  return ms === 0 ? 'nothing stays as new as that; write a longer age, as `7d`' : undefined;
}
