import { statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { ForeignLogError, LogReader, type LogReaderOptions } from './log-reader.ts';
import { isRunning, type Birth } from './process-table.ts';
import { birthOfDriver, type RunEvent } from './run-event.ts';

export type FollowEnd =
  | { readonly kind: 'ended' }
  /** The process that drove the run is gone without a word. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'unreadable'; readonly message: string };

export interface FollowHooks {
  /** `offsets` is where each of them begins in the log, in bytes, and after them where the last one ends. */
  readonly onEvents: (events: readonly RunEvent[], offsets: readonly number[]) => void;
  readonly onEnd: (end: FollowEnd) => void;
}

export interface FollowOptions extends LogReaderOptions {
  /**
   * Called after each piece until all has been read that the log held at the start: which part of it has been, up to 1,
   * when the events given make the run as it stands. Not called with 1 where the end comes first.
   */
  readonly onCatchUp?: ((part: number) => void) | undefined;
}

/** How often the log is looked at where the system does not tell of changes. */
const pollMs = 250;

/** Reads a log and goes on as it grows; other work gets its turn between two pieces. */
export function followLog(
  file: string,
  hooks: FollowHooks,
  options: FollowOptions = {},
): { dispose(): void } {
  const follower = new Follower(file, hooks, options);
  follower.start();
  return follower;
}

class Follower {
  readonly #file: string;
  readonly #hooks: FollowHooks;
  readonly #reader: LogReader;
  #driver: (Birth & { readonly pid: number }) | undefined;
  #over = false;
  #scheduled: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #watcher: { close(): void } | undefined;
  /** The driver was gone at the last look; it may have written since the look before that. */
  #wasGone = false;

  /** What is still to be told of catching up, with the bytes that there were at the start. */
  #catchingUp: { readonly bytes: number; readonly tell: (part: number) => void } | undefined;

  constructor(file: string, hooks: FollowHooks, { onCatchUp, ...options }: FollowOptions) {
    this.#file = file;
    this.#hooks = hooks;
    this.#reader = new LogReader(file, options);
    if (onCatchUp)
      this.#catchingUp = {
        bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
        tell: onCatchUp,
      };
  }

  start(): void {
    this.#timer = setInterval(() => this.#soon(), pollMs).unref();
    try {
      const watcher = watch(dirname(this.#file), { persistent: false }, () => this.#soon());
      watcher.on('error', () => watcher.close());
      this.#watcher = watcher;
    } catch {
      // The poll sees to it.
    }
    this.#soon();
  }

  dispose(): void {
    this.#over = true;
    clearInterval(this.#timer);
    clearImmediate(this.#scheduled);
    this.#watcher?.close();
  }

  #soon(): void {
    if (!this.#over) this.#scheduled ??= setImmediate(() => this.#look());
  }

  #look(): void {
    this.#scheduled = undefined;
    const events = this.#next();
    if (this.#over) return;
    if (events === undefined) return this.#watchDriver();
    for (const event of events) this.#note(event);
    if (events.length > 0) this.#hooks.onEvents(events, this.#reader.offsets);
    if (events.some((event) => event.type === 'run-ended')) return this.#end({ kind: 'ended' });
    this.#catchUp();
    this.#soon();
  }

  #next(): readonly RunEvent[] | undefined {
    try {
      return this.#reader.next();
    } catch (error) {
      if (error instanceof ForeignLogError) this.#end({ kind: 'unreadable', message: error.message });
      // A log that vanishes was removed with its run; one that is not there yet is about to be made.
      else if (this.#driver) this.#end({ kind: 'unreadable', message: 'the log of this run was removed' });
      return undefined;
    }
  }

  #note(event: RunEvent): void {
    if (event.type === 'run-started') this.#driver = { pid: event.pid, ...birthOfDriver(event) };
  }

  #watchDriver(): void {
    if (!this.#driver || isRunning(this.#driver.pid, this.#driver)) return this.#catchUp(true);
    if (this.#wasGone) return this.#end({ kind: 'interrupted' });
    this.#wasGone = true;
    this.#soon();
  }

  /** Who has read just as far as there was does not know yet whether somebody still writes. */
  #catchUp(isAtEnd = false): void {
    if (!this.#catchingUp) return;
    const { bytes, tell } = this.#catchingUp;
    const isDone = isAtEnd || this.#reader.read > bytes;
    if (isDone) this.#catchingUp = undefined;
    tell(isDone ? 1 : Math.min(0.99, this.#reader.read / bytes));
  }

  #end(end: FollowEnd): void {
    if (this.#over) return;
    this.dispose();
    this.#hooks.onEnd(end);
  }
}
