import { element } from '../shared/dom.ts';
import { RowHeights } from './row-heights.ts';

/** One line on the page. */
export interface LineView {
  readonly element: HTMLElement;
  /** Draws what stands at `position` now. */
  update(position: number): void;
}

export interface VirtualLinesOptions {
  readonly scroller: HTMLElement;
  readonly rowHeight: number;
  /** What stands at a position: a line is drawn anew when it is another object than before. */
  readonly contentOf: (position: number) => unknown;
  readonly createLine: () => LineView;
  /** Called before each draw with what comes into view. */
  readonly onRange: (from: number, to: number) => void;
  /** Called after the person scrolled. */
  readonly onScroll: () => void;
}

interface DrawnLine {
  readonly view: LineView;
  content: unknown;
}

/** Lines drawn beyond the edges. */
const overscan = 12;
/** Limit: browsers cannot lay out boxes much higher than this, on dense screens even less. */
const maxPixels = 8_000_000;
const settleMs = 150;

/**
 * Any number of lines, of one height or wrapped, of which only those in view are in the document, in order.
 * Beyond what a browser can lay out the scroll bar stands for more lines than it has pixels, and the wheel still
 * moves line by line.
 */
export class VirtualLines {
  readonly #options: VirtualLinesOptions;
  readonly #heights: RowHeights;
  readonly #sizer = element('div', { class: 'lines', role: 'presentation' });
  readonly #slab = element('div', { class: 'slab', role: 'presentation' });
  readonly #drawn = new Map<number, DrawnLine>();
  #count = 0;
  #wraps = false;
  /** Where the top edge lies among all lines, in pixels. */
  #top = 0;
  #lastScroll = 0;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VirtualLinesOptions) {
    this.#options = options;
    this.#heights = new RowHeights(options.rowHeight);
    this.#sizer.append(this.#slab);
    options.scroller.append(this.#sizer);
    options.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(options.scroller);
  }

  /** Draws lines `0` to `count - 1`; those that stay in view only where they changed, all with `refresh`. */
  show(count: number, options: { readonly refresh: boolean }): void {
    this.#count = count;
    this.#heights.setCount(count);
    this.#size();
    this.#top = Math.min(this.#top, this.#lastTop);
    // A box that shrank moved the bar by itself, and nobody scrolled.
    this.#syncBar();
    this.#draw(options.refresh);
  }

  setWrap(wraps: boolean): void {
    this.#wraps = wraps;
    this.#again(this.#heights.base);
  }

  /** A new font makes lines of another height. */
  setRowHeight(height: number): void {
    if (height !== this.#heights.base) this.#again(height);
  }

  /** The least width of the lines' box, so that the horizontal bar does not jump while scrolling. */
  setMinWidth(css: string): void {
    if (this.#sizer.style.minWidth !== css) this.#sizer.style.minWidth = css;
  }

  /** The line at the top edge. */
  get topPosition(): number {
    return this.#heights.at(this.#top);
  }

  /** True when the last line is in view, give or take one. */
  get isAtEnd(): boolean {
    return this.#lastTop - this.#top <= this.#heights.base;
  }

  scrollToEnd(): void {
    this.#moveTo(this.#lastTop);
    // Lines that come into view for the first time may turn out higher.
    if (this.#wraps) this.#moveTo(this.#lastTop);
  }

  /** Brings a line into view: with as little movement as possible, into the middle, or to the top edge. */
  reveal(position: number, place: 'nearest' | 'center' | 'top'): void {
    const { clientHeight } = this.#options.scroller;
    const start = this.#heights.top(position);
    const end = this.#heights.top(position + 1);
    const isInView = start >= this.#top && end <= this.#top + clientHeight;
    if (place === 'top') this.#moveTo(start);
    else if (!isInView && place === 'center') this.#moveTo(start - (clientHeight - this.#heights.base) / 2);
    else if (!isInView) this.#moveTo(start < this.#top ? start : end - clientHeight);
  }

  get #lastTop(): number {
    return Math.max(0, this.#heights.total + this.#padding - this.#options.scroller.clientHeight);
  }

  /** Below the last line. */
  get #padding(): number {
    return 8;
  }

  #again(height: number): void {
    const first = this.topPosition;
    const inside = this.#top - this.#heights.top(first);
    this.#heights.reset(height);
    this.#moveTo(this.#heights.top(first) + inside);
    this.#draw(true);
  }

  #moveTo(top: number): void {
    this.#size();
    this.#top = Math.min(this.#lastTop, Math.max(0, top));
    this.#syncBar();
    this.#draw(false);
  }

