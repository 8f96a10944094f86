import { durationText } from '../core/duration.ts';
import type { Command, Interpreter, Step } from '../core/step.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Clock } from './clock.ts';
import { logFormat } from './event-format.ts';
import { Gate } from './gate.ts';
import { LeftFiles } from './left-files.ts';
import { RunReports, type ReportPlace } from './new-reports.ts';
import type { RunLog } from './event-log.ts';
import { birthOf } from './process-table.ts';
import type { Redactor } from './redact.ts';
import { ResourceLocks } from './resource-locks.ts';
import type { RunEventBody, RunStatus } from './run-event.ts';
import type { PlannedStep } from './run-plan.ts';
import type { RunQueue } from './run-queue.ts';
import { Tally } from './run-totals.ts';
import type { Runner, RunningProcess } from './runner.ts';
import { Slots } from './slots.ts';
import { because, endingOf, excused, isSatisfied, type Ending } from './step-ending.ts';
import { safeInterpreter } from './safe-interpreter.ts';
import { StepOutput } from './step-output.ts';
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
  readonly reports?: readonly ReportPlace[];
  /** Steps that may run at one time. */
  readonly maxParallel: number;
  /** Workspace folder (file-system path) whose `.penstock/` holds the locks. */
  readonly folder: string;
  /** The places that all runs of the folder share; none where the run need not wait for others. */
  readonly queue?: Pick<RunQueue, 'enter'>;
  /** Steps, by id or public name, before which the run pauses. */
  readonly pauseBefore?: readonly string[];
  /** Hears of each process as it is started, before anything is waited for. */
  readonly onStarted?: (step: string, process: RunningProcess) => void;
}

export interface ActiveRun {
  /** Settles when everything has ended and is said; never rejects for what a step does. */
  readonly finished: Promise<RunStatus>;
  /** Ends the run; asked again, it is harder on what still runs. `reason` is for a person: 'Ctrl-C was pressed'. */
  cancel(reason: string): void;
  /** Ends one step, by its id in the run or its public name; what needs it is skipped, the rest goes on. */
  cancelStep(step: string, reason: string): void;
  /** The run pauses before the step, where that has not begun. */
  pause(step: string): void;
  /** Goes on with a step before which the run has paused, or is to. */
  proceed(step: string): void;
}

