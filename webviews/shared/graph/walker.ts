import type { PlacedNode, Placement } from './layout.ts';

export type Step = 'left' | 'right' | 'up' | 'down';

/** Which node of a placed graph the keyboard is at, and where its steps lead. Knows no page. */
export class Walker {
  readonly placement: Placement;
  readonly #before = new Map<string, string[]>();
  readonly #behind = new Map<string, string[]>();
  #current: string | undefined;

  /** Begins at the first of `wanted` that is there. */
  constructor(placement: Placement, wanted: readonly (string | undefined)[]) {
    this.placement = placement;
    for (const { from, to } of placement.edges) {
      push(this.#behind, from, to);
      push(this.#before, to, from);
    }
    this.#current = wanted.find((id) => id !== undefined && placement.nodes.has(id));
    this.#current ??= placement.nodes.keys().next().value;
  }

  /** Undefined only where there is no node at all. */
  get current(): string | undefined {
    return this.#current;
  }

  goTo(id: string): void {
    if (this.placement.nodes.has(id)) this.#current = id;
  }

  /** Goes along an edge, or up and down a column; false where there is nothing that way. */
  go(step: Step): boolean {
    const here = this.#current === undefined ? undefined : this.placement.nodes.get(this.#current);
    const next = here && this.#next(here, step);
    if (next === undefined) return false;
    this.#current = next;
    return true;
  }

  /** The nodes with an edge to this one. */
  before(id: string): readonly string[] {
    return this.#before.get(id) ?? [];
  }

  /** The nodes that this one has an edge to. */
  behind(id: string): readonly string[] {
    return this.#behind.get(id) ?? [];
  }

  #next(here: PlacedNode, step: Step): string | undefined {
    if (step === 'left' || step === 'right') {
      const ids = step === 'left' ? this.before(here.id) : this.behind(here.id);
      return nearest(
        here,
        ids.flatMap((id) => this.placement.nodes.get(id) ?? []),
      );
    }
    const column = [...this.placement.nodes.values()].filter((node) => node.rank === here.rank);
    return nearest(
      here,
      column.filter((node) => (step === 'up' ? node.y < here.y : node.y > here.y)),
    );
  }
}

function nearest(here: PlacedNode, among: readonly PlacedNode[]): string | undefined {
  let best: PlacedNode | undefined;
  for (const node of among) {
    if (!best || Math.abs(node.y - here.y) < Math.abs(best.y - here.y)) best = node;
  }
  return best?.id;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
