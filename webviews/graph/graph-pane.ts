import { element } from '../shared/dom.ts';
import { GraphCanvas } from '../shared/graph/graph-canvas.ts';
import { placeGraph } from '../shared/graph/layout.ts';
import { Minimap } from '../shared/graph/minimap.ts';
import { drawChip, drawFarNode, drawNode, nodeSize, type NodeLook } from '../shared/graph/node-shape.ts';
import { svg } from '../shared/graph/svg.ts';
import { GraphModel } from './graph-model.ts';
import type { BoxView, GraphView } from './protocol.ts';

export interface PaneActions {
  /** The keyboard or the mouse is at another box. */
  moved(): void;
  open(box: BoxView): void;
  toggle(group: string, open: boolean): void;
  readonly search: () => void;
}

/** The graph itself, and from some size on a map of it in the corner. */
export class GraphPane {
  readonly element: HTMLElement;
  readonly #canvas: GraphCanvas;
  readonly #minimap: Minimap;
  readonly #actions: PaneActions;
  #model: GraphModel | undefined;
  /** The group that was just opened or closed: the keyboard goes on where it was. */
  #follow: { readonly group: string; readonly open: boolean } | undefined;

  constructor(actions: PaneActions) {
    this.#actions = actions;
    this.#canvas = new GraphCanvas('platform graph', {
      moved: () => actions.moved(),
      seen: (view, pane) => this.#minimap.draw(view, pane),
      open: (id) => this.#open(id),
      key: (key, id) => this.#onKey(key, id),
      blocked: () => undefined,
      chip: (id) => this.#toggle(this.#model?.box(id)),
    });
    this.#minimap = new Minimap({
      colourOf: (id) => `--${this.#colourOf(id)}`,
      goTo: (place) => this.#canvas.centre(place),
    });
    this.element = element('div', { class: 'graph-pane' });
    this.element.append(this.#canvas.element, this.#minimap.element);
  }

  get model(): GraphModel | undefined {
    return this.#model;
  }

  get current(): BoxView | undefined {
    return this.#model?.box(this.#canvas.current);
  }

  show(graph: GraphView): void {
    const before = this.#model?.graph;
    const model = new GraphModel(graph);
    this.#model = model;
    const looks = new Map(graph.boxes.map((box) => [box.id, model.look(box)]));
    const { measure } = this.#canvas;
    const size = nodeSize(looks.values(), measure);
    const placement = placeGraph({ nodes: graph.boxes, edges: graph.edges }, size);
    this.#minimap.show(placement, size);
    const isSame =
      before !== undefined &&
      before.pipeline?.step === graph.pipeline?.step &&
      before.around === graph.around;
    this.#canvas.show(
      {
        placement,
        size,
        summary: model.summary(),
        ...(graph.around === undefined ? {} : { home: graph.around }),
        draw: (id, isFar) => this.#draw(looks.get(id)!, { isFar, size }),
        spoken: (id) => model.spoken(id),
        edgeClasses: ({ from, to }) => classesOf(model.edge(from, to)),
      },
      { isSame },
    );
    this.#goOn(graph);
  }

  clear(): void {
    this.#model = undefined;
    this.#canvas.clear();
  }

  /** Draws the same anew: fonts or colours have changed. */
  redraw(): void {
    if (this.#model) this.show(this.#model.graph);
  }

  reveal(id: string): void {
    this.#canvas.goTo(id);
  }

  focus(): void {
    this.#canvas.focusCurrent();
  }

  fitAll(): void {
    this.#canvas.fitAll();
  }

  zoom(factor: number): void {
    this.#canvas.zoom(factor);
  }

  exportSvg(): string | undefined {
    return this.#canvas.exportSvg();
  }

  /** Asks for a group to be opened, or the one around a node to be closed. */
  toggleCurrent(): void {
    this.#toggle(this.current);
  }

  #draw(look: NodeLook, { isFar, size }: { isFar: boolean; size: ReturnType<typeof nodeSize> }): SVGGElement {
    const drawn = isFar ? drawFarNode(look, size) : drawNode(look, size, this.#canvas.measure);
    if (isFar) return drawn;
    const [left, top] = [-size.width / 2, -size.height / 2];
    const box = drawn.querySelector('.box')!;
    box.after(
      svg('rect', { class: 'band', x: left + 1, y: top + 7, width: 3, height: size.height - 14, rx: 1.5 }),
    );
    if (!look.classes.includes('group')) return drawn;
    // A second sheet behind the first: there is more in it.
    box.before(
      svg('rect', { class: 'sheet', x: left + 4, y: top + 4, width: size.width, height: size.height, rx: 6 }),
    );
    drawn.append(
      drawChip({ label: '+', hint: `Expand ${look.name}`, side: 'right' }, size, this.#canvas.measure),
    );
    return drawn;
  }

  #onKey(key: string, id: string): boolean {
    const box = this.#model?.box(id);
    if (key === ' ') this.#toggle(box);
    else if (key === '+' || key === '=') this.#canvas.zoom(1.25);
    else if (key === '-') this.#canvas.zoom(0.8);
    else if (key === '/') this.#actions.search();
    else return false;
    return true;
  }

  #open(id: string): void {
    const box = this.#model?.box(id);
    if (box?.kind === 'group') this.#toggle(box);
    else if (box) this.#actions.open(box);
  }

  #toggle(box: BoxView | undefined): void {
    const group = box?.kind === 'group' ? box.id : box?.group;
    if (!box || group === undefined) return;
    this.#follow = { group, open: box.kind === 'group' };
    this.#actions.toggle(group, this.#follow.open);
  }

  #goOn({ boxes }: GraphView): void {
    const follow = this.#follow;
    if (!follow) return;
    const next = boxes.find(({ id, group }) => (follow.open ? group === follow.group : id === follow.group));
    if (!next) return;
    this.#follow = undefined;
    this.#canvas.goTo(next.id);
  }

  #colourOf(id: string): string {
    const box = this.#model?.box(id);
    return (box && this.#model?.colourClass(box)) ?? 'system-shared';
  }
}

function classesOf(
  edge: { readonly flow: 'data' | 'work'; readonly count: number } | undefined,
): readonly string[] {
  if (!edge) return [];
  return [`flow-${edge.flow}`, ...(edge.count >= 10 ? ['many'] : [])];
}
