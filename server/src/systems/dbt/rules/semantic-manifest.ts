import type { FactReader } from '../../../core/fact-index.ts';
import type { FactRule } from '../../../core/rule.ts';
import type { SemanticFault } from '../semantic-faults.ts';
import { groupingNamespace } from '../semantic-names.ts';
import { isSecondLine } from '../version.ts';

/** dbt v1 holds the semantic layer together when it has read the project, if there is a metric in it. */
export const semanticManifest: FactRule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, project }, reader, report) {
    for (const fact of facts) {
      const kind = fact.fact === 'use' ? fact.data?.['fault'] : undefined;
      if (fact.fact !== 'use' || kind === undefined || !Object.hasOwn(faults, kind)) continue;
      const [namespace = ''] = fact.namespaces;
      if (isSecondLine(project) || !reader.isDefined({ namespace, scope: fact.scope, name: fact.name }))
        return;
      if (kind === 'unknown-grouping' && mayGroup(fact.data?.['what'] ?? '', fact.scope, reader)) continue;
      const { code, words } = faults[kind as SemanticFault];
      const [start = 0, end = 0] = (fact.data?.['at'] ?? '').split(',').map(Number);
      report({ start, end }, words(fact.data?.['what'] ?? ''), { code });
    }
  },
};

/** A name of an entity, a dimension or a metric, of any semantic model, also of what nobody can see. */
function mayGroup(name: string, scope: string, reader: FactReader): boolean {
  const isDefined = (namespace: string): boolean => reader.isDefined({ namespace, scope, name });
  return (
    isDefined(groupingNamespace) || isDefined('dbt.metric') || reader.holes('dbt.metric', scope).length > 0
  );
}

const faults: Readonly<
  Record<SemanticFault, { readonly code: string; readonly words: (what: string) => string }>
> = {
  'no-primary': {
    code: 'dbt/missing-key',
    words: () =>
      'a semantic model with dimensions needs an entity of type `primary`; make one of the entities it, or name the `primary_entity`',
  },
  'two-primaries': {
    code: 'dbt/invalid-value',
    words: () => 'a semantic model has one primary entity, and this is its second; give it another type',
  },
  'primary-twice': {
    code: 'dbt/conflicting-keys',
    words: () =>
      '`primary_entity` stands beside an entity of type `primary`, and dbt refuses both together; keep one',
  },
  time: {
    code: 'dbt/invalid-value',
    words: (what) =>
      `the semantic model has no time dimension \`${what}\`; add it under \`dimensions:\`, or correct the name`,
  },
  'no-time': {
    code: 'dbt/missing-key',
    words: (what) =>
      `measure \`${what}\` has no time to be added up by; name a time dimension as \`agg_time_dimension\`, here or under \`defaults:\``,
  },
  grouping: {
    code: 'dbt/invalid-value',
    words: (what) =>
      `a saved query is grouped by one \`Dimension(…)\`, \`TimeDimension(…)\`, \`Entity(…)\` or \`Metric(…)\` each, not by \`${what}\`; correct it`,
  },
  'unknown-grouping': {
    code: 'dbt/undefined-grouping',
    words: (what) =>
      `no dimension, entity or metric is named \`${what}\`, so a saved query cannot be grouped by it; correct the name or add it to a semantic model`,
  },
  'no-way': {
    code: 'dbt/invalid-value',
    words: (what) =>
      `a dimension is named behind the primary entity of its semantic model; write \`<entity>__${what}\``,
  },
  ordering: {
    code: 'dbt/invalid-value',
    words: (what) =>
      `the saved query holds no \`${what}\` to be ordered by; name one of its metrics, as \`Metric('…')\`, or write a grouping as under \`group_by\``,
  },
  limit: {
    code: 'dbt/invalid-value',
    words: (what) => `a limit of \`${what}\` rows is refused; write 0 or more`,
  },
  name: {
    code: 'dbt/invalid-name',
    words: (what) =>
      `the semantic layer takes no name \`${what}\`; write two or more small letters, digits and single underscores, a letter first and no underscore last`,
  },
  'name-taken': {
    code: 'dbt/invalid-name',
    words: (what) => `the semantic layer keeps the name \`${what}\` for itself; take another one`,
  },
  'name-twice': {
    code: 'dbt/invalid-value',
    words: (what) =>
      `the semantic model has another entity, dimension or measure \`${what}\`; rename one of them`,
  },
  'alias-taken': {
    code: 'dbt/invalid-value',
    words: (what) => `this metric is made of a metric \`${what}\` as well; choose another alias`,
  },
};
