import type { Span } from '../span.ts';
import type { Problem } from '../system.ts';
import type { Node } from '../tree.ts';
import type { Layout } from './layout.ts';
import type { OpenSpan } from './tree-builder.ts';

/** A text with spaces put in, and the way back to the offsets of the original. */
export interface Padded {
  readonly text: string;
  /** The offset in the original. */
  original(offset: number): number;
}

/**
 * The text with the shallow lines of quotes and brackets indented as YAML's rules want it. White space
 * at the start of such lines means nothing, so the values stay; PyYAML and ruamel do not ask for it.
 * Undefined where nothing needs it.
 */
export function padShallowLines(text: string, { enclosures }: Layout): Padded | undefined {
  const inserted: { readonly at: number; readonly spaces: number }[] = [];
  for (const { shallowLines, column } of enclosures) {
    for (const at of shallowLines) {
      // A document's mark ends the document inside quotes too.
      if (!isDocumentMark(text, at)) inserted.push({ at, spaces: column });
    }
  }
  if (inserted.length === 0) return undefined;
  const parts: string[] = [];
  const starts: number[] = [];
  let from = 0;
  let shift = 0;
  for (const { at, spaces } of inserted) {
    parts.push(text.slice(from, at), ' '.repeat(spaces));
    starts.push(at + shift);
    shift += spaces;
    from = at;
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), original: (offset) => original(offset, starts, inserted) };
}

function isDocumentMark(text: string, at: number): boolean {
  const mark = text.slice(at, at + 3);
  return mark === '---' || mark === '...';
}

function original(
  offset: number,
  starts: readonly number[],
  inserted: readonly { readonly spaces: number; readonly at: number }[],
): number {
  let low = -1;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  if (low < 0) return offset;
  const { at, spaces } = inserted[low]!;
  return at + Math.max(0, offset - starts[low]! - spaces);
}

/** Moves every span of a tree that was read from the padded text to where it stands in the original. */
export function unpadTree(root: Node, padded: Padded): void {
  const seen = new Set<Node>();
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const span = node.span as OpenSpan & { start: number };
    span.start = padded.original(span.start);
    span.end = padded.original(span.end);
    if (node.kind === 'seq') for (const item of node.items) stack.push(item);
    else if (node.kind === 'map') for (const { key, value } of node.pairs) stack.push(key, value);
  }
}

/** To be called before `unpadTree`, for problems may share their spans with nodes. */
export function unpadProblems(problems: readonly Problem[], padded: Padded): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, span: unpadSpan(problem.span, padded) }));
}

function unpadSpan(span: Span, padded: Padded): Span {
  return { start: padded.original(span.start), end: padded.original(span.end) };
}
