import type { Span } from '../../core/span.ts';
import type { OutlineSymbol } from '../../core/system.ts';
import type { PenstockModel } from './model.ts';

/** The outline of `penstock.yaml`: pipelines and what each runs. */
export function outlineOf({ pipelines }: PenstockModel): readonly OutlineSymbol[] {
  return pipelines.map(({ pair, name, title, entries }) => ({
    name,
    ...(title ? { detail: title } : {}),
    kind: 'item',
    span: cover(pair.key.span, pair.value.span),
    selection: pair.key.span,
    children: entries.map((entry): OutlineSymbol => {
      const selection = (entry.idNode ?? entry.step ?? entry.run ?? entry.node).span;
      return {
        name: entry.id || '-',
        kind: 'task',
        span: cover(entry.node.span, selection),
        selection,
        children: [],
      };
    }),
  }));
}

function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
