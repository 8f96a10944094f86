/** Bits that each character moves those before it by: four characters fill twenty. */
const step = 5;
const gramLength = 4;
const mask = 2 ** (step * gramLength) - 1;
const lineFeed = 10;

/**
 * Tells in one pass over a text which of many words it may hold, by four characters of each: what it does not name is
 * not there. A line of a log names none nearly always, and then costs a few nanoseconds a character.
 */
export class GramFinder {
  /** One bit for each hash, so that most characters need no look into the map. */
  readonly #bits = new Int32Array((mask + 1) / 32);
  readonly #words = new Map<number, number[]>();

  /**
   * Words of ASCII, of which only the first four characters count; after one of three any character may stand, and a
   * shorter one is never found. A word that begins with a line feed is found where a line begins.
   * In any case: letters are all taken for small ones.
   */
  constructor(words: readonly string[]) {
    for (const [at, word] of words.entries()) {
      let hash = 0;
      for (let index = 0; index < Math.min(word.length, gramLength); index++)
        hash = next(hash, word.charCodeAt(index));
      if (word.length >= gramLength) this.#add(hash, at);
      else if (word.length === gramLength - 1)
        for (let code = 0; code < 256; code++) this.#add(next(hash, code), at);
    }
  }

  /** Indexes of words that the line may hold; undefined where it holds none. */
  find(text: string): Set<number> | undefined {
    const bits = this.#bits;
    let found: Set<number> | undefined;
    let hash = next(0, lineFeed);
    for (let at = 0; at <= text.length; at++) {
      hash = next(hash, at === text.length ? lineFeed : text.charCodeAt(at) & 255);
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) === 0) continue;
      found ??= new Set();
      for (const word of this.#words.get(hash) ?? []) found.add(word);
    }
    return found;
  }

  /**
   * The hashes of the words and how they are made, for a loop that asks more of each byte than this class does:
   * a byte ends a word where the bit of the hash up to it is set.
   */
  get bits(): Int32Array {
    return this.#bits;
  }

  #add(hash: number, word: number): void {
    this.#bits[hash >>> 5]! |= 1 << (hash & 31);
    const words = this.#words.get(hash);
    if (!words) this.#words.set(hash, [word]);
    else if (words.at(-1) !== word) words.push(word);
  }
}

/** The hash of a text from that of the text without its last character; what came four characters ago is moved out. */
export function next(hash: number, code: number): number {
  return ((hash << step) ^ (code | 0x20)) & mask;
}
