import { expect, test } from 'vitest';
import { readFromGraph, readSavedGraph } from './from-graph.ts';

test.each([
  { kind: 'ready' },
  { kind: 'reset' },
  { kind: 'toggle', group: 'g', open: true },
  { kind: 'filter', system: 's', hidden: false },
  { kind: 'around' },
  { kind: 'around', node: 'n' },
  { kind: 'search', text: '' },
  { kind: 'show', node: 'n', groups: ['g'] },
  { kind: 'open', node: 'n' },
  { kind: 'run', node: 'n' },
  { kind: 'export', name: 'n', svg: '<svg/>' },
])('$kind is understood', (message) => {
  expect(readFromGraph({ ...message, more: 1 })).toEqual(message);
});

test.each([
  undefined,
  'ready',
  [],
  { kind: 'launch' },
  { kind: 'toggle', group: 1, open: true },
  { kind: 'toggle', group: 'g', open: 'yes' },
  { kind: 'filter', system: 's' },
  { kind: 'around', node: 1 },
  { kind: 'search' },
  { kind: 'show', groups: [] },
  { kind: 'open' },
  { kind: 'run', node: null },
  { kind: 'export', name: 'n' },
])('%j is not', (message) => {
  expect(readFromGraph(message)).toBeUndefined();
});

test('what a page saved is read with care', () => {
  const pipeline = { step: 'pipeline:daily', folderUri: 'file:///w' };
  const state = { pipeline, opened: ['a'], closed: ['b'], hidden: ['c'], around: 'd' };
  expect(readSavedGraph(state)).toEqual(state);
  expect(readSavedGraph({ opened: ['a', 1], closed: 'b', pipeline: { step: 2 }, around: 3 })).toEqual({
    opened: ['a'],
    closed: [],
    hidden: [],
  });
  expect(readSavedGraph(undefined)).toEqual({ opened: [], closed: [], hidden: [] });
});
