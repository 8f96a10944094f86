import type { FactRule } from '../../../core/rule.ts';
import { layoutOf } from '../layout.ts';
import { batchKeys } from '../sql-config.ts';
import { isSecondLine } from '../version.ts';

/**
 * A model in batches of time says of which column, from when on and how long they are; part of it may stand in its
 * file and part in its properties. dbt refuses to parse the project without.
 */
export const microbatch: FactRule = {
  id: 'dbt/missing-key',
  severity: 'error',
  kinds: ['model', 'properties'],
  check({ facts, project }, reader, report) {
    const { configured } = layoutOf(project);
    for (const fact of facts) {
      const given = fact.fact === 'use' ? fact.data?.['microbatch'] : undefined;
      if (fact.fact !== 'use' || given === undefined) continue;
      const { name, scope } = fact;
      const [terms] = reader.definitions({ namespace: 'dbt.terms', scope, name });
      const own = reader.definitions({ namespace: 'dbt.node', scope, name }).find(({ implicit }) => implicit);
      if (!own || own.exclusive === false || own.data?.['computed'] !== undefined) continue;
      // The file's own word counts more than that of its properties.
      if ((own.data?.['strategy'] ?? 'microbatch') !== 'microbatch') continue;
      // What else it may be materialized as, a properties file tells.
      if ((own.data?.['materialized'] ?? fact.data?.['materialized'] ?? 'incremental') !== 'incremental')
        continue;
      if (own.data?.['materialized'] === undefined && fact.data?.['materialized'] === undefined) continue;
      const known = [given, own.data?.['batch'] ?? '', terms?.data?.['batch'] ?? ''].join(',').split(',');
      const missing = batchKeys.filter((key) => !known.includes(key) && !configured.models.has(key));
      if (missing.length === 0) continue;
      const { start } = fact.span;
      // dbt v2 misses them when it builds the model.
      const severity = isSecondLine(project) ? 'warning' : 'error';
      const keys = missing.map((key) => `\`${key}\``).join(', ');
      report(
        { start, end: start + 'microbatch'.length },
        `a model in batches of time needs ${keys} in its configuration; add ${missing.length > 1 ? 'them' : 'it'}`,
        { severity },
      );
    }
  },
};
