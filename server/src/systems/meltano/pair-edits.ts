import type { Fix } from '../../core/finding.ts';
import type { ParsedFile } from '../../core/system.ts';
import type { Pair } from '../../core/tree.ts';

/** Takes a key with its value out: the lines it has for itself, or what stands between its commas. */
export function removePair({ key, value }: Pair, { source }: ParsedFile, title: string): Fix {
  const { text } = source;
  let { start } = key.span;
  let { end } = value.span;
  while (/["']/.test(text[end] ?? '')) end++;
  while (/["']/.test(text[start - 1] ?? '')) start--;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(text.slice(end));
  if (/^[ \t]*$/.test(text.slice(lineStart, start)) && rest) {
    start = lineStart;
    end += rest[0].length;
  } else {
    const after = /^[ \t]*,[ \t]*/.exec(text.slice(end));
    if (after) end += after[0].length;
    else start -= /,?[ \t]*$/.exec(text.slice(0, start))![0].length;
  }
  return { title, edits: [{ path: source.path, span: { start, end }, newText: '' }], certain: true };
}
