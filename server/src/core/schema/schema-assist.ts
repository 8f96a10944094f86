import { touches, type Span } from '../span.ts';
import type { ParsedFile, Suggestion } from '../system.ts';
import { nodeAt, pairsOf, type Node, type ScalarNode } from '../tree.ts';
import { describeAt, keysAt, valuesAt } from './describe-schema.ts';
import type { Schema } from './schema.ts';
import { yamlPlaceAt } from './yaml-place.ts';

/** The keys and values that a schema allows at an offset of a YAML file; keys that are there already are left out. */
export function completeBySchema(
  { source, tree }: Pick<ParsedFile, 'source' | 'tree'>,
  schema: Schema,
  offset: number,
): readonly Suggestion[] {
  const place = yamlPlaceAt(source, offset);
  if (!place) return [];
  const { pointer, span, kind } = place;
  const values = kind === 'key' ? [] : valuesAt(schema, tree, pointer);
  const there = new Set(
    pairsOf(tree && nodeAt(tree, pointer))
      .filter(({ key }) => !touches(key.span, offset))
      .map(({ key }) => key.text),
  );
  const keys = kind === 'value' ? [] : keysAt(schema, tree, pointer).filter(({ name }) => !there.has(name));
  const isKeyWritten = /^\s*:/u.test(source.text.slice(span.end, span.end + 20));
  return [
    ...values.map(({ value, description }): Suggestion => ({
      label: value,
      kind: 'value',
      span,
      ...(description ? { documentation: description } : {}),
    })),
    ...keys.map(({ name, description, type, required, deprecated, holds }): Suggestion => {
      const notes = [type, required ? 'required' : '', deprecated ? 'deprecated' : ''].filter((note) => note);
      const insertText = isKeyWritten ? name : holds === 'scalar' ? `${name}: ` : `${name}:`;
      return {
        label: name,
        kind: 'key',
        insertText,
        span,
        ...(notes.length > 0 ? { detail: notes.join(', ') } : {}),
        ...(description ? { documentation: description } : {}),
      };
    }),
  ];
}

/** What a schema says of the key under the cursor, or of the key whose value is under it. */
export function hoverBySchema(
  { tree }: Pick<ParsedFile, 'tree'>,
  schema: Schema,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const found = tree && keyAt(tree, offset);
  if (!found) return undefined;
  const described = describeAt(schema, tree, found.pointer);
  if (!described) return undefined;
  const lines = [
    `**${found.key.text}**${described.type ? ` — ${described.type}` : ''}${described.deprecated ? ' (deprecated)' : ''}`,
  ];
  if (described.description) lines.push(described.description);
  if (described.enum && described.enum.length > 0)
    lines.push(`One of ${described.enum.map((value) => `\`${value}\``).join(', ')}.`);
  if (described.default !== undefined) lines.push(`Default: \`${described.default}\`.`);
  return lines.length > 1 || described.type
    ? { span: found.key.span, markdown: lines.join('\n\n') }
    : undefined;
}

/** The key under the cursor, or the one whose value is under it, with the way that leads to it. */
export function keyAt(
  node: Node,
  offset: number,
  pointer: readonly string[] = [],
): { readonly key: ScalarNode; readonly pointer: readonly string[] } | undefined {
  if (node.kind === 'seq') {
    const index = node.items.findIndex((item) => touches(item.span, offset));
    return index < 0 ? undefined : keyAt(node.items[index]!, offset, [...pointer, String(index)]);
  }
  for (const { key, value } of pairsOf(node)) {
    const inside = [...pointer, key.text];
    if (touches(key.span, offset)) return { key, pointer: inside };
    if (touches(value.span, offset))
      return value.kind === 'scalar' ? { key, pointer: inside } : keyAt(value, offset, inside);
  }
  return undefined;
}
