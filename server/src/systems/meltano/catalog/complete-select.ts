import type { FactReader } from '../../../core/fact-index.ts';
import { touches, type Span } from '../../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../../core/system.ts';
import { slotSpan } from '../../../core/slot.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { catalogAt, catalogPaths, type KnownCatalog } from './known-catalog.ts';
import { selectedIn, toMatcher } from './select-patterns.ts';

/** The streams and attributes of the catalog for a pattern of `select` under the cursor; undefined where there is none. */
export function completeSelect(
  { model, source, project }: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] | undefined {
  if (model.kind === 'lock') return undefined;
  const plugins = [...model.plugins, ...model.environments.flatMap((environment) => environment.plugins)];
  for (const { type, name, node } of plugins) {
    if (type.key !== 'extractors') continue;
    const scalar = selectedIn(node).find((each) => touches(slotSpan(source, each), offset));
    if (!scalar) continue;
    const catalog = catalogAt(facts, catalogPaths(project.root, name.text, node));
    if (!catalog) return [];
    const span = slotSpan(source, scalar);
    return suggestions(catalog, source.slice({ start: span.start, end: offset }), { span, scalar });
  }
  return undefined;
}

interface Slot {
  readonly span: Span;
  readonly scalar: ScalarNode;
}

function suggestions(
  { streams }: KnownCatalog,
  typed: string,
  { span, scalar }: Slot,
): readonly Suggestion[] {
  const sign = typed.startsWith('!') ? 1 : 0;
  const dot = /(?<!\\)\./u.exec(typed)?.index;
  if (dot === undefined) {
    const isQuoted = scalar.style === 'single' || scalar.style === 'double';
    return [...streams.keys()].map((id) => {
      const pattern = id.replaceAll('.', String.raw`\.`);
      const isPlain = isQuoted || /^[A-Za-z_][\w\\.-]*$/u.test(pattern);
      return {
        label: id,
        kind: 'value',
        span: { start: span.start + sign, end: span.end },
        insertText: isPlain ? pattern : `'${pattern}'`,
        detail: 'stream',
      };
    });
  }
  const fits = toMatcher(typed.slice(sign, dot).replaceAll(String.raw`\.`, '.'));
  const attributes = new Set([...streams].filter(([id]) => fits(id)).flatMap(([, names]) => names));
  return [...attributes].map((label) => ({
    label,
    kind: 'value',
    span: { start: span.start + dot + 1, end: span.end },
    detail: 'attribute',
  }));
}
