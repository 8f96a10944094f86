import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { layered } from './layered-layout.ts';

/** Data, or work, goes `from` → `to`. */
export interface EdgeView {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Point {
  readonly id: string;
  /** The column from the left, from 0. */
  readonly rank: number;
}

export interface PlacedEdge extends EdgeView {
  /** From the right side of the one to the left side of the other, with the turns between. */
  readonly points: readonly Point[];
}

/** Where everything lies. Places of nodes are their middles. */
export interface Placement extends Size {
  /** How many columns there are. */
  readonly columns: number;
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly edges: readonly PlacedEdge[];
}

const rankGap = 52;
const nodeGap = 20;
/** Limit: dagre takes a second for some 200 nodes, and minutes for thousands. */
const mostWithCare = 150;

/** Places the nodes of a graph in columns from left to right; every node has the same size. */
export function placeGraph(
  {
    nodes,
    edges,
  }: { readonly nodes: readonly { readonly id: string }[]; readonly edges: readonly EdgeView[] },
  size: Size,
): Placement {
  const ids = nodes.map(({ id }) => id);
  const known = new Set(ids);
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to));
  return ids.length > mostWithCare ? placeMany(ids, drawn, size) : placeWithCare(ids, drawn, size);
}

/** Columns of one gap, each around the middle of the longest. */
function placeMany(ids: readonly string[], edges: readonly EdgeView[], size: Size): Placement {
  const [across, along] = [size.width + 3 * rankGap, size.height + nodeGap];
  const all = layered(ids, edges);
  const lengths = new Map<number, number>();
  for (const { rank } of all) lengths.set(rank, (lengths.get(rank) ?? 0) + 1);
  const longest = Math.max(0, ...lengths.values());
  const placed = all.map(({ id, rank, row }): PlacedNode => {
    const above = (longest - lengths.get(rank)!) / 2;
    return { id, rank, x: size.width / 2 + rank * across, y: size.height / 2 + (above + row) * along };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  const half = size.width / 2;
  return {
    width: Math.max(0, lengths.size * across - 3 * rankGap),
    height: Math.max(0, longest * along - nodeGap),
    columns: lengths.size,
    nodes: byId,
    edges: edges.map(({ from, to }) => {
      const [start, end] = [byId.get(from)!, byId.get(to)!];
      return {
        from,
        to,
        points: [
          { x: start.x + half, y: start.y },
          { x: end.x - half, y: end.y },
        ],
      };
    }),
  };
}

function placeWithCare(ids: readonly string[], drawn: readonly EdgeView[], size: Size): Placement {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', ranksep: rankGap, nodesep: nodeGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...size });
  for (const { from, to } of drawn) graph.setEdge(from, to, {});
  layout(graph);
  const columns = [...new Set(ids.map((id) => Math.round(graph.node(id).x ?? 0)))].sort((a, b) => a - b);
  const placed = ids.map((id): PlacedNode => {
    const { x = 0, y = 0 } = graph.node(id);
    return { id, x, y, rank: columns.indexOf(Math.round(x)) };
  });
  const { width = 0, height = 0 } = graph.graph();
  const byId = new Map(placed.map((node) => [node.id, node]));
  const half = size.width / 2;
  const lines = drawn.map(({ from, to }): PlacedEdge => {
    const [start, end] = [byId.get(from)!, byId.get(to)!];
    // Between two columns a line needs no turn; across a column it goes level, between that one's nodes.
    const points: readonly Point[] = graph.edge(from, to).points ?? [];
    const turns = points
      .slice(1, -1)
      .filter(({ x }) => columns.includes(Math.round(x)))
      .flatMap(({ x, y }) => [x - half, x + half].map((at) => ({ x: at, y })));
    if (end.x < start.x) turns.length = 0;
    return { from, to, points: [{ x: start.x + half, y: start.y }, ...turns, { x: end.x - half, y: end.y }] };
  });
  return { width, height, columns: columns.length, nodes: byId, edges: lines };
}

/** A smooth path through the points that leaves and arrives level. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${number(first.x)} ${number(first.y)}`;
  let from = first;
  for (const to of rest) {
    const bend = Math.max(16, Math.abs(to.x - from.x) / 2);
    const [out, back] = [from.x + bend, to.x - bend];
    path += `C${number(out)} ${number(from.y)} ${number(back)} ${number(to.y)} ${number(to.x)} ${number(to.y)}`;
    from = to;
  }
  return path;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
