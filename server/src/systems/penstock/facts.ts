import type { Definition, Fact, Hole, Use } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import type { ScalarNode } from '../../core/tree.ts';
import type { Entry, PenstockModel, PipelineModel } from './model.ts';
import { toolFact } from '../../core/vocabulary.ts';
import { planOf } from './plan-of.ts';
import { entryNamespace, pipelineNamespace, planNamespace, stepNamespace } from './names.ts';

export function pipelineStep(pipeline: string): string {
  return `pipeline:${pipeline}`;
}

export function entryStep(pipeline: string, id: string): string {
  return `pipeline:${pipeline}/${id}`;
}

/** The pipelines and entries that a file defines, and the steps it names. */
export function penstockFacts(
  source: SourceFile,
  project: Project,
  { plans, pipelines }: PenstockModel,
): readonly Fact[] {
  return [
    toolFact('pipeline', 'penstock', project),
    ...plans.map((document) => useOfPlan(project, document)),
    ...pipelines.flatMap((pipeline) => [
      ...definePipeline(project, pipeline),
      ...pipeline.entries.flatMap((entry) => entryFacts(source, project, pipeline, entry)),
    ]),
  ];
}

/** Documents are named by their path; what is written is seen from the project's folder. */
function useOfPlan(project: Project, { text, span }: ScalarNode): Fact {
  const name = resolvePath(project.root, text);
  const prefix = name.endsWith(`/${text}`) ? name.slice(0, -text.length) : '';
  return { fact: 'use', namespaces: [planNamespace], scope: '', name, prefix, span, role: 'plan' };
}

/** While the file cannot be read whole, its own steps may be more than can be seen. */
export function unreadable(): readonly Hole[] {
  const reason = 'penstock.yaml cannot be read, so names of steps are not checked; mend its YAML';
  return [{ fact: 'hole', namespace: stepNamespace, scope: '', reason }];
}

function definePipeline(project: Project, pipeline: PipelineModel): readonly Definition[] {
  const { pair, name, title, entries } = pipeline;
  const list = entries.map((entry) => entry.id).join(', ');
  return [
    {
      fact: 'definition',
      namespace: pipelineNamespace,
      scope: project.scope,
      name,
      span: pair.key.span,
      what: 'pipeline',
      about: [title, list].filter((line) => line).join('\n\n'),
      data: { plan: JSON.stringify(planOf(pipeline)) },
    },
    step(pipelineStep(name), pair.key.span, title ?? 'pipeline'),
  ];
}

function entryFacts(
  source: SourceFile,
  project: Project,
  pipeline: PipelineModel,
  entry: Entry,
): readonly Fact[] {
  const facts: Fact[] = [];
  const scope = `${project.scope}#${pipeline.name}`;
  const by = { namespace: pipelineNamespace, scope: project.scope, name: pipeline.name };
  if (entry.step) facts.push({ ...useOfStep(source, project, entry.step), by });
  for (const need of entry.needs ?? []) {
    const name = need.value === null ? '' : need.text;
    facts.push({
      fact: 'use',
      namespaces: [entryNamespace],
      scope,
      name,
      span: slotSpan(source, need),
      role: 'need',
    });
  }
  if (entry.run)
    facts.push(
      step(entryStep(pipeline.name, entry.key), entry.run.span, entry.title ?? 'command of a pipeline'),
    );
  const written = entry.idNode ?? entry.step ?? entry.run;
  if (written && entry.id !== '') {
    const isImplicit = entry.idNode === undefined;
    const head = {
      fact: 'definition',
      namespace: entryNamespace,
      scope,
      name: entry.id,
      what: 'entry',
    } as const;
    facts.push({ ...head, span: written.span, ...(isImplicit ? { implicit: true } : {}) });
  }
  return facts;
}

/** Where two projects offer a step under one name it is called `name@project`; the name before the sign is what a tool defines. */
function useOfStep(source: SourceFile, project: Project, node: ScalarNode): Use {
  const [name = '', label] = node.value === null ? [''] : node.text.split('@');
  const isWhole = node.span.end - node.span.start === node.text.length;
  const span: Span =
    isWhole && name !== ''
      ? { start: node.span.start, end: node.span.start + name.length }
      : slotSpan(source, node);
  const data = label === undefined ? {} : { data: { project: resolvePath(project.root, label) } };
  return { fact: 'use', namespaces: [stepNamespace], scope: '', name, span, role: 'step', ...data };
}

function step(name: string, span: Span, about: string): Definition {
  const head = { fact: 'definition', namespace: stepNamespace, scope: '', name, span, what: 'step' } as const;
  return { ...head, about, exclusive: false, implicit: true };
}
