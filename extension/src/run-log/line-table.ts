import type { LogLevel, LogLine } from '../../../webviews/run/protocol.ts';
import { CarriedStyles } from './carried-style.ts';
import { growingBytes, growingIndexes, growingOffsets, growingShorts } from './growing.ts';
import { cleanLine, plainText } from './terminal-text.ts';

/** Limit: beyond this a line is cut on the page (not in the log file); laying out a megabyte freezes the view. */
export const maxShownCharacters = 5000;

/** How grave a line is; Penstock's own lines are shown at every level. */
export const rankOf: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const ownRank = 4;

/** Whose a line is: of a step, or of one of its nodes. */
export interface Place {
  /** What the panel's tree calls it. */
  readonly key: string;
  readonly step: string;
  readonly node: string | undefined;
  /** Number of the place of its step; its own where it is one. */
  readonly stepPlace: number;
}

/** What is known of each line of a run without reading it again: some fifteen bytes a line, whatever it says. */
export class LineTable {
  readonly #ranks = growingBytes();
  readonly #placeOf = growingIndexes();
  readonly #offsets = growingOffsets();
  readonly #styleOf = growingShorts();
  readonly #styles = new CarriedStyles();
  readonly #places: Place[] = [];
  readonly #numbers = new Map<string, number>();
  #columns = 0;

  /** Length of the longest line so far, as far as it is shown. */
  get columns(): number {
    return this.#columns;
  }

  get count(): number {
    return this.#ranks.length;
  }

  /** Takes the next line; `offset` is where its event begins in the log. */
  add(line: LogLine, offset: number): void {
    this.#ranks.push(line.kind === 'output' ? rankOf[line.level] : ownRank);
    this.#placeOf.push(this.#numberOf(line.step, line.node));
    this.#offsets.push(offset);
    this.#styleOf.push(this.#styles.take(line));
    if (line.text.length <= this.#columns) return;
    this.#columns = Math.max(
      this.#columns,
      Math.min(plainText(cleanLine(line.text)).length, maxShownCharacters),
    );
  }

  rank(line: number): number {
    return this.#ranks.at(line);
  }

  isOwn(line: number): boolean {
    return this.#ranks.at(line) === ownRank;
  }

  offset(line: number): number {
    return this.#offsets.at(line);
  }

  /** The sequence of the style in which the line begins, because a line before it began that; '' for none. */
  styleBefore(line: number): string {
    return this.#styles.sequence(this.#styleOf.at(line));
  }

  place(line: number): number {
    return this.#placeOf.at(line);
  }

  /** The places in the order in which they were first heard of. */
  get places(): readonly Place[] {
    return this.#places;
  }

  /** The number of a place; undefined while no line is of it. */
  find(step: string, node: string | undefined): number | undefined {
    return this.#numbers.get(keyOf(step, node));
  }

  #numberOf(step: string, node: string | undefined): number {
    const key = keyOf(step, node);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const stepPlace = node === undefined ? this.#places.length : this.#numberOf(step, undefined);
    const number = this.#places.length;
    this.#numbers.set(key, number);
    this.#places.push({ key, step, node, stepPlace });
    return number;
  }
}

function keyOf(step: string, node: string | undefined): string {
  return node === undefined ? step : `${step}\n${node}`;
}
