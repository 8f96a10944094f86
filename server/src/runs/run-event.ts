import type { LogLevel, NodeStatus } from '../core/step.ts';

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
      readonly folder: string;
    }
  | { readonly type: 'step-waiting'; readonly step: string; readonly reason: string }
  | {
      readonly type: 'step-started';
      readonly step: string;
      readonly command: readonly string[];
      readonly cwd: string;
      readonly pid: number;
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
    }
  | { readonly type: 'progress'; readonly step: string; readonly node: string; readonly records: number }
  /** `step` is the one whose processes got the signal. */
  | { readonly type: 'cancelling'; readonly signal: string; readonly reason: string; readonly step?: string }
  | {
      readonly type: 'step-ended';
      readonly step: string;
      readonly status: StepStatus;
      readonly exitCode?: number;
      readonly signal?: string;
      readonly durationMs: number;
      /** One sentence where there is something to say: a missing executable, why it was skipped. */
      readonly message?: string;
    }
  | {
      readonly type: 'run-ended';
      readonly status: RunStatus;
      readonly durationMs: number;
      readonly totals?: RunTotals;
    };

export interface RunStepHead {
  /** Unique in the run. */
  readonly id: string;
  /** The step's public name. */
  readonly step: string;
  readonly title: string;
  readonly system: string;
  readonly needs: readonly string[];
}

/** Nodes by how they ended; a step without nodes counts as one, and so does a failure that no node tells of. */
export interface RunTotals {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly warned: number;
}

export type StepStatus = 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'not-started';
export type RunStatus = 'succeeded' | 'failed' | 'cancelled' | 'not-started';
