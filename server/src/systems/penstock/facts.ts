import { usesOfVariable } from '../../core/environment.ts';
import { checkNamespace } from '../../core/evidence.ts';
import {
  anyScope,
  fileNamespace,
  type Definition,
  type Fact,
  type Hole,
  type Use,
} from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { readingsOf } from '../../core/step-name.ts';
import { referencesIn, type Reference } from '../../core/references.ts';
import { toldByVariable, type SelectionText } from '../../core/step-selection.ts';
import type { Project } from '../../core/system.ts';
import { findPair, type Pair, type ScalarNode } from '../../core/tree.ts';
import { checkFacts, waiverFacts } from './check-facts.ts';
import type { Entry, ParameterModel, PenstockModel, PipelineModel } from './model.ts';
import { toolFact } from '../../core/vocabulary.ts';
import { planOf } from './plan-of.ts';
import {
  entryNamespace,
  parameterNamespace,
  pipelineNamespace,
  planNamespace,
  stepNamespace,
} from './names.ts';
import { stepUses } from './step-uses.ts';
import { textsOf, type Text } from './texts.ts';
import { unknownFiles, writtenFiles } from './written-files.ts';

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
  { plans, pipelines, checks, waivers }: PenstockModel,
): readonly Fact[] {
  const set = new Set(
    pipelines.flatMap(({ env, entries }) =>
      [env, ...entries.map((entry) => entry.env)].flatMap((pairs) => pairs.map(({ key }) => key.text)),
    ),
  );
  return [
    toolFact('pipeline', 'penstock', project),
    ...plans.flatMap((document) => usesOfPlan(project, document)),
    ...writtenFiles(project, pipelines),
    ...checks.flatMap((check) => checkFacts(source, project, check)),
    ...waivers.flatMap((waiver) => waiverFacts(source, project, waiver)),
    ...pipelines.flatMap((pipeline) => [
      ...definePipeline(project, pipeline),
      ...pipeline.parameters.map((parameter) => defineParameter(project, pipeline, parameter)),
      ...textsOf(pipeline).flatMap((text) => referenceUses(source, text, { project, pipeline, set })),
      ...pipeline.entries.flatMap((entry) => entryFacts(source, project, pipeline, entry)),
    ]),
  ];
}

/** What a file's entries tell the tools of their steps, each to be read by the system of the step. */
export function selectionsOf(
  project: Project,
  { pipelines }: PenstockModel,
  { isBroken }: { readonly isBroken: boolean },
): readonly SelectionText[] {
  return pipelines.flatMap(({ env: own, entries }) => [
    ...own.flatMap(variableOf),
    ...entries.flatMap(({ step, select, exclude, options, env }): readonly SelectionText[] => {
      const variables = env.flatMap(variableOf);
      if (!step || step.text === '') return variables;
      const ways = readingsOf(step.text).flatMap(({ name, label, reading }) => {
        const scope = label === undefined ? anyScope : resolvePath(project.root, label);
        const meant = { step: name, scope, ...(reading ? { reading } : {}) };
        const selected = [...select, ...exclude].map((node) => ({
          ...meant,
          node,
          ...(isBroken ? { isQuiet: true } : {}),
        }));
        const told = options.flatMap(({ key, value: node }): readonly SelectionText[] =>
          node.kind === 'scalar' ? [{ ...meant, told: { option: key.text }, node }] : [],
        );
        return [...selected, ...told];
      });
      return [...variables, ...ways];
    }),
  ]);
}

function variableOf({ key, value }: Pair): readonly SelectionText[] {
  return value.kind === 'scalar' ? [toldByVariable(key.text, value, anyScope)] : [];
}

function scopeOf(project: Project, pipeline: PipelineModel): string {
  return `${project.scope}#${pipeline.name}`;
}

