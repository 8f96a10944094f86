import type { Command, Interpreter, Step } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Clock } from './clock.ts';
import { logFormat } from './event-format.ts';
import type { RunLog } from './event-log.ts';
import type { Redactor } from './redact.ts';
import { ResourceLocks } from './resource-locks.ts';
import type { RunEventBody, RunStatus, StepStatus } from './run-event.ts';
import { planRun, type PlannedStep } from './run-plan.ts';
import { Tally } from './run-totals.ts';
import type { ProcessEnd, Runner } from './runner.ts';
import { Slots } from './slots.ts';
import { plainInterpreter, StepOutput } from './step-output.ts';
import { StepProcess } from './step-process.ts';
import { Waiting } from './waiting.ts';

export interface RunRequest {
  readonly requested: readonly Step[];
  readonly find: (id: string) => Step | undefined;
  readonly interpreterOf: (step: Step) => Interpreter;
  readonly runner: Runner;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly redact: Redactor;
  /** Steps that may run at one time. */
  readonly maxParallel: number;
  /** Workspace folder (file-system path) whose `.penstock/` holds the locks. */
  readonly folder: string;
}

export interface ActiveRun {
  /** Settles when everything has ended and is said; never rejects for what a step does. */
  readonly finished: Promise<RunStatus>;
  /** Ends the run; asked again, it is harder on what still runs. `reason` is for a person: 'Ctrl-C was pressed'. */
  cancel(reason: string): void;
}

/** Runs steps and what they need; all that happens goes to the log, which is the only memory of it. */
export function runSteps(request: RunRequest): ActiveRun {
  const engine = new Engine(request);
  return { finished: engine.run(), cancel: (reason) => engine.cancel(reason) };
}

interface Ending {
  readonly status: StepStatus;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly message?: string;
}

class Engine {
  readonly #request: RunRequest;
  readonly #planned: readonly PlannedStep[];
  readonly #waiting: Waiting;
  readonly #slots: Slots;
  readonly #locks: ResourceLocks;
  readonly #tally = new Tally();
  readonly #endings = new Map<string, Promise<StepStatus>>();
  readonly #running = new Set<StepProcess>();

  constructor(request: RunRequest) {
    this.#request = request;
    this.#planned = planRun(request.requested, request.find);
    this.#waiting = new Waiting(request.clock);
    this.#slots = new Slots(Math.max(1, Math.floor(request.maxParallel)), this.#waiting);
    this.#locks = new ResourceLocks(request.folder, this.#waiting);
  }

