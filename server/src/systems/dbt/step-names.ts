import type { Definition } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';

const fileStart = { start: 0, end: 0 };

/** dbt's commands that are steps, by the last part of their public name. */
const commandSteps = ['deps', 'seed', 'run', 'test', 'snapshot', 'build', 'docs'] as const;

export type CommandStep = (typeof commandSteps)[number];

/** The names of a project's commands, for whoever names steps in a file. Packages are not run by themselves. */
export function commandStepNames(project: Project): readonly Definition[] {
  return project.vendored
    ? []
    : commandSteps.map((command) => stepName(command, fileStart, 'a command of dbt'));
}

/** The public names of the steps of one model, the one that runs it first. */
export function stepNamesOf(model: string): readonly string[] {
  return [`dbt:model/${model}`];
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
