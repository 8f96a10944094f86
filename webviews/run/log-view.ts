import { element, setText, setVisible } from '../shared/dom.ts';
import { VirtualRows } from '../shared/virtual-rows.ts';
import type { LogModel, StoredLine } from './log-model.ts';
import { LogRowView } from './log-row-view.ts';
import type { PathLinks } from './path-links.ts';

export interface LogViewOptions {
  readonly log: LogModel;
  readonly links: () => PathLinks;
  readonly isSelected: (line: StoredLine) => boolean;
  readonly open: (path: string, line: number | undefined) => void;
  /** The person scrolled away from the end, or back to it. */
  readonly onFollow: (follow: boolean) => void;
}

/** The lines of output; only those in view are in the document. */
export class LogView {
  readonly element: HTMLElement;
  readonly #log: LogModel;
  readonly #scroller = element('div', {
    class: 'log',
    tabindex: '0',
    role: 'log',
    'aria-live': 'off',
    'aria-label': 'Output',
    'data-testid': 'log',
  });
  readonly #empty = element('p', { class: 'empty', 'data-testid': 'log-empty' });
  readonly #rows: VirtualRows;
  #follow = true;
  #lastTop = 0;

  constructor(options: LogViewOptions) {
    this.#log = options.log;
    this.element = element('div', { class: 'log-frame' }, this.#scroller, this.#empty);
    this.#rows = new VirtualRows({
      scroller: this.#scroller,
      rowHeight: 18,
      keyOf: (position) => options.log.indexAt(position),
      createRow: () => new LogRowView(options),
    });
    this.#scroller.addEventListener('scroll', () => this.#onScroll(options.onFollow), { passive: true });
  }

  /** Draws; `refresh` when lines that are in view may look different now. */
  update(options: { readonly refresh: boolean; readonly emptyText: string }): void {
    this.#rows.setMinWidth(`calc(${this.#log.columns}ch + var(--log-gutter))`);
    this.#rows.show(this.#log.shownCount, { refresh: options.refresh });
    setVisible(this.#empty, this.#log.shownCount === 0);
    setText(this.#empty, options.emptyText);
    if (this.#follow && !this.#isTextSelected()) this.#rows.scrollToEnd();
  }

  setFollow(follow: boolean): void {
    this.#follow = follow;
    if (follow) this.#rows.scrollToEnd();
  }

  setTimes(shown: boolean): void {
    this.#scroller.classList.toggle('with-times', shown);
  }

  reveal(position: number): void {
    this.#rows.reveal(position, 'center');
  }

  /** The position of the line at the top edge. */
  get topPosition(): number {
    return Math.floor(this.#scroller.scrollTop / this.#rowHeight());
  }

  /** Takes the editor's font as it is now. */
  measure(): void {
    this.#rows.setRowHeight(this.#rowHeight());
  }

  #rowHeight(): number {
    const height = Number.parseFloat(getComputedStyle(this.#scroller).lineHeight);
    return Number.isFinite(height) && height > 0 ? Math.round(height) : 18;
  }

  #onScroll(onFollow: (follow: boolean) => void): void {
    const top = this.#scroller.scrollTop;
    const up = top < this.#lastTop;
    const moved = top !== this.#lastTop;
    this.#lastTop = top;
    // A log that shrank under a filter moves up too, but ends at its end.
    if (!moved || (up && this.#rows.isAtEnd)) return;
    const follow = !up && this.#rows.isAtEnd;
    if (follow === this.#follow || (!up && !follow)) return;
    this.#follow = follow;
    onFollow(follow);
  }

  /** Scrolling on would pull the text from under the person's mouse. */
  #isTextSelected(): boolean {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && this.#scroller.contains(selection.anchorNode);
  }
}
