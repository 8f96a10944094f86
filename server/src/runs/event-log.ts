import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock } from './clock.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

/** What the events of many lines of output share. */
export type OutputHead = Omit<RunEventBody & { readonly type: 'output' }, 'text' | 'node'>;

/** Where a run says what happens. */
export interface RunLog {
  write(body: RunEventBody): void;
  /** An event for each line: of good UTF-8, ended by LF, without what JSON would write in another way. */
  writeLines(head: OutputHead, lines: Buffer): void;
}

export interface EventLogOptions {
  readonly run: string;
  /** Undefined where no file can be had; events then only reach `onEvent`. */
  readonly file: string | undefined;
  readonly clock: Clock;
  /** Hears every event at once, in order, but output. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Hears of output at once, in order with the other events. */
  readonly onOutput?: (event: RunEvent & { readonly type: 'output' }) => void;
  /** Hears what is written, whole lines of it, when it is written; also where there is no file. */
  readonly onBatch?: (lines: Buffer) => void;
  /** Hears, once, that the log cannot be written. */
  readonly onProblem: (message: string) => void;
}

/** What comes by the thousand may wait for a batch; all else is on disk before anyone can act on it. */
function isFrequent({ type }: RunEventBody): boolean {
  return type === 'output' || type === 'progress' || type === 'node-started' || type === 'node-ended';
}

/** Limits of one batch: whichever comes first. */
const batchMs = 50;
const batchBytes = 256 * 1024;

const opening = Buffer.from('{"seq":');
const closing = Buffer.from('"}\n');
/** More digits than a number of an event ever has. */
const longestNumber = 16;
const lineFeed = 10;

/**
 * Appends a run's events to its log, many per write. A full disk or a missing permission does not stop the run.
 * Writing is synchronous, so a slow disk slows the reading of output down instead of filling the memory.
 */
export class EventLog implements RunLog {
  readonly #options: EventLogOptions;
  readonly #run: string;
  #lastHead: { readonly of: OutputHead; readonly json: string } | undefined;
  #now = NaN;
  #at = '';
  #descriptor: number | undefined;
  #seq = 0;
  #batch = Buffer.allocUnsafe(batchBytes);
  /** How much of the batch is filled. */
  #filled = 0;
  #stopTimer: (() => void) | undefined;
  #failed = false;
  /** A write broke off amid a line: the next begins with a line end, so that only the broken one is lost. */
  #torn = false;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.#run = JSON.stringify(options.run);
    if (options.file === undefined) return;
    try {
      this.#descriptor = openSync(options.file, 'a');
    } catch (error) {
      this.#fail(error);
    }
  }

  write(body: RunEventBody): void {
    const { run, onEvent, onOutput } = this.#options;
    const seq = this.#seq++;
    const at = this.#time();
    if (body.type === 'output') onOutput?.({ seq, at, run, ...body });
    else onEvent?.({ seq, at, run, ...body });
    if (!this.#isWritten()) return;
    const line = `{"seq":${seq},"at":"${at}","run":${this.#run},${this.#textOf(body)}\n`;
    // No character takes more than three bytes for each of its units.
    this.#makeRoom(line.length * 3);
    this.#filled += this.#batch.write(line, this.#filled);
    this.#flushSoon(isFrequent(body));
  }

  writeLines(head: OutputHead, lines: Buffer): void {
    const { run, onOutput } = this.#options;
    const at = this.#time();
    if (onOutput)
      for (const [index, text] of lines
        .toString('utf8', 0, lines.length - 1)
        .split('\n')
        .entries())
        onOutput({ seq: this.#seq + index, at, run, ...head, text });
    const shared = Buffer.from(`,"at":"${at}","run":${this.#run},${this.#jsonOf(head)},"text":"`);
    const around = opening.length + longestNumber + shared.length + closing.length;
    let from = 0;
    while (from < lines.length) {
      const end = lines.indexOf(lineFeed, from);
      if (this.#isWritten()) this.#put(shared, lines, from, end, around);
      this.#seq++;
      from = end + 1;
    }
    if (this.#filled > 0) this.#flushSoon(true);
  }

  flush(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#filled === 0) return;
    const { onBatch } = this.#options;
    const bytes = this.#batch.subarray(0, this.#filled);
    this.#filled = 0;
    // Who hears of it may keep it.
    onBatch?.(Buffer.from(bytes));
    if (this.#descriptor !== undefined) this.#append(this.#descriptor, bytes);
    // A line that was longer than a batch shall not hold memory.
    if (this.#batch.length > batchBytes) this.#batch = Buffer.allocUnsafe(batchBytes);
  }

  close(): void {
    this.flush();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #isWritten(): boolean {
    return this.#descriptor !== undefined || this.#options.onBatch !== undefined;
  }

  #flushSoon(mayWait: boolean): void {
    if (this.#filled >= batchBytes / 2 || !mayWait) this.flush();
    else this.#stopTimer ??= this.#options.clock.after(batchMs, () => this.flush());
  }

  #makeRoom(bytes: number): void {
    if (this.#filled + bytes <= this.#batch.length) return;
    this.flush();
    if (bytes > this.#batch.length) this.#batch = Buffer.allocUnsafe(bytes);
  }

  /** The event of one line, byte by byte: what comes by the million is never made a text of. */
  #put(shared: Buffer, lines: Buffer, from: number, end: number, around: number): void {
    this.#makeRoom(around + end - from);
    const batch = this.#batch;
    let at = this.#filled;
    at += opening.copy(batch, at);
    at += batch.write(String(this.#seq), at, 'latin1');
    at += shared.copy(batch, at);
    at += lines.copy(batch, at, from, end);
    this.#filled = at + closing.copy(batch, at);
  }

  #append(descriptor: number, bytes: Buffer): void {
    let written = 0;
    try {
      if (this.#torn) writeSync(descriptor, '\n');
      this.#torn = false;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    } catch (error) {
      this.#torn ||= written > 0;
      this.#fail(error);
    }
  }

  /** The event as JSON, without its head and first brace. What comes by the million differs in its text alone. */
  #textOf(body: RunEventBody): string {
    if (body.type !== 'output' || body.node !== undefined) return JSON.stringify(body).slice(1);
    return `${this.#jsonOf(body)},"text":${JSON.stringify(body.text)}}`;
  }

  #jsonOf({ type, step, stream, level }: OutputHead): string {
    const last = this.#lastHead;
    if (last?.of.step === step && last.of.stream === stream && last.of.level === level) return last.json;
    const of = { type, step, stream, level };
    const json = JSON.stringify(of).slice(1, -1);
    this.#lastHead = { of, json };
    return json;
  }

  /** Many events come in one millisecond. */
  #time(): string {
    const now = this.#options.clock.now();
    if (now !== this.#now) {
      this.#now = now;
      this.#at = new Date(now).toISOString();
    }
    return this.#at;
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#options.onProblem(
      `the run's log cannot be written, the run goes on without: ${(error as Error).message}`,
    );
  }
}
