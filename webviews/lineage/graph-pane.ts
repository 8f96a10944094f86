import { element } from '../shared/dom.ts';
import { exportSvg } from './export-svg.ts';
import { GraphModel, type Step } from './graph-model.ts';
import { curve, placeGraph, type Point, type Size } from './layout.ts';
import { drawNode, nodeSize } from './node-view.ts';
import type { Direction, GraphView } from './protocol.ts';
import { createMeasure, svg } from './svg.ts';
import { fit, fitAll, reveal, seenAt, zoom, type View } from './viewport-model.ts';

export interface PaneActions {
  /** The keyboard or the mouse is at another node. */
  moved(): void;
  open(node: string): void;
  focus(node: string): void;
  expand(node: string, direction: Direction, expanded: boolean): void;
  deepen(by: 1 | -1): void;
}

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'focus',
};

/** The graph itself: draws it, moves it, and walks it by keyboard. Each node takes the focus and has a name. */
export class GraphPane {
  readonly element: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #plane = svg('g', { class: 'plane' });
  readonly #actions: PaneActions;
  readonly #measure = createMeasure();
  readonly #nodes = new Map<string, SVGGElement>();
  #edges: readonly { readonly from: string; readonly to: string; readonly drawn: SVGGElement }[] = [];
  #model: GraphModel | undefined;
  #size: Size = { width: 0, height: 0 };
  #view: View = { x: 0, y: 0, scale: 1 };
  /** True until somebody moves or zooms: then a new size of the pane fits the graph anew. */
  #isFitted = true;

