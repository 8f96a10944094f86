import type { Definition, NameKey, Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { findCalls, keyword } from './calls.ts';
import { aboutOf, definition, type EntryReader } from './entries.ts';
import { scanExpression, scanJinja, type Token } from './jinja.ts';

/**
 * What queries of metrics are grouped and filtered by: entities, which semantic models share by name, and dimensions,
 * which are called after the primary entity of theirs: `order__status`.
 */
export const entityNamespace = 'dbt.entity';
export const dimensionNamespace = 'dbt.dimension';
/** The names of all entities and dimensions by themselves, which is what dbt holds the groupings of a saved query to. */
export const groupingNamespace = 'dbt.grouping';

/** dbt's own dimension, which every metric has. */
const ofAll = 'metric_time';
export const grains: ReadonlySet<string> = new Set(
  'nanosecond microsecond millisecond second minute hour day week month quarter year'.split(' '),
);

/** The entities and dimensions of a semantic model, and where it names its dimensions itself. */
export function semanticNames(entry: Node, reader: EntryReader): readonly (Definition | Use)[] {
  const found: (Definition | Use)[] = [];
  let primary: string | undefined = stringOf(get(entry, 'primary_entity'))?.text;
  for (const each of itemsOf(get(entry, 'entities'))) {
    const name = stringOf(get(each, 'name'));
    if (!name) continue;
    const type = stringOf(get(each, 'type'))?.text.toLowerCase();
    if (type === 'primary') primary ??= name.text;
    found.push(grouping(name, name.text, reader));
    found.push({
      ...described(entityNamespace, each, reader, `${type ?? ''} entity`.trim()),
      name: name.text,
      span: name.span,
    });
  }
  for (const each of itemsOf(get(entry, 'dimensions'))) {
    const name = stringOf(get(each, 'name'));
    if (name) found.push(grouping(name, name.text, reader));
  }
  // Without a primary entity nobody can say what its dimensions are called.
  if (primary === undefined || primary.includes('{')) return found;
  const prefix = `${primary}__`;
  for (const each of itemsOf(get(entry, 'dimensions'))) {
    const name = stringOf(get(each, 'name'));
    if (!name || name.text.includes('{')) continue;
    const type = stringOf(get(each, 'type'))?.text;
    const what = type?.toLowerCase() === 'time' ? 'time dimension' : 'dimension';
    const own = described(dimensionNamespace, each, reader, what);
    found.push({ ...own, name: prefix + name.text, prefix, span: name.span });
  }
  const times = [get(entry, 'defaults'), ...itemsOf(get(entry, 'measures'))];
  for (const time of times) {
    const name = stringOf(get(time, 'agg_time_dimension'));
    if (name && !name.text.includes('{')) found.push(dimensionUse(prefix, name.text, name.span, reader));
  }
  return found;
}

/** The same of a model whose semantic model stands in its own entry: of that only the names are known. */
export function namesInColumns(entry: Node, reader: EntryReader): readonly Definition[] {
  if (!get(entry, 'semantic_model')) return [];
  const derived = get(entry, 'derived_semantics');
  const own = [...itemsOf(get(derived, 'dimensions')), ...itemsOf(get(derived, 'entities'))];
  const ofColumns = itemsOf(get(entry, 'columns')).flatMap((column) =>
    (['dimension', 'entity'] as const).flatMap((key) => {
      const part = get(column, key);
      return part ? [stringOf(get(part, 'name')) ?? stringOf(get(column, 'name'))] : [];
    }),
  );
  const names = [...own.map((each) => stringOf(get(each, 'name'))), ...ofColumns];
  return names.flatMap((name) => (name ? [grouping(name, name.text, reader)] : []));
}

function grouping(at: ScalarNode, name: string, reader: EntryReader): Definition {
  const own = definition(groupingNamespace, at, 'name in the semantic layer', reader);
  return { ...own, name, exclusive: false, implicit: true };
}

function described(
  namespace: string,
  entry: Node,
  reader: EntryReader,
  what: string,
): Omit<Definition, 'name' | 'span'> {
  const {
    name: _name,
    span: _span,
    ...own
  } = definition(namespace, stringOf(get(entry, 'name'))!, what, reader);
  const about = aboutOf(entry) ?? stringOf(get(entry, 'label'))?.text;
  return { ...own, exclusive: false, ...(about === undefined ? {} : { about }) };
}

/** What a saved query or a metric is grouped or filtered by; dbt asks whether it is there when it queries. */
export function queryUses(entry: Node, reader: EntryReader, by: NameKey | undefined): readonly Use[] {
  const params = get(entry, 'query_params');
  const inputs = get(entry, 'type_params');
  const parts = [
    ...itemsOf(get(params, 'group_by')),
    ...itemsOf(get(params, 'order_by')),
    ...textsOf(get(params, 'where')),
    ...textsOf(get(entry, 'filter')),
    ...textsOf(get(get(inputs, 'measure'), 'filter')),
    ...['numerator', 'denominator'].flatMap((key) => textsOf(get(get(inputs, key), 'filter'))),
    ...itemsOf(get(inputs, 'metrics')).flatMap((metric) => textsOf(get(metric, 'filter'))),
  ];
  return parts.flatMap((part) => usesIn(part, reader)).map((use) => (by ? { ...use, by } : use));
}

/** One text, or several. */
function textsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : node ? [node] : [];
}

