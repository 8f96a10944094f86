const blockRows = 512;

/**
 * The heights of very many rows: all are as high as one line until one was seen to be higher. Costs memory only for
 * those that were, and no walk over all rows to find one.
 */
export class RowHeights {
  #base: number;
  #count = 0;
  /** What rows have beyond the base, by block, then by row. */
  readonly #blocks = new Map<number, Map<number, number>>();
  readonly #sums = new Map<number, number>();

  constructor(base: number) {
    this.#base = base;
  }

  get base(): number {
    return this.#base;
  }

  get total(): number {
    return this.top(this.#count);
  }

  setCount(count: number): void {
    this.#count = count;
  }

  /** Forgets what was seen: lines break elsewhere now. */
  reset(base: number): void {
    this.#base = base;
    this.#blocks.clear();
    this.#sums.clear();
  }

  /** Takes note of a row's height. */
  set(row: number, height: number): void {
    const block = Math.floor(row / blockRows);
    const rows = this.#blocks.get(block) ?? new Map<number, number>();
    const extra = height - this.#base;
    const change = extra - (rows.get(row) ?? 0);
    if (change === 0) return;
    rows.set(row, extra);
    this.#blocks.set(block, rows);
    this.#sums.set(block, (this.#sums.get(block) ?? 0) + change);
  }

  /** Where a row begins. */
  top(row: number): number {
    const block = Math.floor(row / blockRows);
    let top = row * this.#base;
    for (const [each, sum] of this.#sums) if (each < block) top += sum;
    for (const [each, extra] of this.#blocks.get(block) ?? []) if (each < row) top += extra;
    return top;
  }

  /** The row at a height, the last one beyond the end. */
  at(offset: number): number {
    let low = 0;
    let high = Math.max(0, this.#count - 1);
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.top(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
