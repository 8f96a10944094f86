import { element, setAttribute } from '../shared/dom.ts';
import { VirtualRows } from '../shared/virtual-rows.ts';
import type { NodeView, StepView } from './protocol.ts';
import type { Move, RunState } from './state.ts';
import { rowElementId, TreeRowView } from './tree-row-view.ts';

export interface TreeActions {
  /** The selection or the folding changed by a person's hand. */
  changed(): void;
  open(step: StepView, node: NodeView): void;
}

const treeRowHeight = 24;

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page-down',
  PageUp: 'page-up',
};

/** Steps and nodes as a tree; the tree itself has the focus and names its active row. */
export class TreeView {
  readonly element = element('div', {
    class: 'tree',
    role: 'tree',
    tabindex: '0',
    'aria-label': 'Steps and nodes',
    'data-testid': 'tree',
  });
  readonly #state: RunState;
  readonly #actions: TreeActions;
  readonly #rows: VirtualRows;
  #now = 0;
  /** While nobody chose a row, the newest one stays in view. */
  #shownCount = 0;

  constructor(state: RunState, actions: TreeActions) {
    this.#state = state;
    this.#actions = actions;
    this.#rows = new VirtualRows({
      scroller: this.element,
      rowHeight: treeRowHeight,
      keyOf: (index) => state.rows[index]?.key ?? index,
      createRow: () => this.#createRow(),
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  update(now: number): void {
    this.#now = now;
    const wasAtEnd = this.#rows.isAtEnd;
    this.#rows.show(this.#state.rows.length, { refresh: true });
    const grew = this.#state.rows.length > this.#shownCount;
    this.#shownCount = this.#state.rows.length;
    if (grew && wasAtEnd && !this.#state.isChosen && this.#state.run?.status === 'running')
      this.#rows.scrollToEnd();
    const selected = this.#state.selectedIndex;
    setAttribute(this.element, 'aria-activedescendant', selected === -1 ? undefined : rowElementId(selected));
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  revealSelected(): void {
    const index = this.#state.selectedIndex;
    if (index !== -1) this.#rows.reveal(index, 'nearest');
  }

  #createRow(): TreeRowView {
    return new TreeRowView(this.#state, () => this.#now, {
      select: (key) => {
        this.#state.select(key);
        this.#actions.changed();
      },
      toggle: (key) => {
        this.#state.toggle(key);
        this.#actions.changed();
      },
      open: (step, node) => this.#actions.open(step, node),
    });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (move !== undefined) this.#state.move(move);
    else if (event.key === 'ArrowRight') this.#state.enter();
    else if (event.key === 'ArrowLeft') this.#state.leave();
    else if (event.key === ' ') this.#toggleSelected();
    else if (event.key === 'Enter') this.#openSelected();
    else return;
    event.preventDefault();
    this.#actions.changed();
    this.revealSelected();
  }

  #toggleSelected(): void {
    const row = this.#state.rows[this.#state.selectedIndex];
    if (row?.kind === 'step' && row.expanded !== undefined) this.#state.toggle(row.key);
  }

  #openSelected(): void {
    const { step, node } = this.#state.selected ?? {};
    if (step === undefined || node?.path === undefined) this.#toggleSelected();
    else this.#actions.open(step, node);
  }
}
