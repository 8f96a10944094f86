import type { PlanLink } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { changeBetween } from '../../core/text-change.ts';
import type { Block, ListEntry, Row } from './markdown.ts';
import { cutPieces, linesIn, recutPieces, type Line, type Piece, type PlacedPiece } from './pieces.ts';

/** What a piece of a document was read as. */
export interface PieceReading {
  readonly blocks: readonly Block[];
  /** The files that it names. */
  readonly links: readonly PlanLink[];
  /** True where only a whole Markdown parser could tell. */
  readonly isParsed: boolean;
}

/** What is too much to be parsed is read as nothing. With less before it, it may be read, so nobody goes on from this. */
export const unread: PieceReading = { blocks: [], links: [], isParsed: true };

interface Kept extends PlacedPiece {
  start: number;
  end: number;
  /** Of the newest version, so that no other one is kept for it. */
  text: string;
  readonly reading: PieceReading;
  /** Whether the newest version has gone on from it. */
  isTaken: boolean;
}

/**
 * The pieces of a document from one version to the next: one of the same text is the same but for its place, and its
 * blocks, the very same objects, move with it. Of one that changed, lines that did not are taken over.
 */
export class PieceMemory {
  #rests = '';
  /** What the newest version was cut from, where nothing hides lines in it. */
  #open: string | undefined;
  #before: readonly Kept[] = [];
  /** How many pieces came or went: what stands behind the edit is found so much further on. */
  #more = 0;
  /** Made where pieces do not stand where they are looked for first. */
  #byKey: ReadonlyMap<string, readonly Kept[]> | undefined;
  #now: Kept[] = [];

