import { keyAt } from '../../core/schema/schema-assist.ts';
import { touches, type Span } from '../../core/span.ts';
import type { OutlineSymbol, ParsedFile, Suggestion } from '../../core/system.ts';
import { itemsOf, pairsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import { allowedValues, keyDescriptions } from './metadata-keys.ts';
import { propertiesOf, type SingerModel } from './model.ts';

/** The values that may stand where the cursor is: of metadata, and of keys the properties of the stream. */
export function completeSinger(
  { tree, model }: ParsedFile<SingerModel>,
  offset: number,
): readonly Suggestion[] {
  if (!tree || model.kind !== 'catalog') return [];
  const { pair, scalar } = placeAt(tree, offset);
  if (!pair || touches(pair.key.span, offset)) return [];
  const span = scalar?.span ?? { start: offset, end: offset };
  const isQuoted = scalar?.style === 'double';
  const { text: key } = pair.key;
  const allowed = Object.hasOwn(allowedValues, key) ? allowedValues[key] : undefined;
  if (allowed) {
    return allowed
      .filter((value) => typeof value === 'string' || !isQuoted)
      .map((value) => ({
        label: String(value),
        kind: 'value',
        span,
        insertText: isQuoted || typeof value === 'boolean' ? String(value) : `"${value}"`,
      }));
  }
  if (!naming.has(key)) return [];
  const stream = model.streams.find(({ node }) => node.span.start <= offset && offset <= node.span.end);
  return [...(propertiesOf(stream?.schema) ?? [])].map((label) => ({
    label,
    kind: 'value',
    span,
    insertText: isQuoted ? label : JSON.stringify(label),
  }));
}

interface Place {
  /** The innermost key whose value, or a list of it, holds the offset. */
  readonly pair?: Pair;
  readonly scalar?: ScalarNode;
}

function placeAt(node: Node, offset: number, pair?: Pair): Place {
  if (node.kind === 'scalar') return { ...(pair ? { pair } : {}), scalar: node };
  for (const item of itemsOf(node)) if (touches(item.span, offset)) return placeAt(item, offset, pair);
  for (const each of pairsOf(node)) {
    if (touches(each.key.span, offset)) return { pair: each };
    if (touches(each.value.span, offset)) return placeAt(each.value, offset, each);
  }
  return pair && node.kind === 'seq' ? { pair } : {};
}

const naming: ReadonlySet<string> = new Set([
  'key_properties',
  'replication_key',
  'replication-key',
  'table-key-properties',
  'valid-replication-keys',
  'breadcrumb',
]);

/** What a key is for. */
export function hoverSinger(
  { tree }: ParsedFile<SingerModel>,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const found = tree && keyAt(tree, offset);
  if (!found || found.pointer.includes('schema')) return undefined;
  const { text, span } = found.key;
  if (!Object.hasOwn(keyDescriptions, text)) return undefined;
  return { span, markdown: `**${text}**\n\n${keyDescriptions[text]}` };
}

/** Streams with their properties; of a state the streams that have a bookmark. */
export function outlineSinger({ model, tree }: ParsedFile<SingerModel>): readonly OutlineSymbol[] {
  if (model.kind === 'catalog') {
    return model.streams.flatMap(({ id, node, schema }): readonly OutlineSymbol[] => {
      if (!id) return [];
      const properties = pairsOf(schema).find(({ key }) => key.text === 'properties')?.value;
      const children = pairsOf(properties).map(({ key, value }) =>
        leaf(key.text, key.span, { start: key.span.start, end: value.span.end }),
      );
      return [
        { name: id.text, detail: 'stream', kind: 'item', span: node.span, selection: id.span, children },
      ];
    });
  }
  if (model.kind !== 'state' || !tree) return [];
  const bookmarks = pairsOf(model.state).find(({ key }) => key.text === 'bookmarks')?.value;
  return pairsOf(bookmarks).map(({ key, value }) =>
    leaf(key.text, key.span, { start: key.span.start, end: value.span.end }),
  );
}

function leaf(name: string, selection: Span, span: Span): OutlineSymbol {
  return { name: name || '-', kind: 'field', span, selection, children: [] };
}
