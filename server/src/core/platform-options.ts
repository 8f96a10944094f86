import type { Pause } from './cancellation.ts';
import type { Files } from './files.ts';
import type { ParseCache } from './kept.ts';
import type { Log } from './log.ts';
import type { StatusWords } from './plan.ts';
import type { Project, System, Tool, ToolVersion, Versions } from './system.ts';

/** What a platform needs of the world around it. */
export interface PlatformOptions {
  readonly systems: readonly System[];
  readonly files: Files;
  readonly log: Log;
  readonly pause: Pause;
  /** Which version of a project's tool is in force, as far as the outside can tell without running it. */
  readonly versionOf?: (tool: Tool, project: Project) => ToolVersion | undefined;
  /** What the user's settings say of versions that nothing tells, by system, as it is when somebody asks. */
  readonly versions?: () => Versions;
  /** Names of environment variables that are set for whoever starts the tools; values are never asked for. */
  readonly environment?: ReadonlySet<string>;
  /** Those of them that are set to nothing. */
  readonly emptyVariables?: ReadonlySet<string>;
  /** Whether git tracks a file; undefined where that cannot be told. */
  readonly isTracked?: (path: string) => boolean | undefined;
  /** Milliseconds since 1970; without it nothing is said that only the day shows. */
  readonly clock?: () => number;
  /** What the user's settings say of plans, as it is when somebody asks. */
  readonly planSettings?: () => PlanSettings;
  /** Where an earlier start left what this one need not read again. */
  readonly cache?: ParseCache;
  /** Tests want a rule's exception; users want the other rules. */
  readonly onRuleError?: (rule: string, path: string, error: unknown) => void;
}

export interface PlanSettings {
  /** Documents (URI paths) that are the plan. */
  readonly documents: readonly string[];
  readonly statusWords: StatusWords;
}

/** What is told of the variables of a process. */
export function namesOfVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Required<Pick<PlatformOptions, 'environment' | 'emptyVariables'>> {
  const names = Object.keys(variables);
  return {
    environment: new Set(names),
    emptyVariables: new Set(names.filter((name) => variables[name] === '')),
  };
}
