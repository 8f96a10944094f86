import { appendFileSync, existsSync } from 'node:fs';
import type { CancelStage } from '../core/step.ts';
import type { Clock } from './clock.ts';
import type { ComposeClient } from './compose-client.ts';
import { readEnds } from './log-reader.ts';
import { ProcessGroup } from './process-group.ts';
import { openProcesses, ProcessRecord, type OpenProcess } from './process-record.ts';
import type { RunEventBody } from './run-event.ts';
import { logFile, processesFile } from './run-folder.ts';
import type { RunStore } from './run-store.ts';
import type { ProcessEnd, RunningProcess, Signal, SignalledProcess } from './runner.ts';
import { ServiceTarget } from './service-target.ts';
import { StepProcess } from './step-process.ts';

/** What of a step still runs although the driver of its run is gone. */
export interface LeftBehind {
  readonly run: string;
  readonly step: string;
  readonly processes: readonly SignalledProcess[];
  /** The service that they run in, whose own pids these are; absent on this machine. */
  readonly service?: string;
}

export interface LeftBehindPlace {
  /** Workspace folder (file-system path). */
  readonly folder: string;
  readonly store: Pick<RunStore, 'ids' | 'summary'>;
}

/**
 * What interrupted runs have left running on this machine, the newest run first: in a service it is the client that is
 * named, for no engine is asked. Only what is proved to be theirs is named.
 */
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
  /** Asks services about what was left in them; without it that is left for who can. */
  readonly client?: ComposeClient;
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
    const open = openProcesses(record);
    const ended = await Promise.all(open.map((each) => endStep(run, each, options)));
    const left = open.filter((_, at) => !ended[at]);
    // Who watches the folder looks again when something in it is written.
    if (left.length === 0) new ProcessRecord(record).remove();
    else if (left.length < open.length) new ProcessRecord(record).keep(left);
  }
}

/** False where what it left in a service could not be asked about. */
async function endStep(run: string, each: OpenProcess, options: EndLeftBehindOptions): Promise<boolean> {
  // The tool first: the client that waits for it ends with it.
  const isEndedInside = each.inside === undefined || (await endInside(run, each, options));
  const group = groupOf(each);
  const processes = group.running();
  if (processes.length > 0)
    await end({ run, step: each.step, processes }, adopted(group, each.pid, options.clock), options);
  return isEndedInside;
}

async function endInside(
  run: string,
  { step, pid, inside, mark }: OpenProcess,
  options: EndLeftBehindOptions,
): Promise<boolean> {
  const { client, clock } = options;
  if (!client || !inside) return false;
  const target = new ServiceTarget(client, inside, mark);
  const processes = await target.running();
  if (processes === undefined) return false;
  if (processes.length > 0)
    await end({ run, step, processes, service: inside.service }, adoptedInside(target, pid, clock), options);
  await target.remove();
  return true;
}

async function end(left: LeftBehind, process: RunningProcess, options: EndLeftBehindOptions): Promise<void> {
  const { folder, clock, stages = [], onFound } = options;
  onFound?.(left);
  let signal = '';
  const ending = new StepProcess({ process, stages, clock, onSignal: (sent) => (signal = sent) });
  ending.cancel('the driver of its run is gone');
  await ending.finished;
  const { run, ...rest } = left;
  appendEvent(logFile(folder, run), run, clock, { type: 'left-behind', signal, ...rest });
}

/** Runs whose driver is gone and whose folder tells of processes, without a look at the others' logs. */
function interruptedRuns({ folder, store }: LeftBehindPlace): readonly string[] {
  return store
    .ids()
    .filter((id) => existsSync(processesFile(folder, id)) && store.summary(id)?.status === 'interrupted');
}

/** What bears the mark of a client runs in the service, also where this machine sees it: it is ended there, in order. */
function groupOf({ pid, born, mark, inside }: OpenProcess): ProcessGroup {
  return new ProcessGroup({
    pid,
    ...(inside ? {} : { mark }),
    isFound: true,
    ...(born === undefined ? {} : { born }),
  });
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

function adoptedInside(target: ServiceTarget, pid: number, clock: Clock): RunningProcess {
  const untilGone = async (): Promise<ProcessEnd> => {
    while (((await target.running()) ?? []).length > 0)
      await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    return { kind: 'killed', signal: 'SIGKILL' };
  };
  const signal = (sent: Signal): readonly [] => {
    void target.signal(sent);
    return [];
  };
  return { pid, argv: [], finished: untilGone(), signal };
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
