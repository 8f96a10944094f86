import { createIconButton, createToggle, type Toggle } from '../shared/controls.ts';
import { element, setAttribute, setText } from '../shared/dom.ts';
import { describe } from './graph-model.ts';
import type { Direction, GraphView } from './protocol.ts';

export interface HeaderActions {
  depth(direction: Direction, depth: number): void;
  zoom(factor: number): void;
  readonly fitAll: () => void;
  pin(pinned: boolean): void;
  readonly export: () => void;
}

const zoomStep = 1.25;

/** Whose lineage it is, how far it goes, and what can be done with it. */
export class HeaderView {
  readonly element: HTMLElement;
  readonly #title = element('h1', { class: 'title', 'data-testid': 'title' });
  readonly #note = element('span', { class: 'note', 'data-testid': 'note' });
  readonly #pin: Toggle;
  readonly #depths: Readonly<Record<Direction, DepthControl>>;
  #pinned = false;

  constructor(actions: HeaderActions) {
    this.#depths = {
      upstream: new DepthControl('upstream', actions),
      downstream: new DepthControl('downstream', actions),
    };
    this.#pin = createToggle({
      label: 'Pin: Stay With This, Whichever File Is Active',
      icon: 'pin',
      testId: 'pin',
      onPress: () => actions.pin(!this.#pinned),
    });
    const button = (label: string, icon: string, testId: string, onPress: () => void): HTMLElement =>
      createIconButton({ label, icon, testId, onPress });
    this.element = element(
      'header',
      { class: 'header' },
      element('div', { class: 'heading' }, this.#title, this.#note),
      element('div', { class: 'depths' }, this.#depths.upstream.element, this.#depths.downstream.element),
      element(
        'div',
        { class: 'actions', role: 'toolbar', 'aria-label': 'Lineage' },
        button('Zoom Out', 'zoom-out', 'zoom-out', () => actions.zoom(1 / zoomStep)),
        button('Zoom In', 'zoom-in', 'zoom-in', () => actions.zoom(zoomStep)),
        button('Show the Whole Graph (0)', 'screen-full', 'fit', actions.fitAll),
        button('Export as SVG…', 'export', 'export', actions.export),
        this.#pin.element,
      ),
    );
  }

  update(graph: GraphView): void {
    const focus = graph.nodes.find((node) => node.id === graph.focus);
    setText(this.#title, focus?.name ?? '');
    setAttribute(this.#title, 'title', focus?.name);
    setText(this.#note, focus ? `${describe(focus)} · ${focus.system}` : '');
    this.#pinned = graph.pinned;
    this.#pin.set(graph.pinned);
    for (const control of Object.values(this.#depths)) control.update(graph);
  }
}

/** `Upstream − 2 +` */
class DepthControl {
  readonly element: HTMLElement;
  readonly #direction: Direction;
  readonly #less: HTMLElement;
  readonly #more: HTMLElement;
  readonly #number = element('span', { class: 'depth-number' });
  #depth = 0;

  constructor(direction: Direction, actions: HeaderActions) {
    this.#direction = direction;
    const title = direction === 'upstream' ? 'Upstream' : 'Downstream';
    this.#less = createIconButton({
      label: `Less ${title}`,
      icon: 'remove',
      testId: `${direction}-less`,
      onPress: () => actions.depth(direction, this.#depth - 1),
    });
    this.#more = createIconButton({
      label: `More ${title}`,
      icon: 'add',
      testId: `${direction}-more`,
      onPress: () => actions.depth(direction, this.#depth + 1),
    });
    this.#number.dataset['testid'] = `${direction}-depth`;
    this.element = element(
      'div',
      { class: 'depth', role: 'group', 'aria-label': `${title} depth` },
      element('span', { class: 'depth-label' }, title),
      this.#less,
      this.#number,
      this.#more,
    );
  }

  update({ depth, deepest }: GraphView): void {
    this.#depth = depth[this.#direction];
    setText(this.#number, String(this.#depth));
    setAttribute(this.#less, 'disabled', this.#depth <= 0 ? '' : undefined);
    setAttribute(this.#more, 'disabled', this.#depth >= deepest ? '' : undefined);
  }
}
