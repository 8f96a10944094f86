import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import { textAt } from '../files/disk.ts';
import { toFsPath } from '../files/node-files.ts';
import { createRedactor, type Redactor } from '../runs/redact.ts';
import type { PlannedStep } from '../runs/run-plan.ts';
import { secretsOfEnvFiles, secretsOfEnvironment } from '../runs/secret-values.ts';

/** What may hold secrets beside the platform itself. */
export interface SecretHolders {
  /** What is about to run. */
  readonly works?: readonly PlannedStep['work'][];
  /** Values of parameters, by name. */
  readonly parameters: Iterable<readonly [name: string, value: string]>;
  /** File-system path of the workspace folder. */
  readonly folder: string;
  readonly systems: readonly System[];
}

/** Everything that any file, variable or step of the platform holds, because a step may print what is not its own. */
export function redactorOf(
  platform: Platform,
  { works = [], parameters, folder, systems }: SecretHolders,
): Redactor {
  const steps = platform.steps();
  const projects = new Set(steps.map((step) => step.project));
  const variables = [...steps.map(({ work }) => work), ...works].flatMap((work) => {
    if (work.kind !== 'command') return [];
    const env = 'command' in work ? work.command.env : work.env;
    return env ? [env] : [];
  });
  return createRedactor([
    ...platform.secrets(),
    ...systems.flatMap((system) => system.secretsAtHome?.(readAtHome) ?? []),
    ...[...projects].flatMap((project) => secretsOfEnvFiles(toFsPath(project), folder)),
    ...[process.env, Object.fromEntries(parameters), ...new Set(variables)].flatMap(secretsOfEnvironment),
  ]);
}

function readAtHome(path: string): string {
  return textAt(join(homedir(), path)) ?? '';
}
