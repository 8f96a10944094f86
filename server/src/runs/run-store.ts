import { appendFileSync, existsSync, watch } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { namesIn } from '../files/disk.ts';
import { followLog, type FollowEnd, type FollowHooks, type FollowOptions } from './follow-log.ts';
import { LogReader, type LogReaderOptions } from './log-reader.ts';
import { readOutcome, writeOutcome } from './outcome.ts';
import type { RunEvent } from './run-event.ts';
import {
  cancelFile,
  indexFile,
  isRunId,
  logFile,
  outcomeFile,
  requestsFile,
  runFolder,
  runIdFor,
  runsFolder,
} from './run-folder.ts';
import { addRequest, type StepRequest } from './run-requests.ts';
import { RunIndex } from './run-index.ts';
import type { RunSnapshot } from './run-state.ts';
import { summaryOf, type RunSummary } from './run-summary.ts';

export type { RunSummary } from './run-summary.ts';

/** How often folders are looked at where the system does not tell of changes. */
const pollMs = 1_000;

/** What history may take; what is absent does not count. */
export interface Retention {
  /** Runs. */
  readonly keep?: number;
  /** Since they began. */
  readonly days?: number;
  /** All runs together. */
  readonly megabytes?: number;
  /** Milliseconds since 1970. */
  readonly now?: number;
}

/** The runs of a workspace folder, past and present, whoever started them: read from their logs, nothing else. */
export class RunStore {
  readonly #folder: string;
  readonly #index: RunIndex;

  /** `folder` is the file-system path of the workspace folder. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#index = new RunIndex(indexFile(folder));
  }

  /** Newest first; a run that has said nothing yet is left out. */
  async list(): Promise<readonly RunSummary[]> {
    const known = this.#index.read();
    const found: RunSummary[] = [];
    for (const id of this.ids()) {
      const summary = known.get(id) ?? (await this.#summaryInTurn(id));
      if (!summary) continue;
      if (summary.status !== 'running') this.#ended.add(id);
      found.push(summary);
    }
    return found;
  }

  /** The run with its steps and what these ran, where it has ended and somebody kept that; else its log tells. */
  outcome(id: string): RunSnapshot | undefined {
    return readOutcome(outcomeFile(this.#folder, id), id);
  }

  /** Keeps a run that has ended where it is found without its log. For who drives it: nobody else writes into its folder. */
  keep(snapshot: RunSnapshot): void {
    writeOutcome(outcomeFile(this.#folder, snapshot.id), snapshot);
    const summary = this.summary(snapshot.id);
    if (summary && summary.status !== 'running' && summary.status !== 'interrupted') this.#index.add(summary);
  }

  /** A finished or a running run up to now. Throws `ForeignLogError` for a log that this version cannot read. */
  async *read(id: string, options: LogReaderOptions = {}): AsyncIterable<RunEvent> {
    const reader = new LogReader(this.logPath(id), options);
    for (let events = reader.next(); events; events = reader.next()) {
      yield* events;
      await turn();
    }
  }

  /**
   * Gives all events from the start, then new ones as they are written, until the run has ended, its driver is gone
   * or the log cannot be read; then `onEnd` is called, once.
   */
  follow(
    id: string,
    onEvents: FollowHooks['onEvents'],
    onEnd?: (end: FollowEnd) => void,
    options: FollowOptions = {},
  ): { dispose(): void } {
    return followLog(this.logPath(id), { onEvents, onEnd: onEnd ?? (() => {}) }, options);
  }

  /** Tells when a run began, ended or was removed. One look takes `lookMs`, or what the newest run takes. */
  watch(onChange: () => void, lookMs = 20): { dispose(): void } {
    let seen = this.#signature(lookMs);
    let scheduled: NodeJS.Timeout | undefined;
    const look = (): void => {
      scheduled = undefined;
      watcher ??= watchFolder(runsFolder(this.#folder), soon);
      const now = this.#signature(lookMs);
      if (now === seen) return;
      seen = now;
      onChange();
    };
    const soon = (): void => {
      scheduled ??= setTimeout(look, 100).unref();
    };
    const timer = setInterval(look, pollMs).unref();
    let watcher = watchFolder(runsFolder(this.#folder), soon);
    return {
      dispose() {
        clearInterval(timer);
        clearTimeout(scheduled);
        watcher?.close();
      },
    };
  }

  /** Asks the run's driver to end it; asked again, it is harder. */
  async cancel(id: string): Promise<void> {
    if (existsSync(runFolder(this.#folder, id))) appendFileSync(cancelFile(this.#folder, id), '\n');
  }

  /** Asks the run's driver to cancel one step, to pause before it, or to go on with it. */
  async ask(id: string, request: StepRequest): Promise<void> {
    if (existsSync(runFolder(this.#folder, id))) addRequest(requestsFile(this.#folder, id), request);
  }

  /** Removes the oldest runs beyond the limits, never one that runs; gives the ids of those that went. */
  async prune(limits: Retention): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const id of await this.#beyond(limits)) {
      if (this.summary(id)?.status === 'running') continue;
      await rm(runFolder(this.#folder, id), { recursive: true, force: true });
      removed.push(id);
    }
    if (removed.length > 0) this.#index.keepOnly(new Set(this.ids()));
    return removed;
  }

  logPath(id: string): string {
    return logFile(this.#folder, id);
  }

  /** Newest first, by name alone. */
  ids(): readonly string[] {
    return namesIn(runsFolder(this.#folder)).filter(isRunId).sort().reverse();
  }

  /** Undefined for a run that has said nothing yet, or is gone. */
  summary(id: string): RunSummary | undefined {
    try {
      return summaryOf(id, this.logPath(id));
    } catch {
      // The log is not there yet, or not any more.
      return undefined;
    }
  }

  async #summaryInTurn(id: string): Promise<RunSummary | undefined> {
    await turn();
    return this.summary(id);
  }

  async #beyond({ keep, days, megabytes, now = Date.now() }: Retention): Promise<readonly string[]> {
    const oldest = days === undefined ? '' : runIdFor(now - days * 86_400_000);
    let left = megabytes === undefined ? Infinity : megabytes * 1_000_000;
    const beyond: string[] = [];
    for (const [at, id] of this.ids().entries()) {
      if (left < Infinity) left -= await bytesOf(runFolder(this.#folder, id));
      if (at >= (keep ?? Infinity) || id < oldest || left < 0) beyond.push(id);
    }
    return beyond;
  }

  /** Changes whenever `list` would. Logs of ended runs are looked at, too, where the index does not know of them. */
  #signature(lookMs: number): string {
    const known = this.#index.read();
    const until = performance.now() + lookMs;
    let isLate = false;
    return this.ids()
      .map((id) => {
        if (known.has(id) || this.#ended.has(id)) return `${id} ended`;
        // Who looks must not be held up: of a history that nobody has listed, old runs have their turn the next time.
        if (isLate) return `${id} not looked at`;
        const status = this.#statusNow(id);
        isLate = performance.now() > until;
        return `${id} ${status}`;
      })
      .join('\n');
  }

  /** Runs that were seen to have ended: they do not change any more. */
  readonly #ended = new Set<string>();

  #statusNow(id: string): string {
    const status = this.summary(id)?.status ?? '';
    if (status !== '' && status !== 'running') this.#ended.add(id);
    return status === '' || status === 'running' ? status : 'ended';
  }
}

async function bytesOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Undefined while there is no such folder, and where the system cannot watch it. */
function watchFolder(folder: string, onChange: () => void): { close(): void } | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // The poll sees to it.
    return undefined;
  }
}
