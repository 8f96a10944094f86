import type { Span } from '../../core/span.ts';
import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import { get, itemsOf, pairsOf, stringOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import type { DocsModel } from './docs.ts';
import { jinjaSymbols } from './jinja-symbols.ts';
import type { SqlModel } from './sql.ts';

/** The lists of an entry that are shown below it. */
const inner = ['columns', 'tables', 'versions', 'write_integrations'];

/** The outline of a file: blocks of Jinja, or of YAML the sections, what they describe, and the columns or tables of that. */
export function dbtSymbols({ source, tree, claim, model }: ParsedFile): readonly OutlineSymbol[] {
  const { kind, blocks } = model as Partial<SqlModel | DocsModel>;
  if ((kind === 'sql' || kind === 'docs') && blocks) return jinjaSymbols(source.text, blocks);
  if (claim.kind === 'profiles') return pairsOf(tree).map(profileSymbol);
  return pairsOf(tree).map((pair) => {
    const children = itemsOf(pair.value).flatMap(entrySymbol);
    if (pair.value.kind === 'seq' && children.length > 0)
      return symbol(pair.key, pair.value, { kind: 'group', children });
    return claim.kind === 'project'
      ? projectSymbol(pair)
      : symbol(pair.key, pair.value, { kind: 'group', children });
  });
}

function entrySymbol(entry: Node): readonly OutlineSymbol[] {
  const name = stringOf(get(entry, 'name')) ?? stringOf(get(entry, 'package'));
  if (!name) return [];
  const children = inner.flatMap((key) => itemsOf(get(entry, key)).flatMap(fieldSymbol));
  return [{ ...symbol(name, entry, { kind: 'item', children }), span: entry.span }];
}

function fieldSymbol(entry: Node): readonly OutlineSymbol[] {
  const name = get(entry, 'name') ?? get(entry, 'v');
  if (name?.kind !== 'scalar' || name.text === '') return [];
  const type = stringOf(get(entry, 'data_type'))?.text;
  const children = itemsOf(get(entry, 'columns')).flatMap(fieldSymbol);
  return [{ ...symbol(name, entry, { kind: 'field', children, detail: type }), span: entry.span }];
}

/** Only what a person would look for: values, and the first levels of the trees of configuration. */
function projectSymbol({ key, value }: Pair): OutlineSymbol {
  if (value.kind === 'scalar')
    return symbol(key, value, {
      kind: key.text === 'name' ? 'project' : 'field',
      detail: value.text,
      children: [],
    });
  return symbol(key, value, { kind: 'group', children: treeSymbols(value, 3) });
}

function treeSymbols(node: Node, depth: number): readonly OutlineSymbol[] {
  if (depth === 0) return [];
  return pairsOf(node).map(({ key, value }) =>
    symbol(key, value, { kind: 'field', children: treeSymbols(value, depth - 1) }),
  );
}

/** Of a profile only names and types are shown: the rest may be secret. */
function profileSymbol({ key, value }: Pair): OutlineSymbol {
  const children = pairsOf(get(value, 'outputs')).map((output) =>
    symbol(output.key, output.value, {
      kind: 'field',
      detail: stringOf(get(output.value, 'type'))?.text,
      children: [],
    }),
  );
  return symbol(key, value, { kind: 'group', children });
}

interface SymbolParts {
  readonly kind: OutlineSymbol['kind'];
  readonly detail?: string | undefined;
  readonly children: readonly OutlineSymbol[];
}

function symbol(name: ScalarNode, value: Node, { kind, detail, children }: SymbolParts): OutlineSymbol {
  const span: Span = {
    start: Math.min(name.span.start, value.span.start),
    end: Math.max(name.span.end, value.span.end),
  };
  return {
    name: name.text || '-',
    kind,
    span,
    selection: name.span,
    children,
    ...(detail === undefined ? {} : { detail }),
  };
}
