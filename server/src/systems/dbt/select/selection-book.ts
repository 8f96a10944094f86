import type { Step } from '../../../core/step.ts';
import type { SelectionBook, SelectionChoice, SelectionSurroundings } from '../../../core/step-selection.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { get, itemsOf, stringOf } from '../../../core/tree.ts';
import { layoutOf } from '../layout.ts';
import { commandIn, selectingCommands, type Command } from '../options/command-options.ts';
import { listStep } from '../step-names.ts';
import { evaluate, type IndirectSelection } from './evaluate.ts';
import { definedExpression, type Expression } from './expression.ts';
import { readResources } from './read-resources.ts';
import type { Resource, Resources, ResourceType } from './resource.ts';

const compiled: readonly ResourceType[] = ['model', 'seed', 'snapshot', 'test', 'analysis'];

const order: readonly ResourceType[] = [
  'model',
  'seed',
  'snapshot',
  'source',
  'test',
  'unit_test',
  'exposure',
  'analysis',
];

/** What of all that is selected a command deals with. */
const typesOf: Partial<Readonly<Record<Command, readonly ResourceType[]>>> = {
  build: ['model', 'seed', 'snapshot', 'test', 'unit_test'],
  run: ['model'],
  test: ['test', 'unit_test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  'source freshness': ['source'],
  compile: compiled,
  show: compiled,
  'docs generate': compiled,
};

/** What dbt would select for a step, by Penstock's own reading of the project; undefined for a step that takes no selection. */
export function openSelection(step: Step, around: SelectionSurroundings): SelectionBook | undefined {
  const { work } = step;
  const command = work.kind === 'command' ? commandIn(work.args) : undefined;
  if (work.kind !== 'command' || !command || !selectingCommands.includes(command)) return undefined;
  const files = around.files().filter(({ project }) => project.scope === around.project.scope);
  const resources = readResources(files, around.project.scope, around.facts);
  const selectors = selectorsIn(files, around.project.root);
  const at = work.args.indexOf('--indirect-selection');
  const circumstances = {
    ownPackage: layoutOf(around.project).package,
    selector: (name: string) => selectors.get(name),
    ...(at < 0 ? {} : { indirect: work.args[at + 1] as IndirectSelection }),
  };
  const types = typesOf[command];
  return {
    choices: choicesOf(resources, selectors),
    toolStep: listStep,
    read: (selection) => {
      const { selected, doubts } = evaluate(resources, selection, circumstances);
      const things = selected.filter(
        (each) =>
          (!types || types.includes(each.type)) && (command !== 'source freshness' || isWatched(each)),
      );
      return {
        things: inOrder(things).map(({ name, type: what }) => ({ name, what: what.replace('_', ' ') })),
        doubts,
      };
    },
  };
}

/** What is built before what tests it; each kind as it was read. */
function inOrder(things: readonly Resource[]): readonly Resource[] {
  const rank = ({ type }: Resource): number => order.indexOf(type);
  return things.toSorted((a, b) => rank(a) - rank(b));
}

/** dbt looks at the freshness of what says how fresh it must be. */
function isWatched({ config }: Resource): boolean {
  const freshness = config.values.get('freshness');
  return get(freshness, 'warn_after') !== undefined || get(freshness, 'error_after') !== undefined;
}

function selectorsIn(files: readonly ParsedFile[], root: string): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const { claim, project, tree } of files) {
    if (claim.kind !== 'selectors' || project.root !== root) continue;
    for (const entry of itemsOf(get(tree, 'selectors'))) {
      const name = stringOf(get(entry, 'name'))?.text;
      const definition = get(entry, 'definition');
      if (name !== undefined && definition) found.set(name, definedExpression(definition));
    }
  }
  return found;
}

/** What a person would choose from, the most likely first. */
function choicesOf(
  { all }: Resources,
  selectors: ReadonlyMap<string, Expression>,
): readonly SelectionChoice[] {
  const ofType = (type: ResourceType): readonly Resource[] => all.filter((each) => each.type === type);
  const nodes = (['model', 'seed', 'snapshot'] as const).flatMap(ofType);
  const sources = ofType('source').map(({ name }) => name);
  const choices = (group: string, texts: Iterable<string>, detail = ''): readonly SelectionChoice[] =>
    [...new Set(texts)].sort().map((text) => ({ group, text, detail }));
  return [
    ...nodes.map(({ name, type, path }) => ({ group: groups[type] ?? '', text: name, detail: path })),
    ...choices(
      'Selectors',
      [...selectors.keys()].map((name) => `selector:${name}`),
    ),
    ...choices(
      'Tags',
      all.flatMap(({ config }) => config.tags).map((tag) => `tag:${tag}`),
    ),
    ...choices(
      'Folders',
      nodes.flatMap(({ path }) => foldersOf(path)).map((folder) => `path:${folder}`),
    ),
    ...choices('Sources', [
      ...sources.map((name) => `source:${name.slice(0, name.indexOf('.'))}`),
      ...sources.map((name) => `source:${name}`),
    ]),
    ...choices(
      'Exposures',
      ofType('exposure').map(({ name }) => `+exposure:${name}`),
    ),
    ...choices(
      'Groups',
      all.flatMap(({ config }) => groupOf(config.values.get('group'))),
    ),
    ...choices(
      'Packages',
      all.map((each) => `package:${each.package}`),
    ),
    ...choices('Tests', ['test_type:generic', 'test_type:singular', 'test_type:unit']),
    { group: 'State', text: 'state:modified+', detail: 'what has changed since the manifest in `state`' },
    { group: 'State', text: 'result:error+', detail: 'what failed in the run in `state`' },
  ];
}

const groups: Readonly<Partial<Record<ResourceType, string>>> = {
  model: 'Models',
  seed: 'Seeds',
  snapshot: 'Snapshots',
};

function groupOf(node: Parameters<typeof stringOf>[0]): readonly string[] {
  const text = stringOf(node)?.text;
  return text === undefined ? [] : [`group:${text}`];
}

/** `models`, `models/marts` of `models/marts/orders.sql` */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
