import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import { isSecondLine } from '../version.ts';

/** What a unit test asks of the node it tests and of its inputs: a model, one with such versions, a seed where rows are left out. */
export const unitTestTarget: FactRule = {
  id: 'dbt/invalid-unit-test',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, project }, reader, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role === 'deferred') continue;
      if (fact.data?.['unitTest'] !== undefined) {
        // dbt v2 asks for all of it when the test runs.
        checkModel(fact, reader, isSecondLine(project) ? mildly(report) : report);
        if (!isSecondLine(project)) checkIncremental(fact, reader, report);
      } else if (fact.data?.['rows'] === 'none') checkInput(fact, reader, report);
    }
  },
};

function mildly(report: Report): Report {
  return (at, message, more) => report(at, message, { ...more, severity: 'warning' });
}

function checkModel(use: Use, reader: FactReader, report: Report): void {
  const { name, scope, span, data = {} } = use;
  const found = reader.definitions({ namespace: 'dbt.node', scope, name });
  if (found.length === 0) return;
  if (!found.some(({ what }) => what === 'model')) {
    report(
      span,
      `\`${name}\` is a ${found[0]!.what}, and only models have unit tests; test a model that reads it`,
    );
    return;
  }
  const at = data['at'];
  if (at === undefined) return;
  const [start = 0, end = 0] = at.split(',').map(Number);
  const isDefined = (version: string): boolean =>
    reader.isDefined({ namespace: 'dbt.node-version', scope, name: `${name}.v${version}` });
  const isVersioned = [...reader.all('dbt.node-version', scope)].some(({ prefix }) => prefix === `${name}.v`);
  const options = { code: 'dbt/undefined-version' } as const;
  if (!isVersioned) {
    report({ start, end }, `\`${name}\` has no versions; remove the key`, options);
    return;
  }
  const wanted = (data['versions'] ?? '').split(',').filter((version) => version !== '');
  if (wanted.length === 0 || wanted.some(isDefined)) return;
  report({ start, end }, `\`${name}\` has none of these versions; name one that it has`, options);
}

/** A model that asks whether it is built anew must be told in a test, and given what is there if it is not. */
function checkIncremental({ name, scope, span, data = {} }: Use, reader: FactReader, report: Report): void {
  const [model] = reader.definitions({ namespace: 'dbt.node', scope, name });
  if (model?.data?.['incremental'] !== 'yes') return;
  if (data['incremental'] === '')
    report(
      span,
      `\`${name}\` asks \`is_incremental()\`, and the test must say what it is told; write \`is_incremental: false\` or \`true\` under \`macros\` in \`overrides\``,
    );
  else if (data['incremental'] === 'yes')
    report(
      span,
      `the test tells \`${name}\` that it is incremental, but not what is there already; give it as \`input: this\``,
    );
}

function checkInput(use: Use, reader: FactReader, report: Report): void {
  const { name, scope, span } = use;
  const found = reader.definitions({ namespace: 'dbt.node', scope, name });
  if (found.length === 0 || found.some(({ what }) => what === 'seed')) return;
  const message = `only the rows of a seed can be left out, and \`${name}\` is a ${found[0]!.what}; list them under \`rows\`, or write \`rows: []\` for none`;
  report(span, message);
}
