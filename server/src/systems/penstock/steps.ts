import { coverageFiles } from '../../core/coverage-report.ts';
import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { referencesIn } from '../../core/references.ts';
import { commandWithoutSecrets, withoutSecrets } from '../../core/secret-looks.ts';
import type { CancelStage, Command, Parameter, PipelineEntry, Step } from '../../core/step.ts';
import type { Project } from '../../core/system.ts';
import { entryStep, pipelineStep } from './facts.ts';
import { pipelineNamespace } from './names.ts';
import { readPlan, type CommandPlan, type EntryPlan, type PipelinePlan } from './plan-of.ts';

const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

/** Each pipeline of the file, and each command of its own that a pipeline holds. */
export function stepsOf(project: Project, facts: FactReader): readonly Step[] {
  return [...facts.all(pipelineNamespace, project.scope)].flatMap((pipeline) => {
    const plan = readPlan(pipeline.data?.['plan']);
    return [
      pipelineOf(project, pipeline, plan),
      ...plan.entries.flatMap((entry) => commandOf(project, pipeline, { plan, entry })),
    ];
  });
}

function pipelineOf(
  project: Project,
  { name, path, span }: Located<Definition>,
  { title, parameters, env, entries }: PipelinePlan,
): Step {
  const steps = entries.map((entry): PipelineEntry => {
    const { command: _command, step = entryStep(name, entry.id), ...rest } = entry;
    return { ...rest, step };
  });
  return {
    id: pipelineStep(name),
    title,
    detail: entries.map((entry) => entry.id).join(', '),
    system: 'penstock',
    project: project.root,
    kind: 'pipeline',
    work: { kind: 'pipeline', steps, ...(Object.keys(env).length === 0 ? {} : { env }) },
    location: { path, span },
    ...(parameters.length === 0 ? {} : { parameters }),
  };
}

function commandOf(
  project: Project,
  pipeline: Located<Definition>,
  { plan, entry }: { readonly plan: PipelinePlan; readonly entry: EntryPlan },
): readonly Step[] {
  if (!entry.command) return [];
  const { title, words, cwd, writes, span } = entry.command;
  const env = { ...plan.env, ...entry.env };
  const parameters = usedBy([...words, cwd, ...writes, ...Object.values(env)], plan.parameters);
  return [
    {
      id: entryStep(pipeline.name, entry.id),
      title: withoutSecrets(title),
      detail: commandWithoutSecrets(words),
      system: 'penstock',
      project: project.root,
      kind: 'command',
      work: { kind: 'command', ...processOf(project, entry.command), env },
      location: { path: pipeline.path, span },
      ...(parameters.length === 0 ? {} : { parameters }),
    },
  ];
}

/** Alone a command asks only for the parameters that it needs. */
function usedBy(texts: readonly string[], parameters: readonly Parameter[]): readonly Parameter[] {
  const used = new Set(
    texts.flatMap((text) => referencesIn(text).flatMap((each) => ('name' in each ? each.name : []))),
  );
  return parameters.filter(({ name }) => used.has(name));
}

function processOf(project: Project, { words, cwd, writes }: CommandPlan): Omit<Command, 'kind' | 'env'> {
  const [name = '', ...args] = words;
  return {
    // Whose program it is only the user knows, so nothing can be said about how to install it.
    executable: { name, install: '' },
    args,
    cwd: resolvePath(project.root, cwd),
    writes: writes.map((file) => resolvePath(project.root, file)),
    leaves: coverageFiles(resolvePath(project.root, cwd)),
    cancel,
    isTemplate: true,
  };
}
