import type { Definition, Fact, Use } from '../../core/facts.ts';
import { get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { commonFacts } from './common-facts.ts';
import {
  aboutOf,
  definition,
  keyOf,
  readerRole,
  roleOf,
  use,
  usesAt,
  usesBy,
  type EntryReader,
} from './entries.ts';
import { queryUses, semanticNames } from './semantic-names.ts';
import {
  metricFaults,
  metricLabel,
  metricMark,
  savedQueryFaults,
  semanticModelFaults,
} from './semantic-faults.ts';

/** An entry of `metrics:`, of a file or of a model: the metric, and the metrics and measures it is made of. */
export function metricFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const common = commonFacts(entry, reader);
  if (!name) return common;
  const own = named('dbt.metric', name, 'metric', entry, reader);
  const role = roleOf(entry);
  const uses: Use[] = [];
  const add = (namespace: string, node: Node | undefined): void => {
    const written = node?.kind === 'map' ? stringOf(get(node, 'name')) : stringOf(node);
    if (written && !written.text.includes('{')) uses.push(use(namespace, written, role, reader));
  };
  const params = get(entry, 'type_params');
  add('dbt.measure', get(params, 'measure'));
  for (const each of itemsOf(get(params, 'input_measures'))) add('dbt.measure', each);
  for (const key of ['numerator', 'denominator']) add('dbt.metric', get(params, key) ?? get(entry, key));
  for (const each of itemsOf(get(params, 'metrics') ?? get(entry, 'input_metrics'))) add('dbt.metric', each);
  for (const key of ['base_metric', 'conversion_metric', 'input_metric']) add('dbt.metric', get(entry, key));
  const conversion = get(params, 'conversion_type_params');
  for (const key of ['base_measure', 'conversion_measure']) add('dbt.measure', get(conversion, key));
  for (const key of ['base_metric', 'conversion_metric']) add('dbt.metric', get(conversion, key));
  add('dbt.metric', get(get(params, 'cumulative_type_params'), 'metric'));
  return [
    own,
    ...metricMark(entry, reader),
    ...metricFaults(entry, reader),
    ...metricLabel(entry, reader),
    ...usesBy(uses, keyOf(own)),
    ...queryUses(entry, reader, keyOf(own)),
    ...common,
  ];
}

/** An entry of `semantic_models:`, its measures too, which metrics name. */
export function semanticModelFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const model = usesAt(get(entry, 'model'), reader, readerRole(entry, reader));
  const common = commonFacts(entry, reader);
  if (!name) return [...model, ...common];
  const own = named('dbt.semantic-model', name, 'semantic model', entry, reader);
  const found: Fact[] = [
    own,
    ...usesBy(model, keyOf(own)),
    ...common,
    ...semanticNames(entry, reader),
    ...semanticModelFaults(entry, reader),
  ];
  // Somewhere a model must list the days: to be heard of when it comes or goes.
  const span = { start: name.span.start, end: name.span.start };
  const asked = { ...use('dbt.time-spine', name, 'deferred', reader), span };
  found.push({ ...asked, name: '*' }, { ...asked, namespaces: ['dbt.node'], name: 'metricflow_time_spine' });
  // One name for all of them, so that each hears when another comes or goes.
  if (own.exclusive !== false)
    found.push({ ...own, namespace: 'dbt.semantic-layer', name: '*', exclusive: false, implicit: true });
  for (const measure of itemsOf(get(entry, 'measures'))) {
    const written = stringOf(get(measure, 'name'));
    if (!written) continue;
    const made = named('dbt.measure', written, 'measure', measure, reader);
    found.push({ ...made, exclusive: false });
    // A measure may ask for a metric of its own name.
    const asksMetric = get(measure, 'create_metric');
    if (asksMetric?.kind === 'scalar' && asksMetric.value === true)
      found.push(
        { ...named('dbt.metric', written, 'metric', measure, reader), implicit: true },
        ...metricMark(measure, reader),
      );
  }
  return found;
}

/** An entry of `saved_queries:` and the metrics it asks for. */
export function savedQueryFacts(entry: Node, reader: EntryReader): readonly Fact[] {
  const name = stringOf(get(entry, 'name'));
  const role = roleOf(entry);
  const uses = itemsOf(get(get(entry, 'query_params'), 'metrics')).flatMap((each) => {
    const written = stringOf(each);
    return written && !written.text.includes('{') ? [use('dbt.metric', written, role, reader)] : [];
  });
  if (!name) return uses;
  const own = named('dbt.saved-query', name, 'saved query', entry, reader);
  return [
    own,
    ...usesBy(uses, keyOf(own)),
    ...queryUses(entry, reader, keyOf(own)),
    ...commonFacts(entry, reader),
    ...savedQueryFaults(entry, reader),
  ];
}

function named(
  namespace: string,
  name: ScalarNode,
  what: string,
  entry: Node,
  reader: EntryReader,
): Definition {
  const about = aboutOf(entry) ?? stringOf(get(entry, 'label'))?.text;
  const type = pairsOf(entry).find(({ key }) => key.text === 'type')?.value;
  return {
    ...definition(namespace, name, what, reader),
    ...(roleOf(entry) === 'plain' ? {} : { exclusive: false }),
    ...(about === undefined ? {} : { about }),
    ...(type?.kind === 'scalar' && namespace === 'dbt.metric' ? { data: { type: type.text } } : {}),
  };
}
