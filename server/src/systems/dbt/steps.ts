import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { CancelStage, Command, Step } from '../../core/step.ts';
import type { Project, StepVariants } from '../../core/system.ts';
import { besideArgs, compileVariant } from './compiled.ts';
import { isOwn, layoutOf } from './layout.ts';
import { leftBy } from './left-files.ts';
import { macroSteps, operationOf } from './macro-steps.ts';
import {
  listedStep,
  operationIn,
  modelStep as modelStepName,
  modelVariants,
  otherSteps,
  selectionIn,
  type CommandStep,
  type SelectingCommand,
} from './step-names.ts';
import { isSecondLine } from './version.ts';
import { writtenBy } from './written-files.ts';

export const installDbt = 'python -m pip install dbt-core dbt-duckdb';

/** dbt ends its queries and writes its results on SIGINT; SIGTERM kills it as it stands. */
const cancel: readonly CancelStage[] = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 0 },
];

interface Offer {
  readonly id: CommandStep | `model/${string}`;
  readonly title: string;
  readonly detail: string;
  readonly args: readonly string[];
  /** What dbt v2 is told in place of `args`. */
  readonly argsOfSecond?: readonly string[];
  /** Nobody looks for it in dbt_project.yml. */
  readonly isAside?: true;
  readonly serves?: true;
  /** Offered only when the project has one of these. */
  readonly needs?: 'seed' | 'snapshot' | 'packages' | 'source';
}

const offers: readonly Offer[] = [
  { id: 'deps', title: 'Install packages', detail: 'dbt deps', args: ['deps'], needs: 'packages' },
  { id: 'seed', title: 'Load seeds', detail: 'dbt seed', args: ['seed'], needs: 'seed' },
  { id: 'run', title: 'Run all models', detail: 'dbt run', args: ['run'] },
  { id: 'test', title: 'Run all tests', detail: 'dbt test', args: ['test'] },
  { id: 'snapshot', title: 'Take snapshots', detail: 'dbt snapshot', args: ['snapshot'], needs: 'snapshot' },
  {
    id: 'build',
    title: 'Build everything',
    detail: 'dbt build: seeds, models, snapshots and tests in order',
    args: ['build'],
  },
  { id: 'retry', title: 'Retry what failed', detail: 'dbt retry', args: ['retry'], isAside: true },
  { id: 'compile', title: 'Compile everything', detail: 'dbt compile', args: ['compile'], isAside: true },
  {
    id: 'list',
    title: 'List what is selected',
    detail: 'dbt list',
    args: ['--quiet', 'list'],
    isAside: true,
  },
  {
    id: 'freshness',
    title: 'Check the freshness of sources',
    detail: 'dbt source freshness',
    args: ['source', 'freshness'],
    needs: 'source',
  },
  { id: 'docs', title: 'Generate documentation', detail: 'dbt docs generate', args: ['docs', 'generate'] },
  {
    id: 'docs-serve',
    title: 'Serve documentation',
    detail: 'dbt docs serve: until it is cancelled',
    args: ['docs', 'serve', '--no-browser'],
    argsOfSecond: ['docs', 'serve', '--no-open'],
    isAside: true,
    serves: true,
  },
  { id: 'debug', title: 'Test the connection', detail: 'dbt debug', args: ['debug'], isAside: true },
];

/** What can be run of one project: dbt's commands, and each model by itself. */
export function dbtSteps(project: Project, facts: FactReader): readonly Step[] {
  const nodes = [...facts.all('dbt.node', project.scope)];
  const writes = writtenBy(project, facts);
  const commands = offers
    .filter((offer) => isOffered(offer, project, nodes, facts))
    .map((offer) =>
      step(project, {
        ...offer,
        ...(offer.argsOfSecond && isSecondLine(project) ? { args: offer.argsOfSecond } : {}),
        kind: 'command',
        writes: offer.id === 'deps' ? packagesOf(project) : writes,
      }),
    );
  const models = new Map<string, Located<Definition>>();
  for (const node of nodes) {
    if (node.what === 'model' && isOwn(node, project) && !models.has(node.name)) models.set(node.name, node);
  }
  const run = commands.find(({ id }) => id === 'dbt:run');
  return [
    ...commands,
    ...[...models.values()].map((model) => modelStep(project, model, writes)),
    ...(run ? macroSteps(run, project, facts) : []),
  ];
}

export const dbtStepVariants: StepVariants = {
  listed: listedStep,
  names: otherSteps,
  steps: variantsOf,
  named: namedStep,
};

const selecting: Readonly<Record<SelectingCommand, { readonly verb: string; readonly title: string }>> = {
  seed: { verb: 'Load', title: 'Load seed' },
  test: { verb: 'Test', title: 'Test' },
  snapshot: { verb: 'Snapshot', title: 'Take snapshot' },
  build: { verb: 'Build', title: 'Build' },
  freshness: { verb: 'Check freshness', title: 'Check the freshness of' },
  show: { verb: 'Show rows', title: 'Show rows of' },
};