  constructor(actions: PaneActions) {
    this.#actions = actions;
    this.#svg = svg('svg', { class: 'graph', role: 'tree', 'data-testid': 'graph' }, this.#plane);
    this.#svg.setAttribute('aria-roledescription', 'lineage graph');
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
        this.#highlight(type === 'pointerover' ? idAt(event) : undefined),
      );
    }
    new ResizeObserver(() => {
      if (this.#isFitted) this.fit();
    }).observe(this.element);
  }

  get model(): GraphModel | undefined {
    return this.#model;
  }

  /** Draws a graph. The same focus stays where it is seen; another one is brought into the middle. */
  show(graph: GraphView): void {
    const before = this.#model;
    const hadFocus = this.#svg.contains(document.activeElement);
    this.#size = nodeSize(graph.nodes, this.#measure);
    const placement = placeGraph(graph, this.#size);
    const isSame = before?.graph.focus === graph.focus;
    const model = new GraphModel(graph, placement, isSame ? before?.current : undefined);
    this.#model = model;
    this.#svg.setAttribute('aria-label', model.summary());
    this.#draw(model);
    if (!isSame || this.#isFitted) this.fit();
    else this.#keepInPlace(before, model);
    this.#markCurrent();
    if (hadFocus) this.focusCurrent();
  }

  /** Nothing is drawn any more. */
  clear(): void {
    this.#model = undefined;
    this.#nodes.clear();
    this.#edges = [];
    this.#plane.replaceChildren();
  }

  /** Draws the same anew: fonts have changed. */
  redraw(): void {
    if (this.#model) this.show(this.#model.graph);
  }

  focusCurrent(): void {
    if (this.#model) this.#nodes.get(this.#model.current)?.focus({ preventScroll: true });
  }

  fit(): void {
    const model = this.#model;
    if (!model) return;
    const focus = model.placement.nodes.get(model.graph.focus)!;
    this.#isFitted = true;
    this.#see(fit(model.placement, this.#pane(), focus));
  }

  fitAll(): void {
    if (!this.#model) return;
    this.#isFitted = false;
    this.#see(fitAll(this.#model.placement, this.#pane()));
  }

  zoom(factor: number, at?: Point): void {
    const { width, height } = this.#pane();
    this.#isFitted = false;
    this.#see(zoom(this.#view, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  /** The whole drawing as a file; undefined while there is none. */
  exportSvg(): string | undefined {
    return this.#model && exportSvg(this.#plane, this.#model.placement, this.#model.summary());
  }

  #draw(model: GraphModel): void {
    this.#nodes.clear();
    this.#edges = model.placement.edges.map(({ from, to, points }) => {
      const end = points.at(-1)!;
      const head = `M${end.x} ${end.y}l-7 -4v8z`;
      const line = svg('path', {
        class: 'line',
        d: curve([...points.slice(0, -1), { ...end, x: end.x - 6 }]),
      });
      const drawn = svg('g', { class: 'edge' }, line, svg('path', { class: 'head', d: head }));
      return { from, to, drawn };
    });
    const nodes = svg('g', { role: 'presentation' });
    const columns = 1 + Math.max(0, ...[...model.placement.nodes.values()].map(({ rank }) => rank));
    for (const node of model.graph.nodes) {
      const at = model.placement.nodes.get(node.id)!;
      const drawn = drawNode(node, { model, size: this.#size, measure: this.#measure, at });
      for (const [name, value] of Object.entries({
        role: 'treeitem',
        tabindex: '-1',
        'aria-label': model.spoken(node.id),
        'aria-level': String(at.rank + 1),
        'aria-setsize': String(columns),
        'data-testid': 'node',
      }))
        drawn.setAttribute(name, value);
      this.#nodes.set(node.id, drawn);
      nodes.append(drawn);
    }
    const edges = svg('g', { 'aria-hidden': 'true' }, ...this.#edges.map(({ drawn }) => drawn));
    this.#plane.replaceChildren(edges, nodes);
  }

  #keepInPlace(before: GraphModel, after: GraphModel): void {
    const { focus } = after.graph;
    const [was, is] = [before.placement.nodes.get(focus), after.placement.nodes.get(focus)];
    if (!was || !is) return;
    const seen = seenAt(was, this.#view);
    const { scale } = this.#view;
    this.#see({ scale, x: seen.x - is.x * scale, y: seen.y - is.y * scale });
  }

  #see(view: View): void {
    this.#view = view;
    const { x, y, scale } = view;
    this.#plane.setAttribute(
      'transform',
      `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(3)})`,
    );
  }

  #pane(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  #markCurrent(): void {
    const current = this.#model?.current;
    for (const [id, drawn] of this.#nodes) {
      drawn.setAttribute('tabindex', id === current ? '0' : '-1');
      drawn.setAttribute('aria-selected', String(id === current));
      drawn.classList.toggle('current', id === current);
    }
    this.#highlight(undefined);
    this.#actions.moved();
  }

  /** The edges of the node under the mouse, else of the current one, stand out. */
  #highlight(hovered: string | undefined): void {
    const id = hovered ?? this.#model?.current;
    for (const { from, to, drawn } of this.#edges) drawn.classList.toggle('near', from === id || to === id);
  }

  #goTo(id: string): void {
    const model = this.#model;
    if (!model || model.current === id) return;
    model.goTo(id);
    this.#markCurrent();
  }

  #onFocus(event: FocusEvent): void {
    const id = idAt(event);
    if (id !== undefined) this.#goTo(id);
  }

  #onKey(event: KeyboardEvent): void {
    const model = this.#model;
    if (!model || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step) this.#step(model, step);
    else if (event.key === 'Enter') this.#actions.open(model.current);
    else if (event.key === 'f') this.#actions.focus(model.current);
    else if (event.key === ' ') this.#toggle(model);
    else if (event.key === '+' || event.key === '=') this.#actions.deepen(1);
    else if (event.key === '-') this.#actions.deepen(-1);
    else if (event.key === '0') this.fitAll();
    else return;
    event.preventDefault();
  }

  /** Along an edge; where edges lead to what is hidden, that is shown first. */
  #step(model: GraphModel, step: Step): void {
    if (model.go(step)) {
      this.#markCurrent();
      this.focusCurrent();
      const place = model.placement.nodes.get(model.current)!;
      const view = reveal(this.#view, place, this.#size, this.#pane());
      if (view.x !== this.#view.x || view.y !== this.#view.y) this.#isFitted = false;
      return this.#see(view);
    }
    if (step !== 'left' && step !== 'right') return;
    const direction = step === 'left' ? 'upstream' : 'downstream';
    const hidden = model.node(model.current)?.hidden[direction] ?? 0;
    if (hidden > 0) this.#actions.expand(model.current, direction, true);
  }

  /** Shows all neighbours of the current node, or hides again what was shown so. */
  #toggle(model: GraphModel): void {
    const node = model.node(model.current);
    for (const direction of ['upstream', 'downstream'] as const) {
      if (node && model.isExpanded(node.id, direction)) this.#actions.expand(node.id, direction, false);
      else if (node && node.hidden[direction] > 0) this.#actions.expand(node.id, direction, true);
    }
  }

  #onClick(event: MouseEvent): void {
    const id = idAt(event);
    if (id === undefined || !this.#model) return;
    const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
    const direction = chip?.getAttribute('data-direction');
    if (direction === 'upstream' || direction === 'downstream') {
      this.#actions.expand(id, direction, !this.#model.isExpanded(id, direction));
    }
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
