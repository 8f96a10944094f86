import type { Definition, Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { findPair, get, itemsOf, stringOf, type Node } from '../../core/tree.ts';
import { findCalls } from './calls.ts';
import { definition, roleOf, type EntryReader } from './entries.ts';
import { unevenFault } from './jinja-fault.ts';
import { scanExpression, type Token } from './jinja.ts';
import { layoutOf } from './layout.ts';
import { grains, groupingNamespace } from './semantic-names.ts';

/** What dbt v1 refuses in the semantic layer once the project has a metric; till then it does not look. */
export type SemanticFault =
  | 'no-primary'
  | 'two-primaries'
  | 'primary-twice'
  | 'time'
  | 'no-time'
  | 'grouping'
  | 'unknown-grouping'
  | 'no-way'
  | 'ordering'
  | 'limit';

export const entityTypes: readonly string[] = ['primary', 'unique', 'foreign', 'natural'];
export const dimensionTypes: readonly string[] = ['categorical', 'time'];

/** That there is a metric: a name that all of them share. */
const metrics = { namespace: 'dbt.semantic-layer', name: 'metrics' } as const;

/** States that the entry is a metric which counts; nothing where it may be switched off. */
export function metricMark(entry: Node, reader: EntryReader): readonly Definition[] {
  const name = stringOf(get(entry, 'name'));
  if (!name || roleOf(entry) !== 'plain' || mayBeOff('metrics', reader)) return [];
  const own = definition(metrics.namespace, name, 'semantic layer', reader);
  return [{ ...own, name: metrics.name, exclusive: false, implicit: true }];
}

/** The faults of an entry of `semantic_models:`. */
export function semanticModelFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (roleOf(entry) !== 'plain' || mayBeOff('semantic-models', reader)) return [];
  return [...primaryFaults(entry, reader), ...timeFaults(entry, reader)];
}

/** Dimensions are those of something: of the one primary entity. */
function primaryFaults(entry: Node, reader: EntryReader): readonly Use[] {
  const types = itemsOf(get(entry, 'entities')).map((entity) => plain(get(entity, 'type')));
  // What is computed or wrong by itself may be meant as anything.
  if (types.some((type) => !isOneOf(type, entityTypes))) return [];
  const [first, second] = types.filter((type) => isOneOf(type, ['primary']));
  const named = findPair(entry, 'primary_entity');
  if (second) return [fault('two-primaries', second.span, reader)];
  if (first && named && plain(named.value)) return [fault('primary-twice', named.key.span, reader)];
  const dimensions = findPair(entry, 'dimensions');
  if (first || named || !dimensions || itemsOf(dimensions.value).length === 0) return [];
  return [fault('no-primary', dimensions.key.span, reader)];
}

/** The time by which measures are added up is a time dimension of the same model. */
function timeFaults(entry: Node, reader: EntryReader): readonly Use[] {
  const times = new Set<string>();
  for (const dimension of itemsOf(get(entry, 'dimensions'))) {
    const name = plain(get(dimension, 'name'));
    const type = plain(get(dimension, 'type'));
    if (!name || !isOneOf(type, dimensionTypes)) return [];
    if (isOneOf(type, ['time'])) times.add(name.text);
  }
  const found: Use[] = [];
  const check = (node: Node | undefined): void => {
    const name = plain(node);
    if (name && !times.has(name.text)) found.push(fault('time', name.span, reader, name.text));
  };
  const usual = get(get(entry, 'defaults'), 'agg_time_dimension');
  check(usual);
  for (const measure of itemsOf(get(entry, 'measures'))) {
    const own = get(measure, 'agg_time_dimension');
    const name = plain(get(measure, 'name'));
    check(own);
    if (!own && !usual && name) found.push(fault('no-time', name.span, reader, name.text));
  }
  return found;
}

