import { durationText } from '../core/duration.ts';
import type { Command, Interpreter, Step } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Clock } from './clock.ts';
import { logFormat } from './event-format.ts';
import type { RunLog } from './event-log.ts';
import { birthOf } from './process-table.ts';
import type { Redactor } from './redact.ts';
import { ResourceLocks } from './resource-locks.ts';
import type { RunEventBody, RunStatus, StepStatus } from './run-event.ts';
import type { PlannedStep } from './run-plan.ts';
import { Tally } from './run-totals.ts';
import type { ProcessEnd, Runner, RunningProcess } from './runner.ts';
import { Slots } from './slots.ts';
import { plainInterpreter, StepOutput } from './step-output.ts';
import { StepProcess } from './step-process.ts';
import { Waiting } from './waiting.ts';

export interface RunRequest {
  readonly requested: readonly Step[];
  /** What `planRun` makes of them. */
  readonly planned: readonly PlannedStep[];
  /** What the parameters are, for those who look at the run later. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The run that this one goes on with. */
  readonly resumes?: string;
  readonly interpreterOf: (step: Step) => Interpreter;
  readonly runner: Runner;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly redact: Redactor;
  /** Steps that may run at one time. */
  readonly maxParallel: number;
  /** Workspace folder (file-system path) whose `.penstock/` holds the locks. */
  readonly folder: string;
  /** Hears of each process as it is started, before anything is waited for. */
  readonly onStarted?: (step: string, process: RunningProcess) => void;
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
  readonly timedOut?: boolean;
  readonly allowed?: boolean;
  readonly reusedFrom?: string;
}

/** One try of a step. */
interface Attempt {
  readonly id: string;
  readonly step: Step;
  readonly command: Command;
  readonly timeoutMs: number | undefined;
  /** Undefined for a step that is tried once. */
  readonly number: number | undefined;
}

class Engine {
  readonly #request: RunRequest;
  readonly #waiting: Waiting;
  readonly #slots: Slots;
  readonly #locks: ResourceLocks;
  readonly #tally = new Tally();
  readonly #endings = new Map<string, Promise<Ending>>();
  readonly #running = new Set<StepProcess>();

  constructor(request: RunRequest) {
    this.#request = request;
    this.#waiting = new Waiting(request.clock);
    this.#slots = new Slots(Math.max(1, Math.floor(request.maxParallel)), this.#waiting);
    this.#locks = new ResourceLocks(request.folder, this.#waiting);
  }

