import { expect, test } from 'vitest';
import { groupsOf, viewOf, type GraphView } from './graph-view.ts';
import type { PlatformGraph, PlatformNode } from './platform-graph.ts';

function nodeOf(
  name: string,
  shelves: readonly string[],
  systems: readonly string[] = ['tool'],
): PlatformNode {
  const key = { namespace: 'tool.thing', scope: '/w', name };
  const span = { start: 0, end: 0 };
  return {
    id: name,
    label: name,
    definition: { fact: 'definition', ...key, span, what: 'thing', path: '/w/a' },
    flow: 'data',
    systems,
    shelves,
    project: systems.length > 1 ? undefined : '/w',
  };
}

/** Nodes `prefix0`, `prefix1` … on one shelf. */
function many(count: number, prefix: string, shelves: readonly string[]): readonly PlatformNode[] {
  return Array.from({ length: count }, (_, at) => nodeOf(`${prefix}${at}`, shelves));
}

function graphOf(
  nodes: readonly PlatformNode[],
  ...edges: readonly (readonly [string, string])[]
): PlatformGraph {
  const at = (id: string): number => nodes.findIndex((node) => node.id === id);
  return { nodes, edges: edges.map(([from, to]) => ({ from: at(from), to: at(to), flow: 'data' })) };
}

const none = { opened: new Set<string>(), closed: new Set<string>() };
const shown = ({ boxes }: GraphView): string[] =>
  boxes.map((box) => (box.kind === 'node' ? box.id : `[${box.group.label}: ${box.members.length}]`));

test('what fits is shown whole', () => {
  const graph = graphOf([...many(3, 'a', ['p', 'x']), ...many(2, 'b', ['p', 'y', 'z'])]);
  expect(shown(viewOf(graph, none))).toEqual(['a0', 'a1', 'a2', 'b0', 'b1']);
});

test('of what does not fit the small shelves are open, and the large ones stand for what is on them', () => {
  const graph = graphOf([
    ...many(3, 'a', ['p', 'small']),
    ...many(100, 'b', ['p', 'large']),
    ...many(1000, 'c', ['q', 'deep', 'one']),
    ...many(1000, 'd', ['q', 'deep', 'two']),
  ]);
  expect(shown(viewOf(graph, none))).toEqual([
    'a0',
    'a1',
    'a2',
    '[large: 100]',
    '[one: 1000]',
    '[two: 1000]',
  ]);
});

test('what somebody opens or closes comes before that, and leaves the rest as it was', () => {
  const graph = graphOf([...many(3, 'a', ['p', 'small']), ...many(100, 'b', ['p', 'large'])]);
  const [closed] = viewOf(graph, none).boxes.filter((box) => box.kind === 'group');
  const opened = viewOf(graph, { ...none, opened: new Set([closed!.id]) });
  expect(opened.boxes).toHaveLength(103);
  const small = opened.boxes[0]!;
  const without = viewOf(graph, { ...none, closed: new Set([small.group.id]) });
  expect(shown(without)).toEqual(['[small: 3]', '[large: 100]']);
});

test('a shelf with one thing on it is never closed: that would hide a name and save no room', () => {
  const graph = graphOf([nodeOf('only', ['p', 'x', 'y']), ...many(99, 'b', ['q'])]);
  const [box] = viewOf(graph, none).boxes;
  expect(shown(viewOf(graph, { ...none, closed: new Set([box!.group.id]) }))).toEqual(['only', '[q: 99]']);
});

test('edges into a closed shelf are one, counted; those inside it are not told', () => {
  const graph = graphOf(
    [...many(2, 'a', ['p']), ...many(99, 'b', ['q'])],
    ['a0', 'b0'],
    ['a0', 'b1'],
    ['b0', 'b1'],
  );
  const view = viewOf(graph, none);
  expect(view.edges).toEqual([{ from: 'a0', to: view.boxes[2]!.id, flow: 'data', count: 2 }]);
});

test('projects of one name in two systems, and what systems share, are groups of their own', () => {
  const graph = graphOf([
    ...many(30, 'a', ['p']),
    ...many(30, 'b', ['p']).map((node) => ({ ...node, systems: ['other'] })),
    nodeOf('f', ['files'], ['tool', 'other']),
  ]);
  const view = viewOf(graph, none);
  expect(view.boxes.map(({ kind, group }) => [kind, group.label, group.system]).slice(-2)).toEqual([
    ['group', 'p', 'other'],
    ['node', 'files', undefined],
  ]);
});

test('the groups of a node are those that the view opens', () => {
  const graph = graphOf([...many(50, 'a', ['p', 'x', 'y']), ...many(50, 'b', ['p', 'x'])]);
  const opened = new Set(groupsOf(graph.nodes[0]!).map(({ id }) => id));
  expect(shown(viewOf(graph, { ...none, opened }))).toContain('a0');
});
