import type { TextRange } from '../shared/ansi.ts';

/**
 * The run panel's door: everything that crosses between the extension and the page.
 * Times are milliseconds since the epoch by the extension's clock; paths are absolute.
 */

export { stampOf } from './time-stamps.ts';
export type { TextRange } from '../shared/ansi.ts';

export type ToWebview =
  /** The whole run as it stands; the page draws it and forgets the one before. */
  | { readonly kind: 'run'; readonly run: RunView; readonly now: number }
  /** The run is still being read, and takes a while; `part` of its log has been. What it is like is not known before. */
  | { readonly kind: 'reading'; readonly run: string; readonly part: number }
  /** How far the output has come under the query that the page sent as `view`. */
  | ({ readonly kind: 'log'; readonly run: string; readonly view: number } & LogStatus)
  /** Rows that were asked for, or whose links are known by now; `rows[0]` stands at position `from`. */
  | {
      readonly kind: 'rows';
      readonly run: string;
      readonly view: number;
      readonly from: number;
      readonly rows: readonly LogRow[];
    }
  /** Where the thing is that the page looked for; without a position it is not shown. */
  | {
      readonly kind: 'located';
      readonly run: string;
      readonly request: number;
      readonly position?: number;
      /** Which of the hits it is, from 0. */
      readonly hit?: number;
    }
  /** The rows for which a node failed, as its tool prints them; `text` says what is wrong where there are none. */
  | {
      readonly kind: 'failing-rows';
      readonly run: string;
      readonly step: string;
      readonly node: string;
      readonly isRunning: boolean;
      readonly text: string;
    }
  /** The search is to have the keyboard: the editor was asked for it, and not the page. */
  | { readonly kind: 'search' }
  /** There is nothing to show, and why. */
  | { readonly kind: 'unavailable'; readonly message: string };

export type FromWebview =
  /** The page listens; everything is to be sent from the start. */
  | { readonly kind: 'ready'; readonly view: number; readonly query: LogQuery }
  /** What of the output is wanted from now on; answers carry the number `view`. */
  | { readonly kind: 'view'; readonly view: number; readonly query: LogQuery }
  /** Rows from a position on. */
  | { readonly kind: 'rows'; readonly view: number; readonly from: number; readonly count: number }
  /** Only the answer to the newest request counts. */
  | { readonly kind: 'locate'; readonly request: number; readonly what: LogTarget }
  | { readonly kind: 'cancel' }
  /** Asks the node's tool for the rows for which it failed. */
  | { readonly kind: 'show-rows'; readonly step: string; readonly node: string }
  /** Ends one step, lets the run pause before it, or go on with it. */
  | { readonly kind: 'step'; readonly ask: StepAsk; readonly step: string }
  | { readonly kind: 'rerun' }
  /** Goes on with the run where it failed. */
  | { readonly kind: 'resume' }
  /** `line` and `column` are one-based. Only paths that the run itself named are opened. */
  | { readonly kind: 'open'; readonly path: string; readonly line?: number; readonly column?: number }
  /** Opens a node's file at the line where it is written, which the run does not tell. */
  | { readonly kind: 'open-node'; readonly step: string; readonly node: string }
  /** Opens a file that the run left behind; only one that it names. */
  | { readonly kind: 'open-artifact'; readonly path: string }
  | { readonly kind: 'open-url'; readonly url: string }
  /** Shows what the tool made of a file that the run named. */
  | { readonly kind: 'show-compiled'; readonly path: string }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** All lines shown go to the clipboard, or into a file that the person chooses. */
  | { readonly kind: 'copy-output' | 'save-output'; readonly times: TimeStamps }
  | { readonly kind: 'open-log' };

export type StepAsk = 'cancel' | 'pause' | 'continue';

/** What of the output is shown. */
export interface LogQuery {
  readonly level: LogLevel;
  /** Only of this step, or of its node. */
  readonly step?: string;
  readonly node?: string;
  /** Keys of steps and nodes of which only the first line is shown; a search looks through them. */
  readonly folded: readonly string[];
  readonly search: LogSearch;
  /** Only lines with a hit, where something is searched for. */
  readonly onlyMatching: boolean;
}

