import { expect, test } from 'vitest';
import { GraphModel } from './graph-model.ts';
import type { GraphView, NodeView } from './protocol.ts';

function node(id: string, more: Partial<NodeView> = {}): NodeView {
  const hidden = { upstream: 0, downstream: 0 };
  return { id, name: id, what: 'model', system: 'tool', side: 'upstream', distance: 1, hidden, ...more };
}

const graph: GraphView = {
  focus: 'c',
  nodes: [
    node('c', { side: 'focus', distance: 0 }),
    node('a', { detail: 'view', hidden: { upstream: 3, downstream: 1 } }),
    node('b', { run: { status: 'failed', step: 'x', when: 'today' } }),
    node('d', { side: 'downstream', distance: 2 }),
    node('s', { side: 'beside' }),
  ],
  edges: [
    { from: 'a', to: 'c' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'd' },
    { from: 's', to: 'd' },
  ],
  depth: { upstream: 1, downstream: 1 },
  expanded: { upstream: ['a'], downstream: [] },
  pinned: false,
  deepest: 9,
};

test('what is read aloud says all that the picture shows', () => {
  const model = new GraphModel(graph);
  expect(model.spoken('c')).toBe('c, model, in focus');
  expect(model.spoken('a')).toBe('a, model · view, 1 step upstream, 3 more upstream, 1 more downstream');
  expect(model.spoken('b')).toBe('b, model, last run failed, 1 step upstream');
  expect(model.spoken('d')).toBe('d, model, 2 steps downstream');
  expect(model.spoken('s')).toBe('s, model, beside the lineage');
  expect(model.summary()).toBe('Lineage of c: 2 upstream, 1 downstream');
  expect(model.isExpanded('a', 'upstream')).toBe(true);
  expect(model.isExpanded('a', 'downstream')).toBe(false);
});
