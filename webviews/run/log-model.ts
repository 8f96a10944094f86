import { cleanLine, plainText, type TextRange } from '../shared/ansi.ts';
import type { LogLevel, LogLine } from './protocol.ts';

/** Which lines are shown. */
export interface LogFilter {
  readonly level: LogLevel;
  readonly step?: string;
  readonly node?: string;
}

export interface SearchQuery {
  readonly text: string;
  readonly regex: boolean;
}

/** A line ready to be drawn: `text` with colours, `plain` without. */
export interface StoredLine {
  readonly at: number;
  readonly step: string;
  readonly node: string | undefined;
  readonly level: LogLevel;
  readonly kind: LogLine['kind'];
  readonly text: string;
  readonly plain: string;
}

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Limit: beyond this a line is cut on the page (not in the log file); laying out a megabyte freezes the view. */
export const maxShownCharacters = 5000;

/**
 * The output of a run, what of it passes the filter, and where the search hits.
 * Appending looks at the new lines alone. Positions count shown lines, indexes count all.
 */
export class LogModel {
  #lines: StoredLine[] = [];
  /** Indexes of the lines shown, ascending; undefined while nothing is filtered out. */
  #shown: number[] | undefined;
  #filter: LogFilter = { level: 'debug' };
  #query: SearchQuery = { text: '', regex: false };
  #pattern: RegExp | undefined;
  #problem: string | undefined;
  /** Positions of shown lines with a hit, ascending. */
  #hits: number[] = [];
  #current: number | undefined;
  #columns = 0;

  get lineCount(): number {
    return this.#lines.length;
  }

  get shownCount(): number {
    return this.#shown?.length ?? this.#lines.length;
  }

  /** Length of the longest line so far. */
  get columns(): number {
    return this.#columns;
  }

  get filter(): LogFilter {
    return this.#filter;
  }

  /** Number of shown lines with a hit. */
  get hitCount(): number {
    return this.#hits.length;
  }

  /** Which hit is the current one, from 0. */
  get currentHit(): number | undefined {
    return this.#current;
  }

  get currentPosition(): number | undefined {
    return this.#current === undefined ? undefined : this.#hits[this.#current];
  }

  /** Why the search text is no regular expression. */
  get searchProblem(): string | undefined {
    return this.#problem;
  }

  get isSearching(): boolean {
    return this.#query.text !== '';
  }

  /**
   * Takes lines that begin at index `from`; lines that are known already are skipped, `from` 0 starts anew.
   * False when lines are missing before them: nothing was taken.
   */
  append(from: number, lines: readonly LogLine[]): boolean {
    if (from === 0) this.clear();
    const known = this.#lines.length - from;
    if (known < 0) return false;
    for (const line of lines.slice(known)) this.#add(line);
    return true;
  }

  clear(): void {
    this.#lines = [];
    this.#columns = 0;
    this.#recompute();
  }

  /** The line at a position, undefined beyond the end. */
  at(position: number): StoredLine | undefined {
    return this.#lines[this.indexAt(position)];
  }

  /** The line's index in the run, which stays the same whatever is shown. */
  indexAt(position: number): number {
    return this.#shown === undefined ? position : (this.#shown[position] ?? -1);
  }

  setFilter(filter: LogFilter): void {
    this.#filter = filter;
    this.#recompute();
  }

  setSearch(query: SearchQuery): void {
    this.#query = query;
    this.#current = undefined;
    this.#compile();
    this.#findAll();
  }

  /** Goes to the hit after (or before) the current one, round the corner; the first time to the one nearest `near`. */
  step(direction: 1 | -1, near: number): number | undefined {
    if (this.#hits.length === 0) return undefined;
    if (this.#current === undefined) {
      const after = this.#hits.findIndex((position) => position >= near);
      this.#current = after === -1 ? 0 : after;
    } else this.#current = (this.#current + direction + this.#hits.length) % this.#hits.length;
    return this.currentPosition;
  }

  /** Where the search hits in a text, in order. */
  rangesIn(plain: string): readonly TextRange[] {
    const pattern = this.#pattern;
    if (pattern === undefined) return [];
    const ranges: TextRange[] = [];
    pattern.lastIndex = 0;
    for (let found = pattern.exec(plain); found !== null; found = pattern.exec(plain)) {
      // An empty hit (`x*`) would be found for ever at one place.
      if (found[0] === '') pattern.lastIndex++;
      else ranges.push({ start: found.index, end: found.index + found[0].length });
    }
    return ranges;
  }

  /** Position of the first shown line of a node or step, preferring one of level error. */
  findFirst(step: string, node: string | undefined): number | undefined {
    let first: number | undefined;
    for (let position = 0; position < this.shownCount; position++) {
      const line = this.at(position);
      if (line === undefined || line.step !== step || (node !== undefined && line.node !== node)) continue;
      if (node === undefined || line.level === 'error') return position;
      first ??= position;
    }
    return first;
  }

  /** The shown lines as plain text. */
  text(): string {
    const texts: string[] = [];
    for (let position = 0; position < this.shownCount; position++) texts.push(this.at(position)?.plain ?? '');
    return texts.join('\n');
  }

  #add(line: LogLine): void {
    const text = cleanLine(line.text);
    const plain = plainText(text);
    const stored = {
      at: line.at,
      step: line.step,
      node: line.node,
      level: line.level,
      kind: line.kind,
      text,
      plain,
    };
    const index = this.#lines.push(stored) - 1;
    this.#columns = Math.max(this.#columns, Math.min(plain.length, maxShownCharacters));
    if (!this.#passes(stored)) return;
    const position = this.#shown === undefined ? index : this.#shown.push(index) - 1;
    if (this.#hasHit(plain)) this.#hits.push(position);
  }

  #passes(line: StoredLine): boolean {
    const { level, step, node } = this.#filter;
    if (step !== undefined && line.step !== step) return false;
    if (node !== undefined && line.node !== node) return false;
    return line.kind !== 'output' || rank[line.level] >= rank[level];
  }

  #recompute(): void {
    const { level, step, node } = this.#filter;
    this.#shown = undefined;
    if (level !== 'debug' || step !== undefined || node !== undefined) {
      this.#shown = [];
      for (const [index, line] of this.#lines.entries()) if (this.#passes(line)) this.#shown.push(index);
    }
    this.#current = undefined;
    this.#findAll();
  }

  #findAll(): void {
    this.#hits = [];
    if (this.#pattern === undefined) return;
    for (let position = 0; position < this.shownCount; position++) {
      if (this.#hasHit(this.at(position)?.plain ?? '')) this.#hits.push(position);
    }
  }

  #hasHit(plain: string): boolean {
    return this.#pattern !== undefined && this.rangesIn(plain).length > 0;
  }

  #compile(): void {
    this.#pattern = undefined;
    this.#problem = undefined;
    const { text, regex } = this.#query;
    if (text === '') return;
    try {
      this.#pattern = new RegExp(regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}
