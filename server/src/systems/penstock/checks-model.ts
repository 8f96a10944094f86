import { findPair, get, itemsOf, pairsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';

/** A check of `penstock.yaml`, each part where it is written. */
export interface CheckModel {
  /** Its id and all that is said of it. */
  readonly pair: Pair;
  /** Every key that says how it is proved; a finding says so where there is not one. */
  readonly kinds: readonly Pair[];
  readonly title: string | undefined;
  readonly items: readonly ScalarNode[];
  readonly systems: readonly ScalarNode[];
  readonly categories: readonly ScalarNode[];
  readonly weight: number | undefined;
  readonly timeout: ScalarNode | undefined;
  readonly maxAge: ScalarNode | undefined;
}

export interface WaiverModel {
  readonly node: Node;
  readonly check: ScalarNode | undefined;
  readonly reason: string | undefined;
  readonly by: string | undefined;
  readonly until: ScalarNode | undefined;
}

/** The keys that say how a check is proved. */
export const checkKinds = [
  'file',
  'valid',
  'defined',
  'env',
  'port',
  'http',
  'redis',
  'postgres',
  'kafka',
  'elasticsearch',
  'junit',
  'coverage',
  'ran',
  'run',
  'check',
] as const;

export type CheckKind = (typeof checkKinds)[number];

const kinds: ReadonlySet<string> = new Set(checkKinds);

export function readChecks(node: Node | undefined): readonly CheckModel[] {
  return pairsOf(node).map((pair) => {
    const { value } = pair;
    const weight = get(value, 'weight');
    return {
      pair,
      kinds: pairsOf(value).filter(({ key }) => kinds.has(key.text)),
      title: textAt(value, 'title'),
      items: namesAt(value, 'items'),
      systems: namesAt(value, 'systems'),
      categories: namesAt(value, 'categories'),
      weight: weight?.kind === 'scalar' && typeof weight.value === 'number' ? weight.value : undefined,
      timeout: scalarAt(value, 'timeout'),
      maxAge: scalarAt(value, 'max-age'),
    };
  });
}

export function readWaivers(node: Node | undefined): readonly WaiverModel[] {
  return itemsOf(node).map((each) => ({
    node: each,
    check: slotAt(each, 'check'),
    reason: textAt(each, 'reason'),
    by: textAt(each, 'by'),
    until: scalarAt(each, 'until'),
  }));
}

/** One name or several, an empty one where it is about to be typed. */
function namesAt(node: Node, key: string): readonly ScalarNode[] {
  const found = findPair(node, key)?.value;
  return (found?.kind === 'seq' ? found.items : [found]).flatMap((each) => slotOf(each) ?? []);
}

function slotAt(node: Node, key: string): ScalarNode | undefined {
  return slotOf(findPair(node, key)?.value);
}

/** A name, or the empty place where one is about to be typed. */
export function slotOf(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && (typeof node.value === 'string' || node.value === null)
    ? node
    : undefined;
}

function scalarAt(node: Node, key: string): ScalarNode | undefined {
  const found = get(node, key);
  return found?.kind === 'scalar' && found.value !== null && found.text !== '' ? found : undefined;
}

function textAt(node: Node, key: string): string | undefined {
  return scalarAt(node, key)?.text;
}
