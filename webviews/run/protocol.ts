/**
 * The run panel's door: everything that crosses between the extension and the page.
 * Times are milliseconds since the epoch by the extension's clock; paths are absolute.
 */

export type ToWebview =
  /** The whole run as it stands; the page draws it and forgets the one before. */
  | { readonly kind: 'run'; readonly run: RunView; readonly now: number }
  /** Lines of output. `lines[0]` is line number `from` of the run; `from: 0` starts the log anew. */
  | {
      readonly kind: 'lines';
      readonly run: string;
      readonly from: number;
      readonly lines: readonly LogLine[];
    }
  /** There is nothing to show, and why. */
  | { readonly kind: 'unavailable'; readonly message: string };

export type FromWebview =
  /** The page listens; everything is to be sent from the start. Sent again when lines went missing. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'rerun' }
  /** Goes on with the run where it failed. */
  | { readonly kind: 'resume' }
  /** `line` is one-based. Only paths that the run itself named are opened. */
  | { readonly kind: 'open'; readonly path: string; readonly line?: number }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'open-log' };

/** What the page remembers over a reload; the extension reads `folder` and `run` to find the run again. */
export interface PanelState {
  readonly folder: string;
  readonly run: string;
  readonly selected?: string;
  readonly collapsed: readonly string[];
  readonly search: string;
  readonly regex: boolean;
  readonly level: LogLevel;
  readonly onlySelected: boolean;
  readonly follow: boolean;
  readonly times: boolean;
  readonly listWidth?: number;
}

export interface RunView {
  readonly id: string;
  /** The workspace folder that holds the run's log (a path of the file system). */
  readonly folder: string;
  readonly title: string;
  readonly requested: readonly string[];
  readonly status: RunStatus;
  readonly startedAt: number;
  readonly durationMs?: number;
  /** A signal was sent and the run has not ended yet. */
  readonly cancelling: boolean;
  readonly totals: Totals;
  /** What the parameters were set to. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The run that it goes on with. */
  readonly resumes?: string;
  readonly steps: readonly StepView[];
}

/** How many nodes (steps, where a step has none) came to which end. */
export interface Totals {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly warned: number;
}

export interface StepView {
  readonly id: string;
  readonly step: string;
  readonly title: string;
  readonly system: string;
  /** Ids of the steps it waits for. */
  readonly needs: readonly string[];
  readonly status: StepStatus;
  readonly startedAt?: number;
  readonly durationMs?: number;
  readonly exitCode?: number;
  readonly message?: string;
  /** The command line, quoted for a shell. */
  readonly command?: string;
  readonly waitingFor?: string;
  /** The attempt it is at, from 1; absent for a step that is tried once. */
  readonly attempt?: number;
  readonly timedOut?: boolean;
  /** It failed, and may. */
  readonly allowed?: boolean;
  /** The run in which it succeeded, where it was not run here. */
  readonly reusedFrom?: string;
  readonly nodes: readonly NodeView[];
  /** Nodes the step will have, where its tool said so. */
  readonly total?: number;
}

export interface NodeView {
  /** Unique in its step. */
  readonly node: string;
  readonly title: string;
  /** `model`, `test`, `table`. */
  readonly what: string;
  readonly status: NodeStatus;
  readonly startedAt: number;
  readonly durationMs?: number;
  readonly message?: string;
  readonly path?: string;
  /** The path as a person reads it: relative to the folder. */
  readonly shownPath?: string;
  readonly line?: number;
  /** Read from the source. */
  readonly records?: number;
  /** Of those written to the target. */
  readonly loaded?: number;
  readonly bytes?: number;
  readonly requests?: number;
  /** How often the place reached was kept. */
  readonly states?: number;
}

export interface LogLine {
  readonly at: number;
  readonly step: string;
  readonly node?: string;
  readonly level: LogLevel;
  /** `output` is what the process printed; the others are Penstock's own lines. */
  readonly kind: 'output' | 'command' | 'note';
  readonly text: string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type RunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled' | 'not-started' | 'interrupted';
export type StepStatus =
  | 'pending'
  | 'waiting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'skipped'
  | 'not-started'
  | 'interrupted';
export type NodeStatus = 'running' | 'succeeded' | 'failed' | 'skipped' | 'warned';
export type AnyStatus = RunStatus | StepStatus | NodeStatus;
