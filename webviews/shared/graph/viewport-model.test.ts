import { expect, test } from 'vitest';
import { fit, fitAll, reveal, seenAt, zoom } from './viewport-model.ts';

const pane = { width: 1000, height: 500 };

test('a small graph is shown in its own size, in the middle', () => {
  const view = fit({ width: 200, height: 100 }, pane, { x: 0, y: 0 });
  expect(view).toEqual({ scale: 1, x: 400, y: 200 });
});

test('a large one is shown around its focus in a size that can be read, without empty room at its ends', () => {
  const graph = { width: 4000, height: 400 };
  const inside = fit(graph, pane, { x: 2000, y: 200 });
  expect(seenAt({ x: 2000, y: 200 }, inside)).toEqual({ x: 500, y: 250 });
  const atEnd = fit(graph, pane, { x: 0, y: 200 });
  expect(atEnd.scale).toBe(inside.scale);
  expect(seenAt({ x: 0, y: 0 }, atEnd).x).toBe(24);
});

test('the whole is shown when that is asked for', () => {
  const graph = { width: 4000, height: 400 };
  const view = fitAll(graph, pane);
  expect(seenAt({ x: 0, y: 0 }, view).x).toBeCloseTo(24);
  expect(seenAt({ x: 4000, y: 0 }, view).x).toBeCloseTo(976);
  expect(fitAll({ width: 0, height: 0 }, pane).scale).toBe(1);
});

test('zooming keeps what is under the mouse', () => {
  const view = { scale: 1, x: 30, y: 40 };
  const place = { x: 170, y: 60 };
  const at = seenAt(place, view);
  const closer = zoom(view, 1.5, at);
  expect(closer.scale).toBe(1.5);
  expect(seenAt(place, closer)).toEqual(at);
  expect(zoom(view, 100, at).scale).toBe(zoom(view, 1000, at).scale);
});

test('what is walked to is brought into view, and no further', () => {
  const view = { scale: 1, x: 0, y: 0 };
  const box = { width: 100, height: 40 };
  expect(reveal(view, { x: 500, y: 250 }, box, pane)).toEqual(view);
  expect(seenAt({ x: 1200, y: 250 }, reveal(view, { x: 1200, y: 250 }, box, pane))).toEqual({
    x: 926,
    y: 250,
  });
  expect(seenAt({ x: -50, y: -10 }, reveal(view, { x: -50, y: -10 }, box, pane))).toEqual({ x: 74, y: 44 });
});
