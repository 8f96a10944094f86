import type { Definition, Use } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { findPair, get, itemsOf, stringOf, type Node } from '../../core/tree.ts';
import { definition, roleOf, type EntryReader } from './entries.ts';
import { unevenFault } from './jinja-fault.ts';
import { scanExpression } from './jinja.ts';
import { layoutOf } from './layout.ts';

/** What dbt v1 refuses in the semantic layer once the project has a metric; till then it does not look. */
export type SemanticFault =
  'no-primary' | 'two-primaries' | 'primary-twice' | 'time' | 'no-time' | 'grouping';

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

/** What a saved query is grouped by: each item one call. */
export function savedQueryFaults(entry: Node, reader: EntryReader): readonly Use[] {
  if (roleOf(entry) !== 'plain' || mayBeOff('saved-queries', reader)) return [];
  return itemsOf(get(get(entry, 'query_params'), 'group_by')).flatMap((item) => {
    const written = plain(item);
    if (!written) return [];
    const { start, end } = written.span;
    const isCall = grouping.test(written.text);
    if (isCall && !unevenFault(scanExpression(reader.text, start, end))) return [];
    return [fault('grouping', written.span, reader, written.text.slice(0, 60))];
  });
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
