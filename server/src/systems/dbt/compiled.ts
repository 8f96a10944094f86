import { isInside, pathFrom } from '../../core/path.ts';
import type { Command, Step } from '../../core/step.ts';
import type { ParsedFile, Preview, Project } from '../../core/system.ts';
import type { DbtFileKind } from './claim.ts';
import { layoutOf } from './layout.ts';
import { compileStep } from './step-names.ts';

/**
 * Below dbt's own output folder, which everybody ignores already: dbt's files of a run that goes on beside
 * (its manifest, its parse cache, its results) are not touched.
 */
const ownFolder = 'penstock';

/** What lets a command write its own files beside those of other runs, and what it writes then. */
export function besideArgs(
  { project }: Step,
  { writes: [output, ...databases] }: Command,
): { readonly args: readonly string[]; readonly writes: readonly string[] } {
  if (output === undefined) return { args: [], writes: [] };
  const place = isInside(output, project) ? pathFrom(project, output) : output;
  const target = `${place}/${ownFolder}`;
  return {
    args: ['--target-path', target, '--log-path', target],
    writes: [`${output}/${ownFolder}`, ...databases],
  };
}

/** The step that compiles one model, from the step that runs it; nothing for any other step. */
export function compileVariant(step: Step, model: string, shared: readonly string[]): readonly Step[] {
  if (step.work.kind !== 'command' || step.work.writes.length === 0) return [];
  const beside = besideArgs(step, step.work);
  const args = ['compile', '--select', model, '--indirect-selection', 'empty'];
  const compile: Step = {
    ...step,
    id: compileStep(model),
    title: `Compile model ${model}`,
    kind: 'compile',
    work: {
      ...step.work,
      args: [...shared, ...args, ...beside.args],
      // The relations of all schemas are not needed; those that a macro asks for are looked up then.
      env: { ...step.work.env, DBT_POPULATE_CACHE: 'false' },
      writes: beside.writes,
    },
  };
  return [compile];
}

const uncompiled: Partial<Readonly<Record<DbtFileKind, (name: string) => string>>> = {
  'python-model': (name) =>
    `${name} is a Python model: dbt runs its code as it is written, so there is no SQL to compile.`,
  seed: (name) => `${name} is a seed: dbt loads its rows as they are, so there is nothing to compile.`,
  snapshot: () => 'Penstock compiles models. A snapshot is compiled when it is run.',
  macro: () => 'A macro is compiled where it is used: look at the compiled SQL of a model that calls it.',
  test: () => 'Penstock compiles models. A test is compiled when it is run.',
  analysis: () => 'Penstock compiles models; `dbt compile` compiles analyses.',
};

/** The SQL that dbt makes of a model, or why it makes none. */
export function previewDbt({ source, claim, project, facts }: ParsedFile): Preview {
  const kind = claim.kind as DbtFileKind;
  const node = facts.find(
    (fact) => fact.fact === 'definition' && fact.namespace === 'dbt.node' && fact.implicit === true,
  );
  const name = node?.fact === 'definition' ? node.name : '';
  const why = uncompiled[kind];
  if (why) return { kind: 'nothing', message: why(name) };
  if (kind !== 'model' || name === '')
    return { kind: 'nothing', message: 'Open the SQL file of a model to see what dbt makes of it.' };
  if (project.vendored) {
    const message = `${name} belongs to an installed package. Penstock compiles the models of the project itself.`;
    return { kind: 'nothing', message };
  }
  return {
    kind: 'made',
    name,
    step: compileStep(name),
    path: `${outputOf(project)}/${ownFolder}/compiled/${layoutOf(project).package}/${pathFrom(project.root, source.path)}`,
    language: 'sql',
  };
}

function outputOf(project: Project): string {
  const output = layoutOf(project).output[0]!;
  return output.startsWith('/') ? output : `${project.root}/${output}`;
}
