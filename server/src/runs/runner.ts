import type { CancelStage, Command } from '../core/step.ts';

/** Where steps run: here, or one day on an orchestrator. The engine cannot tell. */
export interface Runner {
  /** Starts at once and never throws; what went wrong is in `finished`. */
  start(command: Command, hooks: RunnerHooks): RunningProcess;
}

export interface RunnerHooks {
  /** A whole line without its end; every line comes before `finished` is settled. */
  line(stream: OutputStream, text: string): void;
}

export type OutputStream = 'stdout' | 'stderr';
export type Signal = CancelStage['signal'];

export interface RunningProcess {
  /** Undefined where nothing could be started. */
  readonly pid: number | undefined;
  /** What really runs: the file found for the executable, and its arguments. */
  readonly argv: readonly string[];
  /** Settles, never rejects. After a signal it waits for everything that the process had started. */
  readonly finished: Promise<ProcessEnd>;
  /** To the process and all it started; does nothing once that is gone. */
  signal(signal: Signal): void;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string }
  /** `message` is a sentence for a person: what is missing and how to get it. */
  | { readonly kind: 'not-started'; readonly message: string };
