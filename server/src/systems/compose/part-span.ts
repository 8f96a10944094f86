import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { ScalarNode } from '../../core/tree.ts';

/** Where a part of a scalar's text stands; the scalar itself where escapes hide it. */
export function partSpan(source: SourceFile, node: ScalarNode, part: string, from = 0): Span {
  const written = source.slice(node.span);
  const at = written === node.text ? node.text.indexOf(part, from) : written.indexOf(part, from);
  return at < 0 ? node.span : { start: node.span.start + at, end: node.span.start + at + part.length };
}
