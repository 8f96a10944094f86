import type { LogQuery } from '../../../webviews/run/protocol.ts';
import { growingBytes, growingIndexes } from './growing.ts';
import { rankOf, type LineTable } from './line-table.ts';

/**
 * Which lines of a run are shown and where the search hits, in numbers alone.
 * Positions count shown lines, numbers count all. New lines and new hits are taken in order, so that a position
 * stays what it is until the query changes.
 */
export class LogSelection {
  readonly #table: LineTable;
  #query: LogQuery;
  /** Numbers of the lines shown, ascending. */
  readonly #shown = growingIndexes();
  /** Positions of shown lines with a hit, ascending. */
  readonly #hits = growingIndexes();
  /** 1 for a line with a hit. */
  readonly #isHit = growingBytes();
  /** By place: the line that stands for it when it is folded, plus one. */
  #heads = growingIndexes();
  /** By place: how many lines it has besides its head. */
  #bodies = growingIndexes();
  #folded: ReadonlySet<string> = new Set();
  #changedPlaces = new Set<number>();
  /** Lines looked at. */
  #taken = 0;
  /** Lines that the search has been through and whose hits are counted. */
  #counted = 0;

  constructor(table: LineTable, query: LogQuery) {
    this.#table = table;
    this.#query = query;
    this.setQuery(query);
  }

  get shownCount(): number {
    return this.#shown.length;
  }

  get hitCount(): number {
    return this.#hits.length;
  }

  /** Lines that the search has been through. */
  get searched(): number {
    return this.#isHit.length;
  }

  /** Selects anew, with the next `update`; the search's hits stay, as they do not depend on what is shown. */
  setQuery(query: LogQuery): void {
    this.#query = query;
    // A search looks through folds, so that it finds all that it counts.
    this.#folded = new Set(this.#isSearching ? [] : query.folded);
    this.#shown.clear();
    this.#hits.clear();
    this.#heads = growingIndexes();
    this.#bodies = growingIndexes();
    this.#changedPlaces.clear();
    this.#taken = 0;
    this.#counted = 0;
  }

  /** Another search begins: what the one before found is forgotten. */
  forgetHits(): void {
    this.#isHit.clear();
    this.setQuery(this.#query);
  }

  /** The search has been through one more line. */
  takeSearched(isHit: boolean): void {
    this.#isHit.push(isHit ? 1 : 0);
  }

  /** Lines looked at. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes in lines and hits that came since, but no more lines than `most`; true where none are left. */
  update(most = Infinity): boolean {
    const all = this.#onlyMatching ? this.#isHit.length : this.#table.count;
    const end = Math.min(all, this.#taken + most);
    for (; this.#taken < end; this.#taken++) this.#take(this.#taken);
    if (this.#isSearching) this.#countHits();
    return end === all;
  }

  #countHits(): void {
    const searched = Math.min(this.#isHit.length, this.#taken);
    for (; this.#counted < searched; this.#counted++) {
      if (this.#isHit.at(this.#counted) === 0) continue;
      const position = this.positionOf(this.#counted);
      if (position !== undefined) this.#hits.push(position);
    }
  }

  /** Numbers of the lines at these positions. */
  numbers(from: number, count: number): readonly number[] {
    return this.#shown.slice(Math.max(0, from), Math.max(0, from) + count);
  }

  /** Undefined for a line that is not shown. */
  positionOf(number: number): number | undefined {
    const position = this.#shown.search(number);
    return position < this.#shown.length && this.#shown.at(position) === number ? position : undefined;
  }

  /** Position of the line, or of the next one that is shown; undefined where none is shown. */
  nearestTo(number: number): number | undefined {
    if (this.#shown.length === 0) return undefined;
    return Math.min(this.#shown.length - 1, this.#shown.search(number));
  }

  /** The first shown line of a node or step, preferring one of level error for a node. */
  firstOf(step: string, node: string | undefined): number | undefined {
    const place = this.#table.find(step, node);
    if (place === undefined) return undefined;
    let first: number | undefined;
    for (let position = 0; position < this.#shown.length; position++) {
      const number = this.#shown.at(position);
      const own = this.#table.place(number);
      if (own !== place && (node !== undefined || this.#table.places[own]?.stepPlace !== place)) continue;
      if (node === undefined || this.#table.rank(number) === rankOf.error) return position;
      first ??= position;
    }
    return first;
  }

  /** The hit after (or before) a position, round the corner. */
  hitFrom(
    position: number,
    direction: 1 | -1,
  ): { readonly hit: number; readonly position: number } | undefined {
    const count = this.#hits.length;
    if (count === 0) return undefined;
    const after = this.#hits.search(direction === 1 ? position + 1 : position);
    const hit = direction === 1 ? after % count : (after - 1 + count) % count;
    return { hit, position: this.#hits.at(hit) };
  }

  /** The key of the place that the line stands for when it is folded. */
  foldOf(number: number): string | undefined {
    const place = this.#table.place(number);
    const step = this.#table.places[place]?.stepPlace ?? place;
    for (const each of [step, place]) {
      if (this.#heads.at(each) === number + 1) return this.#table.places[each]?.key;
    }
    return undefined;
  }

  /** Places that can be folded, with how many lines they have besides their heads, as far as that changed since the last call. */
  takeFolds(): readonly (readonly [key: string, lines: number])[] {
    const folds = [...this.#changedPlaces].map(
      (place) => [this.#table.places[place]?.key ?? '', this.#bodies.at(place)] as const,
    );
    this.#changedPlaces.clear();
    return folds;
  }

  get #isSearching(): boolean {
    return this.#query.search.text !== '';
  }

  get #onlyMatching(): boolean {
    return this.#query.onlyMatching && this.#isSearching;
  }

  #take(number: number): void {
    if (!this.#passes(number)) return;
    const place = this.#table.place(number);
    const step = this.#table.places[place]?.stepPlace ?? place;
    if (this.#isHidden(number, step)) return;
    if (place !== step && this.#isHidden(number, place)) return;
    this.#shown.push(number);
  }

  /** Notes the line as one of the place; true where the place is folded and another line stands for it. */
  #isHidden(number: number, place: number): boolean {
    while (this.#heads.length <= place) {
      this.#heads.push(0);
      this.#bodies.push(0);
    }
    if (this.#heads.at(place) === 0) {
      this.#heads.set(place, number + 1);
      return false;
    }
    const body = this.#bodies.at(place) + 1;
    this.#bodies.set(place, body);
    const isFolded = this.#folded.has(this.#table.places[place]?.key ?? '');
    if (isFolded || body === 1) this.#changedPlaces.add(place);
    return isFolded;
  }

  #passes(number: number): boolean {
    const { level, step, node } = this.#query;
    if (this.#onlyMatching && this.#isHit.at(number) === 0) return false;
    const place = this.#table.places[this.#table.place(number)];
    if (step !== undefined && place?.step !== step) return false;
    if (node !== undefined && place?.node !== node) return false;
    return this.#table.isOwn(number) || this.#table.rank(number) >= rankOf[level];
  }
}
