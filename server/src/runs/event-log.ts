import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock } from './clock.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

/** Where a run says what happens. */
export interface RunLog {
  write(body: RunEventBody): void;
}

export interface EventLogOptions {
  readonly run: string;
  /** Undefined where no file can be had; events then only reach `onEvent`. */
  readonly file: string | undefined;
  readonly clock: Clock;
  /** Hears every event at once, in order. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Hears what is written, whole lines of it, when it is written; also where there is no file. */
  readonly onBatch?: (lines: string) => void;
  /** Hears, once, that the log cannot be written. */
  readonly onProblem: (message: string) => void;
}

/** What comes by the thousand may wait for a batch; all else is on disk before anyone can act on it. */
function isFrequent({ type }: RunEventBody): boolean {
  return type === 'output' || type === 'progress' || type === 'node-started' || type === 'node-ended';
}

/** Limits of one batch: whichever comes first. */
const batchMs = 50;
const batchChars = 64 * 1024;

/**
 * Appends a run's events to its log, many per write. A full disk or a missing permission does not stop the run.
 * Writing is synchronous, so a slow disk slows the reading of output down instead of filling the memory.
 */
export class EventLog implements RunLog {
  readonly #options: EventLogOptions;
  readonly #run: string;
  #lastOutput: { step: string; stream: string; level: string; head: string } | undefined;
  #now = NaN;
  #at = '';
  #descriptor: number | undefined;
  #seq = 0;
  #batch: string[] = [];
  #chars = 0;
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
    const { run, onEvent, onBatch } = this.#options;
    const seq = this.#seq++;
    const at = this.#time();
    onEvent?.({ seq, at, run, ...body });
    if (this.#descriptor === undefined && !onBatch) return;
    const line = `{"seq":${seq},"at":"${at}","run":${this.#run},${this.#textOf(body)}\n`;
    this.#batch.push(line);
    this.#chars += line.length;
    if (this.#chars >= batchChars || !isFrequent(body)) this.flush();
    else this.#stopTimer ??= this.#options.clock.after(batchMs, () => this.flush());
  }

  flush(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    if (this.#batch.length === 0) return;
    const text = this.#batch.join('');
    this.#batch = [];
    this.#chars = 0;
    this.#options.onBatch?.(text);
    if (this.#descriptor === undefined) return;
    const bytes = Buffer.from(this.#torn ? `\n${text}` : text);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
      this.#torn = false;
    } catch (error) {
      this.#torn ||= written > 0;
      this.#fail(error);
    }
  }

  close(): void {
    this.flush();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** The event as JSON, without its head and first brace. What comes by the million differs in its text alone. */
  #textOf(body: RunEventBody): string {
    if (body.type !== 'output' || body.node !== undefined) return JSON.stringify(body).slice(1);
    const { step, stream, level, text } = body;
    const last = this.#lastOutput;
    if (last?.step !== step || last.stream !== stream || last.level !== level) {
      const head = JSON.stringify({ type: 'output', step, stream, level }).slice(1, -1);
      this.#lastOutput = { step, stream, level, head };
    }
    return `${this.#lastOutput!.head},"text":${JSON.stringify(text)}}`;
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
