import { element, setAttribute, setText, setVisible } from '../shared/dom.ts';
import { logRowId, LogRowView, type LogRowContext } from './log-row-view.ts';
import type { LogRows } from './log-rows.ts';
import { VirtualLines } from './virtual-lines.ts';

export interface LogViewOptions extends Omit<
  LogRowContext,
  'rowAt' | 'count' | 'foldable' | 'activePosition'
> {
  readonly rows: LogRows;
  /** The person scrolled away from the end, or back to it. */
  readonly onFollow: (follow: boolean) => void;
  /** Another line is at the top edge. */
  readonly onScroll: () => void;
  readonly onCopyLine: (position: number) => void;
  readonly onCopyAll: () => void;
  readonly onClearFilters: () => void;
}

/** The lines of output; only those in view are in the document. */
export class LogView {
  readonly element: HTMLElement;
  readonly #options: LogViewOptions;
  readonly #scroller = element('div', {
    class: 'log',
    tabindex: '0',
    role: 'tree',
    'aria-label': 'Output',
    'data-testid': 'log',
  });
  readonly #emptyText = element('span', { 'data-testid': 'log-empty' });
  readonly #clearFilters = element(
    'button',
    { class: 'link', type: 'button', 'data-testid': 'clear-filters' },
    'Clear Filters',
  );
  readonly #empty = element('p', { class: 'empty' }, this.#emptyText, ' ', this.#clearFilters);
  readonly #lines: VirtualLines;
  #follow = true;
  /** The person asked for all lines, of which the page has only some. */
  #isAllSelected = false;
  /** The line that the keyboard is at. */
  #active: number | undefined;

  constructor(options: LogViewOptions) {
    this.#options = options;
    const { rows } = options;
    this.element = element('div', { class: 'log-frame' }, this.#scroller, this.#empty);
    const context: LogRowContext = {
      ...options,
      rowAt: (position) => rows.at(position),
      count: () => rows.status.shown,
      foldable: (key) => rows.foldable(key),
      activePosition: () => this.#active,
    };
    this.#lines = new VirtualLines({
      scroller: this.#scroller,
      rowHeight: 18,
      contentOf: (position) => rows.at(position),
      createLine: () => new LogRowView(context),
      onRange: (from, to) => rows.want(from, to),
      onScroll: () => this.#onScroll(),
    });
    this.#clearFilters.addEventListener('click', options.onClearFilters);
    this.#scroller.addEventListener('keydown', (event) => this.#onKey(event));
    this.#scroller.addEventListener('click', (event) => this.#onClick(event));
    this.#scroller.addEventListener('mousedown', () => this.#selectAll(false));
    this.#scroller.addEventListener('copy', (event) => this.#onCopy(event));
  }

  /** Draws; `refresh` when lines that are in view may look different now. */
  update(options: { readonly refresh: boolean; readonly emptyText: string }): void {
    const { status } = this.#options.rows;
    this.#lines.setMinWidth(`calc(${status.columns}ch + var(--log-gutter))`);
    if (this.#active !== undefined && this.#active >= status.shown) this.#active = undefined;
    this.#lines.show(status.shown, { refresh: options.refresh });
    setVisible(this.#empty, status.shown === 0);
    setText(this.#emptyText, options.emptyText);
    // What was printed and is not shown is left out by a filter, which may be set since another run.
    setVisible(this.#clearFilters, status.lines > 0);
    if (this.#follow && !this.#isTextSelected()) this.#lines.scrollToEnd();
    setAttribute(
      this.#scroller,
      'aria-activedescendant',
      this.#active === undefined ? undefined : logRowId(this.#active),
    );
  }

  setFollow(follow: boolean): void {
    this.#follow = follow;
    if (follow) this.#lines.scrollToEnd();
  }

  setTimes(shown: boolean): void {
    this.#scroller.classList.toggle('with-times', shown);
  }

  setWrap(wraps: boolean): void {
    this.#scroller.classList.toggle('wraps', wraps);
    this.#lines.setWrap(wraps);
  }

  reveal(position: number, place: 'center' | 'top' = 'center'): void {
    this.#lines.reveal(position, place);
  }

  /** Makes the line the one that the keyboard is at. */
  activate(position: number | undefined): void {
    this.#active = position;
  }

  get activePosition(): number | undefined {
    return this.#active;
  }

  /** The position of the line at the top edge. */
  get topPosition(): number {
    return this.#lines.topPosition;
  }

  focus(): void {
    this.#scroller.focus();
  }

  /** Takes the editor's font as it is now. */
  measure(): void {
    const height = Number.parseFloat(getComputedStyle(this.#scroller).lineHeight);
    this.#lines.setRowHeight(Number.isFinite(height) && height > 0 ? Math.round(height) : 18);
  }

  /** Reaching the end follows it, leaving it stops. */
  #onScroll(): void {
    this.#setFollowing(this.#lines.isAtEnd);
    this.#options.onScroll();
  }

  #setFollowing(follow: boolean): void {
    if (follow === this.#follow) return;
    this.#follow = follow;
    this.#options.onFollow(follow);
  }

  #onKey(event: KeyboardEvent): void {
    const { rows } = this.#options;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey)
      return this.#onCommandKey(event);
    this.#selectAll(false);
    if (event.ctrlKey || event.metaKey || event.altKey || rows.status.shown === 0) return;
    const last = rows.status.shown - 1;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / 18) - 1);
    const from = this.#active ?? this.topPosition - 1;
    const targets: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) this.#goTo(Math.min(last, Math.max(0, target)));
    else if (!this.#act(event.key)) return;
    event.preventDefault();
  }

  #onCommandKey(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    if (key === 'a') this.#selectAll(true);
    else if (key === 'c' && this.#isAllSelected) this.#options.onCopyAll();
    else if (key === 'c' && this.#active !== undefined && !this.#isTextSelected())
      this.#options.onCopyLine(this.#active);
    else return;
    event.preventDefault();
  }

  /** What a key does to the active line; false where it does nothing. */
  #act(key: string): boolean {
    const row = this.#active === undefined ? undefined : this.#options.rows.at(this.#active);
    if (row === undefined) return false;
    if (key === 'Enter') {
      const link = row.links?.[0];
      if (link !== undefined) this.#options.follow(link);
      return link !== undefined;
    }
    const fold = row.fold;
    const canFold = fold !== undefined && this.#options.rows.foldable(fold) > 0;
    if (!canFold) return false;
    const folded = this.#options.isFolded(fold);
    if (key === ' ' || (key === 'ArrowLeft' && !folded) || (key === 'ArrowRight' && folded)) {
      this.#options.toggleFold(fold);
      return true;
    }
    return false;
  }

  #goTo(position: number): void {
    this.#activateDrawn(position);
    this.#lines.reveal(position, 'nearest');
    this.#setFollowing(position === this.#options.rows.status.shown - 1);
    this.#options.onScroll();
  }

  #activateDrawn(position: number): void {
    this.#active = position;
    this.#redraw();
    setAttribute(this.#scroller, 'aria-activedescendant', logRowId(position));
  }

  #redraw(): void {
    this.#lines.show(this.#options.rows.status.shown, { refresh: true });
  }

  #onClick(event: MouseEvent): void {
    if (!(event.target instanceof Element) || this.#isTextSelected()) return;
    const position = event.target.closest('.log-row')?.getAttribute('data-position');
    if (position === null || position === undefined) return;
    this.#activateDrawn(Number(position));
  }

  #selectAll(isAll: boolean): void {
    this.#isAllSelected = isAll;
    this.#scroller.classList.toggle('all-selected', isAll);
    if (isAll) document.getSelection()?.removeAllRanges();
  }

  /** What is copied are the words of the lines, without marks and time stamps. */
  #onCopy(event: ClipboardEvent): void {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return;
    event.clipboardData?.setData('text/plain', selection.toString().replace(/\n{2,}/g, '\n'));
    event.preventDefault();
  }

  /** Scrolling on would pull the text from under the person's mouse. */
  #isTextSelected(): boolean {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && this.#scroller.contains(selection.anchorNode);
  }
}
