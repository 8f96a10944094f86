import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';
import type { ScalarNode } from './tree.ts';

/** Where a name is typed: the scalar itself; for an empty one the blanks behind its colon or dash, where the cursor stands. */
export function slotSpan(source: SourceFile, scalar: ScalarNode): Span {
  const { start, end } = scalar.span;
  if (scalar.value !== null || end > start) return scalar.span;
  const before = source.text[end - 1];
  const blanks = /^[ \t]*/u.exec(source.text.slice(end, end + 200))![0].length;
  const isBehindBlank = before === ' ' || before === '\t';
  return { start: isBehindBlank ? end : end + Math.min(1, blanks), end: end + blanks };
}