  async run(): Promise<RunStatus> {
    const { requested, clock, folder } = this.#request;
    const startedAt = clock.now();
    this.#say({
      type: 'run-started',
      format: logFormat,
      requested: requested.map((step) => step.id),
      title: requested.map((step) => step.title).join(', '),
      steps: this.#planned.map((planned) => planned.head),
      pid: process.pid,
      folder,
    });
    // A pipeline that cannot run to its end is not begun.
    const whole = this.#planned.every((planned) => planned.work.kind === 'command');
    for (const planned of this.#planned) this.#endings.set(planned.head.id, this.#take(planned, whole));
    const status = this.#statusOf(await Promise.all(this.#endings.values()));
    this.#say({
      type: 'run-ended',
      status,
      durationMs: this.#since(startedAt),
      totals: this.#tally.totals(),
    });
    return status;
  }

  cancel(reason: string): void {
    this.#waiting.giveUp();
    for (const running of this.#running) running.cancel(reason);
  }

  /** One step from its place in the queue to its end. */
  async #take(planned: PlannedStep, whole: boolean): Promise<StepStatus> {
    const began = { at: this.#request.clock.now() };
    const ending = this.#run(planned, whole, began).catch((error: unknown): Ending => ({
      status: 'failed',
      message: `Penstock itself failed: ${String(error)}`,
    }));
    const { status, ...rest } = await ending;
    this.#say({
      type: 'step-ended',
      step: planned.head.id,
      status,
      ...rest,
      durationMs: this.#since(began.at),
    });
    return status;
  }

  async #run({ head, work }: PlannedStep, whole: boolean, began: { at: number }): Promise<Ending> {
    if (work.kind === 'unrunnable') return { status: 'not-started', message: work.message };
    if (!whole)
      return { status: 'skipped', message: 'nothing was started, because another step of the run cannot be' };
    for (const need of head.needs) {
      const status = await this.#endings.get(need);
      if (this.#waiting.givenUp) return unstarted;
      if (status !== 'succeeded')
        return { status: 'skipped', message: `skipped, because \`${need}\` ${because(status)}` };
    }
    const onWait = (reason: string): void => this.#say({ type: 'step-waiting', step: head.id, reason });
    const release = await this.#locks.acquire({ resources: work.command.writes, holder: head.step, onWait });
    if (!release) return unstarted;
    const leave = await this.#slots.enter(onWait);
    try {
      if (!leave || this.#waiting.givenUp) return unstarted;
      began.at = this.#request.clock.now();
      return await this.#execute(head.id, work.step, work.command);
    } finally {
      leave?.();
      release();
    }
  }

  async #execute(id: string, step: Step, command: Command): Promise<Ending> {
    const { runner, clock, redact } = this.#request;
    const output = new StepOutput({
      id,
      step,
      cwd: command.cwd,
      interpreter: this.#interpreterOf(step),
      redact,
    });
    let running: StepProcess | undefined;
    const process = runner.start(command, {
      line: (stream, text) => {
        for (const event of output.eventsOf(stream, text))
          this.#say(running?.wasSignalled ? excused(event) : event);
      },
    });
    if (process.pid !== undefined) {
      const shown = redact.command(process.argv);
      this.#say({
        type: 'step-started',
        step: id,
        command: shown,
        cwd: toFsPath(command.cwd),
        pid: process.pid,
      });
    }
    running = new StepProcess({
      process,
      stages: command.cancel,
      clock,
      onSignal: (signal, reason) => this.#say({ type: 'cancelling', signal, reason, step: id }),
    });
    this.#running.add(running);
    const end = await running.finished;
    this.#running.delete(running);
    return endingOf(end, running.wasSignalled);
  }

  #interpreterOf(step: Step): Interpreter {
    try {
      return this.#request.interpreterOf(step);
    } catch {
      return plainInterpreter;
    }
  }

  #statusOf(statuses: readonly StepStatus[]): RunStatus {
    if (statuses.every((status) => status === 'succeeded')) return 'succeeded';
    if (this.#waiting.givenUp) return 'cancelled';
    return statuses.includes('failed') ? 'failed' : 'not-started';
  }

  #say(event: RunEventBody): void {
    this.#tally.note(event);
    this.#request.log.write(event);
  }

  #since(startedAt: number): number {
    return Math.max(0, this.#request.clock.now() - startedAt);
  }
}

const unstarted: Ending = { status: 'skipped', message: 'the run was cancelled before this step began' };

function endingOf(end: ProcessEnd, wasSignalled: boolean): Ending {
  if (end.kind === 'not-started') return { status: 'not-started', message: end.message };
  const how = end.kind === 'exited' ? { exitCode: end.exitCode } : { signal: end.signal };
  if (wasSignalled) return { status: 'cancelled', ...how };
  if (end.kind === 'killed')
    return { status: 'failed', ...how, message: `something outside of Penstock ended it with ${end.signal}` };
  return { status: end.exitCode === 0 ? 'succeeded' : 'failed', ...how };
}

/** Tools report what a cancel broke off as failed; nobody should go and look for a mistake there. */
function excused(event: RunEventBody): RunEventBody {
  return event.type === 'node-ended' && event.status === 'failed' ? { ...event, status: 'skipped' } : event;
}

function because(status: StepStatus | undefined): string {
  if (status === 'failed') return 'failed';
  if (status === 'not-started') return 'could not be started';
  return status === 'cancelled' ? 'was cancelled' : 'was skipped';
}
