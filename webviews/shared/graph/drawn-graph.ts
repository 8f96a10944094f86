import { curve, type PlacedEdge, type PlacedNode, type Point, type Size } from './layout.ts';
import type { Scene } from './scene.ts';
import { svg } from './svg.ts';
import { seenArea, type Area, type View } from './viewport-model.ts';

/** Of more nodes than these only those are in the page that are seen or near. */
const mostDrawn = 600;
/** Smaller than this no word can be read, so that none is drawn. */
const farScale = 0.25;

/** The elements of a scene: of a large one only what is seen, or will be after a small movement. */
export class DrawnGraph {
  readonly plane = svg('g', { class: 'plane' });
  readonly #edgesLayer = svg('g', { 'aria-hidden': 'true' });
  readonly #nodesLayer = svg('g', { role: 'presentation' });
  readonly #nodes = new Map<string, SVGGElement>();
  readonly #edges = new Map<PlacedEdge, SVGGElement>();
  #scene: Scene | undefined;
  #current: string | undefined;
  #hovered: string | undefined;
  /** What lies here is in the page; undefined while nothing is. */
  #drawn: { readonly area: Area; readonly isFar: boolean } | undefined;

  constructor() {
    this.plane.append(this.#edgesLayer, this.#nodesLayer);
  }

  show(scene: Scene | undefined, current: string | undefined): void {
    this.#scene = scene;
    this.#current = current;
    this.#hovered = undefined;
    this.#empty();
  }

  node(id: string): SVGGElement | undefined {
    return this.#nodes.get(id);
  }

  /** Draws what is seen by this view in a pane of this size, and what is near. */
  see(view: View, pane: Size): void {
    this.plane.setAttribute(
      'transform',
      `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(3)})`,
    );
    const scene = this.#scene;
    if (!scene) return;
    const isLarge = scene.placement.nodes.size > mostDrawn;
    const isFar = isLarge && view.scale < farScale;
    if (this.#drawn?.isFar === isFar && isWithin(seenArea(view, pane, 0), this.#drawn.area)) return;
    // As much again on each side, so that small movements draw nothing.
    this.#draw(isLarge ? seenArea(view, pane, 1) : everywhere, isFar);
  }

  /** Draws all of it, for a picture. */
  drawAll(): void {
    this.#empty();
    this.#draw(everywhere, false);
  }

  /** Marks the node the keyboard is at, which is in the page wherever it lies. */
  mark(current: string | undefined): void {
    this.#current = current;
    const place = current === undefined ? undefined : this.#scene?.placement.nodes.get(current);
    if (this.#scene && this.#drawn && place && !this.#nodes.has(place.id))
      this.#nodesLayer.append(this.#drawNode(this.#scene, place, this.#drawn.isFar));
    for (const [id, drawn] of this.#nodes) markNode(drawn, id === current);
    this.highlight(undefined);
  }

  /** The edges of the node under the mouse, else of the current one, stand out. */
  highlight(hovered: string | undefined): void {
    this.#hovered = hovered;
    for (const [edge, drawn] of this.#edges) drawn.classList.toggle('near', this.#isNear(edge));
  }

  #empty(): void {
    this.#nodes.clear();
    this.#edges.clear();
    this.#drawn = undefined;
    this.#edgesLayer.replaceChildren();
    this.#nodesLayer.replaceChildren();
  }

  /** Puts into the page what lies in `area`, and takes out what does not. */
  #draw(area: Area, isFar: boolean): void {
    const scene = this.#scene;
    if (!scene) return;
    if (this.#drawn?.isFar !== isFar) this.#empty();
    this.#drawn = { area, isFar };
    const { nodes, edges } = scene.placement;
    // From afar lines are told by where there are many: one stroke draws them all.
    if (isFar) this.#edgesLayer.replaceChildren(drawFarEdges(edges));
    for (const edge of isFar ? [] : edges) {
      const isIn = touchesArea(edge.points, area, 0);
      const drawn = this.#edges.get(edge);
      if (isIn && !drawn) this.#edgesLayer.append(this.#drawEdge(scene, edge));
      else if (!isIn && drawn) {
        drawn.remove();
        this.#edges.delete(edge);
      }
    }
    const reach = Math.max(scene.size.width, scene.size.height);
    for (const place of nodes.values()) {
      const isIn = place.id === this.#current || touchesArea([place], area, reach);
      const drawn = this.#nodes.get(place.id);
      if (isIn && !drawn) this.#nodesLayer.append(this.#drawNode(scene, place, isFar));
      else if (!isIn && drawn) {
        drawn.remove();
        this.#nodes.delete(place.id);
      }
    }
  }

  #drawNode(scene: Scene, at: PlacedNode, isFar: boolean): SVGGElement {
    const drawn = scene.draw(at.id, isFar);
    for (const [name, value] of Object.entries({
      'data-node': at.id,
      transform: `translate(${at.x} ${at.y})`,
      role: 'treeitem',
      'aria-label': scene.spoken(at.id),
      'aria-level': String(at.rank + 1),
      'aria-setsize': String(scene.placement.columns),
      'data-testid': 'node',
    }))
      drawn.setAttribute(name, value);
    markNode(drawn, at.id === this.#current);
    this.#nodes.set(at.id, drawn);
    return drawn;
  }

  #drawEdge(scene: Scene, edge: PlacedEdge): SVGGElement {
    const end = edge.points.at(-1)!;
    const line = curve([...edge.points.slice(0, -1), { ...end, x: end.x - 6 }]);
    const drawn = svg(
      'g',
      { class: ['edge', ...(scene.edgeClasses?.(edge) ?? [])].join(' ') },
      svg('path', { class: 'line', d: line }),
      svg('path', { class: 'head', d: `M${end.x} ${end.y}l-7 -4v8z` }),
    );
    drawn.classList.toggle('near', this.#isNear(edge));
    this.#edges.set(edge, drawn);
    return drawn;
  }

  #isNear({ from, to }: PlacedEdge): boolean {
    const id = this.#hovered ?? this.#current;
    return from === id || to === id;
  }
}

function drawFarEdges(edges: readonly PlacedEdge[]): SVGGElement {
  const lines = edges.map(({ points }) =>
    points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join(''),
  );
  return svg('g', { class: 'edge far' }, svg('path', { class: 'line', d: lines.join('') }));
}

const everywhere: Area = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

function markNode(drawn: SVGGElement, isCurrent: boolean): void {
  drawn.setAttribute('tabindex', isCurrent ? '0' : '-1');
  drawn.setAttribute('aria-selected', String(isCurrent));
  drawn.classList.toggle('current', isCurrent);
}

function isWithin(inner: Area, outer: Area): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.right <= outer.right &&
    inner.bottom <= outer.bottom
  );
}

/** True where the box around the points, `reach` larger on each side, and the area have something in common. */
function touchesArea(points: readonly Point[], { left, top, right, bottom }: Area, reach: number): boolean {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return east + reach >= left && west - reach <= right && south + reach >= top && north - reach <= bottom;
}
