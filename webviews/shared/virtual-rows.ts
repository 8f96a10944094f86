import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { element } from './dom.ts';

/** One row on the page. It is kept while its key stays visible and updated in place. */
export interface Row {
  readonly element: HTMLElement;
  /** Draws what stands at `index` now. */
  update(index: number): void;
}

export interface VirtualRowsOptions {
  /** The box that scrolls; the rows' own box is put into it. */
  readonly scroller: HTMLElement;
  readonly rowHeight: number;
  /** What identifies the row at an index, also when rows are put in before it. */
  readonly keyOf: (index: number) => string | number;
  readonly createRow: () => Row;
  /** Called after each scroll and each draw. */
  readonly onScroll?: () => void;
}

/**
 * Rows of one height of which only the visible ones are in the document.
 * Invariant: the elements stand in the order of their indexes, so that copying and reading aloud work.
 */
export class VirtualRows {
  readonly #options: VirtualRowsOptions;
  readonly #sizer = element('div', { class: 'rows', role: 'presentation' });
  readonly #rows = new Map<string | number, { readonly row: Row; index: number }>();
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #rowHeight: number;
  #count = 0;

  constructor(options: VirtualRowsOptions) {
    this.#options = options;
    this.#rowHeight = options.rowHeight;
    options.scroller.append(this.#sizer);
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => options.scroller,
      estimateSize: () => this.#rowHeight,
      overscan: 12,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#draw(false),
    });
    this.#virtualizer._didMount();
    this.#virtualizer._willUpdate();
  }

  /** Draws rows `0` to `count - 1`; those that stay visible are updated only with `refresh`. */
  show(count: number, options: { readonly refresh: boolean }): void {
    if (count !== this.#count) {
      this.#count = count;
      this.#virtualizer.setOptions({ ...this.#virtualizer.options, count });
      this.#virtualizer._willUpdate();
    }
    this.#draw(options.refresh);
  }

  /** A new font makes rows of another height. */
  setRowHeight(rowHeight: number): void {
    if (rowHeight === this.#rowHeight) return;
    this.#rowHeight = rowHeight;
    this.#virtualizer.measure();
    this.#draw(true);
  }

  /** The least width of the rows' box, so that the horizontal bar does not jump while scrolling. */
  setMinWidth(css: string): void {
    if (this.#sizer.style.minWidth !== css) this.#sizer.style.minWidth = css;
  }

  /** True when the last row is in view, give or take one. */
  get isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#options.scroller;
    return scrollHeight - scrollTop - clientHeight <= this.#rowHeight;
  }

  scrollToEnd(): void {
    this.#options.scroller.scrollTop = this.#options.scroller.scrollHeight;
  }

  /** Brings a row into view, with as little movement as possible for `nearest`. */
  reveal(index: number, place: 'nearest' | 'center'): void {
    const { scroller } = this.#options;
    const start = index * this.#rowHeight;
    const end = start + this.#rowHeight;
    const visibleEnd = scroller.scrollTop + scroller.clientHeight;
    if (start >= scroller.scrollTop && end <= visibleEnd) return;
    if (place === 'center') scroller.scrollTop = start - (scroller.clientHeight - this.#rowHeight) / 2;
    else scroller.scrollTop = start < scroller.scrollTop ? start : end - scroller.clientHeight;
  }

  #draw(refresh: boolean): void {
    const height = `${this.#virtualizer.getTotalSize()}px`;
    if (this.#sizer.style.height !== height) this.#sizer.style.height = height;
    const items = this.#virtualizer
      .getVirtualItems()
      .map(({ index }) => ({ index, key: this.#options.keyOf(index) }));
    const wanted = new Set(items.map(({ key }) => key));
    for (const [key, { row }] of this.#rows) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    let before: Element | null = this.#sizer.firstElementChild;
    for (const { index, key } of items) {
      const shown = this.#place(index, key, refresh);
      if (shown === before) before = shown.nextElementSibling;
      else this.#sizer.insertBefore(shown, before);
    }
    this.#options.onScroll?.();
  }

  #place(index: number, key: string | number, refresh: boolean): HTMLElement {
    let held = this.#rows.get(key);
    if (held === undefined || held.index !== index || refresh) {
      held ??= { row: this.#options.createRow(), index };
      held.index = index;
      this.#rows.set(key, held);
      held.row.update(index);
      held.row.element.style.transform = `translateY(${index * this.#rowHeight}px)`;
    }
    return held.row.element;
  }
}
