import type { Fact } from '../../core/facts.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { worded } from '../../core/vocabulary.ts';
import { commonFacts, unresolved } from './common-facts.ts';
import { aboutOf, definition, roleOf, type EntryReader } from './entries.ts';
import { sourceWords, sourceWordUses } from './source-words.ts';

/** An entry of `sources:`: the source, which several files may share, and its tables, which they may not. */
export function sourceFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const common = [...commonFacts(entry, reader), ...sourceWordUses(entry, reader)];
  if (!name)
    return [...common, ...itemsOf(get(entry, 'tables')).flatMap((table) => commonFacts(table, reader))];
  const about = aboutOf(entry);
  const source: Fact = {
    ...definition('dbt.source', name, 'source', reader),
    exclusive: false,
    ...(about === undefined ? {} : { about }),
    data: strings({
      loader: get(entry, 'loader'),
      database: databaseIn(entry),
      schema: schemaIn(entry) ?? name,
    }),
  };
  // A source that overrides a package's own has the same tables on purpose.
  const isShared = roleOf(entry) === 'deferred' || get(entry, 'overrides') !== undefined;
  const isOff = isSwitchedOff(entry);
  const tables = itemsOf(get(entry, 'tables')).flatMap((table) =>
    tableFacts(table, name, { isShared, isOff: isOffForAll(isSwitchedOff(table) ?? isOff, reader) }, reader),
  );
  return [source, ...warehouseFacts(entry, name, { isOff: isOff === true, ...reader }), ...common, ...tables];
}

/** The schema that somebody must fill before dbt reads it. */
function warehouseFacts(
  entry: Node,
  name: ScalarNode,
  { project, isOff }: EntryReader & { readonly isOff: boolean },
): readonly Fact[] {
  const schema = stringOf(schemaIn(entry)) ?? name;
  const isTold = !schema.text.includes('{{') && roleOf(entry) !== 'deferred';
  if (!isTold) {
    const reason = `the schema of the source \`${name.text}\` is decided when dbt runs`;
    return [{ fact: 'hole', namespace: 'warehouse.source', scope: project.scope, reason }];
  }
  const place = { name: schema.text, span: schema.span, what: 'schema of a source' };
  const data = { project: project.scope, system: 'dbt', source: name.text } as const;
  if (isFilledElsewhere(entry)) return [worded('warehouse.source', place, { ...data, elsewhere: 'yes' })];
  const tables = isOff
    ? []
    : itemsOf(get(entry, 'tables')).flatMap((table) => tableRead(table, schema.text, project));
  return [worded('warehouse.source', place, data), ...tables];
}

/** The table that dbt reads by that name; none where that is decided when dbt runs. */
function tableRead(table: Node, schema: string, { scope }: EntryReader['project']): readonly Fact[] {
  const name = stringOf(get(table, 'identifier') ?? get(table, 'name'));
  if (!name || name.text.includes('{{') || isSwitchedOff(table) !== undefined) return [];
  const place = { name: name.text, span: name.span, what: 'table of a source' };
  return [worded('warehouse.table', place, { project: scope, system: 'dbt', schema })];
}

/** What stands at the key, or at an adapter's own word for it. */
function inAnyWord(entry: Node, meant: string): Node | undefined {
  const words = [...sourceWords].flatMap(([word, canonical]) => (canonical === meant ? [word] : []));
  return [meant, ...words].map((key) => get(entry, key)).find((node) => node !== undefined);
}

const schemaIn = (entry: Node): Node | undefined => inAnyWord(entry, 'schema');
const databaseIn = (entry: Node): Node | undefined => inAnyWord(entry, 'database');

/** Another database, files that DuckDB reads in its stead, or a loader that is none of Singer's. */
function isFilledElsewhere(entry: Node): boolean {
  const loader = stringOf(get(entry, 'loader'))?.text;
  if (loader !== undefined && !/meltano|singer|tap|target/i.test(loader)) return true;
  if (databaseIn(entry) !== undefined) return true;
  return [entry, ...itemsOf(get(entry, 'tables'))].some((each) => {
    const config = get(each, 'config');
    return [get(each, 'meta'), config, get(config, 'meta')].some(
      (node) => get(node, 'external_location') !== undefined || get(node, 'plugin') !== undefined,
    );
  });
}

function tableFacts(
  entry: Node,
  source: ScalarNode,
  { isShared, isOff }: { readonly isShared: boolean; readonly isOff: boolean },
  reader: EntryReader,
): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  if (!name) return commonFacts(entry, reader);
  const common = commonFacts(entry, reader, { columns: `${source.text}.${name.text}.` });
  const about = aboutOf(entry);
  return [
    {
      ...definition('dbt.source-table', name, 'source table', reader),
      name: `${source.text}.${name.text}`,
      prefix: `${source.text}.`,
      ...(isShared || roleOf(entry) === 'deferred' ? { exclusive: false } : {}),
      ...(about === undefined ? {} : { about }),
      data: {
        source: source.text,
        table: name.text,
        ...strings({ identifier: get(entry, 'identifier') }),
        ...(isOff ? { off: 'yes' } : {}),
      },
    },
    ...(isOff ? unresolved(common) : common),
  ];
}

/** Of a package's sources the project that installs it has the last word. */
function isOffForAll(isOff: boolean | undefined, { project }: EntryReader): boolean {
  return isOff === true && !project.vendored;
}

/** Whether `enabled` says so in plain words; undefined where it says nothing. */
function isSwitchedOff(entry: Node): boolean | undefined {
  const enabled = get(get(entry, 'config'), 'enabled');
  if (!enabled) return undefined;
  return enabled.kind === 'scalar' && enabled.value === false;
}

function strings(nodes: Readonly<Record<string, Node | undefined>>): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [key, node] of Object.entries(nodes)) {
    const text = stringOf(node)?.text;
    if (text !== undefined) found[key] = text;
  }
  return found;
}
