import { isUtf8 } from 'node:buffer';

/** Limit: what a longer line holds beyond this is dropped; a mark says so. */
export const maxLineBytes = 1_000_000;

const lineFeed = 10;
const carriageReturn = 13;

export interface LineSink {
  line(text: string): void;
  /** Many lines at once, of good UTF-8, each ended by LF and by nothing else; where absent, they come one by one. */
  block?(lines: Buffer): void;
}

/**
 * Cuts the bytes of a process into lines. A lone CR ends a line too (a progress bar draws itself anew after it);
 * a character whose bytes come in two pieces is read whole, because a line is decoded only when it is complete.
 */
export class LineSplitter {
  readonly #sink: LineSink;
  #pieces: Buffer[] = [];
  #kept = 0;
  #dropped = 0;
  #afterReturn = false;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    const first = chunk.indexOf(lineFeed);
    // Nearly all output is lines that LF ends: those that are whole in the chunk are taken at once.
    if (first < 0 || this.#afterReturn || chunk.length > maxLineBytes || chunk.includes(carriageReturn))
      return this.#pushBytes(chunk);
    this.#pushBytes(chunk.subarray(0, first + 1));
    const last = chunk.lastIndexOf(lineFeed);
    if (last > first) this.#lines(chunk.subarray(first + 1, last + 1));
    this.#keep(chunk.subarray(last + 1));
  }

  #lines(block: Buffer): void {
    if (this.#sink.block && isUtf8(block)) return this.#sink.block(block);
    for (const text of block.toString('utf8', 0, block.length - 1).split('\n')) this.#sink.line(text);
  }

  #pushBytes(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      this.#keep(chunk.subarray(start, at));
      start = at + 1;
      this.#end(byte);
    }
    this.#keep(chunk.subarray(start));
  }

  /** The last line, where no line end followed it. */
  end(): void {
    if (this.#kept > 0) this.#emit();
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#afterReturn = false;
    const room = Math.max(0, maxLineBytes - this.#kept);
    if (room > 0) this.#pieces.push(piece.subarray(0, room));
    this.#kept += Math.min(piece.length, room);
    this.#dropped += Math.max(0, piece.length - room);
  }

  #end(byte: number): void {
    const empty = this.#kept === 0;
    if (byte === lineFeed) {
      // The CR before this LF has ended the line already.
      if (!empty || !this.#afterReturn) this.#emit();
      this.#afterReturn = false;
    } else {
      // A progress bar begins with a CR: the nothing before it is no line. But `\r\n` alone is an empty one.
      if (!empty) this.#emit();
      this.#afterReturn ||= !empty;
    }
  }

  #emit(): void {
    const text = Buffer.concat(this.#pieces).toString('utf8');
    const dropped = this.#dropped;
    this.#pieces = [];
    this.#kept = 0;
    this.#dropped = 0;
    this.#sink.line(dropped > 0 ? `${cutAtWord(text)} … [line cut, ${dropped} more bytes]` : text);
  }
}

/** A secret that the cut has halved could not be recognised any more, so the last word goes with the cut. */
function cutAtWord(text: string): string {
  const tail = text.slice(-4096);
  const word = /[^\s,;&"']*$/.exec(tail)?.[0].length ?? 0;
  return text.slice(0, text.length - word);
}
