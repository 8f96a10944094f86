/** Bits that each character moves those before it by: four characters fill twenty. */
const step = 5;
const gramLength = 4;
const mask = 2 ** (step * gramLength) - 1;

/**
 * Tells in one pass over a text which of many words it may hold, by four characters of each: what it does not name is
 * not there. A line of a log names none nearly always, and then costs a few nanoseconds a character.
 */
export class GramFinder {
  /** One bit for each hash, so that most characters need no look into the map. */
  readonly #bits = new Int32Array((mask + 1) / 32);
  readonly #words = new Map<number, number[]>();

  /** Only the first four characters of each word count; a shorter word is never found. In any case: letters are all taken for small ones. */
  constructor(words: readonly string[]) {
    for (const [at, word] of words.entries()) {
      if (word.length < gramLength) continue;
      let hash = 0;
      for (let index = 0; index < gramLength; index++) hash = next(hash, word.charCodeAt(index));
      this.#bits[hash >>> 5]! |= 1 << (hash & 31);
      this.#words.set(hash, [...(this.#words.get(hash) ?? []), at]);
    }
  }

  /** Indexes of words that the text may hold; undefined where it holds none. */
  find(text: string): Set<number> | undefined {
    const bits = this.#bits;
    let found: Set<number> | undefined;
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      hash = next(hash, text.charCodeAt(at));
      if ((bits[hash >>> 5]! & (1 << (hash & 31))) === 0) continue;
      found ??= new Set();
      for (const word of this.#words.get(hash) ?? []) found.add(word);
    }
    return found;
  }
}

/** What came four characters ago is moved out of the hash. */
function next(hash: number, code: number): number {
  return ((hash << step) ^ (code | 0x20)) & mask;
}
