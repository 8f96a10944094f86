import { readEnds } from './log-reader.ts';
import { isRunning } from './process-table.ts';
import { birthOfDriver, type RunStatus } from './run-event.ts';
import { Tally } from './run-totals.ts';

/** A run in a few words. */
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
  /** Nothing was broken off but what serves until somebody ends it. */
  readonly stopped?: boolean;
  /** Why there is nothing more to say of it, in a sentence: its log is of another format. */
  readonly problem?: string;
}

/**
 * Read from both ends of a log; undefined of a run that has said nothing yet. Throws where there is no log. `isAlive`
 * tells whether a run's driver is still there.
 */
export function summaryOf(id: string, file: string, isAlive = isRunning): RunSummary | undefined {
  const summary = asItReads(id, file, isAlive);
  if (summary?.status !== 'interrupted') return summary;
  // Between the look into the log and the one at the driver this may have said its end, and gone.
  return asItReads(id, file, isAlive);
}

function asItReads(id: string, file: string, isAlive: typeof isRunning): RunSummary | undefined {
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
      ...(last.stopped ? { stopped: true } : {}),
    };
  }
  if (isAlive(pid, birthOfDriver(first))) return { ...head, status: 'running', failed };
  const durationMs = Math.max(0, Date.parse(last?.at ?? startedAt) - Date.parse(startedAt)) || 0;
  return { ...head, status: 'interrupted', durationMs, failed };
}

/** From the id, where the log cannot tell. */
function startOf(id: string): string {
  const [, year, month, day, hour, minute, second, ms] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})/.exec(id) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}
