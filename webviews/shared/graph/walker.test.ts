import { expect, test } from 'vitest';
import { placeGraph } from './layout.ts';
import { Walker, type Step } from './walker.ts';

const graph = {
  nodes: ['c', 'a', 'b', 'd', 's'].map((id) => ({ id })),
  edges: [
    { from: 'a', to: 'c' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'd' },
    { from: 's', to: 'd' },
  ],
};

const create = (...wanted: readonly string[]): Walker =>
  new Walker(placeGraph(graph, { width: 100, height: 40 }), [...wanted, 'c']);

function walk(walker: Walker, ...steps: readonly Step[]): string | undefined {
  for (const step of steps) walker.go(step);
  return walker.current;
}

test('the keyboard begins at home and walks along edges', () => {
  expect(create().current).toBe('c');
  expect(walk(create(), 'right')).toBe('d');
  expect(['a', 'b']).toContain(walk(create(), 'left'));
  expect(create().before('c')).toEqual(['a', 'b']);
  expect(create().behind('c')).toEqual(['d']);
});

test('up and down go through the column, and nowhere beyond its ends', () => {
  const walker = create('a');
  const seen = new Set([walker.current]);
  for (let at = 0; at < 5; at++) seen.add(walk(walker, 'down'));
  for (let at = 0; at < 5; at++) seen.add(walk(walker, 'up'));
  expect(seen.has('b')).toBe(true);
  expect(walker.go('up')).toBe(false);
  expect(create('d').go('right')).toBe(false);
});

test('a node that is no longer shown gives the keyboard back to home', () => {
  expect(create('d').current).toBe('d');
  expect(create('gone').current).toBe('c');
  const walker = create('d');
  walker.goTo('gone');
  expect(walker.current).toBe('d');
  const empty = new Walker(placeGraph({ nodes: [], edges: [] }, { width: 1, height: 1 }), ['c']);
  expect([empty.current, empty.go('left')]).toEqual([undefined, false]);
});
