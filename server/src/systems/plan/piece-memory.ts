import type { Span } from '../../core/span.ts';
import type { Block, PlainText, References, Row } from './markdown.ts';
import type { Piece } from './pieces.ts';

/** What a piece of a document was read as. */
export interface PieceReading {
  readonly blocks: readonly Block[];
  readonly references: References;
  /** True where only a whole Markdown parser could tell. */
  readonly isParsed: boolean;
}

interface Kept {
  readonly start: number;
  readonly reading: PieceReading;
}

/**
 * The pieces of a document from one version to the next: one of the same text is the same but for its place. Where that is
 * the same, too, its blocks are the very same objects.
 */
export class PieceMemory {
  #rests = '';
  #before: ReadonlyMap<string, readonly Kept[]> = new Map();
  #now = new Map<string, Kept[]>();
  readonly #moved = new WeakMap<Block, { readonly from: Block; readonly by: number }>();

  /** Begins a version; `rests` is all that the reading of a piece rests on besides its text. */
  begin(rests: string): void {
    this.#before = rests === this.#rests ? this.#now : new Map();
    this.#rests = rests;
    this.#now = new Map();
  }

  read(body: string, piece: Piece, read: () => PieceReading): PieceReading {
    const key = keyOf(body, piece);
    const { start } = piece.lines[0]!;
    const same = this.#now.get(key) ?? [];
    // Of pieces that read alike each goes on from the one that stood at its place among them.
    const known = this.#before.get(key)?.[same.length];
    const reading = known ? this.#placed(known, start) : read();
    if (same.length === 0) this.#now.set(key, same);
    same.push({ start, reading });
    return reading;
  }

  /** The block of the former version that this one is, where it stands elsewhere now. */
  formerOf(block: Block): { readonly from: Block; readonly by: number } | undefined {
    return this.#moved.get(block);
  }

  #placed(known: Kept, start: number): PieceReading {
    const by = start - known.start;
    if (by === 0) return known.reading;
    const { blocks, references, isParsed } = known.reading;
    const moved = blocks.map((from) => {
      const block = movedBlock(from, by);
      this.#moved.set(block, { from, by });
      return block;
    });
    const links = references.links.map(({ url, span }) => ({ url, span: movedSpan(span, by) }));
    const texts = references.texts.map((span) => movedSpan(span, by));
    return { blocks: moved, references: { links, texts }, isParsed };
  }
}

/** The same stretch so many characters further on. */
export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** A fence that nobody closes is read as if it were not there, so that the lines tell more than the text. */
function keyOf(body: string, { kind, lines }: Piece): string {
  const text = body.slice(lines[0]!.start, lines.at(-1)!.end);
  return /```|~~~/.test(text)
    ? [kind, text, ...lines.map((line) => line.text)].join('\0')
    : `${kind}\0${text}`;
}

function movedBlock(block: Block, by: number): Block {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return { ...block, span: movedSpan(block.span, by) };
    case 'table':
      return {
        ...block,
        span: movedSpan(block.span, by),
        header: movedRow(block.header, by),
        rows: block.rows.map((row) => movedRow(row, by)),
      };
    case 'list':
      return {
        ...block,
        entries: block.entries.map((entry) => ({
          ...movedText(entry, by),
          box: entry.box && { mark: entry.box.mark, span: movedSpan(entry.box.span, by) },
        })),
      };
  }
}

function movedRow({ span, cells }: Row, by: number): Row {
  return {
    span: movedSpan(span, by),
    cells: cells.map((cell) => ({
      span: movedSpan(cell.span, by),
      room: movedSpan(cell.room, by),
      text: cell.text,
    })),
  };
}

function movedText<T extends PlainText>(plain: T, by: number): T {
  return { ...plain, span: movedSpan(plain.span, by) };
}
