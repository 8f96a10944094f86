import type { FactRule } from '../../../core/rule.ts';

/** A test of relationships looks at a column that its target surely has not: an enforced contract lists them all. */
export const undefinedColumn: FactRule = {
  id: 'dbt/undefined-column',
  severity: 'warning',
  kinds: ['properties'],
  check({ facts }, reader, report) {
    for (const fact of facts) {
      if (
        fact.fact !== 'use' ||
        fact.role !== 'relationship' ||
        reader.isDefined({ ...fact, namespace: 'dbt.column' })
      )
        continue;
      const { scope, prefix = '' } = fact;
      const target = prefix.slice(0, -1);
      const [terms] = reader.definitions({ namespace: 'dbt.terms', scope, name: target });
      if (terms?.data?.['contract'] !== 'enforced') continue;
      const column = fact.name.slice(prefix.length);
      const known = [...reader.all('dbt.column', scope)].some(
        ({ name }) => name.toLowerCase() === fact.name.toLowerCase(),
      );
      if (known) continue;
      report(fact.span, `\`${target}\` has no column \`${column}\`, says its contract; correct the name`, {
        related: [{ path: terms.path, span: terms.span, message: `the contract of \`${target}\`` }],
      });
    }
  },
};