function defineParameter(project: Project, pipeline: PipelineModel, parameter: ParameterModel): Definition {
  const { name, type, default: otherwise, options, description } = parameter;
  const values = options.map((option) => `\`${option.text}\``).join(', ');
  const first = [type, values, otherwise ? `default \`${otherwise.text}\`` : 'has to be set'];
  return {
    fact: 'definition',
    namespace: parameterNamespace,
    scope: scopeOf(project, pipeline),
    name: name.text,
    span: name.span,
    what: 'parameter',
    about: [first.filter((part) => part !== '').join(' · '), description].filter(Boolean).join('\n\n'),
  };
}

interface Referring {
  readonly project: Project;
  readonly pipeline: PipelineModel;
  /** The variables that pipelines of the file set: one that runs another hands on its own. */
  readonly set: ReadonlySet<string>;
}

function referenceUses(
  source: SourceFile,
  { node, isVariable }: Text,
  { project, pipeline, set }: Referring,
): readonly Use[] {
  // Where quotes or folds change the text, a name in it has no place of its own.
  const isVerbatim = source.slice(node.span) === node.text;
  const spanOf = ({ start, end }: Span): Span =>
    isVerbatim ? { start: node.span.start + start, end: node.span.start + end } : node.span;
  return referencesIn(node.text).flatMap((reference: Reference): readonly Use[] => {
    if (reference.kind === 'parameter') {
      const scope = scopeOf(project, pipeline);
      const at = {
        namespaces: [parameterNamespace],
        scope,
        name: reference.name,
        span: spanOf(reference.span),
      };
      return [{ fact: 'use', ...at, role: 'parameter' }];
    }
    if (reference.kind !== 'variable' || !isVariable || set.has(reference.name)) return [];
    // A run does not begin while it is not set.
    const role = reference.otherwise === undefined ? 'must-be-set' : 'has-default';
    return usesOfVariable(reference.name, spanOf(reference.span), role);
  });
}

/** Documents are named by their path; what is written is seen from the project's folder. */
function usesOfPlan(project: Project, { text, span }: ScalarNode): readonly Use[] {
  const name = resolvePath(project.root, text);
  const prefix = name.endsWith(`/${text}`) ? name.slice(0, -text.length) : '';
  const use = { fact: 'use', scope: '', name, span, role: 'plan' } as const;
  // What is there and cannot be read is none of the plan's names.
  return [
    { ...use, namespaces: [planNamespace], prefix },
    { ...use, namespaces: [fileNamespace] },
  ];
}

/** While the file cannot be read whole, its own steps and parameters may be more than can be seen. */
export function unreadable(project: Project, { pipelines }: PenstockModel): readonly Hole[] {
  const reason = 'penstock.yaml cannot be read, so names of steps are not checked; mend its YAML';
  return [
    { fact: 'hole', namespace: stepNamespace, scope: '', reason },
    { fact: 'hole', namespace: checkNamespace, scope: project.scope, reason },
    ...unknownFiles(project, reason),
    ...pipelines.map((pipeline): Hole => {
      const scope = scopeOf(project, pipeline);
      return { fact: 'hole', namespace: parameterNamespace, scope, reason };
    }),
  ];
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
  const scope = scopeOf(project, pipeline);
  const by = { namespace: pipelineNamespace, scope: project.scope, name: pipeline.name };
  if (entry.step)
    facts.push(...usesOfStep(source, project, entry.step, entry).map((use) => ({ ...use, by })));
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

function usesOfStep(source: SourceFile, { root }: Project, node: ScalarNode, entry: Entry): readonly Use[] {
  const narrowed = findPair(entry.node, 'select') ?? findPair(entry.node, 'exclude');
  const data = narrowed ? { narrowed: `${narrowed.key.span.start} ${narrowed.key.span.end}` } : {};
  return stepUses(source, node, { root, data });
}

function step(name: string, span: Span, about: string): Definition {
  const head = { fact: 'definition', namespace: stepNamespace, scope: '', name, span, what: 'step' } as const;
  return { ...head, about, exclusive: false, implicit: true };
}
