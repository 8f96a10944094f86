import type { PlatformEdge, PlatformGraph } from './platform-graph.ts';

/** Which part of a graph is wanted, each by indexes of nodes; parts that are named together are what all of them share. */
export interface GraphPart {
  /** These, and all that they lead to. */
  readonly from?: readonly number[];
  /** These, and all that leads to them. */
  readonly to?: readonly number[];
  /** These, and what is at most `depth` edges away. */
  readonly around?: readonly number[];
  readonly depth?: number;
  /** Only what one of these systems defines. */
  readonly systems?: ReadonlySet<string>;
}

/** The part of a graph, its nodes in the order of the whole. */
export function partOf(graph: PlatformGraph, part: GraphPart): PlatformGraph {
  const { from, to, around, depth = Number.POSITIVE_INFINITY, systems } = part;
  const ahead = lists(graph, ({ from: start, to: end }) => [start, end]);
  const behind = lists(graph, ({ from: start, to: end }) => [end, start]);
  const wanted = [
    ...(from ? [reach(from, ahead, depth)] : []),
    ...(to ? [reach(to, behind, depth)] : []),
    ...(around ? [new Set([...reach(around, ahead, depth), ...reach(around, behind, depth)])] : []),
  ];
  return keep(
    graph,
    (index) =>
      wanted.every((each) => each.has(index)) &&
      (systems === undefined || graph.nodes[index]!.systems.some((system) => systems.has(system))),
  );
}

/**
 * Leaves out that something sets a thing to work which gets its data from what is set to work beside it: a job runs
 * a loader, and that its extractor hands over to the loader says it. Where another job runs the extractor without the
 * loader, nothing else says which of them it is.
 */
export function withoutImplied({ nodes, edges }: PlatformGraph): PlatformGraph {
  const inputs = new Map<number, number[]>();
  const starters = new Map<number, number[]>();
  for (const { from, to, flow } of edges) push(flow === 'work' ? starters : inputs, to, from);
  const isImplied = ({ from, to, flow }: PlatformEdge): boolean => {
    if (flow !== 'work') return false;
    const own = new Set(starters.get(to));
    return (inputs.get(to) ?? []).some((input) => {
      const others = starters.get(input) ?? [];
      return others.includes(from) && others.every((starter) => own.has(starter));
    });
  };
  return { nodes, edges: edges.filter((edge) => !isImplied(edge)) };
}

function keep({ nodes, edges }: PlatformGraph, isWanted: (index: number) => boolean): PlatformGraph {
  const now = new Map<number, number>();
  const kept = nodes.filter((_node, index) => {
    if (!isWanted(index)) return false;
    now.set(index, now.size);
    return true;
  });
  const left = edges.flatMap(({ from, to, flow }) => {
    const [start, end] = [now.get(from), now.get(to)];
    return start === undefined || end === undefined ? [] : [{ from: start, to: end, flow }];
  });
  return { nodes: kept, edges: left };
}

function reach(
  starts: readonly number[],
  next: ReadonlyMap<number, readonly number[]>,
  depth: number,
): ReadonlySet<number> {
  const reached = new Set(starts);
  let front = starts;
  for (let distance = 0; distance < depth && front.length > 0; distance++) {
    front = front.flatMap((index) => next.get(index) ?? []).filter((index) => !reached.has(index));
    for (const index of front) reached.add(index);
  }
  return reached;
}

function lists(
  { edges }: PlatformGraph,
  pairOf: (edge: PlatformEdge) => readonly [number, number],
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const edge of edges) {
    const [key, value] = pairOf(edge);
    push(found, key, value);
  }
  return found;
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
