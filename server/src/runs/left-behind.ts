import { appendFileSync, existsSync } from 'node:fs';
import type { CancelStage } from '../core/step.ts';
import type { Clock } from './clock.ts';
import { readEnds } from './log-reader.ts';
import { ProcessGroup } from './process-group.ts';
import { openProcesses, ProcessRecord, type OpenProcess } from './process-record.ts';
import type { RunEventBody } from './run-event.ts';
import { logFile, processesFile } from './run-folder.ts';
import type { RunStore } from './run-store.ts';
import type { ProcessEnd, RunningProcess, SignalledProcess } from './runner.ts';
import { StepProcess } from './step-process.ts';

/** What of a step still runs although the driver of its run is gone. */
export interface LeftBehind {
  readonly run: string;
  readonly step: string;
  readonly processes: readonly SignalledProcess[];
}

export interface LeftBehindPlace {
  /** Workspace folder (file-system path). */
  readonly folder: string;
  readonly store: Pick<RunStore, 'ids' | 'summary'>;
}

/** What interrupted runs have left running, the newest run first. Only what is proved to be theirs is named. */
export function findLeftBehind(place: LeftBehindPlace): readonly LeftBehind[] {
  return interruptedRuns(place).flatMap((run) =>
    openProcesses(processesFile(place.folder, run)).flatMap((each) => {
      const processes = groupOf(each).running();
      return processes.length === 0 ? [] : [{ run, step: each.step, processes }];
    }),
  );
}

export interface EndLeftBehindOptions extends LeftBehindPlace {
  readonly clock: Clock;
  /** What the processes get, and how long they have for it; SIGKILL follows. */
  readonly stages?: readonly CancelStage[];
  /** Hears of each step of which something still runs, before it is ended. */
  readonly onFound?: (left: LeftBehind) => void;
}

/**
 * Ends what interrupted runs have left running and says so in their logs; settles when all of it is gone.
 * Never touches a process that only got the pid of one that is gone.
 */
export async function endLeftBehind(options: EndLeftBehindOptions): Promise<void> {
  for (const run of interruptedRuns(options)) {
    const record = processesFile(options.folder, run);
    await Promise.all(openProcesses(record).map((each) => endStep(run, each, options)));
    new ProcessRecord(record).remove();
  }
}

async function endStep(run: string, each: OpenProcess, options: EndLeftBehindOptions): Promise<void> {
  const { folder, clock, stages = [], onFound } = options;
  const group = groupOf(each);
  const processes = group.running();
  if (processes.length === 0) return;
  const { step } = each;
  onFound?.({ run, step, processes });
  let last = '';
  const ending = new StepProcess({
    process: adopted(group, each.pid, clock),
    stages,
    clock,
    onSignal: (signal) => (last = signal),
  });
  ending.cancel('the driver of its run is gone');
  await ending.finished;
  appendEvent(logFile(folder, run), run, clock, { type: 'left-behind', step, signal: last, processes });
}

/** Runs whose driver is gone and whose folder tells of processes, without a look at the others' logs. */
function interruptedRuns({ folder, store }: LeftBehindPlace): readonly string[] {
  return store
    .ids()
    .filter((id) => existsSync(processesFile(folder, id)) && store.summary(id)?.status === 'interrupted');
}

function groupOf({ pid, born, mark }: OpenProcess): ProcessGroup {
  return new ProcessGroup({ pid, mark, isFound: true, ...(born === undefined ? {} : { born }) });
}

/** A group that somebody else has started; its end is looked for, because nobody tells. */
function adopted(group: ProcessGroup, pid: number, clock: Clock): RunningProcess {
  const gone: ProcessEnd = { kind: 'killed', signal: 'SIGKILL' };
  const finished = new Promise<ProcessEnd>((resolve) => {
    const look = (): void => {
      if (group.isAlive()) clock.after(pollMs, look);
      else resolve(gone);
    };
    clock.after(pollMs, look);
  });
  return { pid, argv: [], finished, signal: (signal) => group.signal(signal) };
}

const pollMs = 100;

/** Goes on with a log whose writer is gone, on a line of its own. */
function appendEvent(file: string, run: string, clock: Clock, body: RunEventBody): void {
  try {
    const { tail, isTorn } = readEnds(file);
    const seq = (tail.at(-1)?.seq ?? 0) + 1;
    const event = { seq, at: new Date(clock.now()).toISOString(), run, ...body };
    appendFileSync(file, `${isTorn ? '\n' : ''}${JSON.stringify(event)}\n`);
  } catch {
    // The log is gone or cannot be written; what was left behind is ended all the same.
  }
}
