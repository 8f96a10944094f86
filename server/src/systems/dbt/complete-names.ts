import type { FactReader } from '../../core/fact-index.ts';
import { yamlPlaceAt, type YamlPlace } from '../../core/schema/yaml-place.ts';
import { touches } from '../../core/span.ts';
import type { ParsedFile, Project, Suggestion } from '../../core/system.ts';
import { nodeAt, pairsOf } from '../../core/tree.ts';
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
  return namesAt(pointer, project, facts)
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

function namesAt(pointer: readonly string[], project: Project, facts: FactReader): readonly string[] {
  const [section = ''] = pointer;
  const key = pointer.findLast((segment) => !/^\d+$/.test(segment)) ?? '';
  const isEntry = pointer.length === 3;
  if (key === 'name' && isEntry && Object.hasOwn(described, section))
    return undescribed(described[section]!, project, facts);
  if (section === 'unit_tests' && key === 'model' && isEntry) return named('dbt.node', project, facts);
  if (section === 'unit_tests' && key === 'input') return calls(project, facts);
  if (section === 'exposures' && key === 'depends_on') return calls(project, facts);
  if (section === 'snapshots' && key === 'relation') return calls(project, facts);
  if (key === 'to' && pointer.some((segment) => /^(?:data_)?tests$/.test(segment)))
    return calls(project, facts);
  if (key === 'group' && section !== 'groups') return named('dbt.group', project, facts);
  const parent = pointer.at(-3);
  if (key === 'name' && parent === 'input_metrics') return named('dbt.metric', project, facts);
  return inMetrics.has(key) && pointer.includes('metrics') ? named('dbt.metric', project, facts) : [];
}

const inMetrics: ReadonlySet<string> = new Set(
  'numerator denominator base_metric conversion_metric input_metric'.split(' '),
);

/** What files of their own define and a section describes. */
const described: Readonly<Record<string, string>> = { models: 'model', seeds: 'seed', snapshots: 'snapshot' };

/** Those that no properties file tells of yet. */
function undescribed(what: string, { scope }: Project, facts: FactReader): readonly string[] {
  const names: string[] = [];
  for (const node of facts.all('dbt.node', scope)) {
    if (node.what !== what || node.implicit !== true) continue;
    if (!facts.uses(node).some(({ role }) => role === 'properties')) names.push(node.name);
  }
  return names.toSorted();
}

function named(namespace: string, { scope }: Project, facts: FactReader): readonly string[] {
  return [...new Set([...facts.all(namespace, scope)].map(({ name }) => name))].toSorted();
}

/** `ref('…')` of each model, seed and snapshot, `source('…', '…')` of each table. */
function calls(project: Project, facts: FactReader): readonly string[] {
  const tables = [...facts.all('dbt.source-table', project.scope)].map(
    ({ data }) => `source('${data?.['source'] ?? ''}', '${data?.['table'] ?? ''}')`,
  );
  return [...named('dbt.node', project, facts).map((name) => `ref('${name}')`), ...new Set(tables)];
}