/** Runs steps and what they need; all that happens goes to the log, which is the only memory of it. */
export function runSteps(request: RunRequest): ActiveRun {
  const engine = new Engine(request);
  return {
    finished: engine.run(),
    cancel: (reason) => engine.cancel(reason),
    cancelStep: (step, reason) => engine.cancelStep(step, reason),
    pause: (step) => engine.pause(step),
    proceed: (step) => engine.proceed(step),
  };
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
  /** What each step waits for, given up where it is cancelled. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #gates = new Map<string, Gate>();
  readonly #slots: Slots;
  readonly #locks: ResourceLocks;
  readonly #tally = new Tally();
  readonly #endings = new Map<string, Promise<Ending>>();
  readonly #running = new Map<string, StepProcess>();
  readonly #begun = new Set<string>();
  #isCancelled = false;
  readonly #reports: RunReports;

  constructor(request: RunRequest) {
    this.#request = request;
    this.#reports = new RunReports(request.reports ?? []);
    this.#slots = new Slots(Math.max(1, Math.floor(request.maxParallel)));
    this.#locks = new ResourceLocks(request.folder);
    for (const { head } of request.planned) this.#waiting.set(head.id, new Waiting(request.clock));
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
    for (const step of this.#request.pauseBefore ?? []) this.pause(step);
    // A pipeline that cannot run to its end is not begun.
    const whole = planned.every((each) => each.work.kind === 'command');
    for (const each of planned) this.#endings.set(each.head.id, this.#take(each, whole));
    const endings = await Promise.all(this.#endings.values());
    const status = this.#statusOf(endings);
    const isStopped = status === 'cancelled' && endings.every((each) => each.stopped || isSatisfied(each));
    const allowed = planned.filter((_, at) => endings[at]?.allowed).map(({ head }) => head.id);
    this.#say({
      type: 'run-ended',
      status,
      durationMs: this.#since(startedAt),
      totals: this.#tally.totals(),
      ...(allowed.length === 0 ? {} : { allowedFailures: allowed }),
      ...(isStopped ? { stopped: true } : {}),
    });
    return status;
  }

  cancel(reason: string): void {
    this.#isCancelled = true;
    for (const waiting of this.#waiting.values()) waiting.giveUp();
    for (const running of this.#running.values()) running.cancel(reason);
  }

  cancelStep(step: string, reason: string): void {
    for (const id of this.#idsOf(step)) {
      this.#waiting.get(id)?.giveUp();
      this.#running.get(id)?.cancel(reason);
    }
  }

  pause(step: string): void {
    for (const id of this.#idsOf(step)) {
      if (this.#begun.has(id) || this.#gates.has(id)) continue;
      this.#gates.set(id, new Gate());
      this.#say({ type: 'pause-set', step: id, on: true });
    }
  }

  proceed(step: string): void {
    for (const id of this.#idsOf(step)) {
      const gate = this.#gates.get(id);
      if (!gate) continue;
      this.#gates.delete(id);
      this.#say({ type: 'pause-set', step: id, on: false });
      gate.open();
    }
  }

  #idsOf(name: string): readonly string[] {
    const heads = this.#request.planned.map(({ head }) => head);
    const exact = heads.filter(({ id }) => id === name);
    return (exact.length > 0 ? exact : heads.filter(({ step }) => step === name)).map(({ id }) => id);
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
    const { id: step } = planned.head;
    // What never began has only waited.
    const durationMs = this.#begun.has(step) ? this.#since(began.at) : 0;
    this.#say({ type: 'step-ended', step, ...ending, durationMs });
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
      const ending = await Promise.race([this.#endings.get(need), this.#cancelledAlone(head.id)]);
      if (this.#waiting.get(head.id)?.givenUp !== false) return this.#unstarted();
      if (!isSatisfied(ending))
        return { status: 'skipped', message: `skipped, because \`${need}\` ${because(ending?.status)}` };
    }
    await this.#passGate(head.id);
    if (this.#waiting.get(head.id)?.givenUp !== false) return this.#unstarted();
    this.#begun.add(head.id);
    return this.#tryUntilDone(planned, work, began);
  }

  async #passGate(id: string): Promise<void> {
    const gate = this.#gates.get(id);
    const waiting = this.#waiting.get(id);
    if (!gate || waiting?.givenUp !== false) return;
    this.#say({ type: 'step-paused', step: id });
    waiting.onGiveUp(() => gate.open());
    await gate.opened;
  }

  /** Where the whole run is cancelled, each step ends after those it needs. */
  #cancelledAlone(id: string): Promise<undefined> {
    return new Promise((resolve) =>
      this.#waiting.get(id)?.onGiveUp(() => {
        if (!this.#isCancelled) resolve(undefined);
      }),
    );
  }

  /** How a step ends that was cancelled before it began. */
  #unstarted(): Ending {
    return this.#isCancelled
      ? { status: 'skipped', message: 'the run was cancelled before this step began' }
      : { status: 'cancelled', message: 'cancelled before it began' };
  }

  /** Locks and the turn are given back between two attempts: a pause may be long. */
  async #tryUntilDone(
    { head, timeoutMs, retries }: PlannedStep,
    { step, command }: Extract<PlannedStep['work'], { kind: 'command' }>,
    began: { at: number },
  ): Promise<Ending> {
    const waiting = this.#waiting.get(head.id)!;
    const attempts = (retries?.count ?? 0) + 1;
    for (let number = 1; ; number++) {
      const attempt = { id: head.id, step, command, timeoutMs, number: attempts === 1 ? undefined : number };
      const ending = await this.#attempt(attempt, began);
      if (ending.status !== 'failed' || number === attempts || waiting.givenUp) return ending;
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
      await waiting.pause(delayMs);
      if (waiting.givenUp)
        return { ...how, status: 'cancelled', message: 'cancelled before it was tried again' };
    }
  }

  async #attempt(attempt: Attempt, began: { at: number }): Promise<Ending> {
    const { id, step, command } = attempt;
    const onWait = (reason: string): void => this.#say({ type: 'step-waiting', step: id, reason });
    const waiting = this.#waiting.get(id)!;
    const { writes: resources } = command;
    const release = await this.#locks.acquire({ resources, holder: step.id, onWait, waiting });
    if (!release) return this.#unstarted();
    const leave = await this.#slots.enter(onWait, waiting);
    const turn = leave && (await this.#turn(step.id, onWait, waiting));
    try {
      if (!turn || waiting.givenUp) return this.#unstarted();
      began.at = this.#request.clock.now();
      return await this.#execute(attempt);
    } finally {
      turn?.();
      leave?.();
      release();
    }
  }

  /** Its turn among all runs of the folder. */
  async #turn(
    holder: string,
    onWait: (reason: string) => void,
    waiting: Waiting,
  ): Promise<(() => void) | undefined> {
    const { queue } = this.#request;
    return queue ? queue.enter(holder, onWait, waiting) : () => {};
  }

  async #execute({ id, step, command, timeoutMs, number }: Attempt): Promise<Ending> {
    const { clock, redact } = this.#request;
    const runner = (await this.#request.runner.runnerFor?.(command)) ?? this.#request.runner;
    if (this.#waiting.get(id)!.givenUp) return this.#unstarted();
    const overdue = `timed out after ${durationText(timeoutMs ?? 0)}`;
    let timedOut = false;
    const output = new StepOutput({
      id,
      step,
      cwd: command.cwd,
      interpreter: safeInterpreter(() => this.#request.interpreterOf(step)),
      redact,
      ...(runner.toHost ? { toHost: (path) => runner.toHost!(path) } : {}),
      to: {
        event: (event) => this.#say(running?.wasSignalled && !timedOut ? excused(event) : event),
        lines: (head, lines) => this.#request.log.writeLines(head, lines),
      },
    });
    let running: StepProcess | undefined;
    const left = new LeftFiles(command);
    const reports = this.#reports.begin(id, toFsPath(command.cwd));
    const process = runner.start(command, output);
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
        ...(runner.place ? { in: runner.place } : {}),
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
    this.#running.set(id, running);
    const stopTimer =
      timeoutMs === undefined ? undefined : clock.after(Math.min(timeoutMs, longestTimer), endInTime);
    const end = await running.finished;
    output.end();
    for (const event of [...left.events(id), ...reports.events(redact)]) this.#say(event);
    stopTimer?.();
    this.#running.delete(id);
    const ending = endingOf(end, running.wasSignalled, command.serves && !timedOut);
    return timedOut ? { ...ending, status: 'failed', timedOut, message: overdue } : ending;

    function endInTime(): void {
      // Who was cancelled before is not late.
      if (running?.wasSignalled !== false) return;
      timedOut = true;
      running.cancel(overdue);
    }
  }

  #statusOf(endings: readonly Ending[]): RunStatus {
    if (endings.every(isSatisfied)) return 'succeeded';
    if (this.#isCancelled) return 'cancelled';
    if (endings.some(({ status, allowed }) => status === 'failed' && !allowed)) return 'failed';
    return endings.some(({ status }) => status === 'cancelled') ? 'cancelled' : 'not-started';
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
