import type { FactRule } from '../../../core/rule.ts';
import { isSecondLine } from '../version.ts';

const small: ReadonlySet<string> = new Set(
  'nanosecond microsecond millisecond second minute hour day'.split(' '),
);

/** dbt v1 reads no semantic model where no model lists the days: it refuses to parse the project. */
export const missingTimeSpine: FactRule = {
  id: 'dbt/missing-time-spine',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, path, project }, reader, report) {
    const own = facts.find(
      (fact) =>
        fact.fact === 'definition' && fact.namespace === 'dbt.semantic-model' && fact.exclusive !== false,
    );
    if (own?.fact !== 'definition' || isSecondLine(project)) return;
    const { scope, span } = own;
    const spines = reader.definitions({ namespace: 'dbt.time-spine', scope, name: '*' });
    if (spines.some(({ data }) => small.has(data?.['granularity']?.toLowerCase() ?? ''))) return;
    if (reader.isDefined({ namespace: 'dbt.node', scope, name: 'metricflow_time_spine' })) return;
    if (reader.holes('dbt.node', scope).length > 0) return;
    // One cause, one finding: the first of the semantic models tells.
    const models = reader.definitions({ namespace: 'dbt.semantic-layer', scope, name: '*' });
    if (models.some((other) => other.path < path)) return;
    const message =
      'the semantic layer needs a model that lists days or smaller times; give one of the models a `time_spine`';
    report(span, message);
  },
};
