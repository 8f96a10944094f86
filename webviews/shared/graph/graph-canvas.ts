import { element } from '../dom.ts';
import { DrawnGraph } from './drawn-graph.ts';
import { exportSvg } from './export-svg.ts';
import type { Point, Size } from './layout.ts';
import type { Scene } from './scene.ts';
import { createMeasure, svg } from './svg.ts';
import { fit, fitAll, middle, readableScale, reveal, seenAt, zoom, type View } from './viewport-model.ts';
import { Walker, type Step } from './walker.ts';

export interface CanvasActions {
  /** The keyboard or the mouse is at another node. */
  moved(): void;
  /** What is seen of the plane is another part now. */
  seen?(view: View, pane: Size): void;
  open(id: string): void;
  /** A key that the canvas has no use for; true where it was of use. */
  key(key: string, current: string): boolean;
  /** Nothing is that way to go to. */
  blocked(current: string, step: Step): void;
  /** A chip of a node was pressed. */
  chip(id: string, chip: Element): void;
}

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** A graph that can be moved, zoomed, and walked by keyboard. Each node takes the focus and has a name. */
export class GraphCanvas {
  readonly element: HTMLElement;
  readonly measure = createMeasure();
  readonly #svg: SVGSVGElement;
  readonly #drawn = new DrawnGraph();
  readonly #actions: CanvasActions;
  #scene: Scene | undefined;
  #walker: Walker | undefined;
  #view: View = { x: 0, y: 0, scale: 1 };
  /** True until somebody moves or zooms: then a new size of the pane fits the graph anew. */
  #isFitted = true;

  constructor(what: string, actions: CanvasActions) {
    this.#actions = actions;
    this.#svg = svg('svg', { class: 'graph', role: 'tree', 'data-testid': 'graph' }, this.#drawn.plane);
    this.#svg.setAttribute('aria-roledescription', what);
    this.element = element('div', { class: 'pane' });
    this.element.append(this.#svg);
    this.#svg.addEventListener('keydown', (event) => this.#onKey(event));
    this.#svg.addEventListener('click', (event) => this.#onClick(event));
    this.#svg.addEventListener('dblclick', (event) => this.#onDoubleClick(event));
    this.#svg.addEventListener('focusin', (event) => this.#onFocus(event));
    this.#svg.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.#svg.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    for (const type of ['pointerover', 'pointerout'] as const) {
      this.#svg.addEventListener(type, (event) =>
        this.#drawn.highlight(type === 'pointerover' ? idAt(event) : undefined),
      );
    }
    new ResizeObserver(() => {
      if (this.#isFitted) this.fit();
      else this.#see(this.#view);
    }).observe(this.element);
  }

  get current(): string | undefined {
    return this.#walker?.current;
  }

  get walker(): Walker | undefined {
    return this.#walker;
  }

