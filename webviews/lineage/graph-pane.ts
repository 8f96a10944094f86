import { GraphCanvas } from '../shared/graph/graph-canvas.ts';
import { placeGraph } from '../shared/graph/layout.ts';
import { nodeSize } from '../shared/graph/node-shape.ts';
import type { Step } from '../shared/graph/walker.ts';
import { GraphModel } from './graph-model.ts';
import { drawLineageNode, lookOf } from './node-view.ts';
import type { Direction, GraphView, NodeView } from './protocol.ts';

export interface PaneActions {
  /** The keyboard or the mouse is at another node. */
  moved(): void;
  open(node: string): void;
  focus(node: string): void;
  expand(node: string, direction: Direction, expanded: boolean): void;
  deepen(by: 1 | -1): void;
}

/** The lineage's graph, with what is hidden of it a press away. */
export class GraphPane {
  readonly #canvas: GraphCanvas;
  readonly #actions: PaneActions;
  #model: GraphModel | undefined;

  constructor(actions: PaneActions) {
    this.#actions = actions;
    this.#canvas = new GraphCanvas('lineage graph', {
      moved: () => actions.moved(),
      open: (id) => actions.open(id),
      key: (key, id) => this.#onKey(key, id),
      blocked: (id, step) => this.#showHidden(id, step),
      chip: (id, chip) => this.#onChip(id, chip),
    });
  }

  get element(): HTMLElement {
    return this.#canvas.element;
  }

  get model(): GraphModel | undefined {
    return this.#model;
  }

  /** The node that the keyboard or the mouse is at. */
  get current(): NodeView | undefined {
    return this.#model?.node(this.#canvas.current);
  }

  /** Draws a graph. The same focus stays where it is seen; another one is brought into the middle. */
  show(graph: GraphView): void {
    const before = this.#model?.graph;
    const model = new GraphModel(graph);
    this.#model = model;
    const { measure } = this.#canvas;
    const size = nodeSize(graph.nodes.map(lookOf), measure);
    this.#canvas.show(
      {
        placement: placeGraph(graph, size),
        size,
        summary: model.summary(),
        home: graph.focus,
        draw: (id) => drawLineageNode(model.node(id)!, { model, size, measure }),
        spoken: (id) => model.spoken(id),
      },
      { isSame: before?.focus === graph.focus },
    );
  }

  /** Nothing is drawn any more. */
  clear(): void {
    this.#model = undefined;
    this.#canvas.clear();
  }

  /** Draws the same anew: fonts have changed. */
  redraw(): void {
    if (this.#model) this.show(this.#model.graph);
  }

  fitAll(): void {
    this.#canvas.fitAll();
  }

  zoom(factor: number): void {
    this.#canvas.zoom(factor);
  }

  /** The whole drawing as a file; undefined while there is none. */
  exportSvg(): string | undefined {
    return this.#canvas.exportSvg();
  }

  #onKey(key: string, id: string): boolean {
    if (key === 'f') this.#actions.focus(id);
    else if (key === ' ') this.#toggle(id);
    else if (key === '+' || key === '=') this.#actions.deepen(1);
    else if (key === '-') this.#actions.deepen(-1);
    else return false;
    return true;
  }

  /** Where edges lead to what is hidden, that is shown before one can go there. */
  #showHidden(id: string, step: Step): void {
    if (step !== 'left' && step !== 'right') return;
    const direction = step === 'left' ? 'upstream' : 'downstream';
    const hidden = this.#model?.node(id)?.hidden[direction] ?? 0;
    if (hidden > 0) this.#actions.expand(id, direction, true);
  }

  /** Shows all neighbours of a node, or hides again what was shown so. */
  #toggle(id: string): void {
    const node = this.#model?.node(id);
    for (const direction of ['upstream', 'downstream'] as const) {
      if (node && this.#model?.isExpanded(id, direction)) this.#actions.expand(id, direction, false);
      else if (node && node.hidden[direction] > 0) this.#actions.expand(id, direction, true);
    }
  }

  #onChip(id: string, chip: Element): void {
    const direction = chip.getAttribute('data-direction');
    if (direction === 'upstream' || direction === 'downstream')
      this.#actions.expand(id, direction, !this.#model?.isExpanded(id, direction));
  }
}
