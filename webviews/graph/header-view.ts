import { createIconButton, createToggle, type Toggle } from '../shared/controls.ts';
import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { formatCount } from '../shared/format.ts';
import { colours } from './graph-model.ts';
import type { GraphView, SystemView } from './protocol.ts';

export interface HeaderActions {
  filter(system: string, hidden: boolean): void;
  zoom(factor: number): void;
  table(shown: boolean): void;
  readonly fitAll: () => void;
  readonly reset: () => void;
  readonly everything: () => void;
  readonly export: () => void;
}

const zoomStep = 1.25;

/** What is shown, which systems, and what can be done with it. */
export class HeaderView {
  readonly element: HTMLElement;
  readonly #actions: HeaderActions;
  readonly #title = element('h1', { class: 'title', 'data-testid': 'title' });
  readonly #note = element('span', { class: 'note', 'data-testid': 'note' });
  readonly #systems = element('div', { class: 'systems', role: 'group', 'aria-label': 'Systems' });
  readonly #around = element('span', { class: 'around', 'data-testid': 'around' });
  readonly #aroundName = element('span', { class: 'around-name' });
  readonly #table: Toggle;
  readonly #reset: HTMLElement;
  readonly #onlyGraph: readonly HTMLElement[];
  #isTable = false;

  constructor(actions: HeaderActions, search: HTMLElement) {
    this.#actions = actions;
    const button = (label: string, icon: string, testId: string, onPress: () => void): HTMLElement =>
      createIconButton({ label, icon, testId, onPress });
    this.#table = createToggle({
      label: 'Show as Table',
      icon: 'table',
      testId: 'table-toggle',
      onPress: () => actions.table(!this.#isTable),
    });
    this.#reset = button('Undo What Was Expanded and Collapsed', 'discard', 'reset', actions.reset);
    this.#onlyGraph = [
      button('Zoom Out', 'zoom-out', 'zoom-out', () => actions.zoom(1 / zoomStep)),
      button('Zoom In', 'zoom-in', 'zoom-in', () => actions.zoom(zoomStep)),
      button('Show the Whole Graph (0)', 'screen-full', 'fit', actions.fitAll),
      button('Export as SVG…', 'export', 'export', actions.export),
    ];
    this.#around.append(
      this.#aroundName,
      button('Show Everything Again', 'close', 'everything', actions.everything),
    );
    this.element = element(
      'header',
      { class: 'header' },
      element('div', { class: 'heading' }, this.#title, this.#note),
      search,
      element(
        'div',
        { class: 'actions', role: 'toolbar', 'aria-label': 'Graph' },
        this.#reset,
        ...this.#onlyGraph,
        this.#table.element,
      ),
      element('div', { class: 'filters' }, this.#systems, this.#around),
    );
  }

  update(graph: GraphView, isTable: boolean): void {
    const { title, total, systems, hidden, around, aroundLabel } = graph;
    setText(this.#title, title);
    setAttribute(this.#title, 'title', title);
    const kind = graph.pipeline ? 'step' : 'thing';
    setText(this.#note, `${formatCount(total)} ${kind}${total === 1 ? '' : 's'}`);
    setVisible(this.#reset, graph.opened.length + graph.closed.length > 0);
    setVisible(this.#around, around !== undefined && aroundLabel !== undefined);
    setText(this.#aroundName, `Only what is connected to ${aroundLabel ?? ''}`);
    this.#isTable = isTable;
    this.#table.set(isTable);
    for (const each of this.#onlyGraph) setVisible(each, !isTable);
    const isHidden = new Set(hidden);
    const isFilter = graph.pipeline === undefined && systems.length > 1;
    this.#systems.replaceChildren(
      ...systems.map((system, at) => this.#chip(system, at, { isShown: !isHidden.has(system.id), isFilter })),
    );
  }

  /** A system's name with its icon in its colour: the legend, and a switch where there are several. */
  #chip(
    { id, title, icon, count }: SystemView,
    at: number,
    { isShown, isFilter }: { isShown: boolean; isFilter: boolean },
  ): HTMLElement {
    const inside = [
      element('span', { class: `codicon codicon-${icon} system-icon`, 'aria-hidden': 'true' }),
      element('span', {}, title),
      element('span', { class: 'chip-count' }, formatCount(count)),
    ];
    const shared = { class: `system-chip system-${at % colours}`, 'data-testid': `system-${id}` };
    if (!isFilter) return element('span', shared, ...inside);
    const chip = element(
      'button',
      {
        ...shared,
        type: 'button',
        'aria-pressed': String(isShown),
        title: `${isShown ? 'Hide' : 'Show'} ${title}`,
      },
      ...inside,
    );
    chip.addEventListener('click', () => {
      this.#actions.filter(id, isShown);
      this.#systems.querySelector<HTMLElement>(`[data-testid="system-${CSS.escape(id)}"]`)?.focus();
    });
    return chip;
  }
}
