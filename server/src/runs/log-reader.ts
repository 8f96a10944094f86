import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { foreignFormat, foreignFormatMessage, parseEvent } from './event-format.ts';
import type { RunEvent } from './run-event.ts';

/** Says that a log was written by another version and is not read at all. */
export class ForeignLogError extends Error {
  constructor(format: number) {
    super(foreignFormatMessage(format));
    this.name = 'ForeignLogError';
  }
}

export interface LogReaderOptions {
  /** For who wants to know how the run went: what it printed, nearly all of a log, is passed over unread. */
  readonly withoutOutput?: boolean | undefined;
}

/** How a line of output begins; the text of another event may hold the same words, but not there. */
const outputHead = /^\{"seq":\d+,"at":"[^"]*","run":"[^"]*","type":"output"/;
const headBytes = 160;

/** A few milliseconds' work: between two of them others have their turn. */
const chunkBytes = 64 * 1024;

/**
 * Reads a log from its start, piece by piece, also while it grows. A line without an end is left for the next time:
 * it is being written, or its writer was killed. A broken line is left out.
 */
export class LogReader {
  readonly #file: string;
  readonly #withoutOutput: boolean;
  #offset = 0;
  #rest: Buffer[] = [];
  #first = true;
  /** Where the next line begins. */
  #lineStart = 0;
  #offsets: readonly number[] = [0];

  constructor(file: string, { withoutOutput = false }: LogReaderOptions = {}) {
    this.#file = file;
    this.#withoutOutput = withoutOutput;
  }

  /** Where each event begins that `next` gave last, in bytes, and after them where the last one ends. */
  get offsets(): readonly number[] {
    return this.#offsets;
  }

  /** How many bytes have been read, with those of a line that has no end yet. */
  get read(): number {
    return this.#offset;
  }

  /**
   * The events of the next piece; undefined when there is nothing more for now.
   * Throws `ForeignLogError`, and what the file system says when the file cannot be read.
   */
  next(): readonly RunEvent[] | undefined {
    const bytes = this.#read();
    if (bytes.length === 0) return undefined;
    const end = bytes.lastIndexOf(10);
    if (end < 0) {
      this.#rest.push(bytes);
      this.#offsets = [this.#lineStart];
      return [];
    }
    const lines = Buffer.concat([...this.#rest, bytes.subarray(0, end)]);
    this.#rest = [bytes.subarray(end + 1)];
    return this.#events(lines);
  }

  #events(lines: Buffer): readonly RunEvent[] {
    const events: RunEvent[] = [];
    const offsets: number[] = [];
    for (let from = 0; from <= lines.length;) {
      const found = lines.indexOf(10, from);
      const to = found < 0 ? lines.length : found;
      const isPassedOver = this.#withoutOutput && isOutput(lines, from, to);
      const event = isPassedOver ? undefined : this.#parse(lines.toString('utf8', from, to));
      if (event) {
        events.push(event);
        offsets.push(this.#lineStart + from);
      }
      from = to + 1;
    }
    this.#lineStart += lines.length + 1;
    this.#offsets = [...offsets, this.#lineStart];
    return events;
  }

  #parse(line: string): RunEvent | undefined {
    if (this.#first) {
      this.#first = false;
      const format = foreignFormat(line);
      if (format !== undefined) throw new ForeignLogError(format);
    }
    return parseEvent(line);
  }

  #read(): Buffer {
    const bytes = readRange(this.#file, this.#offset, chunkBytes);
    this.#offset += bytes.length;
    return bytes;
  }
}

function isOutput(lines: Buffer, from: number, to: number): boolean {
  return outputHead.test(lines.toString('latin1', from, Math.min(to, from + headBytes)));
}

/** The events at both ends of a log, without reading what lies between. */
export interface LogEnds {
  readonly first: RunEvent | undefined;
  /** What the last `tailBytes` hold, in order. */
  readonly tail: readonly RunEvent[];
  /** Its last line is not finished. */
  readonly isTorn?: boolean;
  readonly problem?: string;
}

const headLimit = 1024 * 1024;
const tailBytes = 64 * 1024;

export function readEnds(file: string): LogEnds {
  const head = firstLine(file);
  const format = foreignFormat(head);
  if (format !== undefined) return { first: undefined, tail: [], problem: foreignFormatMessage(format) };
  const size = sizeOf(file);
  const from = Math.max(0, size - tailBytes);
  const lines = readRange(file, from, size - from)
    .toString('utf8')
    .split('\n');
  // The first one is cut off, and the last one is not finished.
  return {
    first: parseEvent(head),
    tail: lines.slice(from === 0 ? 0 : 1).flatMap((line) => parseEvent(line) ?? []),
    isTorn: lines.at(-1) !== '',
  };
}

function firstLine(file: string): string {
  for (let length = 16 * 1024; ; length *= 8) {
    const bytes = readRange(file, 0, length);
    const end = bytes.indexOf(10);
    if (end >= 0) return bytes.toString('utf8', 0, end);
    if (bytes.length < length || length > headLimit) return '';
  }
}

function sizeOf(file: string): number {
  const descriptor = openSync(file, 'r');
  try {
    return fstatSync(descriptor).size;
  } finally {
    closeSync(descriptor);
  }
}

function readRange(file: string, from: number, length: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, fstatSync(descriptor).size - from)));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
  } finally {
    closeSync(descriptor);
  }
}
