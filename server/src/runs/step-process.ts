import type { CancelStage } from '../core/step.ts';
import type { Clock } from './clock.ts';
import type { ProcessEnd, RunningProcess, SignalledProcess } from './runner.ts';
import { Waiting } from './waiting.ts';

/** What a step gets whose system says nothing of how it likes to be cancelled. */
const usualStages: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
];

export interface StepProcessOptions {
  readonly process: RunningProcess;
  readonly stages: readonly CancelStage[];
  readonly clock: Clock;
  /** Hears of each signal that was sent, why, and what it reached. */
  readonly onSignal: (signal: string, reason: string, reached: readonly SignalledProcess[]) => void;
}

/** A running process and how it is made to end: a signal, a wait, a harder signal. */
export class StepProcess {
  readonly finished: Promise<ProcessEnd>;
  readonly #options: StepProcessOptions;
  /** Even SIGKILL has no effect on a process that waits for a dead disk; the run must end all the same. */
  readonly #abandoned = createDeferred<ProcessEnd>();
  #over = false;
  #wasSignalled = false;
  #wait: Waiting | undefined;

  constructor(options: StepProcessOptions) {
    this.#options = options;
    this.finished = Promise.race([options.process.finished, this.#abandoned.promise]).finally(() => {
      this.#over = true;
      this.#wait?.giveUp();
    });
  }

  get wasSignalled(): boolean {
    return this.#wasSignalled;
  }

  /** Asked again, it goes on to the next stage at once. */
  cancel(reason: string): void {
    if (this.#over) return;
    if (this.#wait) this.#wait.giveUp();
    else void this.#goThroughStages(reason);
  }

  async #goThroughStages(first: string): Promise<void> {
    const { process, clock, onSignal } = this.#options;
    this.#wasSignalled = true;
    let reason = first;
    for (const stage of withLastStage(this.#options.stages)) {
      onSignal(stage.signal, reason, process.signal(stage.signal));
      const wait = (this.#wait = new Waiting(clock));
      await wait.pause(stage.waitMs);
      if (this.#over) return;
      reason = wait.givenUp
        ? `${first} once more`
        : `it had not ended ${stage.waitMs / 1000} s after ${stage.signal}`;
    }
    await (this.#wait = new Waiting(clock)).pause(abandonAfterMs);
    this.#abandoned.resolve({ kind: 'killed', signal: 'SIGKILL' });
  }
}

const abandonAfterMs = 10_000;

function createDeferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Whatever the stages are, the last one cannot be ignored. */
function withLastStage(stages: readonly CancelStage[]): readonly CancelStage[] {
  const own = stages.length > 0 ? stages : usualStages;
  return own.at(-1)?.signal === 'SIGKILL' ? own : [...own, { signal: 'SIGKILL', waitMs: 1_000 }];
}
