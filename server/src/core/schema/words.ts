/** JSON Schema's types in a person's words. */
export const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
};

/** Limit: the names in one sentence; the rest is counted. */
const mostNames = 8;

/** '`a`, `b` or `c`' */
export function listing(names: readonly string[], word: 'and' | 'or'): string {
  const shown = names.slice(0, mostNames).map((name) => `\`${name}\``);
  if (names.length > mostNames) shown.push(`${names.length - mostNames} more`);
  return joined(shown, word);
}

export function joined(parts: readonly string[], word: 'and' | 'or'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}

/** The text as a sentence may quote it: its first line, and not all of a long one. */
export function shorten(text: string): string {
  const line = text.split('\n', 1)[0]!;
  return line.length > 60 || line.length < text.length ? `${line.slice(0, 57)}…` : line;
}
