import type { Location } from './span.ts';

/** Something a tool can do, as data. `id` is `<system>:<kind>/<name>` or `<system>:<command>`, public. */
export interface Step {
  readonly id: string;
  /** The part of `id` behind `@`, which tells the projects apart that offer a step of one name. */
  readonly label?: string;
  readonly title: string;
  /** One line for a pick list: what it runs, on what. */
  readonly detail: string;
  /** Id of the system it belongs to. */
  readonly system: string;
  /** The project's root folder (URI path). */
  readonly project: string;
  /** What a button beside the thing says: `Test`. `Run` where absent. */
  readonly verb?: string;
  /** It does little before something is said to it: whoever presses its button is asked for its options first. */
  readonly asksFirst?: true;
  /** What is gone when it has run, in a sentence: whoever starts it says so twice. */
  readonly destroys?: string;
  /** Groups steps in tree and pick list: `job`, `plugin`, `command`, `model`, `pipeline`. */
  readonly kind: string;
  readonly work: Work;
  /** Where the thing it runs is written. */
  readonly location?: Location;
  /** Where things are written that its output calls by names of their own: paths (URI) by name. */
  readonly printed?: Readonly<Record<string, string>>;
  /** What may be set for a run of it, for itself and what it is made of. */
  readonly parameters?: readonly Parameter[];
}

export type Work = Command | Pipeline;

/** One process. */
export interface Command {
  readonly kind: 'command';
  readonly executable: Executable;
  readonly args: readonly string[];
  /** Folder to run in (URI path). */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What only one step at a time may write: absolute paths (a DuckDB file, a `target/` folder). */
  readonly writes: readonly string[];
  /** What it may leave behind for a person to look at. */
  readonly leaves?: readonly LeftFile[];
  readonly cancel: readonly CancelStage[];
  /** It serves something until somebody ends it, which is how it ends well. */
  readonly serves?: true;
  /** True where its words, paths and variables hold references (`core/references.ts`) that a run puts values in for. */
  readonly isTemplate?: boolean;
}

/** A file that a command may write, or may not: its report, its own log. */
export interface LeftFile {
  /** What a person calls it: `Run results`. */
  readonly title: string;
  /** Absolute (URI path). */
  readonly path: string;
}

/** Steps by id, each after those it needs. */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly steps: readonly PipelineEntry[];
  /** Variables of all that it runs; values may hold references. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The step that a pipeline, whose folder is `project`, names; undefined where there is none, or more than one. */
export type FindStep = (name: string, pipeline: Pick<Step, 'project'>) => Step | undefined;

export interface PipelineEntry {
  readonly id: string;
  readonly step: string;
  readonly needs: readonly string[];
  /** Narrows the step to a part of what it runs, in the words of the step's system; may hold references. */
  readonly selection?: Selection;
  /** What the step's tool is told, by the names of its options; values may hold references. */
  readonly options?: Readonly<Record<string, string>>;
  /** Variables of this step, over those of the pipeline; values may hold references. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  /** The pipeline goes on, and succeeds, where this step fails. */
  readonly allowFailure?: boolean;
}

export interface Selection {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
}

export interface Retries {
  /** Attempts after the first one. */
  readonly count: number;
  /** The pause before the second attempt. */
  readonly delayMs: number;
  /** What each further pause is longer by, as a factor. */
  readonly backoff: number;
}

/** What a person may set for a run. All values travel as text. */
export interface Parameter {
  readonly name: string;
  /** `selection` is a text in the words in which the step's tool is told which part of its things is meant. */
  readonly type: 'string' | 'number' | 'boolean' | 'choice' | 'selection';
  readonly description?: string;
  /** What it is where nobody sets it; undefined where somebody must, or where the tool alone knows. */
  readonly default?: string;
  /** The values of a choice. */
  readonly options?: readonly string[];
  /** An option of the tool: where nobody sets it the tool is told nothing, and does as `default` says where that is known. */
  readonly isOption?: true;
}

/** A program by the name it is installed under; who runs it finds the file. */
export interface Executable {
  readonly name: string;
  /** Shown when it is missing: the command that installs it. */
  readonly install: string;
}

/** A signal to the process group, and how long to wait before the next, harder one. */
export interface CancelStage {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
  readonly waitMs: number;
}

/** Reads what a step's process prints as events. One interpreter a run of a step; it may keep state. */
export interface Interpreter {
  line(stream: 'stdout' | 'stderr', text: string): readonly Reading[];
}

/** What one printed line means. */
export type Reading =
  | { readonly kind: 'text'; readonly text: string; readonly level: LogLevel; readonly node?: string }
  | {
      readonly kind: 'node-started';
      readonly node: string;
      readonly title: string;
      readonly what: string;
      readonly path?: string;
      readonly total?: number;
    }
  | {
      readonly kind: 'node-ended';
      readonly node: string;
      readonly status: NodeStatus;
      readonly durationMs?: number;
      readonly message?: string;
      /** Relative to the step's folder; `line` is one-based. */
      readonly path?: string;
      readonly line?: number;
      /** Name of the step that prints the rows for which it failed. */
      readonly rowsStep?: string;
    }
  /** A file that a node left behind for a person to look at; the path is relative to the step's folder. */
  | { readonly kind: 'artifact'; readonly node: string; readonly title: string; readonly path: string }
  | ({ readonly kind: 'progress'; readonly node: string } & Progress);

/** How far a node has come: what it has moved since its start. */
export interface Progress {
  /** Read from the source. */
  readonly records: number;
  /** Of those written to the target. */
  readonly loaded?: number;
  /** Written to the target, where it says so. */
  readonly bytes?: number;
  /** Requests to the source. */
  readonly requests?: number;
  /** How often the place reached was kept, so that a later run goes on from there. */
  readonly states?: number;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type NodeStatus = 'succeeded' | 'failed' | 'skipped' | 'warned';

/** From when to when a step ran; ISO 8601. */
export interface RanWhen {
  readonly from: string;
  readonly to: string;
}
