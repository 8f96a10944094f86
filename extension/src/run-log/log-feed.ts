import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../server/src/runs/clock.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import type { FromWebview, LogQuery, LogRow, LogTarget, ToWebview } from '../../../webviews/run/protocol.ts';
import { Throttle } from '../throttle.ts';
import { maxShownCharacters } from './line-table.ts';
import type { LogLinks } from './log-links.ts';
import { compileSearch, Matcher, type Search } from './log-search.ts';
import { LogSelection } from './log-selection.ts';
import type { NumberedLine, RunLines } from './run-lines.ts';
import { cleanLine, plainText } from './terminal-text.ts';

export interface LogFeedOptions {
  readonly run: string;
  readonly lines: RunLines;
  readonly links: LogLinks;
  readonly clock: Clock;
  readonly send: (message: ToWebview) => void;
}

/** The page hears of new lines at most this often. */
const pauseMs = 100;
/** More than fits on a screen. */
const tailRows = 150;
const maxRowsAsked = 1000;
const linesPerSearch = 2000;
/** A few milliseconds' work. */
const linesPerSelection = 50_000;

/**
 * Shows a page the output of a run under the query that it sent: how much there is, the last rows, and what it
 * asks for. A page never holds all lines, and neither does the feed: they are read from the log when they are wanted.
 */
export class LogFeed {
  readonly #options: LogFeedOptions;
  readonly #matcher = new Matcher();
  readonly #selection: LogSelection;
  #query: LogQuery;
  #view: number;
  #search: Search;
  #searchProblem: string | undefined;
  readonly #news: Throttle;
  readonly #searching: Throttle;
  readonly #selecting: Throttle;
  /** A target that may be among the lines that are still to come. */
  #wanted: { readonly request: number; readonly what: LogTarget } | undefined;
  #hasEnded = false;
  /** The page has been told of the output; until then nothing is news. */
  #isShown = false;
  /** Rows that name files nobody has looked for yet: sent again when that is known. */
  #unsettled: { readonly from: number; readonly count: number }[] = [];

  constructor(options: LogFeedOptions, view: number, query: LogQuery) {
    this.#options = options;
    const { clock } = options;
    this.#news = new Throttle({ clock, pauseMs, act: () => this.#send() });
    this.#searching = new Throttle({ clock, pauseMs: 0, act: () => this.#lookOn() });
    this.#selecting = new Throttle({ clock, pauseMs: 0, act: () => this.#selectOn() });
    this.#view = view;
    this.#query = query;
    this.#search = compileSearch(query.search);
    this.#searchProblem = problemOf(this.#search);
    this.#selection = new LogSelection(options.lines.table, query);
    options.links.onSettled = () => this.#sendUnsettled();
    // The lines may be there already.
    this.#lookOn();
  }

