import { appendFileSync, existsSync, readdirSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { followLog, type FollowEnd } from './follow-log.ts';
import { LogReader, readEnds } from './log-reader.ts';
import { isRunning } from './process-table.ts';
import { birthOfDriver, type RunEvent, type RunStatus } from './run-event.ts';
import { cancelFile, isRunId, logFile, runFolder, runsFolder } from './run-folder.ts';
import { Tally } from './run-totals.ts';

export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly requested: readonly string[];
  readonly status: RunStatus | 'running' | 'interrupted';
  readonly startedAt: string;
  /** Of a run that has ended; of an interrupted one up to its last sign of life. */
  readonly durationMs?: number;
  /** Failed nodes and steps, as `RunTotals` counts them. */
  readonly failed: number;
  /** Process that drives it, or drove it. */
  readonly pid?: number;
  /** How many steps it set out to run; 0 where its log cannot be read. */
  readonly steps: number;
  /** What the parameters were set to; absent where there are none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The run that it goes on with. */
  readonly resumes?: string;
  /** How many steps failed and may. */
  readonly allowedFailures?: number;
  /** Why there is nothing more to say of it, in a sentence: its log is of another format. */
  readonly problem?: string;
}

/** How often folders are looked at where the system does not tell of changes. */
const pollMs = 1_000;

/** The runs of a workspace folder, past and present, whoever started them: read from their logs, nothing else. */
export class RunStore {
  readonly #folder: string;

  /** `folder` is the file-system path of the workspace folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Newest first; a run that has said nothing yet is left out. */
  async list(): Promise<readonly RunSummary[]> {
    const found: RunSummary[] = [];
    for (const id of this.ids()) {
      const summary = this.summary(id);
      if (summary) found.push(summary);
      await turn();
    }
    return found;
  }

  /** A finished or a running run up to now. Throws `ForeignLogError` for a log that this version cannot read. */
  async *read(id: string): AsyncIterable<RunEvent> {
    const reader = new LogReader(this.logPath(id));
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
    onEvents: (events: readonly RunEvent[]) => void,
    onEnd?: (end: FollowEnd) => void,
  ): { dispose(): void } {
    return followLog(this.logPath(id), { onEvents, onEnd: onEnd ?? (() => {}) });
  }

  /** Tells when a run began, ended or was removed. */
  watch(onChange: () => void): { dispose(): void } {
    let seen = this.#signature();
    let scheduled: NodeJS.Timeout | undefined;
    const look = (): void => {
      scheduled = undefined;
      const now = this.#signature();
      if (now === seen) return;
      seen = now;
      onChange();
    };
    const soon = (): void => {
      scheduled ??= setTimeout(look, 100).unref();
    };
    const timer = setInterval(look, pollMs).unref();
    const watcher = watchFolder(runsFolder(this.#folder), soon);
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

  /** Removes the oldest runs but these many; never one that runs. */
  async prune({ keep }: { readonly keep: number }): Promise<void> {
    for (const id of this.ids().slice(Math.max(0, keep))) {
      if (this.summary(id)?.status === 'running') continue;
      await rm(runFolder(this.#folder, id), { recursive: true, force: true });
    }
  }

  logPath(id: string): string {
    return logFile(this.#folder, id);
  }

  /** Newest first, by name alone. */
  ids(): readonly string[] {
    try {
      return readdirSync(runsFolder(this.#folder)).filter(isRunId).sort().reverse();
    } catch {
      return [];
    }
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

  /** Changes whenever `list` would. Logs of ended runs are looked at, too; their ends are read quickly. */
  #signature(): string {
    return this.ids()
      .map((id) => `${id} ${this.#ended.has(id) ? 'ended' : this.#statusNow(id)}`)
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

function summaryOf(id: string, file: string): RunSummary | undefined {
  const { first, tail, problem } = readEnds(file);
  if (problem !== undefined) {
    return {
      id,
      title: id,
      requested: [],
      status: 'interrupted',
      startedAt: startOf(id),
      failed: 0,
      steps: 0,
      problem,
    };
  }
  if (first?.type !== 'run-started') return undefined;
  const { title, requested, at: startedAt, pid, parameters, resumes } = first;
  // What was said after the driver was gone is no sign of its life.
  const last = tail.findLast((event) => event.type !== 'left-behind');
  const head = {
    id,
    title,
    requested,
    startedAt,
    pid,
    steps: first.steps.length,
    ...(parameters ? { parameters } : {}),
    ...(resumes === undefined ? {} : { resumes }),
  };
  const tally = new Tally();
  for (const event of tail) tally.note(event);
  const failed = tally.totals().failed;
  if (last?.type === 'run-ended') {
    return {
      ...head,
      status: last.status,
      durationMs: last.durationMs,
      failed: last.totals?.failed ?? failed,
      ...(last.allowedFailures ? { allowedFailures: last.allowedFailures.length } : {}),
    };
  }
  if (isRunning(pid, birthOfDriver(first))) return { ...head, status: 'running', failed };
  const durationMs = Math.max(0, Date.parse(last?.at ?? startedAt) - Date.parse(startedAt)) || 0;
  return { ...head, status: 'interrupted', durationMs, failed };
}

/** From the id, where the log cannot tell. */
function startOf(id: string): string {
  const [, year, month, day, hour, minute, second, ms] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})/.exec(id) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}

function watchFolder(folder: string, onChange: () => void): { close(): void } | undefined {
  try {
    const watcher = watch(existsSync(folder) ? folder : dirname(folder), { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // The poll sees to it.
    return undefined;
  }
}
