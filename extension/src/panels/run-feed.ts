import type { Clock } from '../../../server/src/runs/clock.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';
import type { LogLine, ToWebview } from '../../../webviews/run/protocol.ts';
import { logLinesOf } from './log-lines-of.ts';
import { runViewOf } from './run-view-of.ts';

export interface RunFeedOptions {
  readonly source: Pick<RunStore, 'follow'>;
  /** File-system path of the workspace folder that holds the run. */
  readonly folder: string;
  readonly run: string;
  readonly clock: Clock;
  readonly send: (message: ToWebview) => void;
}

/** The page hears at most this often, and less often of a run with very many nodes. */
const pauseMs = 100;
const nodesPerExtraMs = 20;
const linesPerMessage = 2000;

/**
 * Tells a page of one run, from its log alone: `start` reads it from the beginning, so a page that was
 * thrown away and made anew shows the same. Nothing is kept between two starts.
 */
export class RunFeed {
  readonly #options: RunFeedOptions;
  #model: RunModel;
  #following: { dispose(): void } | undefined;
  #stopTimer: (() => void) | undefined;
  #pending: LogLine[] = [];
  /** Number of lines sent since the start; undefined until the first message. */
  #sent: number | undefined;
  #changed = false;
  #nodes = 0;

  constructor(options: RunFeedOptions) {
    this.#options = options;
    this.#model = new RunModel(options.run);
  }

  /** The run as far as it was read. */
  get snapshot(): RunSnapshot {
    return this.#model.snapshot();
  }

  /** True for the files that the run's nodes stand in. */
  names(path: string): boolean {
    return this.snapshot.steps.some((step) => step.nodes.some((node) => node.path === path));
  }

  /** Sends everything from the first event on, then what comes. */
  start(): void {
    this.stop();
    const { source, run } = this.#options;
    this.#model = new RunModel(run);
    this.#pending = [];
    this.#sent = undefined;
    this.#changed = false;
    this.#nodes = 0;
    this.#following = source.follow(
      run,
      (events) => this.#take(events),
      (end) => {
        if (end.kind !== 'ended') this.#model.interrupt();
        this.#changed = true;
        this.#flush();
        if (end.kind === 'unreadable') this.#sayUnreadable(end.message);
      },
    );
  }

  stop(): void {
    this.#following?.dispose();
    this.#following = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #take(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#model.apply(event);
      if (event.type === 'node-started') this.#nodes++;
      if (event.type !== 'output') this.#changed = true;
      this.#pending.push(...logLinesOf(event));
    }
    if (this.#sent === undefined) this.#flush();
    else
      this.#stopTimer ??= this.#options.clock.after(pauseMs + this.#nodes / nodesPerExtraMs, () =>
        this.#flush(),
      );
  }

  #flush(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const { send, folder, run: id, clock } = this.#options;
    if (this.#changed) {
      const run = runViewOf(this.#model.snapshot(), folder);
      if (run === undefined) return;
      this.#changed = false;
      send({ kind: 'run', run, now: clock.now() });
    }
    // The first batch is sent even when empty: it tells a page that asked again to forget what it has.
    while (this.#sent === undefined || this.#pending.length > 0) {
      const lines = this.#pending.splice(0, linesPerMessage);
      const from = this.#sent ?? 0;
      this.#sent = from + lines.length;
      send({ kind: 'lines', run: id, from, lines });
    }
  }

  #sayUnreadable(message: string): void {
    if (this.#sent === undefined) this.#options.send({ kind: 'unavailable', message });
  }
}
