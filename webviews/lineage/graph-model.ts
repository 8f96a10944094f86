import type { Direction, GraphView, NodeView } from './protocol.ts';

/** The graph that is shown and what its nodes look and sound like. Knows no page. */
export class GraphModel {
  readonly graph: GraphView;
  readonly #nodes: ReadonlyMap<string, NodeView>;

  constructor(graph: GraphView) {
    this.graph = graph;
    this.#nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  }

  node(id: string | undefined): NodeView | undefined {
    return id === undefined ? undefined : this.#nodes.get(id);
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
