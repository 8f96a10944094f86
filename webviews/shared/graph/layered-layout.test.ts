import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layered } from './layered-layout.ts';
import { placeGraph, type EdgeView } from './layout.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);

test('everything stands in a column behind all that leads to it', () => {
  const anyGraph = fc
    .integer({ min: 1, max: 30 })
    .chain((count) =>
      fc
        .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 })
        .map((pairs) => ({ count, pairs: pairs.filter(([a, b]) => a < b) })),
    );
  fc.assert(
    fc.property(anyGraph, ({ count, pairs }) => {
      const edges = pairs.map(([from, to]): EdgeView => ({ from: `n${from}`, to: `n${to}` }));
      const placed = new Map(layered(ids(count), edges).map((node) => [node.id, node]));
      expect(placed.size).toBe(count);
      for (const { from, to } of edges) expect(placed.get(from)!.rank).toBeLessThan(placed.get(to)!.rank);
      // Each place is taken once, and no column is left empty.
      expect(new Set([...placed.values()].map(({ rank, row }) => `${rank} ${row}`)).size).toBe(count);
      const ranks = new Set([...placed.values()].map(({ rank }) => rank));
      expect([...ranks].sort((a, b) => a - b)).toEqual([...ranks.keys()].map((_, at) => at));
    }),
  );
});

test('circles, and things that lead to themselves, do no harm', () => {
  const anyGraph = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 });
  fc.assert(
    fc.property(anyGraph, (pairs) => {
      const edges = pairs.map(([from, to]): EdgeView => ({ from: `n${from}`, to: `n${to}` }));
      expect(new Set(layered(ids(10), edges).map(({ id }) => id)).size).toBe(10);
    }),
  );
});

test('what is connected stands at one height', () => {
  const edges = [...ids(20).keys()].map((at): EdgeView => ({ from: `n${at}`, to: `m${19 - at}` }));
  const all = [...ids(20), ...[...ids(20).keys()].map((at) => `m${at}`)];
  const placed = new Map(layered(all, edges).map((node) => [node.id, node.row]));
  for (const { from, to } of edges) expect(placed.get(from)).toBe(placed.get(to));
});

test('a large graph is placed this way, every node beside no other', () => {
  const edges = [...ids(400).keys()].slice(1).map((at): EdgeView => ({ from: `n${at >> 1}`, to: `n${at}` }));
  const size = { width: 100, height: 40 };
  const { nodes, width, height, columns } = placeGraph(
    { nodes: ids(400).map((id) => ({ id })), edges },
    size,
  );
  const places = [...nodes.values()];
  expect(columns).toBe(1 + Math.max(...places.map(({ rank }) => rank)));
  for (const { x, y } of places) {
    expect(x).toBeGreaterThanOrEqual(50);
    expect(x).toBeLessThanOrEqual(width - 50);
    expect(y).toBeGreaterThanOrEqual(20);
    expect(y).toBeLessThanOrEqual(height - 20);
  }
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(400);
});