const grouping = /^\s*(?:Dimension|TimeDimension|Entity|Metric)\s*\(/;

/** What a saved query is grouped by: each item one call of a name that there is; and what it is ordered by. */
export function savedQueryFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (roleOf(entry) !== 'plain' || mayBeOff('saved-queries', reader)) return [];
  const params = get(entry, 'query_params');
  const found: Use[] = [];
  const groupings = itemsOf(get(params, 'group_by'));
  for (const item of groupings) {
    const written = plain(item);
    if (!written) continue;
    const { start, end } = written.span;
    const tokens = scanExpression(reader.text, start, end);
    if (grouping.test(written.text) && !unevenFault(tokens)) found.push(...unknownGrouping(tokens, reader));
    else found.push(fault('grouping', written.span, reader, written.text.slice(0, 60)));
  }
  const limit = get(params, 'limit');
  if (limit?.kind === 'scalar' && typeof limit.value === 'number' && limit.value < 0)
    found.push(fault('limit', limit.span, reader, limit.text));
  return [...found, ...orderingFaults(params, groupings, reader)];
}

/** Of a grouping dbt looks for the last name alone, among those of all dimensions, entities and metrics. */
function unknownGrouping(tokens: readonly Token[], reader: EntryReader): readonly Use[] {
  const [call] = findCalls(tokens);
  const written = call?.arguments.find((each) => each.keyword === undefined)?.literal;
  if (!call || !written) return [];
  const parts = written.text.split('__');
  if (call.name.text.endsWith('Dimension') && parts.length === 1 && written.text !== 'metric_time')
    return [fault('no-way', written.span, reader, written.text)];
  if (parts.length > 1 && grains.has(parts.at(-1)!.toLowerCase())) parts.pop();
  const name = parts.at(-1)!;
  if (name === '' || name === 'metric_time') return [];
  const start = written.span.start + parts.slice(0, -1).join('__').length + (parts.length > 1 ? 2 : 0);
  const unknown = fault('unknown-grouping', { start, end: start + name.length }, reader, name);
  // To be heard of when such a name comes or goes.
  const asked: Use = { ...unknown, namespaces: [groupingNamespace, 'dbt.metric'], name, data: {} };
  return [unknown, asked];
}

/** It is ordered by what it holds: by its metrics and by its groupings, as they are written there. */
function orderingFaults(
  params: Node | undefined,
  groupings: readonly Node[],
  reader: EntryReader,
): readonly Use[] {
  const texts = groupings.map((item) => plain(item)?.text);
  const metrics = itemsOf(get(params, 'metrics')).map((item) => plain(item)?.text);
  if (texts.includes(undefined) || metrics.includes(undefined)) return [];
  const held = new Set([
    ...texts.map((text) => bare(text!)),
    ...metrics.map((name) => bare(`Metric('${name}')`)),
  ]);
  // What is given by keyword may be the same in other words.
  const isCertain = ![...held].some((text) => text.includes('='));
  return itemsOf(get(params, 'order_by')).flatMap((item) => {
    const written = plain(item);
    const text = written ? bare(written.text.replace(/\.descending\([^()]*\)\s*$/, '')) : '';
    if (!written || !isCertain || text.includes('=') || held.has(text) || !grouping.test(text)) return [];
    return [fault('ordering', written.span, reader, written.text.slice(0, 60))];
  });
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll('"', "'").replaceAll(',)', ')');
}

function isOneOf(node: Node | undefined, choices: readonly string[]): boolean {
  return node?.kind === 'scalar' && choices.includes(node.text.toLowerCase());
}

/** A string that nothing is computed in. */
function plain(node: Node | undefined): ReturnType<typeof stringOf> {
  const found = stringOf(node);
  return found?.text.includes('{') ? undefined : found;
}

/** dbt_project.yml may switch off what it configures. */
function mayBeOff(
  section: 'metrics' | 'semantic-models' | 'saved-queries',
  { project }: EntryReader,
): boolean {
  return layoutOf(project).maySwitchOff.has(section);
}

/** A fault is no name: it is told by the rule that looks whether there is a metric. */
function fault(kind: SemanticFault, { start, end }: Span, { project }: EntryReader, what = ''): Use {
  return {
    fact: 'use',
    namespaces: [metrics.namespace],
    name: metrics.name,
    scope: project.scope,
    span: { start, end: start },
    role: 'deferred',
    data: { fault: kind, at: `${start},${end}`, what },
  };
}