  /** The pieces of the next version; where nothing hides lines in it, nor did before, they are cut again about the edit alone. */
  cut(body: string, isOpen: boolean): readonly Piece[] {
    const [before, former] = [this.#now, this.#open];
    const isEdit = isOpen && former !== undefined;
    const recut = isEdit ? recutPieces(before, changeBetween(former, body), body) : undefined;
    this.#open = isOpen ? body : undefined;
    if (!recut) return cutPieces(body);
    const by = body.length - former!.length;
    return [
      ...before.slice(0, recut.first).map((kept) => new StillPiece(kept, body, 0)),
      ...recut.between,
      ...before.slice(before.length - recut.last).map((kept) => new StillPiece(kept, body, by)),
    ];
  }

  /** Begins a version of these pieces; `rests` is all that the reading of a piece rests on besides its text. */
  begin(rests: string, pieces: readonly Piece[]): void {
    this.#before = rests === this.#rests ? this.#now : [];
    for (const kept of this.#before) kept.isTaken = false;
    if (this.#before.length > 0)
      for (const piece of pieces) if (piece instanceof StillPiece) piece.kept.isTaken = true;
    this.#more = pieces.length - this.#before.length;
    this.#byKey = undefined;
    this.#rests = rests;
    this.#now = [];
  }

  read(body: string, piece: Piece, read: (former?: FormerPiece) => PieceReading): PieceReading {
    const { kind, start, end, definitions } = piece;
    const text = textOf(body, piece);
    const same = this.#same(piece, text);
    if (same) {
      if (same.start !== start) moveReading(same.reading, start - same.start);
      this.#now.push(Object.assign(same, { start, end, text, isTaken: true }));
      return same.reading;
    }
    // Where pieces came or went, what became of one that changed cannot be told by its number.
    const former = this.#more === 0 ? this.#before[this.#now.length] : undefined;
    const isKnown = former?.kind === kind && !former.isTaken && !former.reading.isParsed;
    if (isKnown) former.isTaken = true;
    const reading = read(isKnown ? new FormerPiece(former, { start, text }) : undefined);
    this.#now.push({ start, end, kind, definitions, text, reading, isTaken: true });
    return reading;
  }

  /** A piece of the same text: where it stood, as most do, or anywhere. */
  #same(piece: Piece, text: string): Kept | undefined {
    const { kind } = piece;
    if (piece instanceof StillPiece && this.#before.length > 0 && piece.kept.reading !== unread)
      return piece.kept;
    const at = this.#now.length;
    const isSame = (kept: Kept | undefined): boolean =>
      kept !== undefined &&
      !kept.isTaken &&
      kept.reading !== unread &&
      kept.kind === kind &&
      kept.text === text;
    for (const place of [at, at - this.#more]) if (isSame(this.#before[place])) return this.#before[place];
    this.#byKey ??= Map.groupBy(
      this.#before.filter(({ isTaken }) => !isTaken),
      (kept) => keyOf(kept.kind, kept.text),
    );
    return this.#byKey.get(keyOf(kind, text))?.find(isSame);
  }
}

function keyOf(kind: Piece['kind'], text: string): string {
  return `${kind}\0${text}`;
}

/** A stretch that was not read again, as it stands now, and how far it has moved. */
export interface TakenOver extends Span {
  readonly by: number;
}

/** A piece as it was before its text changed; rows and entries of lines that are the same are given as they stand now. */
export class FormerPiece {
  readonly #reading: PieceReading;
  /** What ends before the one is the same, and so is what begins behind the other; both in the text as it is now. */
  readonly #same: { readonly until: number; readonly from: number };
  /** How far the lines before the change have moved, and those behind it. */
  readonly byStart: number;
  readonly byEnd: number;

  constructor(
    former: Pick<Kept, 'start' | 'text' | 'reading'>,
    { start, text }: { start: number; text: string },
  ) {
    const change = changeBetween(former.text, text);
    this.#reading = former.reading;
    this.#same = { until: start + change.start, from: start + change.newEnd };
    this.byStart = start - former.start;
    this.byEnd = this.byStart + text.length - former.text.length;
  }

  get block(): Block {
    return this.#reading.blocks[0]!;
  }

  /** How many of its lines now are the same as before the change: so many first ones, and so many last ones. */
  sameLines(lines: readonly Span[]): { readonly first: number; readonly last: number } {
    const { until, from } = this.#same;
    const isOther = ({ end }: Span): boolean => end >= until;
    const first = lines.findIndex(isOther);
    const behind = lines.findLastIndex(({ start }) => start <= from);
    return { first: first < 0 ? lines.length : first, last: lines.length - 1 - behind };
  }

  /** The links of what was taken over, where they stand now. */
  links(taken: readonly TakenOver[]): readonly PlanLink[] {
    return taken.flatMap(({ start, end, by }) =>
      this.#reading.links
        .filter(({ span }) => span.start + by >= start && span.end + by <= end)
        .map((link) => ({ ...link, span: movedSpan(link.span, by) })),
    );
  }
}

/** Moves a stretch that nobody else moves: a long document has tens of thousands, and most of them move with each letter. */
export function moveSpan(span: Span, by: number): void {
  const moving = span as { start: number; end: number };
  moving.start += by;
  moving.end += by;
}

/** The same stretch so many characters further on. */
function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** A fence that nobody closes is read as if it were not there, so that the lines tell more than the text. */
function textOf(body: string, piece: Piece): string {
  const text = body.slice(piece.start, piece.end);
  if (piece instanceof StillPiece || !/```|~~~/.test(text)) return text;
  return [text, ...piece.lines.map((line) => line.text)].join('\0');
}

/** A piece that was not cut again. */
class StillPiece implements Piece {
  readonly kept: Kept;
  readonly kind: Piece['kind'];
  readonly definitions: string;
  readonly start: number;
  readonly end: number;
  readonly #body: string;

  constructor(kept: Kept, body: string, by: number) {
    this.kept = kept;
    this.kind = kept.kind;
    this.definitions = kept.definitions;
    this.start = kept.start + by;
    this.end = kept.end + by;
    this.#body = body;
  }

  get lines(): readonly Line[] {
    return linesIn(this.#body, this);
  }
}

/** Places what was read elsewhere; what lasts longer than a version has spans of its own. */
function moveReading({ blocks, links }: PieceReading, by: number): void {
  for (const block of blocks) moveBlock(block, by);
  for (const link of links) moveSpan(link.span, by);
}

function moveBlock(block: Block, by: number): void {
  if (block.kind === 'list') for (const entry of block.entries) moveEntry(entry, by);
  else moveSpan(block.span, by);
  if (block.kind !== 'table') return;
  moveRow(block.header, by);
  for (const row of block.rows) moveRow(row, by);
}

/** A row of a table that stands so much further on now. */
export function moveRow(row: Row, by: number): Row {
  if (by === 0) return row;
  for (const { room, span } of row.cells) {
    moveSpan(room, by);
    moveSpan(span, by);
  }
  moveSpan(row.span, by);
  return row;
}

/** An entry of a list that stands so much further on now. */
export function moveEntry(entry: ListEntry, by: number): ListEntry {
  if (by === 0) return entry;
  if (entry.box) moveSpan(entry.box.span, by);
  moveSpan(entry.span, by);
  return entry;
}
