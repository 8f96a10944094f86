import type { GraphJson, GraphNode } from './graph-drawing.ts';

type Status = NonNullable<GraphNode['run']>['status'];

/** How a state of a last run looks in a picture, on light and dark paper alike. */
export interface StateLook {
  readonly fill: string;
  readonly line: string;
}

const good: StateLook = { fill: '#d9f2df', line: '#2e7d4f' };
const bad: StateLook = { fill: '#f9d6d5', line: '#b3261e' };
const doubtful: StateLook = { fill: '#fdeeca', line: '#946200' };
const idle: StateLook = { fill: '#e4e4e8', line: '#6b6b76' };

/** The states that pictures show, by what they are called there. */
export const stateLooks: Readonly<Record<Status, StateLook>> = {
  succeeded: good,
  failed: bad,
  warned: doubtful,
  skipped: idle,
  running: { fill: '#d8e6fb', line: '#2459a8' },
};

/** The nodes that have a state, by it, in the order of `stateLooks`. */
export function nodesByState({ nodes }: GraphJson): readonly (readonly [Status, readonly GraphNode[]])[] {
  return (Object.keys(stateLooks) as Status[])
    .map((status) => [status, nodes.filter(({ run }) => run?.status === status)] as const)
    .filter(([, those]) => those.length > 0);
}
