import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import { builtinMacro } from '../builtins.ts';
import { layoutOf } from '../layout.ts';
import { misfit, readParameters, takenBy } from '../parameters.ts';

/**
 * A generic test hands what stands below it to its macro, which takes what it takes: dbt ends with
 * `macro 'dbt_macro__test_positive' takes no keyword argument 'limt'`.
 */
export const testArguments: FactRule = {
  id: 'dbt/wrong-arguments',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, project }, reader, report) {
    const own = layoutOf(project).package;
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'data-test') continue;
      if (fact.data?.['arguments'] !== undefined) checkTest(fact, own, { reader, report });
    }
  },
};

interface Look {
  readonly reader: FactReader;
  readonly report: Report;
}

function checkTest(use: Use, own: string, { reader, report }: Look): void {
  const { name, scope, span } = use;
  const within = use.within?.namespace === 'dbt.package' ? use.within : undefined;
  const found = reader.definitions({ namespace: 'dbt.macro', scope, name });
  const meant = found.find(({ group }) => group === (within?.name ?? own));
  const isBuiltin = !meant && !within && found.length === 0;
  const parameters = takenBy(meant?.data) ?? (isBuiltin ? builtinMacro(name, 'dbt') : undefined);
  if (parameters === undefined) return;
  const takes = readParameters(parameters);
  const given = use.data!['arguments']!.split(',').filter((each) => each !== '');
  // Both are given by dbt itself: the column only where the test stands below one, which is not asked here.
  const keywords = ['model', ...given.filter((each) => each !== 'column_name')];
  if (takes.named.some((each) => each.name === 'column_name')) keywords.push('column_name');
  const wrong = misfit({ positional: 0, keywords, isSpread: false }, takes);
  if (!wrong) return;
  const left = takes.named.filter((each) => each.default === undefined && !keywords.includes(each.name));
  // Of a package's test that can do without so much, its author meant it.
  if (!wrong.isRefused && within && left.length > 2) return;
  const related = meant
    ? [{ path: meant.path, span: meant.span, message: `\`${nameOf(use)}\` is defined here` }]
    : [];
  const severity = wrong.isRefused ? 'error' : isBuiltin ? 'error' : 'warning';
  report(span, `test \`${nameOf(use)}\` ${wrong.words}`, { severity, ...(meant ? { related } : {}) });
}

function nameOf({ name, prefix = '' }: Use): string {
  return name.slice(prefix.length);
}
