import type { Point, Size } from './layout.ts';

/** How the graph's plane is seen: moved by `x` and `y` pixels, then `scale` times as large. */
export interface View extends Point {
  readonly scale: number;
}

const smallestScale = 0.01;
const largestScale = 2;
/** Smaller than this nothing can be read, so a large graph is shown in part. */
export const readableScale = 0.85;
const margin = 24;

/** Shows the whole where it can be read so, else the surroundings of `centre`. */
export function fit(graph: Size, pane: Size, centre: Point): View {
  const room = { width: Math.max(1, pane.width - 2 * margin), height: Math.max(1, pane.height - 2 * margin) };
  const whole = Math.min(1, room.width / graph.width, room.height / graph.height);
  if (whole >= readableScale || !Number.isFinite(whole)) {
    return middle({ x: graph.width / 2, y: graph.height / 2 }, pane, Number.isFinite(whole) ? whole : 1);
  }
  const seen = middle(centre, pane, readableScale);
  return {
    scale: readableScale,
    x: clampAxis(seen.x, graph.width * readableScale, pane.width),
    y: clampAxis(seen.y, graph.height * readableScale, pane.height),
  };
}

/** Shows the whole, however small. */
export function fitAll(graph: Size, pane: Size): View {
  const width = Math.max(1, pane.width - 2 * margin);
  const height = Math.max(1, pane.height - 2 * margin);
  const scale = clampScale(Math.min(1, width / Math.max(1, graph.width), height / Math.max(1, graph.height)));
  return middle({ x: graph.width / 2, y: graph.height / 2 }, pane, scale);
}

/** Larger or smaller, with what is at `at` (of the pane) staying there. */
export function zoom(view: View, factor: number, at: Point): View {
  const scale = clampScale(view.scale * factor);
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Where a place of the plane is seen in the pane. */
export function seenAt({ x, y }: Point, view: View): Point {
  return { x: x * view.scale + view.x, y: y * view.scale + view.y };
}

/** A part of the plane. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is seen of the plane in a pane, with as many panes more on each side as `around` says. */
export function seenArea({ x, y, scale }: View, pane: Size, around: number): Area {
  const [across, along] = [(pane.width * around) / scale, (pane.height * around) / scale];
  return {
    left: -x / scale - across,
    top: -y / scale - along,
    right: (pane.width - x) / scale + across,
    bottom: (pane.height - y) / scale + along,
  };
}

/** The least movement after which a box around a place is seen whole. */
export function reveal(view: View, place: Point, box: Size, pane: Size): View {
  const at = seenAt(place, view);
  const half = { x: (box.width / 2) * view.scale + margin, y: (box.height / 2) * view.scale + margin };
  return {
    ...view,
    x: view.x + shift(at.x, half.x, pane.width),
    y: view.y + shift(at.y, half.y, pane.height),
  };
}

function shift(at: number, half: number, length: number): number {
  if (2 * half > length) return length / 2 - at;
  if (at < half) return half - at;
  return at > length - half ? length - half - at : 0;
}

/** With a place in the middle of the pane. */
export function middle(place: Point, pane: Size, scale: number): View {
  return { scale, x: pane.width / 2 - place.x * scale, y: pane.height / 2 - place.y * scale };
}

/** No more empty room than the margin on a side, where the graph is longer than the pane. */
function clampAxis(offset: number, length: number, pane: number): number {
  if (length + 2 * margin <= pane) return (pane - length) / 2;
  return Math.min(margin, Math.max(pane - length - margin, offset));
}

function clampScale(scale: number): number {
  return Math.min(largestScale, Math.max(smallestScale, scale));
}
