import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import type { CancelStage, Step } from '../../core/step.ts';
import type { Project } from '../../core/system.ts';
import { entryStep, pipelineStep } from './facts.ts';
import { pipelineNamespace } from './names.ts';
import type { CommandPlan, EntryPlan, PipelinePlan } from './plan-of.ts';

const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

/** Each pipeline of the file, and each command of its own that a pipeline holds. */
export function stepsOf(project: Project, facts: FactReader): readonly Step[] {
  return [...facts.all(pipelineNamespace, project.scope)].flatMap((pipeline) => {
    const plan = JSON.parse(pipeline.data?.['plan'] ?? '{"title":"","entries":[]}') as PipelinePlan;
    return [
      pipelineOf(project, pipeline, plan),
      ...plan.entries.flatMap((entry) => commandOf(project, pipeline, entry)),
    ];
  });
}

function pipelineOf(
  project: Project,
  { name, path, span }: Located<Definition>,
  { title, entries }: PipelinePlan,
): Step {
  const steps = entries.map(({ id, step, needs }) => ({ id, step: step ?? entryStep(name, id), needs }));
  return {
    id: pipelineStep(name),
    title,
    detail: entries.map((entry) => entry.id).join(', '),
    system: 'penstock',
    project: project.root,
    kind: 'pipeline',
    work: { kind: 'pipeline', steps },
    location: { path, span },
  };
}

function commandOf(project: Project, pipeline: Located<Definition>, entry: EntryPlan): readonly Step[] {
  if (!entry.command) return [];
  const { title, words, span } = entry.command;
  return [
    {
      id: entryStep(pipeline.name, entry.id),
      title,
      detail: words.join(' '),
      system: 'penstock',
      project: project.root,
      kind: 'command',
      work: { kind: 'command', ...processOf(project, entry.command) },
      location: { path: pipeline.path, span },
    },
  ];
}

function processOf(project: Project, { words, cwd, env, writes }: CommandPlan) {
  const [name = '', ...args] = words;
  return {
    // Whose program it is only the user knows, so nothing can be said about how to install it.
    executable: { name, install: '' },
    args,
    cwd: resolvePath(project.root, cwd),
    env,
    writes: writes.map((file) => resolvePath(project.root, file)),
    cancel,
  };
}
