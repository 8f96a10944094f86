import type { LogLevel, NodeStatus, Progress } from '../core/step.ts';
import type { Birth } from './process-table.ts';
import type { RanIn, SignalledProcess } from './runner.ts';

/**
 * A run is a log of events: a JSON line each, appended to `events.jsonl` of the run's folder under
 * `.penstock/runs/`. The panel, the tree and the history are made of these and of nothing else.
 * Public (`penstock run --format json`): fields are added, never changed.
 */
export type RunEvent = EventHead & RunEventBody;

interface EventHead {
  /** Counts from 0 within the run, without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The run's id: sorts by start time. */
  readonly run: string;
}

export type RunEventBody =
  | {
      readonly type: 'run-started';
      readonly format: 1;
      /** What the user asked for, `meltano:job/load` `dbt:build`. */
      readonly requested: readonly string[];
      readonly title: string;
      readonly steps: readonly RunStepHead[];
      /** Process that drives the run; when it is gone without `run-ended` the run was interrupted. */
      readonly pid: number;
      /** When that process began, in the system's words, so that none is taken for it that gets its pid later. */
      readonly born?: string;
      readonly folder: string;
      /** What the parameters were set to. */
      readonly parameters?: Readonly<Record<string, string>>;
      /** The run that this one goes on with. */
      readonly resumes?: string;
    }
  | { readonly type: 'step-waiting'; readonly step: string; readonly reason: string }
  /** Somebody wants the run to pause before the step, or no longer: then it goes on where it has paused. */
  | { readonly type: 'pause-set'; readonly step: string; readonly on: boolean }
  /** All that it needs has succeeded, and it waits until somebody lets it go on. */
  | { readonly type: 'step-paused'; readonly step: string }
  | {
      readonly type: 'step-started';
      readonly step: string;
      readonly command: readonly string[];
      readonly cwd: string;
      readonly pid: number;
      /** Counts from 1; absent for a step that is tried once. */
      readonly attempt?: number;
      /** The service that it runs in; absent on this machine. */
      readonly in?: RanIn;
    }
  /** An attempt failed, and another one follows after a pause. */
  | {
      readonly type: 'step-retrying';
      readonly step: string;
      /** The one that failed. */
      readonly attempt: number;
      /** How many there may be in all. */
      readonly attempts: number;
      readonly delayMs: number;
      readonly durationMs: number;
      readonly exitCode?: number;
      readonly signal?: string;
      readonly message?: string;
    }
  | {
      readonly type: 'output';
      readonly step: string;
      readonly stream: 'stdout' | 'stderr';
      readonly level: LogLevel;
      readonly text: string;
      readonly node?: string;
    }
  | {
      readonly type: 'node-started';
      readonly step: string;
      readonly node: string;
      readonly title: string;
      readonly what: string;
      readonly path?: string;
      readonly total?: number;
    }
  | {
      readonly type: 'node-ended';
      readonly step: string;
      readonly node: string;
      readonly status: NodeStatus;
      readonly durationMs?: number;
      readonly message?: string;
      /** Absolute path of the file that failed; `line` is one-based. */
      readonly path?: string;
      readonly line?: number;
      /** Name of the step that prints the rows for which it failed. */
      readonly rowsStep?: string;
    }
  | ({ readonly type: 'progress'; readonly step: string; readonly node: string } & Progress)
  /** A failure at a place in a file, as it was printed (a traceback, a failed test) or reported in a file. */
  | {
      readonly type: 'problem';
      readonly step: string;
      readonly message: string;
      /** Absolute path of the file. */
      readonly path: string;
      /** One-based. */
      readonly line: number;
      /** Id of the system whose report tells it; absent for what was printed, which a step that succeeds has coped with. */
      readonly reportedBy?: string;
    }
  /** `step` is the one whose processes got the signal. */
  /** A file that the step, or one of its nodes, wrote for a person to look at. */
  | {
      readonly type: 'artifact';
      readonly step: string;
      readonly node?: string;
      readonly title: string;
      /** Absolute path of the file. */
      readonly path: string;
      /** When it was written, in milliseconds since 1970: a later run may write it anew. */
      readonly modifiedMs: number;
    }
  | {
      readonly type: 'cancelling';
      readonly signal: string;
      readonly reason: string;
      readonly step?: string;
      /** True where the step took too long: the run itself goes on. */
      readonly timedOut?: boolean;
      /** What the signal reached, where the system tells. */
      readonly processes?: readonly SignalledProcess[];
    }
  /** Said by another process after the driver was gone: what was left of a step, and the last signal that it took to end it. */
  | {
      readonly type: 'left-behind';
      readonly step: string;
      readonly signal: string;
      readonly processes: readonly SignalledProcess[];
      /** The service that they ran in, whose own pids these are; absent on this machine. */
      readonly service?: string;
    }
  | {
      readonly type: 'step-ended';
      readonly step: string;
      readonly status: StepStatus;
      readonly exitCode?: number;
      readonly signal?: string;
      readonly durationMs: number;
      /** One sentence where there is something to say: a missing executable, why it was skipped. */
      readonly message?: string;
      /** True where it took longer than it may. */
      readonly timedOut?: boolean;
      /** True of a cancelled step that serves until somebody ends it: it ended as it should. */
      readonly stopped?: boolean;
      /** True of a failed step that may fail: the run went on. */
      readonly allowed?: boolean;
      /** The run in which it succeeded already, so that it was skipped here. */
      readonly reusedFrom?: string;
    }
  | {
      readonly type: 'run-ended';
      readonly status: RunStatus;
      readonly durationMs: number;
      readonly totals?: RunTotals;
      /** Steps that failed and may: the run's status does not count them. */
      readonly allowedFailures?: readonly string[];
      /** True of a cancelled run in which nothing was broken off but what serves until somebody ends it. */
      readonly stopped?: boolean;
    };

export interface RunStepHead {
  /** Unique in the run. */
  readonly id: string;
  /** The step's public name. */
  readonly step: string;
  readonly title: string;
  readonly system: string;
  readonly needs: readonly string[];
  /** Changes with what the step does, so that a later run can tell whether it is still the same. */
  readonly digest?: string;
  /** Why it runs again although it succeeded in the run that this one goes on with. */
  readonly again?: string;
  /** True where it does only what had failed of it in the run that this one goes on with. */
  readonly onlyFailed?: boolean;
}

/** Nodes by how they ended; a step without nodes counts as one, and so does a failure that no node tells of. */
export interface RunTotals {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly warned: number;
  /** Steps that served until somebody ended them; absent where there are none. */
  readonly stopped?: number;
}

export type StepStatus = 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'not-started';
export type RunStatus = 'succeeded' | 'failed' | 'cancelled' | 'not-started';

/** By what the process is known that drove a run. */
export function birthOfDriver({ at, born }: RunEvent & { type: 'run-started' }): Birth {
  return { since: Date.parse(at), ...(born === undefined ? {} : { born }) };
}
