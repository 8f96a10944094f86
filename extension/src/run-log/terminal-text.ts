const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Sequences of colours and styles. */
export const colour = new RegExp(`${escape}\\[[0-9;:]*m`, 'g');
/** Links, titles and movements of the cursor: nothing that a line in a list could do. */
const notColour = new RegExp(
  [
    `${escape}\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)`,
    `${escape}\\[[0-9;?]*[A-LN-Za-ln-z]`,
    `${escape}[()][0-9A-B]`,
    `${escape}[=>78cDEHM]`,
  ].join('|'),
  'g',
);

/** The line as a terminal would leave it standing: without movements, the last of what was overwritten. Colours stay. */
export function cleanLine(text: string): string {
  const still = text.includes(escape) ? text.replace(notColour, '') : text;
  if (!still.includes('\r')) return still;
  const parts = still.split('\r').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  // What was overwritten is gone, but not the style that it began.
  const styles = parts.slice(0, -1).flatMap((part) => part.match(colour) ?? []);
  return `${styles.join('')}${last}`;
}

/** The characters of a cleaned line without its colours; the same string where there are none. */
export function plainText(clean: string): string {
  return clean.includes(escape) ? clean.replace(colour, '').replaceAll(escape, '') : clean;
}
