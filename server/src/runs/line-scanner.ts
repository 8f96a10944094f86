import { GramFinder, next } from './gram-finder.ts';

/** What a block of lines falls into: `plain` lines all at once, the others one by one. */
export interface LineHooks {
  /** Lines that can be written down byte by byte as they are, each with its LF. */
  plain(lines: Buffer): void;
  /** Holds no word and no odd character, but what JSON writes in another way. */
  quoted(text: string): void;
  /** May hold a word, a secret that is wrapped over lines, or characters that a terminal obeys. */
  remarkable(text: string): void;
}

const lineFeed = 10;
/** What a line is, by its bytes; the greater one counts. */
const isPlain = 0;
const isQuoted = 1;
const isRemarkable = 2;
const endsLine = 4;

/** What each byte makes of its line. */
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 32; byte++) kinds[byte] = isRemarkable;
for (const char of '"\\\t') kinds[char.charCodeAt(0)] = isQuoted;
kinds[lineFeed] = endsLine;

const inBase64 = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=')
  inBase64[char.charCodeAt(0)] = 1;

/** So many characters of base64 at the end of a line may go on in the next one. */
export const longRun = 16;

/**
 * Tells lines that need a closer look from those that need none, in one pass over the bytes of many. Output comes by the
 * million lines, nearly all of them plain. One scanner a stream, for a line may begin what the next one ends.
 */
export class LineScanner {
  readonly #bits: Int32Array;
  #mayGoOn = true;

  /** A line is remarkable that may hold one of the words; see `GramFinder`. */
  constructor(words: readonly string[]) {
    this.#bits = new GramFinder(words).bits;
  }

  /** A line went by that was no part of a block. */
  passed(): void {
    this.#mayGoOn = true;
  }

  /** `block` is whole lines of good UTF-8, each ended by LF. */
  scan(block: Buffer, hooks: LineHooks): void {
    const bits = this.#bits;
    let hash = next(0, lineFeed);
    let kind = this.#mayGoOn ? isRemarkable : isPlain;
    let start = 0;
    let plainStart = 0;
    for (let at = 0; at < block.length; at++) {
      const byte = block[at]!;
      hash = next(hash, byte);
      const made = kinds[byte]!;
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) !== 0) kind = isRemarkable;
      if (made === 0) continue;
      if (made !== endsLine) {
        if (made > kind) kind = made;
        continue;
      }
      const mayGoOn = endsInRun(block, start, at);
      if (mayGoOn) kind = isRemarkable;
      if (kind !== isPlain) {
        if (plainStart < start) hooks.plain(block.subarray(plainStart, start));
        const text = block.toString('utf8', start, at);
        if (kind === isQuoted) hooks.quoted(text);
        else hooks.remarkable(text);
        plainStart = at + 1;
      }
      kind = mayGoOn ? isRemarkable : isPlain;
      this.#mayGoOn = mayGoOn;
      start = at + 1;
    }
    if (plainStart < start) hooks.plain(block.subarray(plainStart, start));
  }
}

function endsInRun(block: Buffer, start: number, end: number): boolean {
  const from = end - longRun;
  if (from < start) return false;
  for (let at = end - 1; at >= from; at--) if (inBase64[block[at]!] === 0) return false;
  return true;
}
