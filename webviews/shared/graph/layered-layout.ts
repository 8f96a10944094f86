import type { EdgeView } from './layout.ts';

export interface LayeredNode {
  readonly id: string;
  /** The column from the left, from 0. */
  readonly rank: number;
  /** The place in the column from its top, from 0. */
  readonly row: number;
}

/** Sweeps over the columns; more make large graphs hardly better. */
const sweeps = 6;

/**
 * Places nodes in columns behind all that leads to them, those of one column near what they are connected to.
 * Not as careful as dagre, and done with thousands of nodes before dagre is with hundreds. Edges that close a circle
 * are left out of account.
 */
export function layered(ids: readonly string[], edges: readonly EdgeView[]): readonly LayeredNode[] {
  const index = new Map(ids.map((id, at) => [id, at]));
  const ahead: number[][] = ids.map(() => []);
  const back: number[][] = ids.map(() => []);
  for (const { from, to } of edges) {
    const [start, end] = [index.get(from)!, index.get(to)!];
    ahead[start]!.push(end);
    back[end]!.push(start);
  }
  const ranks = ranksOf(ahead, back);
  const columns: number[][] = [];
  for (const at of ids.keys()) (columns[ranks[at]!] ??= []).push(at);
  const row = ids.map(() => 0);
  const number = (column: readonly number[]): void => {
    for (const [at, node] of column.entries()) row[node] = at - column.length / 2;
  };
  columns.forEach(number);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? columns : columns.toReversed()) {
      const pull = new Map(
        column.map((node) => [node, middleOf((isForward ? back : ahead)[node]!, row, row[node]!)]),
      );
      column.sort((a, b) => pull.get(a)! - pull.get(b)! || row[a]! - row[b]!);
      number(column);
    }
  }
  return columns.flatMap((column, rank) => column.map((node, at) => ({ id: ids[node]!, rank, row: at })));
}

/** The longest way to each node; what stands in a circle comes right behind what is known when nothing else is left. */
function ranksOf(
  ahead: readonly (readonly number[])[],
  back: readonly (readonly number[])[],
): readonly number[] {
  const waiting = back.map((before) => before.length);
  const ranks = back.map(() => 0);
  const isDone = back.map(() => false);
  const ready = [...back.keys()].filter((node) => waiting[node] === 0);
  let next = 0;
  for (let at = 0; at < back.length; at++) {
    if (at === ready.length) {
      while (isDone[next] || waiting[next] === 0) next++;
      waiting[next] = 0;
      ready.push(next);
    }
    const node = ready[at]!;
    isDone[node] = true;
    for (const behind of ahead[node]!) {
      if (isDone[behind] || waiting[behind] === 0) continue;
      ranks[behind] = Math.max(ranks[behind]!, ranks[node]! + 1);
      if (--waiting[behind]! === 0) ready.push(behind);
    }
  }
  return ranks;
}

function middleOf(nodes: readonly number[], row: readonly number[], otherwise: number): number {
  if (nodes.length === 0) return otherwise;
  return nodes.reduce((sum, node) => sum + row[node]!, 0) / nodes.length;
}