export interface LogSearch {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

export interface LogStatus {
  /** Lines printed so far. */
  readonly lines: number;
  /** Of those shown. */
  readonly shown: number;
  /** Length of the longest line so far. */
  readonly columns: number;
  readonly search?: {
    /** Shown lines with a hit so far. */
    readonly hits: number;
    /** All lines so far were looked through. */
    readonly isDone: boolean;
    /** Why nothing can be searched for. */
    readonly problem?: string;
  };
  /** Places that can be folded and how many lines they have beyond their first one, where that is news. */
  readonly folds: readonly (readonly [key: string, lines: number])[];
  /** The last rows, which are what a person sees who follows. */
  readonly tail: { readonly from: number; readonly rows: readonly LogRow[] };
}

export type LogTarget =
  /** The first line of a step or node, the first error where a node has one. */
  | { readonly kind: 'part'; readonly step: string; readonly node?: string }
  /** The line with this number, or the next one shown. */
  | { readonly kind: 'line'; readonly number: number }
  /** The next or previous hit. */
  | { readonly kind: 'hit'; readonly from: number; readonly direction: 1 | -1 };

/** Time stamps before lines: none, the clock's, or the time since the run began. */
export type TimeStamps = 'off' | 'clock' | 'elapsed';

/** What the page remembers over a reload; the extension reads `folder` and `run` to find the run again. */
export interface PanelState {
  readonly folder: string;
  readonly run: string;
  readonly selected?: string;
  /** Keys of the tree's folded steps. */
  readonly collapsed: readonly string[];
  /** Keys of steps and nodes whose output is folded. */
  readonly folded: readonly string[];
  readonly search: LogSearch;
  readonly onlyMatching: boolean;
  readonly level: LogLevel;
  readonly onlySelected: boolean;
  readonly follow: boolean;
  readonly times: TimeStamps;
  readonly wrap: boolean;
  /** Number of the line at the top edge, while the end is not followed. */
  readonly topLine?: number;
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
  /** Nothing was broken off but what serves until somebody ends it. */
  readonly stopped?: boolean;
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
  readonly stopped?: number;
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
  /** The run pauses before it, or is to when it comes to it. */
  readonly pause?: 'wanted' | 'reached';
  /** The attempt it is at, from 1; absent for a step that is tried once. */
  readonly attempt?: number;
  readonly timedOut?: boolean;
  /** It served until somebody ended it. */
  readonly stopped?: boolean;
  /** It failed, and may. */
  readonly allowed?: boolean;
  /** The run in which it succeeded, where it was not run here. */
  readonly reusedFrom?: string;
  readonly nodes: readonly NodeView[];
  /** What it and its nodes left behind. */
  readonly artifacts?: readonly ArtifactView[];
  /** Nodes the step will have, where its tool said so. */
  readonly total?: number;
  /** How long it took when it last went well. */
  readonly lastMs?: number;
}

/** A file that was written for a person to look at. */
export interface ArtifactView {
  readonly title: string;
  readonly path: string;
  readonly shownPath: string;
  /** The node that left it; absent for the step itself. */
  readonly node?: string;
  /** Whether it still is what this run wrote. */
  readonly state: 'current' | 'overwritten' | 'gone';
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
  /** Name of the step that prints the rows for which it failed. */
  readonly rowsStep?: string;
  /** Read from the source. */
  readonly records?: number;
  /** Of those written to the target. */
  readonly loaded?: number;
  readonly bytes?: number;
  readonly requests?: number;
  /** How often the place reached was kept. */
  readonly states?: number;
  /** How long it took when it last went well. */
  readonly lastMs?: number;
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

/** A line as the page draws it. */
export interface LogRow extends LogLine {
  /** Which line of the run it is, from 0, whatever is shown. */
  readonly number: number;
  /** Characters beyond those that are shown. */
  readonly cut?: number;
  /** In order, not overlapping. */
  readonly links?: readonly LogLink[];
  readonly hits?: readonly TextRange[];
  /** Key of the step or node that it stands for when that is folded. */
  readonly fold?: string;
}

/** What a part of a line leads to. */
export type LogLink = TextRange &
  (
    | { readonly kind: 'file'; readonly path: string; readonly line?: number; readonly column?: number }
    | { readonly kind: 'url'; readonly url: string }
  );

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
