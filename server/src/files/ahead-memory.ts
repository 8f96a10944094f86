import type { FileStamp } from '../core/files.ts';
import type { YamlEvents } from '../core/yaml/yaml-events.ts';

/** Limit: so many files are read ahead at most. */
const slots = 256;

/** To wake a thread takes longer than to read a file: one that waits for room is woken for many. */
const wakeEvery = 64;

/** Limit: a file of more bytes is left to who asks for it. */
const textBytes = 32 * 1024;

/** Limit: what a text says in more bytes than these is found out again by who asks for it. */
const yamlBytes = 64 * 1024;

const headBytes = 64;
const slotBytes = headBytes + textBytes + yamlBytes;
const yamlAt = headBytes + textBytes;

/** By its number in a slot's head, as words of four bytes. */
const head = { turn: 0, length: 1, hasStamp: 2, yaml: 3, hasMore: 4 } as const;
/** Where the stamp begins, as words of eight bytes. */
const stampAt = 4;

/** What was read of one file. */
export interface AheadFile {
  readonly text: string;
  /** Undefined where there is none, or none was asked for. */
  readonly stamp: FileStamp | undefined;
  /** As `FileText` has it. */
  readonly yaml: YamlEvents | undefined;
}

/** What is told of a file besides its bytes. */
export type AheadNews = Pick<AheadFile, 'stamp' | 'yaml'> & { readonly length: number };

/**
 * Memory of two threads: one reads files, by their numbers in a list, a little ahead of the other, which takes them.
 * Each file has the slot that its number leads to, round and round, and says last of all that it is there.
 * Invariant: both only go on in the list, so a slot is not written again before its file is behind who asks.
 */
export class AheadMemory {
  readonly shared: SharedArrayBuffer;
  /** The number of the file that is asked for; -1 when nobody asks any more. */
  readonly #asked: Int32Array;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #bytes: Buffer;

  constructor(shared = new SharedArrayBuffer(headBytes + slots * slotBytes)) {
    this.shared = shared;
    this.#asked = new Int32Array(shared, 0, 1);
    this.#words = new Int32Array(shared, headBytes);
    this.#doubles = new Float64Array(shared, headBytes);
    this.#bytes = Buffer.from(shared, headBytes);
  }

  /** Asks for a file behind those that were asked for: what was read of it, if it was read by now. */
  take(file: number): AheadFile | undefined {
    const before = Atomics.exchange(this.#asked, 0, file);
    if (Math.floor(file / wakeEvery) > Math.floor(before / wakeEvery)) Atomics.notify(this.#asked, 0);
    const slot = (file % slots) * slotBytes;
    if (Atomics.load(this.#words, slot / 4 + head.turn) !== file + 1) return undefined;
    const start = slot + headBytes;
    const text = this.#bytes.toString('utf8', start, start + this.#words[slot / 4 + head.length]!);
    return { text, stamp: this.#stampIn(slot), yaml: this.#yamlIn(slot) };
  }

  /** Ends the other thread's work. */
  end(): void {
    Atomics.store(this.#asked, 0, -1);
    Atomics.notify(this.#asked, 0);
  }

  /** Waits until there is room for a file; returns the one to go on with, which may lie further on. Undefined at the end. */
  room(file: number): number | undefined {
    for (;;) {
      const asked = Atomics.load(this.#asked, 0);
      if (asked < 0) return undefined;
      const next = Math.max(file, asked);
      if (next < asked + slots) return next;
      Atomics.wait(this.#asked, 0, asked);
    }
  }

  /** Where the bytes of a file belong for which there is room; what does not fit leaves no room behind it. */
  placeOf(file: number): Buffer {
    const start = (file % slots) * slotBytes + headBytes;
    return this.#bytes.subarray(start, start + textBytes);
  }

  /** Says that a file is in its place. */
  put(file: number, { length, stamp, yaml }: AheadNews): void {
    const slot = (file % slots) * slotBytes;
    this.#words[slot / 4 + head.length] = length;
    this.#words[slot / 4 + head.hasStamp] = stamp ? 1 : 0;
    if (stamp) {
      const { size, modifiedMs, changedMs, inode } = stamp;
      this.#doubles.set([size, modifiedMs, changedMs, inode], slot / 8 + stampAt);
    }
    const fits = yaml !== undefined && yaml.words.byteLength <= yamlBytes && yaml.handles.size === 0;
    this.#words[slot / 4 + head.yaml] = fits ? yaml.words.length : 0;
    this.#words[slot / 4 + head.hasMore] = fits && yaml.hasMore ? 1 : 0;
    if (fits) this.#words.set(yaml.words, (slot + yamlAt) / 4);
    Atomics.store(this.#words, slot / 4 + head.turn, file + 1);
  }

  #yamlIn(slot: number): YamlEvents | undefined {
    const length = this.#words[slot / 4 + head.yaml]!;
    if (length === 0) return undefined;
    const start = (slot + yamlAt) / 4;
    return {
      words: this.#words.slice(start, start + length),
      handles: new Map(),
      hasMore: this.#words[slot / 4 + head.hasMore] === 1,
    };
  }

  #stampIn(slot: number): FileStamp | undefined {
    if (this.#words[slot / 4 + head.hasStamp] === 0) return undefined;
    const [size, modifiedMs, changedMs, inode] = this.#doubles.subarray(
      slot / 8 + stampAt,
      slot / 8 + stampAt + 4,
    );
    return { size: size!, modifiedMs: modifiedMs!, changedMs: changedMs!, inode: inode! };
  }
}
