import type { NodeStatus } from './step.ts';

/** How a thing went when it last ran. */
export interface LastRun {
  readonly status: NodeStatus | 'running';
  /** When it began or, where only that is known, when it ended (ISO 8601); '' where nobody says. */
  readonly at: string;
  readonly durationMs?: number;
  /** How many rows it wrote. */
  readonly rows?: number;
  /** How many rows a test found wrong. */
  readonly failures?: number;
  readonly message?: string;
  /** Who ran it: a step's public name, or the tool's command. */
  readonly by?: string;
}

/** What is told of runs besides what tools leave behind themselves. */
export interface RunHistory {
  /**
   * How a thing last went that a tool runs in the project's folder, by the tool's own id of it. Ids that begin with
   * `node` and a dot are meant, too.
   */
  last(project: { readonly root: string }, node: string): Promise<LastRun | undefined>;
  /** How a step of the project last went, by its public name, with a project behind `@` or without. */
  lastOfStep(project: { readonly root: string }, step: string): Promise<LastRun | undefined>;
  /** What makes texts as they may be shown; `secrets` are values that must not be, besides those of the environment. */
  masking(project: { readonly root: string }, secrets: readonly string[]): (text: string) => string;
}
