import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule, Report } from '../../../core/rule.ts';

const asked: ReadonlySet<string> = new Set(['dbt.node', 'dbt.source-table']);

/**
 * `ref('utils', 'orders')` asks one package; that another one has such a node does not help.
 * And what is switched off is not there for anybody.
 */
export const refTarget: FactRule = {
  id: 'dbt/undefined-ref',
  severity: 'error',
  kinds: ['model', 'python-model', 'test', 'analysis', 'snapshot', 'properties'],
  check({ facts }, reader, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role === 'deferred' || !asked.has(fact.namespaces[0] ?? '')) continue;
      if (fact.data?.['package'] !== undefined) checkPackage(fact, fact.data['package'], reader, report);
      else if (fact.role === 'plain' || fact.role === 'branch' || fact.role === 'test')
        checkSwitchedOff(fact, reader, report);
    }
  },
};

function checkSwitchedOff(use: Use, reader: FactReader, report: Report): void {
  const { scope, name, span, role, namespaces } = use;
  const found = reader.definitions({ namespace: namespaces[0]!, scope, name });
  const [first] = found;
  if (!first || found.some(({ data }) => data?.['off'] === undefined)) return;
  if (use.unless && reader.definitions(use.unless).length > 0) return;
  const related = { path: first.path, span: first.span, message: `\`${name}\` is switched off here` };
  report(
    span,
    `${first.what} \`${name}\` is switched off, and dbt refuses to read what is off; switch it on, or do without it`,
    { code: 'dbt/disabled-ref', severity: role === 'plain' ? 'error' : 'warning', related: [related] },
  );
}

function checkPackage(use: Use, wanted: string, reader: FactReader, report: Report): void {
  const { scope, name, span, role } = use;
  if (use.unless && reader.definitions(use.unless).length > 0) return;
  if (reader.definitions({ namespace: 'dbt.package', scope, name: wanted }).length === 0) return;
  const found = reader.definitions({ namespace: 'dbt.node', scope, name });
  if (found.length === 0 || found.some(({ group }) => group === wanted)) return;
  const owner = found[0]!.group ?? '';
  const message = `package \`${wanted}\` has no model, seed or snapshot \`${name}\`; it is one of \`${owner}\``;
  const fix = { path: found[0]!.path, span: found[0]!.span, message: `\`${name}\` is defined here` };
  report(span, message, { severity: role === 'plain' ? 'error' : 'warning', related: [fix] });
}