  async run(): Promise<RunStatus> {
    const { requested, planned, clock, folder, parameters = {}, resumes } = this.#request;
    const startedAt = clock.now();
    const born = birthOf(process.pid);
    this.#say({
      type: 'run-started',
      format: logFormat,
      requested: requested.map((step) => step.id),
      title: requested.map((step) => step.title).join(', '),
      steps: planned.map(({ head }) => head),
      pid: process.pid,
      ...(born === undefined ? {} : { born }),
      folder,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
      ...(resumes === undefined ? {} : { resumes }),
    });
    // A pipeline that cannot run to its end is not begun.
    const whole = planned.every((each) => each.work.kind === 'command');
    for (const each of planned) this.#endings.set(each.head.id, this.#take(each, whole));
    const endings = await Promise.all(this.#endings.values());
    const status = this.#statusOf(endings);
    const allowed = planned.filter((_, at) => endings[at]?.allowed).map(({ head }) => head.id);
    this.#say({
      type: 'run-ended',
      status,
      durationMs: this.#since(startedAt),
      totals: this.#tally.totals(),
      ...(allowed.length === 0 ? {} : { allowedFailures: allowed }),
    });
    return status;
  }

  cancel(reason: string): void {
    this.#waiting.giveUp();
    for (const running of this.#running) running.cancel(reason);
  }

  /** One step from its place in the queue to its end. */
  async #take(planned: PlannedStep, whole: boolean): Promise<Ending> {
    const began = { at: this.#request.clock.now() };
    const found = await this.#run(planned, whole, began).catch((error: unknown): Ending => ({
      status: 'failed',
      message: `Penstock itself failed: ${String(error)}`,
    }));
    const isAllowed =
      planned.allowFailure === true && (found.status === 'failed' || found.status === 'not-started');
    const ending: Ending = isAllowed && whole ? { ...found, allowed: true } : found;
    this.#say({
      type: 'step-ended',
      step: planned.head.id,
      ...ending,
      durationMs: this.#since(began.at),
    });
    return ending;
  }

  async #run(planned: PlannedStep, whole: boolean, began: { at: number }): Promise<Ending> {
    const { head, work, reuse } = planned;
    if (work.kind === 'unrunnable') return { status: 'not-started', message: work.message };
    if (!whole)
      return { status: 'skipped', message: 'nothing was started, because another step of the run cannot be' };
    if (reuse !== undefined)
      return {
        status: 'skipped',
        message: `skipped, because it succeeded in run ${reuse} already`,
        reusedFrom: reuse,
      };
    for (const need of head.needs) {
      const ending = await this.#endings.get(need);
      if (this.#waiting.givenUp) return unstarted;
      if (!isSatisfied(ending))
        return { status: 'skipped', message: `skipped, because \`${need}\` ${because(ending?.status)}` };
    }
    return this.#tryUntilDone(planned, work, began);
  }

  /** Locks and the turn are given back between two attempts: a pause may be long. */
  async #tryUntilDone(
    { head, timeoutMs, retries }: PlannedStep,
    { step, command }: Extract<PlannedStep['work'], { kind: 'command' }>,
    began: { at: number },
  ): Promise<Ending> {
    const attempts = (retries?.count ?? 0) + 1;
    for (let number = 1; ; number++) {
      const attempt = { id: head.id, step, command, timeoutMs, number: attempts === 1 ? undefined : number };
      const ending = await this.#attempt(attempt, began);
      if (ending.status !== 'failed' || number === attempts || this.#waiting.givenUp) return ending;
      const { status: _, timedOut: __, ...how } = ending;
      const delayMs = Math.round((retries?.delayMs ?? 0) * (retries?.backoff ?? 1) ** (number - 1));
      const durationMs = this.#since(began.at);
      this.#say({
        type: 'step-retrying',
        step: head.id,
        attempt: number,
        attempts,
        delayMs,
        durationMs,
        ...how,
      });
      await this.#waiting.pause(delayMs);
      if (this.#waiting.givenUp)
        return { ...how, status: 'cancelled', message: 'cancelled before it was tried again' };
    }
  }

  async #attempt(attempt: Attempt, began: { at: number }): Promise<Ending> {
    const { id, step, command } = attempt;
    const onWait = (reason: string): void => this.#say({ type: 'step-waiting', step: id, reason });
    const release = await this.#locks.acquire({ resources: command.writes, holder: step.id, onWait });
    if (!release) return unstarted;
    const leave = await this.#slots.enter(onWait);
    try {
      if (!leave || this.#waiting.givenUp) return unstarted;
      began.at = this.#request.clock.now();
      return await this.#execute(attempt);
    } finally {
      leave?.();
      release();
    }
  }

  async #execute({ id, step, command, timeoutMs, number }: Attempt): Promise<Ending> {
    const { runner, clock, redact } = this.#request;
    const overdue = `timed out after ${durationText(timeoutMs ?? 0)}`;
    let timedOut = false;
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
          this.#say(running?.wasSignalled && !timedOut ? excused(event) : event);
      },
    });
    if (process.pid !== undefined) {
      this.#request.onStarted?.(id, process);
      const shown = redact.command(process.argv);
      this.#say({
        type: 'step-started',
        step: id,
        command: shown,
        cwd: toFsPath(command.cwd),
        pid: process.pid,
        ...(number === undefined ? {} : { attempt: number }),
      });
    }
    running = new StepProcess({
      process,
      stages: command.cancel,
      clock,
      onSignal: (signal, reason, processes) =>
        this.#say({
          type: 'cancelling',
          signal,
          reason,
          step: id,
          ...(timedOut ? { timedOut } : {}),
          ...(processes.length === 0 ? {} : { processes }),
        }),
    });
    this.#running.add(running);
    const stopTimer =
      timeoutMs === undefined ? undefined : clock.after(Math.min(timeoutMs, longestTimer), endInTime);
    const end = await running.finished;
    stopTimer?.();
    this.#running.delete(running);
    const ending = endingOf(end, running.wasSignalled);
    return timedOut ? { ...ending, status: 'failed', timedOut, message: overdue } : ending;

    function endInTime(): void {
      // Who was cancelled before is not late.
      if (running?.wasSignalled !== false) return;
      timedOut = true;
      running.cancel(overdue);
    }
  }

  #interpreterOf(step: Step): Interpreter {
    try {
      return this.#request.interpreterOf(step);
    } catch {
      return plainInterpreter;
    }
  }

  #statusOf(endings: readonly Ending[]): RunStatus {
    if (endings.every(isSatisfied)) return 'succeeded';
    if (this.#waiting.givenUp) return 'cancelled';
    return endings.some(({ status, allowed }) => status === 'failed' && !allowed) ? 'failed' : 'not-started';
  }

  #say(event: RunEventBody): void {
    this.#tally.note(event);
    this.#request.log.write(event);
  }

  #since(startedAt: number): number {
    return Math.max(0, this.#request.clock.now() - startedAt);
  }
}

/** Timers cannot be set for longer, which is 24 days. */
const longestTimer = 2 ** 31 - 1;

/** Whether what needs the step can go on. */
function isSatisfied(ending: Ending | undefined): boolean {
  return ending?.status === 'succeeded' || ending?.allowed === true || ending?.reusedFrom !== undefined;
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