function usesIn(part: Node, reader: EntryReader): readonly Use[] {
  const written = stringOf(part);
  if (!written || !/(?:Dimension|Entity|Metric)\s*\(/.test(written.text)) return [];
  const { start, end } = written.span;
  const texts = written.text.includes('{{')
    ? scanJinja(reader.text, { from: start, to: end }).map(({ tokens }) => tokens)
    : [scanExpression(reader.text, start, end)];
  return texts.flatMap((tokens) =>
    [...findCalls(tokens)].flatMap((call): readonly Use[] => {
      const name = (keyword(call, 'name') ?? call.arguments.find((each) => each.keyword === undefined))
        ?.literal;
      if (!name) return [];
      if (call.name.text === 'Metric') return [metricUse(name, reader)];
      if (call.name.text === 'Entity') return entityUses(name.text.split('__'), name.span.start, reader);
      return /^(?:Time)?Dimension$/.test(call.name.text) ? dimensionUses(name, reader) : [];
    }),
  );
}

function metricUse({ text: name, span }: Token, { project }: EntryReader): Use {
  const { scope } = project;
  return { fact: 'use', namespaces: ['dbt.metric'], scope, name, span, role: 'deferred' };
}

/** `order__customer__name`: the way over entities to the last one, whose dimension it is. */
function dimensionUses({ text, span }: Token, reader: EntryReader): readonly Use[] {
  const parts = text.split('__');
  const last = parts.at(-1) ?? '';
  if (parts.length > 2 && grains.has(last)) parts.pop();
  const own = parts.pop() ?? '';
  const entity = parts.at(-1);
  if (own === ofAll) return [];
  const ways = entityUses(parts, span.start, reader);
  // What is begun may become either.
  const prefix = entity === undefined ? '' : `${entity}__`;
  const start = span.start + [...parts, ''].join('__').length;
  return [...ways, dimensionUse(prefix, own, { start, end: start + own.length }, reader)];
}

function entityUses(parts: readonly string[], from: number, { project }: EntryReader): readonly Use[] {
  let start = from;
  return parts.map((name): Use => {
    const span = { start, end: start + name.length };
    start = span.end + 2;
    return { fact: 'use', namespaces: [entityNamespace], scope: project.scope, name, span, role: 'deferred' };
  });
}

function dimensionUse(prefix: string, name: string, span: Span, { project }: EntryReader): Use {
  const { scope } = project;
  return {
    fact: 'use',
    namespaces: [dimensionNamespace],
    scope,
    name: prefix + name,
    prefix,
    span,
    role: 'deferred',
  };
}
