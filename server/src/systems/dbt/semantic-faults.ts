import type { Definition, Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { findCalls } from './calls.ts';
import { definition, plainString, plainText, roleOf, type EntryReader } from './entries.ts';
import { unevenFault } from './jinja-fault.ts';
import { scanExpression, type Token } from './jinja.ts';
import { layoutOf } from './layout.ts';
import { grains, groupingNamespace } from './semantic-names.ts';
import {
  dimensionTypes,
  entityTypes,
  partsOfModel,
  partsOfSemanticModel,
  type SemanticParts,
} from './semantic-parts.ts';

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
  | 'limit'
  | 'name'
  | 'name-taken'
  | 'name-twice'
  | 'alias-taken';

/** That there is a metric: a name that all of them share. */
const metrics = { namespace: 'dbt.semantic-layer', name: 'metrics' } as const;

/** The labels of all metrics, which differ. */
export const labels = 'dbt.metric-label';

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
  const name = plainString(get(entry, 'name'));
  const parts = partsOfSemanticModel(entry);
  return [
    ...nameFaults(name ? [name] : [], reader),
    ...primaryFaults(parts, reader),
    ...timeFaults(parts, reader),
    ...partNameFaults(parts, reader),
  ];
}

/** The faults of a model that is a semantic model itself. */
export function modelSemanticsFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (roleOf(entry) !== 'plain' || mayBeOff('semantic-models', reader)) return [];
  const parts = partsOfModel(entry);
  if (!parts) return [];
  return [...primaryFaults(parts, reader), ...timeFaults(parts, reader), ...partNameFaults(parts, reader)];
}

/** The metric's label, which no other metric may have. */
export function metricLabel(entry: Node, reader: EntryReader): readonly Definition[] {
  const label = plainString(get(entry, 'label'));
  if (!label || roleOf(entry) !== 'plain' || mayBeOff('metrics', reader)) return [];
  return [{ ...definition(labels, label, 'label of a metric', reader), group: '', implicit: true }];
}

/** The faults of a metric's name. */
export function metricFaults(entry: Node, reader: EntryReader): readonly Use[] {
  const name = plainString(get(entry, 'name'));
  // What is no name at all dbt refuses when it reads the metric.
  if (!name || !/^[A-Za-z]\w*$/.test(name.text)) return [];
  if (roleOf(entry) !== 'plain' || mayBeOff('metrics', reader)) return [];
  return [...nameFaults([name], reader), ...aliasFaults(entry, reader)];
}

/** What a derived metric calls those that it is made of, in its expression. */
function aliasFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (!isOneOf(plainString(get(entry, 'type')), ['derived'])) return [];
  const inputs = itemsOf(get(get(entry, 'type_params'), 'metrics') ?? get(entry, 'input_metrics'));
  const names = new Set(inputs.map((each) => plainText(each.kind === 'map' ? get(each, 'name') : each)));
  return inputs.flatMap((each) => {
    const alias = plainString(get(each, 'alias'));
    if (!alias || alias.text === '') return [];
    const taken = names.has(alias.text) ? [fault('alias-taken', alias.span, reader, alias.text)] : [];
    return [...nameFaults([alias], reader), ...taken];
  });
}

/** Dimensions are those of something: of the one primary entity. */
function primaryFaults(
  { entities, dimensions, primary, dimensionsKey }: SemanticParts,
  reader: EntryReader,
): readonly Use[] {
  const types = entities.map(({ type }) => plainString(type));
  // What is computed or wrong by itself may be meant as anything.
  if (types.some((type) => !isOneOf(type, entityTypes))) return [];
  const [first, second] = types.filter((type) => isOneOf(type, ['primary']));
  if (second) return [fault('two-primaries', second.span, reader)];
  if (first && primary && plainString(primary.value))
    return [fault('primary-twice', primary.key.span, reader)];
  if (first || primary || !dimensionsKey || dimensions.length === 0) return [];
  return [fault('no-primary', dimensionsKey.span, reader)];
}

/** The time by which measures are added up is a time dimension of the same model. */
function timeFaults({ dimensions, measures, time }: SemanticParts, reader: EntryReader): readonly Use[] {
  const times = new Set<string>();
  for (const { name, type } of dimensions) {
    if (!name || !isOneOf(type, dimensionTypes)) return [];
    if (isOneOf(type, ['time'])) times.add(name.text);
  }
  const found: Use[] = [];
  const check = (node: Node | undefined): void => {
    const name = plainString(node);
    if (name && !times.has(name.text)) found.push(fault('time', name.span, reader, name.text));
  };
  check(time);
  for (const { name, entry } of measures) {
    const own = get(entry, 'agg_time_dimension');
    check(own);
    if (!own && !time && name) found.push(fault('no-time', name.span, reader, name.text));
  }
  return found;
}

/** Entities, dimensions and measures share their names, of which each is had once. */
function partNameFaults(
  { entities, dimensions, measures }: SemanticParts,
  reader: EntryReader,
): readonly Use[] {
  const seen = new Set<string>();
  return [...measures, ...entities, ...dimensions].flatMap(({ name }) => {
    if (!name) return [];
    const isTwice = seen.has(name.text);
    seen.add(name.text);
    return isTwice ? [fault('name-twice', name.span, reader, name.text)] : nameFaults([name], reader);
  });
}

const reserved: ReadonlySet<string> = new Set(['metric_time', 'mf_internal_uuid']);

/** The names that MetricFlow takes, which are made of less than dbt's own. */
function nameFaults(names: readonly ScalarNode[], reader: EntryReader): readonly Use[] {
  return names.flatMap(({ text, span }) => {
    const isTaken = reserved.has(text.toLowerCase()) || grains.has(text.toLowerCase());
    if (isTaken) return [fault('name-taken', span, reader, text)];
    return /^[a-z](?:(?!__)[a-z0-9_])*[a-z0-9]$/.test(text) ? [] : [fault('name', span, reader, text)];
  });
}

const grouping = /^\s*(?:Dimension|TimeDimension|Entity|Metric)\s*\(/;

/** What a saved query is grouped by: each item one call of a name that there is; and what it is ordered by. */
export function savedQueryFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (roleOf(entry) !== 'plain' || mayBeOff('saved-queries', reader)) return [];
  const params = get(entry, 'query_params');
  const name = plainString(get(entry, 'name'));
  const found = [...nameFaults(name ? [name] : [], reader)];
  const groupings = itemsOf(get(params, 'group_by'));
  for (const item of groupings) {
    const written = plainString(item);
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
  const texts = groupings.map((item) => plainString(item)?.text);
  const metrics = itemsOf(get(params, 'metrics')).map((item) => plainString(item)?.text);
  if (texts.includes(undefined) || metrics.includes(undefined)) return [];
  const held = new Set([
    ...texts.map((text) => bare(text!)),
    ...metrics.map((name) => bare(`Metric('${name}')`)),
  ]);
  // What is given by keyword may be the same in other words.
  const isCertain = ![...held].some((text) => text.includes('='));
  return itemsOf(get(params, 'order_by')).flatMap((item) => {
    const written = plainString(item);
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
