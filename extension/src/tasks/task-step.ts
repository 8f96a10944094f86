import type { StepAnswer } from '../../../server/src/protocol/requests.ts';
import { isSecretName } from '../../../server/src/runs/secret-values.ts';

/** A task of type `penstock` as `tasks.json` has it. */
export interface TaskStep {
  readonly step: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Undefined where it names no step, or a parameter has a value that none can have. */
export function readTaskStep(definition: Readonly<Record<string, unknown>>): TaskStep | undefined {
  const { step, parameters = {} } = definition;
  if (typeof step !== 'string' || step.trim() === '') return undefined;
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return undefined;
  const values = Object.entries(parameters as Readonly<Record<string, unknown>>);
  const isRight = (value: unknown): value is string | number | boolean =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!values.every(([, value]) => isRight(value))) return undefined;
  return { step, parameters: Object.fromEntries(values.map(([name, value]) => [name, String(value)])) };
}

/** The steps that are offered as tasks: what is run as a whole, and where nobody must be asked for a secret. */
export function offeredSteps(steps: readonly StepAnswer[]): readonly StepAnswer[] {
  return steps.filter(
    ({ kind, asksFirst, destroys, parameters = [] }) =>
      // Models and macros are many, and some steps need to be told something; each can be named in a task all the same.
      kind !== 'model' &&
      kind !== 'macro' &&
      !asksFirst &&
      destroys === undefined &&
      !parameters.some(({ name, default: otherwise }) => otherwise === undefined && isSecretName(name)),
  );
}

export interface TaskArguments extends TaskStep {
  /** The bundled command line program. */
  readonly program: string;
  /** Workspace folder whose `.penstock/` takes the log; a path of the file system. */
  readonly folder: string;
  readonly maxParallel: number;
  readonly environments: readonly string[];
}

/** The arguments of `penstock run` in a task's terminal: what it prints is for people. */
export function taskArguments({
  program,
  folder,
  step,
  parameters,
  maxParallel,
  environments,
}: TaskArguments): readonly string[] {
  return [
    program,
    'run',
    '--folder',
    folder,
    '--max-parallel',
    String(maxParallel),
    ...environments.map((environment) => `--environment=${environment}`),
    ...Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`),
    '--',
    step,
  ];
}
