import type { FactReader } from '../../core/fact-index.ts';
import { yamlPlaceAt, type YamlPlace } from '../../core/schema/yaml-place.ts';
import { touches } from '../../core/span.ts';
import type { ParsedFile, Project, Suggestion } from '../../core/system.ts';
import { nodeAt, pairsOf, stringOf } from '../../core/tree.ts';
import { builtinMacro } from './builtins.ts';
import { layoutOf } from './layout.ts';
import { readParameters, takenBy } from './parameters.ts';

/** Limit: nobody reads further; a letter asks the facts, which rank what fits. */
const most = 200;

/** Names where nothing is written yet, of which no fact could tell: what an entry describes, tests and depends on. */
export function completeNames(
  { source, tree, project }: ParsedFile,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] {
  const place = yamlPlaceAt(source, offset);
  if (!place) return [];
  const { pointer, kind, span } = place;
  if (kind === 'key') {
    const start = itemStarts.get(pointer.at(-1) ?? '');
    const value = tree && nodeAt(tree, pointer);
    if (start !== undefined && value?.kind !== 'map')
      return [{ label: `- ${start}:`, kind: 'key', span, insertText: `- ${start}: ` }];
    const there = pairsOf(tree && nodeAt(tree, pointer)).filter(({ key }) => !touches(key.span, offset));
    const said = new Set(there.map(({ key }) => key.text));
    return argumentsAt(place, project, facts)
      .filter((name) => !said.has(name))
      .map((label) => ({
        label,
        kind: 'key',
        span,
        insertText: `${label}: `,
        detail: 'argument of the test',
      }));
  }
  if (span.end > span.start) return [];
  return namesAt(pointer, { tree, project, facts })
    .slice(0, most)
    .map((label) => ({ label, kind: 'name', span }));
}

/** The key that items of a list begin with, by the list's own key. */
const itemStarts: ReadonlyMap<string, string> = new Map([
  ...'models seeds snapshots sources exposures groups metrics unit_tests semantic_models saved_queries macros functions columns tables'
    .split(' ')
    .map((list) => [list, 'name'] as const),
  ['versions', 'v'],
  ['given', 'input'],
]);

/** What the test takes under whose `arguments` the cursor stands; dbt itself gives the model and the column. */
function argumentsAt({ pointer }: YamlPlace, project: Project, facts: FactReader): readonly string[] {
  const [list = '', , test = '', last] = pointer.slice(-4);
  if (last !== 'arguments' || !/^(?:data_)?tests$/.test(list)) return [];
  const [bare = '', inPackage] = test.split('.').toReversed();
  const name = `test_${bare}`;
  const found = facts.definitions({ namespace: 'dbt.macro', scope: project.scope, name });
  const meant = found.find(({ group }) => group === (inPackage ?? layoutOf(project).package));
  const parameters =
    takenBy(meant?.data) ?? (inPackage === undefined ? builtinMacro(name, 'dbt') : undefined);
  const named = parameters === undefined ? [] : readParameters(parameters).named;
  return named.map((each) => each.name).filter((each) => each !== 'model' && each !== 'column_name');
}

interface Look {
  readonly tree: ParsedFile['tree'];
  readonly project: Project;
  readonly facts: FactReader;
}

function namesAt(pointer: readonly string[], look: Look): readonly string[] {
  const [section = ''] = pointer;
  const key = pointer.findLast((segment) => !/^\d+$/.test(segment)) ?? '';
  const isEntry = pointer.length === 3;
  if (key === 'name' && isEntry) return undescribed(section, look);
  if (key === 'name' && section === 'macros' && pointer[2] === 'arguments')
    return parametersOf(pointer[1]!, look);
  if (key === 'name' && pointer.at(-3) === 'input_metrics') return named('dbt.metric', look);
  if (section === 'unit_tests' && key === 'model' && isEntry) return named('dbt.node', look);
  if (section === 'unit_tests' && key === 'fixture') return named('dbt.fixture', look);
  if (inMeasures.has(key) || (key === 'name' && inMeasures.has(pointer.at(-2) ?? '')))
    return named('dbt.measure', look);
  if (section === 'snapshots' && key === 'strategy') return ['timestamp', 'check'];
  if (callKeys.has(`${section}/${key}`)) return calls(look);
  if (key === 'to' && pointer.some((segment) => /^(?:data_)?tests$/.test(segment))) return calls(look);
  if (key === 'group' && section !== 'groups') return named('dbt.group', look);
  const isMetric = inMetrics.has(key) && pointer.includes('metrics');
  return isMetric || (section === 'saved_queries' && key === 'metrics') ? named('dbt.metric', look) : [];
}

const callKeys: ReadonlySet<string> = new Set([
  'unit_tests/input',
  'exposures/depends_on',
  'snapshots/relation',
  'semantic_models/model',
]);

const inMetrics: ReadonlySet<string> = new Set(
  'numerator denominator base_metric conversion_metric input_metric'.split(' '),
);

const inMeasures: ReadonlySet<string> = new Set(['measure', 'base_measure', 'conversion_measure']);

/** What files of their own define and a section describes. */
const described: ReadonlyMap<string, string> = new Map([
  ['models', 'model'],
  ['seeds', 'seed'],
  ['snapshots', 'snapshot'],
  ['macros', 'macro'],
]);

/** Those that no properties file tells of yet. */
function undescribed(section: string, { project, facts }: Look): readonly string[] {
  const what = described.get(section);
  if (what === undefined) return [];
  const own = layoutOf(project).package;
  const names = new Set<string>();
  for (const each of facts.all(what === 'macro' ? 'dbt.macro' : 'dbt.node', project.scope)) {
    if (each.what !== what || (each.group !== undefined && each.group !== own)) continue;
    if (!facts.uses(each).some(({ role }) => role === 'properties')) names.add(each.name);
  }
  return [...names].toSorted();
}

/** The parameters of the macro that an entry of the file describes. */
function parametersOf(entry: string, { tree, project, facts }: Look): readonly string[] {
  const name = tree && stringOf(nodeAt(tree, ['macros', entry, 'name']))?.text;
  if (name === undefined) return [];
  const [macro] = facts.definitions({ namespace: 'dbt.macro', scope: project.scope, name });
  const parameters = macro?.data?.['parameters'];
  return parameters === undefined ? [] : readParameters(parameters).named.map((each) => each.name);
}

function named(namespace: string, { project, facts }: Look): readonly string[] {
  return [...new Set([...facts.all(namespace, project.scope)].map(({ name }) => name))].toSorted();
}

/** `ref('…')` of each model, seed and snapshot, `source('…', '…')` of each table. */
function calls(look: Look): readonly string[] {
  const tables = [...look.facts.all('dbt.source-table', look.project.scope)].map(
    ({ data }) => `source('${data?.['source'] ?? ''}', '${data?.['table'] ?? ''}')`,
  );
  return [...named('dbt.node', look).map((name) => `ref('${name}')`), ...new Set(tables)];
}
