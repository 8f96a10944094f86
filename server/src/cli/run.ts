import { resolve } from 'node:path';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { watchForCancel } from '../runs/cancel-file.ts';
import { ComposeClient } from '../runs/compose-client.ts';
import { systemClock } from '../runs/clock.ts';
import { runSteps, type ActiveRun } from '../runs/engine.ts';
import { EventLog } from '../runs/event-log.ts';
import { endLeftBehind } from '../runs/left-behind.ts';
import { maskedLog } from '../runs/masked-log.ts';
import { reportPlaces } from '../runs/new-reports.ts';
import { markName } from '../runs/local-runner.ts';
import type { WhereToRun } from '../runs/placing-runner.ts';
import { ProcessRecord } from '../runs/process-record.ts';
import type { Redactor } from '../runs/redact.ts';
import type { RunEvent, RunStatus } from '../runs/run-event.ts';
import {
  cancelFile,
  createRunFolder,
  logFile,
  processesFile,
  requestsFile,
  runIdFor,
  takeRunFolder,
} from '../runs/run-folder.ts';
import { RunQueue } from '../runs/run-queue.ts';
import { watchRequests, type StepRequest } from '../runs/run-requests.ts';
import { RunModel } from '../runs/run-state.ts';
import { RunStore } from '../runs/run-store.ts';
import { clientOf, runnerOf } from '../runs/service-places.ts';
import { plainInterpreter } from '../runs/safe-interpreter.ts';
import { outliveReaders } from './closed-pipe.ts';
import { chooseRun } from './choose-run.ts';
import { dryRunText } from './dry-run.ts';
import type { CliHost } from './host.ts';
import type { CliIo } from './io.ts';
import { redactorOf } from './redactor-of.ts';
import { RunText } from './run-text.ts';

export interface RunOptions {
  /** Names of steps; they run one after another. None where a run is resumed. */
  readonly steps: readonly string[];
  /** `name=value` */
  readonly parameters?: readonly string[];
  /** The id of the run to go on with, or `last`. */
  readonly resume?: string;
  /** Of what failed in the resumed run, only what failed in it, where the tool can do that. */
  readonly onlyFailed?: boolean;
  /** The id of the run to do again from its start, or `last`. */
  readonly rerun?: string;
  readonly format: 'text' | 'json';
  /** Workspace folder whose `.penstock/` takes the log; the platform's own where absent. */
  readonly folder?: string;
  /** Chosen by who starts the run and wants to find it again. */
  readonly runId?: string;
  readonly maxParallel?: number;
  /** Steps before which the run pauses. */
  readonly pauseBefore?: readonly string[];
  /** For a program that wants the outcome alone: keeps no log, and ends when standard input does. */
  readonly attached?: boolean;
  /** Whoever starts the run knows what its steps destroy. */
  readonly yes?: boolean;
  /** Tells what would be started, and starts nothing. */
  readonly dryRun?: boolean;
  /** Environments, folders or programs that are looked into first. */
  readonly environments?: readonly string[];
  /** `auto` where absent. */
  readonly where?: WhereToRun;
}

const exitStatus: Readonly<Record<RunStatus, number>> = {
  succeeded: 0,
  failed: 1,
  'not-started': 2,
  cancelled: 130,
};

/** Runs steps and prints what happens. Exit status: 0 all succeeded, 1 a step failed, 2 could not start, 130 cancelled. */
export async function runRunCommand(options: RunOptions, host: CliHost): Promise<number> {
  const { io } = host;
  const platform =
    options.folder === undefined
      ? await host.openWorkspace(io.cwd)
      : await host.openFolder(resolve(io.cwd, options.folder));
  const folder = resolve(io.cwd, options.folder ?? toFsPath(platform.folders[0] ?? fromFsPath(io.cwd)));
  const chosen = await chooseRun(options, platform, { folder, cwd: io.cwd });
  if ('refused' in chosen) return refuse(chosen.refused, options, io);
  const { requested, planned, resumes } = chosen;
  const redact = redactorOf(platform, {
    works: planned.map(({ work }) => work),
    parameters: chosen.parameters,
    folder,
    systems: host.systems,
  });
  if (options.dryRun) {
    io.out(dryRunText({ planned, format: options.format, cwd: io.cwd, redact }));
    return exitStatus[planned.some(({ work }) => work.kind === 'unrunnable') ? 'not-started' : 'succeeded'];
  }
  const id = takeId(options, folder, io);
  if (id === undefined) return refuse(`there is a run \`${options.runId}\` already`, options, io);
  const model = new RunModel(id.id);
  const print = options.format === 'text' ? textPrinter(io) : undefined;
  const log = new EventLog({
    run: id.id,
    file: id.kept ? logFile(folder, id.id) : undefined,
    clock: systemClock,
    onEvent: (event) => {
      model.apply(event);
      print?.(event);
    },
    ...(print ? { onOutput: print } : {}),
    ...(options.format === 'json' ? { onBatch: (lines) => io.out(lines) } : {}),
    onProblem: (message) => io.err(`penstock run: ${message}\n`),
  });
  const store = new RunStore(folder);
  const local = { folder, environments: options.environments ?? [], env: process.env };
  const client = clientOf(host.systems);
  await endLeftBehind({
    folder,
    store,
    clock: systemClock,
    ...(client ? { client: new ComposeClient({ ...local, client }) } : {}),
    onFound: ({ run, step, processes, service }) =>
      io.err(
        `penstock run: ends what run ${run} left of ${step}${service === undefined ? '' : ` in the service ${service}`}: ${processes.map(({ name, pid }) => `${name} (${pid})`).join(', ')}\n`,
      ),
  });
  const record = id.kept ? new ProcessRecord(processesFile(folder, id.id)) : undefined;
  const maxParallel = options.maxParallel ?? 2;
  const run = runSteps({
    requested,
    planned,
    parameters: masked(chosen.parameters, redact),
    ...(resumes === undefined ? {} : { resumes }),
    interpreterOf: (step) => platform.system(step.system)?.interpret?.(step) ?? plainInterpreter,
    runner: runnerOf({ systems: host.systems, facts: platform.facts, local, where: options.where ?? 'auto' }),
    log: maskedLog(log, redact),
    clock: systemClock,
    redact,
    reports: reportPlaces(host.systems, platform.facts),
    maxParallel,
    folder,
    ...(options.attached || isNested() ? {} : { queue: new RunQueue(folder, maxParallel) }),
    ...(options.pauseBefore ? { pauseBefore: options.pauseBefore } : {}),
    ...(record ? { onStarted: (step, process) => record.note(step, process) } : {}),
  });
  const stopListening = listenForCancel(run, id.kept ? cancelFile(folder, id.id) : undefined);
  const requests = id.kept
    ? watchRequests(requestsFile(folder, id.id), (asked) => obey(asked, run))
    : undefined;
  const stopReading = options.attached ? endWithInput(run) : undefined;
  // While the run pauses nothing else keeps the process alive.
  const alive = setInterval(() => {}, 2 ** 30);
  try {
    return exitStatus[await run.finished];
  } finally {
    clearInterval(alive);
    stopListening();
    requests?.dispose();
    stopReading?.();
    log.close();
    record?.remove();
    if (id.kept) store.keep(model.snapshot());
  }
}