  /** Takes the next events of the log; `offsets` is where each begins, and where the last one ends. */
  append(events: readonly RunEvent[], offsets: readonly number[]): void {
    const { lines } = this.#options;
    const before = lines.table.count;
    lines.append(events, offsets);
    if (lines.table.count === before) return;
    if (!this.#isShown) return void this.#selection.update(linesPerSelection);
    this.#searchOn();
    this.#news.soon();
  }

  /** No more lines will come. */
  end(): void {
    this.#hasEnded = true;
    this.flush();
  }

  stop(): void {
    this.#news.stop();
    this.#searching.stop();
    this.#selecting.stop();
  }

  receive(message: Extract<FromWebview, { readonly kind: 'view' | 'rows' | 'locate' }>): void {
    switch (message.kind) {
      case 'view':
        return this.#show(message.view, message.query);
      case 'rows':
        if (message.view === this.#view) this.#sendRows(message.from, Math.min(maxRowsAsked, message.count));
        return;
      case 'locate':
        this.#wanted = message;
        return this.#locate();
    }
  }

  /** The lines shown as plain text, a few at a time, each line ended. */
  async *texts(stamp: (at: number) => string): AsyncIterable<string> {
    while (!this.#selection.update(linesPerSelection)) await turn();
    for (let from = 0; from < this.#selection.shownCount; from += maxRowsAsked) {
      const lines = this.#options.lines.read(this.#selection.numbers(from, maxRowsAsked));
      yield lines.map(({ line }) => `${stamp(line.at)}${plainText(cleanLine(line.text))}\n`).join('');
      await turn();
    }
  }

  /** Tells the page now how far the output has come, and from now on what is new. */
  flush(): void {
    if (!this.#isShown) this.#searchOn();
    this.#isShown = true;
    this.#news.now();
  }

  #send(): void {
    this.#select();
    const { shownCount, hitCount, searched } = this.#selection;
    const { run, lines, send } = this.#options;
    const from = Math.max(0, shownCount - tailRows);
    const problem = this.#searchProblem;
    send({
      kind: 'log',
      run,
      view: this.#view,
      lines: lines.table.count,
      shown: shownCount,
      columns: lines.table.columns,
      ...(this.#search.kind === 'none'
        ? {}
        : {
            search: {
              hits: hitCount,
              isDone: problem !== undefined || searched === lines.table.count,
              ...(problem === undefined ? {} : { problem }),
            },
          }),
      folds: this.#selection.takeFolds(),
      tail: { from, rows: this.#rowsAt(from, tailRows) },
    });
    this.#locate();
  }

  /** Looks at some of the lines that the page has not been told of, and goes on later. */
  #select(): boolean {
    const isDone = this.#selection.update(linesPerSelection);
    if (!isDone) this.#selecting.soon();
    return isDone;
  }

  #selectOn(): void {
    if (this.#select()) this.flush();
    else this.#news.soon();
  }

  #show(view: number, query: LogQuery): void {
    const before = this.#query.search;
    this.#view = view;
    this.#query = query;
    this.#unsettled = [];
    this.#selection.setQuery(query);
    if (JSON.stringify(before) !== JSON.stringify(query.search)) {
      this.#search = compileSearch(query.search);
      this.#searchProblem = problemOf(this.#search);
      this.#selection.forgetHits();
      this.#searching.stop();
      // What fits into one look is there with the first answer.
      this.#lookOn();
    }
    this.flush();
  }

  #searchOn(): void {
    if (this.#search.kind === 'pattern' && this.#searchProblem === undefined) this.#searching.soon();
  }

  /** Looks through some of the lines that were not searched yet, and goes on later. */
  #lookOn(): void {
    const { lines } = this.#options;
    const from = this.#selection.searched;
    const count = Math.min(linesPerSearch, lines.table.count - from);
    if (this.#search.kind !== 'pattern' || count <= 0) return;
    const texts = Array.from({ length: count }, () => '');
    for (const { number, line } of lines.read(Array.from(texts, (_, index) => from + index)))
      texts[number - from] = plainText(cleanLine(line.text));
    const hits = this.#matcher.hits(this.#search, texts);
    if (hits === undefined) {
      this.#searchProblem = 'The expression takes too long';
      return this.#news.soon();
    }
    for (const isHit of hits) this.#selection.takeSearched(isHit);
    this.#news.soon();
    this.#searchOn();
  }

  #locate(): void {
    const { request, what } = this.#wanted ?? {};
    if (request === undefined || what === undefined) return;
    const { run, send } = this.#options;
    const isDone = this.#select();
    const found = this.#find(what);
    const isThere = what.kind === 'line' ? this.#selection.taken > what.number : found !== undefined;
    // The first line of a step that is known may not be its first error.
    if (what.kind === 'part' && !isDone) return;
    if (what.kind !== 'hit' && !isThere && !(isDone && this.#hasEnded)) return;
    this.#wanted = undefined;
    send({ kind: 'located', run, request, ...found });
  }

  #find(what: LogTarget): { readonly position: number; readonly hit?: number } | undefined {
    if (what.kind === 'hit') return this.#selection.hitFrom(what.from, what.direction);
    const position =
      what.kind === 'line'
        ? this.#selection.nearestTo(what.number)
        : this.#selection.firstOf(what.step, what.node);
    return position === undefined ? undefined : { position };
  }

  #sendRows(from: number, count: number): void {
    const { run, send } = this.#options;
    send({ kind: 'rows', run, view: this.#view, from, rows: this.#rowsAt(from, count) });
  }

  #sendUnsettled(): void {
    for (const { from, count } of this.#unsettled.splice(0)) this.#sendRows(from, count);
  }

  #rowsAt(from: number, count: number): readonly LogRow[] {
    const { lines, links } = this.#options;
    const numbers = this.#selection.numbers(from, count);
    const read = new Map(lines.read(numbers).map((each) => [each.number, each]));
    const rows = numbers.map((number) => this.#rowOf(read.get(number) ?? { number, line: lostLine }));
    const plain = rows.map(({ text }) => plainText(text));
    const hits = this.#searchProblem === undefined ? this.#matcher.ranges(this.#search, plain) : [];
    let isUnsettled = false;
    const complete = rows.map((row, index): LogRow => {
      const found = links.find(plain[index] ?? '', row.step);
      isUnsettled ||= !found.isSettled;
      const hit = hits[index] ?? [];
      return {
        ...row,
        ...(found.links.length === 0 ? {} : { links: found.links }),
        ...(hit.length === 0 ? {} : { hits: hit }),
      };
    });
    if (isUnsettled) this.#unsettled.push({ from, count: rows.length });
    return complete;
  }

  #rowOf({ number, line }: NumberedLine): LogRow {
    const text = `${this.#options.lines.table.styleBefore(number)}${cleanLine(line.text)}`;
    const plain = text.length > maxShownCharacters ? plainText(text) : text;
    const cut = plain.length - maxShownCharacters;
    const fold = this.#selection.foldOf(number);
    return {
      ...line,
      number,
      text: cut > 0 ? plain.slice(0, maxShownCharacters) : text,
      ...(cut > 0 ? { cut } : {}),
      ...(fold === undefined ? {} : { fold }),
    };
  }
}

/** In place of a line that is not in the log any more. */
const lostLine = { at: 0, step: '', level: 'info', kind: 'note', text: '' } as const;

function problemOf(search: Search): string | undefined {
  return search.kind === 'problem' ? search.problem : undefined;
}