  /** Draws a scene. The same home stays where it is seen, or the node the keyboard is at; another one is brought into view. */
  show(scene: Scene, options: { readonly isSame: boolean }): void {
    const before = this.#scene;
    const current = options.isSame ? this.current : undefined;
    const hadFocus = this.#svg.contains(document.activeElement);
    this.#scene = scene;
    this.#walker = new Walker(scene.placement, [current, scene.home]);
    this.#svg.setAttribute('aria-label', scene.summary);
    this.#drawn.show(scene, this.current);
    if (!options.isSame || !before || this.#isFitted) this.fit();
    else this.#keepInPlace(before, scene, scene.home ?? current);
    this.#markCurrent();
    if (hadFocus) this.focusCurrent();
  }

  /** Nothing is drawn any more. */
  clear(): void {
    this.#scene = undefined;
    this.#walker = undefined;
    this.#drawn.show(undefined, undefined);
  }

  focusCurrent(): void {
    if (this.current !== undefined) this.#drawn.node(this.current)?.focus({ preventScroll: true });
  }

  fit(): void {
    const { placement, home } = this.#scene ?? {};
    if (!placement) return;
    const centre = home === undefined ? { x: 0, y: placement.height / 2 } : placement.nodes.get(home);
    this.#isFitted = true;
    this.#see(fit(placement, this.#pane(), centre ?? { x: 0, y: 0 }));
  }

  fitAll(): void {
    if (!this.#scene) return;
    this.#isFitted = false;
    this.#see(fitAll(this.#scene.placement, this.#pane()));
  }

  zoom(factor: number, at?: Point): void {
    const { width, height } = this.#pane();
    this.#isFitted = false;
    this.#see(zoom(this.#view, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  /** Goes to a node, wherever it lies, and brings it into the middle where it is not seen. */
  goTo(id: string): void {
    const { placement, size } = this.#scene ?? {};
    const place = placement?.nodes.get(id);
    if (!place || !size) return;
    this.#walker?.goTo(id);
    const pane = this.#pane();
    const near = reveal(this.#view, place, size, pane);
    const isSeen = near.x === this.#view.x && near.y === this.#view.y;
    if (!isSeen || this.#view.scale < readableScale / 2) {
      this.#isFitted = false;
      this.#see(middle(place, pane, Math.max(this.#view.scale, readableScale)));
    }
    this.#markCurrent();
    this.focusCurrent();
  }

  /** Brings a place of the plane into the middle. */
  centre(place: Point): void {
    this.#isFitted = false;
    this.#see(middle(place, this.#pane(), this.#view.scale));
  }

  /** The whole drawing as a file; undefined while there is none. */
  exportSvg(): string | undefined {
    const scene = this.#scene;
    if (!scene) return undefined;
    this.#drawn.drawAll();
    const file = exportSvg(this.#drawn.plane, scene.placement, scene.summary);
    this.#drawn.show(scene, this.current);
    this.#see(this.#view);
    return file;
  }

  #keepInPlace(before: Scene, after: Scene, id: string | undefined): void {
    const was = id === undefined ? undefined : before.placement.nodes.get(id);
    const is = id === undefined ? undefined : after.placement.nodes.get(id);
    if (!was || !is) return this.#see(this.#view);
    const seen = seenAt(was, this.#view);
    const { scale } = this.#view;
    this.#see({ scale, x: seen.x - is.x * scale, y: seen.y - is.y * scale });
  }

  #see(view: View): void {
    this.#view = view;
    const pane = this.#pane();
    this.#drawn.see(view, pane);
    this.#actions.seen?.(view, pane);
  }

  #pane(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  #markCurrent(): void {
    this.#drawn.mark(this.current);
    this.#actions.moved();
  }

  #onFocus(event: FocusEvent): void {
    const id = idAt(event);
    if (id === undefined || id === this.current) return;
    this.#walker?.goTo(id);
    this.#markCurrent();
  }

  #onKey(event: KeyboardEvent): void {
    const { current } = this;
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step) this.#step(current, step);
    else if (event.key === 'Enter') this.#actions.open(current);
    else if (event.key === 'Home') this.#goHome();
    else if (event.key === '0') this.fitAll();
    else if (!this.#actions.key(event.key, current)) return;
    event.preventDefault();
  }

  #goHome(): void {
    const { placement, home } = this.#scene!;
    const first = home ?? placement.nodes.keys().next().value;
    if (first !== undefined) this.#arrive(first);
  }

  #step(current: string, step: Step): void {
    if (this.#walker?.go(step)) this.#arrive(this.current!);
    else this.#actions.blocked(current, step);
  }

  /** Makes a node the current one, with the least movement after which it is seen. */
  #arrive(id: string): void {
    const { placement, size } = this.#scene!;
    this.#walker?.goTo(id);
    this.#markCurrent();
    const view = reveal(this.#view, placement.nodes.get(id)!, size, this.#pane());
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#isFitted = false;
    this.#see(view);
    this.focusCurrent();
  }

  #onClick(event: MouseEvent): void {
    const id = idAt(event);
    const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
    if (id !== undefined && chip) this.#actions.chip(id, chip);
  }

  #onDoubleClick(event: MouseEvent): void {
    const id = idAt(event);
    const isChip = event.target instanceof Element && event.target.closest('.chip') !== null;
    if (id !== undefined && !isChip) this.#actions.open(id);
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    this.#isFitted = false;
    if (event.ctrlKey || event.metaKey) {
      const { left, top } = this.#svg.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top });
    } else {
      const [across, along] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.#see({ ...this.#view, x: this.#view.x - across, y: this.#view.y - along });
    }
  }

  #onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || idAt(event) !== undefined) return;
    const start = this.#view;
    const move = ({ clientX, clientY }: PointerEvent): void => {
      this.#isFitted = false;
      this.#see({ ...start, x: start.x + clientX - event.clientX, y: start.y + clientY - event.clientY });
    };
    const end = (): void => {
      this.#svg.classList.remove('moving');
      this.#svg.removeEventListener('pointermove', move);
    };
    this.#svg.setPointerCapture(event.pointerId);
    this.#svg.classList.add('moving');
    this.#svg.addEventListener('pointermove', move);
    for (const type of ['pointerup', 'pointercancel'] as const) {
      this.#svg.addEventListener(type, end, { once: true });
    }
  }
}

function idAt(event: Event): string | undefined {
  const node = event.target instanceof Element ? event.target.closest('[data-node]') : null;
  return node?.getAttribute('data-node') ?? undefined;
}