/** The run's id; `kept` is false where nothing can be written. Undefined where the chosen one is taken. */
function takeId(
  options: RunOptions,
  folder: string,
  io: CliIo,
): { readonly id: string; readonly kept: boolean } | undefined {
  const now = systemClock.now();
  if (options.attached) return { id: options.runId ?? runIdFor(now), kept: false };
  try {
    if (options.runId === undefined) return { id: createRunFolder(folder, now), kept: true };
    return takeRunFolder(folder, options.runId) ? { id: options.runId, kept: true } : undefined;
  } catch (error) {
    io.err(`penstock run: this run will not be in the history: ${(error as Error).message}\n`);
    return { id: options.runId ?? runIdFor(now), kept: false };
  }
}

/** Says why nothing was run; who reads JSON lines still gets an end. */
function refuse(message: string, { format, runId }: RunOptions, io: CliIo): number {
  io.err(`penstock run: ${message}\n`);
  const at = new Date(systemClock.now()).toISOString();
  const end: RunEvent = {
    seq: 0,
    at,
    run: runId ?? '',
    type: 'run-ended',
    status: 'not-started',
    durationMs: 0,
  };
  if (format === 'json') io.out(`${JSON.stringify(end)}\n`);
  return exitStatus['not-started'];
}

function textPrinter(io: CliIo): (event: RunEvent) => void {
  const text = new RunText({
    cwd: io.cwd,
    colours: process.stdout.isTTY && !process.env['NO_COLOR'],
  });
  let waiting = '';
  let flushing: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(flushing);
    flushing = undefined;
    if (waiting !== '') io.out(waiting);
    waiting = '';
  };
  return (event) => {
    const said = text.of(event);
    if (said !== '') waiting += `${said}\n`;
    // Output comes by the thousand lines, which are printed together.
    if (event.type !== 'output' || waiting.length >= printedAtOnce) flush();
    else flushing ??= setImmediate(flush);
  };
}

const printedAtOnce = 64 * 1024;

function masked(parameters: ReadonlyMap<string, string>, redact: Redactor): Readonly<Record<string, string>> {
  return Object.fromEntries([...parameters].map(([name, value]) => [name, redact.line(value)]));
}

/** A step that runs `penstock run` itself has its turn already; waiting for another one it would wait for itself. */
function isNested(): boolean {
  return process.env[markName] !== undefined;
}

function obey({ ask, step }: StepRequest, run: ActiveRun): void {
  if (ask === 'cancel') run.cancelStep(step, 'cancel of this step was asked for');
  else if (ask === 'pause') run.pause(step);
  else run.proceed(step);
}

/** Ctrl-C, a closed terminal and the cancel file all mean the same; asked again, the run is ended harder. */
function listenForCancel(run: ActiveRun, file: string | undefined): () => void {
  const asked = {
    SIGINT: 'Ctrl-C was pressed',
    SIGTERM: 'the run was asked to end',
    SIGHUP: 'the terminal was closed',
  } as const;
  const listeners = Object.entries(asked).map(
    ([signal, reason]) => [signal, () => run.cancel(reason)] as const,
  );
  for (const [signal, listener] of listeners) process.on(signal, listener);
  outliveReaders();
  const watcher =
    file === undefined ? undefined : watchForCancel(file, () => run.cancel('cancel was asked for'));
  return () => {
    watcher?.dispose();
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  };
}

/** Who holds the other end of standard input lets it go, or is gone: then nobody waits for the outcome. */
function endWithInput(run: ActiveRun): () => void {
  const cancel = (): void => run.cancel('nobody waits for its outcome any more');
  process.stdin.once('close', cancel).once('error', cancel).resume();
  return () => {
    process.stdin.removeListener('close', cancel);
    process.stdin.destroy();
  };
}
