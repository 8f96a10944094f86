import type { Span } from './span.ts';

/**
 * Penstock's own thin tree. Every format that has a structure (YAML, JSON, TOML) is read into it,
 * so that a rule, a hover or a rename does not care which one it was, nor which parser read it.
 *
 * Invariant: an alias is the anchored node itself, so the tree is a directed graph without cycles
 * whose unfolded size is bounded by the parser (`yaml/alias-bomb`).
 */
export type Node = MapNode | SeqNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly span: Span;
  /** In the order of the text; pairs that a merge key (`<<`) brings in come last, with the spans of their anchor. */
  readonly pairs: readonly Pair[];
}

export interface Pair {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly span: Span;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  /** What a person would select to replace the value: without quotes, without a block's header. */
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** The scalar as a string, escapes and folding resolved, before it is read as a number and so on. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'none';
}

/** The value of `key`; the last one where it stands twice, as PyYAML takes it. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return findPair(node, key)?.value;
}

/** The pair of `key`, for a rule that wants the key's own span. */
export function findPair(node: Node | undefined, key: string): Pair | undefined {
  if (node?.kind !== 'map') return undefined;
  let found: Pair | undefined;
  for (const pair of node.pairs) if (pair.key.text === key) found = pair;
  return found;
}

export function pairsOf(node: Node | undefined): readonly Pair[] {
  return node?.kind === 'map' ? node.pairs : [];
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : [];
}

/** The scalar, when it is a string that says something; numbers, nulls and empty strings give undefined. */
export function stringOf(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' ? node : undefined;
}

/** True where an alias brings in what does not stand inside of the node. */
export function hasAlias(node: Node): boolean {
  const { start, end } = node.span;
  const isOutside = (other: Node): boolean =>
    other.span.start < start || other.span.end > end || hasAlias(other);
  if (node.kind === 'seq') return node.items.some(isOutside);
  return node.kind === 'map' && node.pairs.some(({ key, value }) => isOutside(key) || isOutside(value));
}

/** The node a JSON pointer's segments lead to; undefined where they lead nowhere. */
export function nodeAt(root: Node, segments: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of segments) {
    if (node?.kind === 'map') node = get(node, segment);
    else if (node?.kind === 'seq') node = node.items[Number(segment)];
    else return undefined;
  }
  return node;
}

/** Plain JavaScript values of a tree, for a schema validator; a shared node gives one shared value. */
export function toValue(node: Node): unknown {
  const seen = new Map<Node, unknown>();
  const convert = (at: Node): unknown => {
    if (at.kind === 'scalar') return at.value;
    const known = seen.get(at);
    if (known !== undefined) return known;
    if (at.kind === 'seq') {
      const list = at.items.map(convert);
      seen.set(at, list);
      return list;
    }
    const map = Object.create(null) as Record<string, unknown>;
    for (const pair of at.pairs) map[pair.key.text] = convert(pair.value);
    seen.set(at, map);
    return map;
  };
  return convert(node);
}
