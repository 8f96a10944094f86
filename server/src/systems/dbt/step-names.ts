import type { Definition } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';

const fileStart = { start: 0, end: 0 };

/** dbt's commands that are steps, by the last part of their public name. */
const commandSteps = [
  'deps',
  'seed',
  'run',
  'test',
  'snapshot',
  'build',
  'retry',
  'compile',
  'list',
  'freshness',
  'docs',
  'docs-serve',
  'debug',
] as const;

/** The step that tells what a selection means. */
export const listStep = 'dbt:list';

/** Those that run many nodes. */
const selectingSteps: ReadonlySet<string> = new Set(
  'seed run test snapshot build compile list freshness docs'.split(' '),
);

export type CommandStep = (typeof commandSteps)[number];

/** The names of a project's commands, for whoever names steps in a file. Packages are not run by themselves. */
export function commandStepNames(project: Project): readonly Definition[] {
  return project.vendored
    ? []
    : commandSteps.map((command) => ({
        ...stepName(command, fileStart, 'a command of dbt'),
        ...(takesSelection(`dbt:${command}`) ? { data: { selection: 'true' } } : {}),
      }));
}

/** Whether a step runs many nodes, and can be told which. */
export function takesSelection(step: string): boolean {
  const [, command = ''] = /^dbt:([\w-]+)(?:@|$)/u.exec(step) ?? [];
  return selectingSteps.has(command);
}

/** The public names of the steps of one model, the one that runs it first. */
export function stepNamesOf(model: string): readonly string[] {
  return [modelStep(model), ...modelVariants.map((variant) => variant.idOf(model)), compileStep(model)];
}

export function modelStep(model: string): string {
  return `dbt:model/${model}`;
}

/** The step that compiles a model, for its SQL to be seen. */
export function compileStep(model: string): string {
  return `dbt:compile/${model}`;
}

/** What can be done with a model besides running it. */
export interface ModelVariant {
  readonly verb: string;
  readonly title: string;
  readonly args: (model: string) => readonly string[];
  readonly idOf: (model: string) => string;
}

export const modelVariants: readonly ModelVariant[] = [
  {
    verb: 'Test',
    title: 'Test model',
    args: (model) => ['test', '--select', model],
    idOf: (model) => `dbt:test/${model}`,
  },
  {
    verb: 'Build',
    title: 'Build model',
    args: (model) => ['build', '--select', model],
    idOf: (model) => `dbt:build/${model}`,
  },
  {
    verb: 'Build +',
    title: 'Build what depends on model',
    args: (model) => ['build', '--select', `${model}+`],
    idOf: (model) => `dbt:build/${model}+`,
  },
];

/** The other steps of the model that a step runs, by their names. */
export function otherSteps(listed: string): readonly string[] {
  return listed.startsWith(modelStep('')) ? stepNamesOf(listed.slice(modelStep('').length)).slice(1) : [];
}

/** Commands that can be held to a part of the project. */
export type SelectingCommand = 'seed' | 'test' | 'snapshot' | 'build' | 'freshness' | 'show';

/** A command for what dbt's own selection names: `dbt:test/unit_test:adds_up`, `dbt:freshness/source:raw.orders`. */
export function selectionStep(command: SelectingCommand, selection: string): string {
  return `dbt:${command}/${selection}`;
}

/**
 * The command and the selection of such a name. Without a method, behind `test` and `build`, it is a model's name.
 * A selection never begins like an option.
 */
export function selectionIn(
  name: string,
): { readonly command: SelectingCommand; readonly selection: string } | undefined {
  const [, command, selection = ''] =
    /^dbt:(seed|test|snapshot|build|freshness|show)\/(\w.*)$/.exec(name) ?? [];
  if (command === undefined) return undefined;
  if ((command === 'test' || command === 'build') && !selection.includes(':')) return undefined;
  return { command: command as SelectingCommand, selection };
}

/** The name of the step that calls a macro. */
export function operationStep(macro: string): string {
  return `dbt:run-operation/${macro}`;
}

/** The macro that `dbt:run-operation/grant_select` calls; undefined for all other names. */
export function operationIn(name: string): string | undefined {
  return /^dbt:run-operation\/(\w+(?:\.\w+)?)$/.exec(name)?.[1];
}

/** The listed step of which `name` is another form: a model's, or a command's; undefined for all others. */
export function listedStep(name: string): string | undefined {
  // Every project has models to run.
  if (operationIn(name) !== undefined) return 'dbt:run';
  const selecting = selectionIn(name);
  // Every project has tests to run, and what runs one can show it.
  if (selecting) return selecting.command === 'show' ? 'dbt:test' : `dbt:${selecting.command}`;
  for (const prefix of ['dbt:test/', compileStep('')]) {
    if (name.startsWith(prefix)) return modelStep(name.slice(prefix.length));
  }
  if (!name.startsWith('dbt:build/')) return undefined;
  const model = name.slice('dbt:build/'.length);
  return modelStep(model.endsWith('+') ? model.slice(0, -1) : model);
}

/** The name of the step that runs one model. */
export function modelStepNames(place: ResourcePlace, project: Project): readonly Definition[] {
  return project.vendored ? [] : [stepName(`model/${place.name}`, fileStart, 'runs this model')];
}

/** Steps are named across systems and projects, so their scope is everything and none excludes another. */
function stepName(name: string, span: Span, about: string): Definition {
  const head = {
    fact: 'definition',
    namespace: 'step',
    scope: '',
    name: `dbt:${name}`,
    span,
    what: 'step',
    about,
  } as const;
  return { ...head, exclusive: false, implicit: true };
}
