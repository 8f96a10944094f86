import { expect, test } from 'vitest';
import { curve, placeGraph, type EdgeView } from './layout.ts';

const size = { width: 100, height: 40 };

function place(text: string) {
  const edges = text.split(' ').flatMap((each): EdgeView[] => {
    const [from = '', to] = each.split('>');
    return to === undefined ? [] : [{ from, to }];
  });
  const names = [...new Set(text.split(/[ >]/))];
  return placeGraph({ nodes: names.map((id) => ({ id })), edges }, size);
}

const ranks = (text: string): Record<string, number> =>
  Object.fromEntries([...place(text).nodes.values()].map(({ id, rank }) => [id, rank]));

test('what flows into something stands in a column before it', () => {
  expect(ranks('a>b b>c a>c d>c')).toEqual({ a: 0, b: 1, c: 2, d: expect.any(Number) as number });
  expect(ranks('alone')).toEqual({ alone: 0 });
});

test('a line leaves on the right and arrives on the left, level across what lies between', () => {
  const { nodes, edges } = place('a>b b>c a>c');
  const [direct, , long] = edges;
  expect(direct?.points).toHaveLength(2);
  expect(direct?.points[0]?.x).toBe(nodes.get('a')!.x + 50);
  expect(direct?.points[1]?.x).toBe(nodes.get('b')!.x - 50);
  const [, into, outOf] = long!.points;
  expect(into?.y).toBe(outOf?.y);
  expect(Math.abs(into!.y - nodes.get('b')!.y)).toBeGreaterThan(20);
});

test('cycles, and edges to what is not shown, do no harm', () => {
  expect(place('a>b b>a').edges).toHaveLength(2);
  const graph = placeGraph({ nodes: [], edges: [{ from: 'x', to: 'y' }] }, size);
  expect(graph.edges).toEqual([]);
});

test('a curve leaves and arrives level', () => {
  expect(
    curve([
      { x: 0, y: 0 },
      { x: 100, y: 50 },
    ]),
  ).toBe('M0 0C50 0 50 50 100 50');
  expect(curve([])).toBe('');
});
