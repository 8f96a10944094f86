import type { PlacedNode, Placement } from './layout.ts';
import type { Direction, GraphView, NodeView } from './protocol.ts';

export type Step = 'left' | 'right' | 'up' | 'down' | 'focus';

/** The graph that is shown and which of its nodes the keyboard is at. Knows no page. */
export class GraphModel {
  readonly graph: GraphView;
  readonly placement: Placement;
  readonly #nodes: ReadonlyMap<string, NodeView>;
  readonly #neighbours = {
    upstream: new Map<string, string[]>(),
    downstream: new Map<string, string[]>(),
  } as const;
  #current: string;

  /** `current` is the node the keyboard was at, where it is still shown. */
  constructor(graph: GraphView, placement: Placement, current?: string) {
    this.graph = graph;
    this.placement = placement;
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const { from, to } of placement.edges) {
      push(this.#neighbours.downstream, from, to);
      push(this.#neighbours.upstream, to, from);
    }
    this.#current = current !== undefined && this.#nodes.has(current) ? current : graph.focus;
  }

  get current(): string {
    return this.#current;
  }

  node(id: string): NodeView | undefined {
    return this.#nodes.get(id);
  }

  goTo(id: string): void {
    if (this.#nodes.has(id)) this.#current = id;
  }

  /** Goes along an edge, or up and down a column; false where there is nothing that way. */
  go(step: Step): boolean {
    const next = this.#next(step);
    if (next === undefined) return false;
    this.#current = next;
    return true;
  }

  /** Nodes that data flows from, or to, directly. */
  neighbours(id: string, direction: Direction): readonly string[] {
    return this.#neighbours[direction].get(id) ?? [];
  }

  isExpanded(id: string, direction: Direction): boolean {
    return this.graph.expanded[direction].includes(id);
  }

  /** What is read aloud: what it is, how it went, where it stands, what more there is. */
  spoken(id: string): string {
    const node = this.#nodes.get(id);
    if (!node) return '';
    const parts = [node.name, describe(node)];
    if (node.run) parts.push(`last run ${node.run.status}`);
    parts.push(placeOf(node));
    for (const direction of ['upstream', 'downstream'] as const) {
      const hidden = node.hidden[direction];
      if (hidden > 0) parts.push(`${hidden} more ${direction}`);
    }
    return parts.join(', ');
  }

  /** One sentence on the whole. */
  summary(): string {
    const { nodes, focus } = this.graph;
    const count = (side: Direction): number => nodes.filter((node) => node.side === side).length;
    const name = this.#nodes.get(focus)?.name ?? '';
    return `Lineage of ${name}: ${count('upstream')} upstream, ${count('downstream')} downstream`;
  }

  #next(step: Step): string | undefined {
    if (step === 'focus') return this.graph.focus;
    const here = this.placement.nodes.get(this.#current);
    if (!here) return undefined;
    if (step === 'left' || step === 'right') {
      const ids = this.neighbours(here.id, step === 'left' ? 'upstream' : 'downstream');
      return nearest(here, this.#placed(ids));
    }
    const column = [...this.placement.nodes.values()].filter((node) => node.rank === here.rank);
    const beyond = column.filter((node) => (step === 'up' ? node.y < here.y : node.y > here.y));
    return nearest(here, beyond);
  }

  #placed(ids: readonly string[]): readonly PlacedNode[] {
    return ids.flatMap((id) => this.placement.nodes.get(id) ?? []);
  }
}

/** `model · view`: what a node is, in the tool's words. */
export function describe({ what, detail }: NodeView): string {
  return detail === undefined ? what : `${what} · ${detail}`;
}

function placeOf({ side, distance }: NodeView): string {
  if (side === 'focus') return 'in focus';
  if (side === 'beside') return 'beside the lineage';
  return `${distance} ${distance === 1 ? 'step' : 'steps'} ${side}`;
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