function namedStep(listed: Step, name: string): Step | undefined {
  const macro = operationIn(name);
  if (macro !== undefined) return operationOf(listed, macro);
  return selectingStep(listed, name);
}

/** A command for a part of the project, in dbt's own words for it. */
function selectingStep(listed: Step, name: string): Step | undefined {
  const { command, selection } = selectionIn(name) ?? {};
  if (command === undefined || selection === undefined || listed.work.kind !== 'command') return undefined;
  if (command === 'show') return showStep(listed, name, selection);
  const { verb, title } = selecting[command];
  const isOnwards = selection.endsWith('+');
  const { location: _, ...rest } = listed;
  return {
    ...rest,
    id: name,
    title: `${title}${isOnwards ? ' what depends on' : ''} ${shownSelection(selection)}`,
    detail: `dbt ${listed.detail.replace(/^dbt |:.*$/g, '')} --select ${selection}`,
    verb: isOnwards ? `${verb} +` : verb,
    kind: command === 'test' ? 'test' : 'selection',
    work: { ...listed.work, args: [...listed.work.args, '--select', selection] },
  };
}

/** Prints rows of a node: of a test those for which it failed. Made of the step that runs all tests. */
function showStep(listed: Step, name: string, selection: string): Step | undefined {
  if (listed.work.kind !== 'command') return undefined;
  const { location: _, ...rest } = listed;
  const beside = besideArgs(listed, listed.work);
  return {
    ...rest,
    id: name,
    title: `${selecting.show.title} ${shownSelection(selection)}`,
    detail: `dbt show --select ${selection}`,
    verb: selecting.show.verb,
    kind: 'show',
    work: {
      ...listed.work,
      args: [
        ...listed.work.args.slice(0, -1),
        'show',
        '--limit',
        '100',
        '--select',
        selection,
        ...beside.args,
      ],
      writes: beside.writes,
    },
  };
}

/** The names alone, as a person knows them. */
function shownSelection(selection: string): string {
  return selection.split(' ').map(shownName).join(', ');
}

function shownName(selection: string): string {
  const own = selection.replace(/\+$/, '').replace(/^(?:fqn|unit_test):/, '');
  return selection.startsWith('fqn:')
    ? own.slice(own.lastIndexOf('.') + 1)
    : own.replace(/^source:/, 'source ');
}

/** A model's tests, and its build with or without what depends on it, from the step that runs it. */
function variantsOf(step: Step): readonly Step[] {
  if (step.kind !== 'model' || step.work.kind !== 'command') return [];
  const model = step.id.slice(modelStepName('').length);
  const { work } = step;
  const shared = work.args.slice(0, -runModel(model).length);
  const variants = modelVariants.map(({ verb, title, args, idOf }): Step => ({
    ...step,
    id: idOf(model),
    title: `${title} ${model}`,
    verb,
    work: { ...work, args: [...shared, ...args(model)] },
  }));
  return [...variants, ...compileVariant(step, model, shared)];
}

function runModel(model: string): readonly string[] {
  return ['run', '--select', model];
}

function modelStep(project: Project, model: Located<Definition>, writes: readonly string[]): Step {
  const { name, data, path, span } = model;
  const where = data?.['folder'] ? ` in ${data['folder']}` : '';
  const detail = `${data?.['materialized'] ?? 'model'}${where}`;
  const args = runModel(name);
  return {
    ...step(project, {
      id: `model/${name}`,
      title: `Run model ${name}`,
      detail,
      args,
      kind: 'model',
      writes,
    }),
    location: { path, span },
  };
}

const noColours: readonly string[] = ['--no-use-colors'];

function step(
  project: Project,
  {
    id,
    title,
    detail,
    args,
    kind,
    writes,
    isAside,
    serves,
  }: Offer & { readonly kind: string; readonly writes: readonly string[] },
): Step {
  const work: Command = {
    kind: 'command',
    executable: { name: 'dbt', install: installDbt },
    // Nodes' starts, ends and messages are told as they happen at level debug only.
    // dbt v2 uses no colours here, and warns of who forbids them.
    args: [
      '--log-format',
      'json',
      '--log-level',
      'debug',
      ...(isSecondLine(project) ? [] : noColours),
      ...args,
    ],
    cwd: project.root,
    writes,
    leaves: leftBy(project),
    cancel,
    ...(serves ? { serves } : {}),
  };
  const location =
    project.marker === undefined || isAside
      ? {}
      : { location: { path: project.marker, span: { start: 0, end: 0 } } };
  return { id: `dbt:${id}`, title, detail, system: 'dbt', project: project.root, kind, work, ...location };
}

function isOffered(
  { needs }: Offer,
  project: Project,
  nodes: readonly Located<Definition>[],
  facts: FactReader,
): boolean {
  if (needs === undefined) return true;
  if (needs === 'source') return !facts.all('dbt.source', project.scope)[Symbol.iterator]().next().done;
  if (needs === 'packages') return project.files.has('packages.yml') || project.files.has('dependencies.yml');
  return nodes.some((node) => node.what === needs);
}

function packagesOf(project: Project): readonly string[] {
  return [`${project.root}/${layoutOf(project).installPath}`];
}