  /** Puts the bar where the lines are. */
  #syncBar(): void {
    const { scroller } = this.#options;
    const wanted = this.#top / this.#pixelsPerPixel();
    if (Math.abs(scroller.scrollTop - wanted) > 0.5) scroller.scrollTop = wanted;
    this.#lastScroll = scroller.scrollTop;
  }

  #scrolled(): void {
    const { scroller } = this.#options;
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const moved = scrollTop - this.#lastScroll;
    this.#lastScroll = scrollTop;
    if (moved === 0) return;
    const ratio = this.#pixelsPerPixel();
    const isEnd = scrollTop <= 0 || scrollTop + clientHeight >= scrollHeight - 1;
    if (ratio === 1 || isEnd || Math.abs(moved) > clientHeight * 2) this.#top = scrollTop * ratio;
    else {
      this.#top += moved;
      clearTimeout(this.#settle);
      this.#settle = setTimeout(() => {
        this.#syncBar();
        this.#draw(false);
      }, settleMs);
    }
    this.#top = Math.min(this.#lastTop, Math.max(0, this.#top));
    this.#draw(false);
    this.#options.onScroll();
  }

  #resized(): void {
    if (this.#wraps) this.#again(this.#heights.base);
    else {
      this.#top = Math.min(this.#top, this.#lastTop);
      this.#draw(false);
    }
  }

  /** How many pixels of lines a pixel of the bar stands for. */
  #pixelsPerPixel(): number {
    const { clientHeight } = this.#options.scroller;
    const all = this.#heights.total + this.#padding;
    if (all <= maxPixels) return 1;
    return (all - clientHeight) / (maxPixels - clientHeight);
  }

  #size(): void {
    const height = `${Math.min(maxPixels, this.#heights.total + this.#padding)}px`;
    if (this.#sizer.style.height !== height) this.#sizer.style.height = height;
  }

  #draw(refresh: boolean): void {
    const { scroller, onRange } = this.#options;
    this.#size();
    // Whatever is asked of the layout is asked before the lines change it.
    const { clientHeight, scrollTop } = scroller;
    const from = Math.max(0, this.#heights.at(this.#top) - overscan);
    const bottom = this.#heights.at(this.#top + clientHeight);
    const to = Math.min(this.#count, bottom + 1 + overscan);
    onRange(from, to);
    const free = this.#takeOut(from, to);
    let before: Element | null = this.#slab.firstElementChild;
    for (let position = from; position < to; position++) {
      const shown = this.#line(position, refresh, free);
      if (shown === before) before = shown.nextElementSibling;
      else this.#slab.insertBefore(shown, before);
    }
    if (this.#wraps) this.#measure();
    this.#place(from, this.#wraps ? scroller.scrollTop : scrollTop);
  }

  /** Takes lines that are out of view out of the document; gives those that can show others. */
  #takeOut(from: number, to: number): DrawnLine[] {
    const free: DrawnLine[] = [];
    for (const [position, line] of this.#drawn) {
      if (position >= from && position < to) continue;
      line.view.element.remove();
      this.#drawn.delete(position);
      free.push(line);
    }
    // A selection keeps hold of elements, and would come to hold other words.
    return document.getSelection()?.isCollapsed === false ? [] : free;
  }

  #line(position: number, refresh: boolean, free: DrawnLine[]): HTMLElement {
    const content = this.#options.contentOf(position);
    const held = this.#drawn.get(position);
    if (held !== undefined && held.content === content && !refresh) return held.view.element;
    const line = held ?? free.pop() ?? { view: this.#options.createLine(), content };
    line.content = content;
    this.#drawn.set(position, line);
    line.view.update(position);
    return line.view.element;
  }

  /** Lines above the top edge that turn out higher push nothing out of view. */
  #measure(): void {
    const first = this.topPosition;
    const before = this.#heights.top(first);
    for (const [position, { view }] of this.#drawn) {
      const height = view.element.offsetHeight;
      if (height > 0) this.#heights.set(position, height);
    }
    const moved = this.#heights.top(first) - before;
    this.#size();
    if (moved === 0) return;
    this.#top += moved;
    this.#syncBar();
  }

  #place(from: number, scrollTop: number): void {
    const top = this.#heights.top(from) - this.#top + scrollTop;
    const transform = `translateY(${this.#pixelsPerPixel() === 1 ? this.#heights.top(from) : top}px)`;
    if (this.#slab.style.transform !== transform) this.#slab.style.transform = transform;
  }
}
