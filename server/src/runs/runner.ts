import type { CancelStage, Command } from '../core/step.ts';
import type { ServiceSpot } from './service-target.ts';

/** Where steps run: on this machine, or where the platform runs its tools. The engine cannot tell. */
export interface Runner {
  /** The runner that this command is for, where that is found out when its turn has come. Never rejects. */
  runnerFor?(command: Command): Promise<Runner>;
  /** Where it runs what it starts; absent: on this machine. */
  readonly place?: RanIn;
  /** The file (file-system path) that a printed path means, absolute or relative to the command's folder; undefined where this machine does not have it. */
  toHost?(path: string): string | undefined;
  /** Starts at once and never throws; what went wrong is in `finished`. */
  start(command: Command, hooks: RunnerHooks): RunningProcess;
}

/** Where a step was run that was not run on this machine itself. Public, for the log of a run holds it. */
export interface RanIn {
  readonly service: string;
  /** `exec` in the container that was up, `run` in one of its own. */
  readonly how: 'exec' | 'run';
  /** Why there, in a sentence's second half: 'it is not installed on this machine'. */
  readonly because: string;
  /** Folders that both have (absolute), the deepest first. */
  readonly mounts: readonly { readonly inside: string; readonly here: string }[];
}

export interface RunnerHooks {
  /** A whole line without its end; every line comes before `finished` is settled. */
  line(stream: OutputStream, text: string): void;
  /** Many lines at once, of good UTF-8, each ended by LF and by nothing else; where absent, they come one by one. */
  block?(stream: OutputStream, lines: Buffer): void;
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
  /** To the process and all it started; gives what it reached, where that can be told; does nothing once all is gone. */
  signal(signal: Signal): readonly SignalledProcess[];
  /** What to know it again by, when this process is gone. */
  readonly traces?: ProcessTraces;
}

export interface SignalledProcess {
  readonly pid: number;
  /** Of its program, without arguments. */
  readonly name: string;
}

/** By these a process is found again, and never taken for another one. */
export interface ProcessTraces {
  /** When it began, as `birthOf` tells it. */
  readonly born?: string;
  /** `NAME=value`, which stands in the environment of all that it started, and of nothing else. */
  readonly mark: string;
  /** Where the process on this machine is the client of a service: what it started there. */
  readonly inside?: ServiceSpot;
}

export type ProcessEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string }
  /** `message` is a sentence for a person: what is missing and how to get it. */
  | { readonly kind: 'not-started'; readonly message: string };
