import { expect, test } from 'vitest';
import { readFromLineage, readSavedLineage } from './from-lineage.ts';

test.each([
  { kind: 'ready' },
  { kind: 'focus', node: 'a' },
  { kind: 'open', node: 'a' },
  { kind: 'depth', direction: 'upstream', depth: 3 },
  { kind: 'expand', node: 'a', direction: 'downstream', expanded: true },
  { kind: 'pin', pinned: false },
  { kind: 'export', name: 'a', svg: '<svg/>' },
])('what a page says is understood: $kind', (message) => {
  expect(readFromLineage({ ...message, more: 1 })).toEqual(message);
});

test.each([
  undefined,
  'ready',
  { kind: 'other' },
  { kind: 'open', node: 1 },
  { kind: 'depth', direction: 'sideways', depth: 1 },
  { kind: 'depth', direction: 'upstream', depth: -1 },
  { kind: 'expand', node: 'a', direction: 'upstream' },
  { kind: 'pin' },
  { kind: 'export', name: 'a', svg: 'x'.repeat(20_000_001) },
])('anything else is not', (message) => {
  expect(readFromLineage(message)).toBeUndefined();
});

test('what a page saved is taken back, as far as it makes sense', () => {
  const saved = {
    focus: 'a',
    depth: { upstream: 1, downstream: 4 },
    expanded: { upstream: ['b'], downstream: [] },
    pinned: true,
  };
  expect(readSavedLineage(saved)).toEqual(saved);
  expect(readSavedLineage({ ...saved, expanded: { upstream: 'b' }, pinned: 1 })).toEqual({
    ...saved,
    expanded: { upstream: [], downstream: [] },
    pinned: false,
  });
  for (const broken of [undefined, {}, { ...saved, depth: {} }, { ...saved, focus: 1 }]) {
    expect(readSavedLineage(broken)).toBeUndefined();
  }
});
