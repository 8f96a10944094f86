import type { FromWebview, LogQuery, LogRow, LogStatus, LogTarget, ToWebview } from './protocol.ts';

/** Limit: rows that are farther away than this many are forgotten; they can be asked for again. */
const maxHeld = 4000;
/** What is asked for along with what is missing, so that a slow scroll finds it there. */
const askedAround = 100;

const nothing: LogStatus = { lines: 0, shown: 0, columns: 0, folds: [], tail: { from: 0, rows: [] } };

/** The output as the page knows it: how much there is, and the rows near what is looked at. */
export class LogRows {
  readonly #post: (message: FromWebview) => void;
  #query: LogQuery;
  /** Number of the query that was sent last; what is shown may be of the one before for a moment. */
  #asked = 0;
  #shown = 0;
  #status: LogStatus = nothing;
  readonly #rows = new Map<number, LogRow>();
  readonly #folds = new Map<string, number>();
  #missing: { readonly from: number; readonly to: number } | undefined;
  #request = 0;
  #located: ((position: number | undefined, hit: number | undefined) => void) | undefined;
  #wanted: { readonly from: number; readonly to: number } = { from: 0, to: 0 };

  constructor(query: LogQuery, post: (message: FromWebview) => void) {
    this.#query = query;
    this.#post = post;
  }

  get status(): LogStatus {
    return this.#status;
  }

  get query(): LogQuery {
    return this.#query;
  }

  /** True where what is shown is what was asked for last. */
  get isCurrent(): boolean {
    return this.#shown === this.#asked;
  }

  /** What the first message to the extension says. */
  get ready(): FromWebview {
    return { kind: 'ready', view: this.#asked, query: this.#query };
  }

  /** Undefined while the row is not there yet. */
  at(position: number): LogRow | undefined {
    return this.#rows.get(position);
  }

  /** Lines that a step or node has beyond its first one; 0 where it has no more. */
  foldable(key: string): number {
    return this.#folds.get(key) ?? 0;
  }

  setQuery(query: LogQuery): void {
    if (JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#query = query;
    this.#asked++;
    this.#missing = undefined;
    this.#post({ kind: 'view', view: this.#asked, query });
  }

  /** Another run: nothing is known of it. */
  clear(): void {
    this.#status = nothing;
    this.#forget();
    this.#located = undefined;
  }

  /** Asks for what is missing between two positions; one question at a time. */
  want(from: number, to: number): void {
    this.#wanted = { from, to };
    if (this.#missing !== undefined || !this.isCurrent) return;
    let first = from;
    while (first < to && this.#rows.has(first)) first++;
    if (first === to) return;
    const start = Math.max(0, first - askedAround);
    const end = Math.min(this.#status.shown, to + askedAround);
    this.#missing = { from: start, to: end };
    this.#post({ kind: 'rows', view: this.#shown, from: start, count: end - start });
  }

  /** Asks where something is; only the answer to the last question is heard. */
  locate(what: LogTarget, onFound: (position: number | undefined, hit: number | undefined) => void): void {
    this.#located = onFound;
    this.#post({ kind: 'locate', request: ++this.#request, what });
  }

  /** Whoever waits for an answer has gone another way. */
  stopLocating(): void {
    this.#located = undefined;
  }

  /** True where something that is drawn may have changed. */
  receive(message: Extract<ToWebview, { readonly kind: 'log' | 'rows' | 'located' }>): boolean {
    if (message.kind === 'located') {
      if (message.request !== this.#request) return false;
      const located = this.#located;
      this.#located = undefined;
      located?.(message.position, message.hit);
      return true;
    }
    if (message.view !== this.#asked) return false;
    if (message.kind === 'log') this.#takeStatus(message);
    else {
      if (message.from === this.#missing?.from) this.#missing = undefined;
      this.#take(message.from, message.rows);
      this.want(this.#wanted.from, this.#wanted.to);
    }
    return true;
  }

  #takeStatus(message: Extract<ToWebview, { readonly kind: 'log' }>): void {
    if (message.view !== this.#shown || message.shown < this.#status.shown) this.#forget();
    this.#shown = message.view;
    this.#status = message;
    for (const [key, lines] of message.folds) this.#folds.set(key, lines);
    this.#take(message.tail.from, message.tail.rows);
  }

  #take(from: number, rows: readonly LogRow[]): void {
    for (const [index, row] of rows.entries())
      if (!isSame(this.#rows.get(from + index), row)) this.#rows.set(from + index, row);
    if (this.#rows.size <= maxHeld) return;
    const middle = (this.#wanted.from + this.#wanted.to) / 2;
    for (const position of this.#rows.keys())
      if (Math.abs(position - middle) > maxHeld / 4) this.#rows.delete(position);
  }

  #forget(): void {
    this.#rows.clear();
    this.#folds.clear();
    this.#missing = undefined;
  }
}

/** A row that was sent again and says the same stays the object it was, so that it is not drawn again. */
function isSame(before: LogRow | undefined, row: LogRow): boolean {
  return (
    before?.number === row.number &&
    before.fold === row.fold &&
    before.links?.length === row.links?.length &&
    before.hits?.length === row.hits?.length
  );
}
