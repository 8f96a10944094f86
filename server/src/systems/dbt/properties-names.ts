import type { NameKind, Use } from '../../core/facts.ts';
import type { Severity } from '../../core/finding.ts';
import { implementation } from './dispatched.ts';
import { labels } from './semantic-faults.ts';
import { dimensionNamespace, entityNamespace } from './semantic-names.ts';
import { selected } from './selection.ts';
import { adapterInUse } from './source-words.ts';
import { unitTestName } from './spec-names.ts';

/** What dbt does when it meets a name that is not there, by the role of its use; see `Role`. */
function severityOf({ role }: Use): Severity | undefined {
  if (role === 'deferred') return undefined;
  return role === 'plain' ? 'error' : 'warning';
}

const ownPart = ({ name, prefix = '' }: { readonly name: string; readonly prefix?: string }): string =>
  name.slice(prefix.length);

function undefinedName(code: string, words: (use: Use) => string): NonNullable<NameKind['undefined']> {
  return (use) => {
    const severity = severityOf(use);
    return severity && { code, severity, message: words(use) };
  };
}

function duplicateName(code: string, title: string): NonNullable<NameKind['duplicate']> {
  return ({ name }) => ({
    code,
    severity: 'error',
    message: `two ${title} are named \`${name}\`; rename one of them`,
  });
}

/** Tests that dbt brings along. */
export const builtinTests: ReadonlySet<string> = new Set([
  'test_unique',
  'test_not_null',
  'test_accepted_values',
  'test_relationships',
]);

/** Names that properties files define, and those that only they use. */
export const propertiesNames: readonly NameKind[] = [
  { namespace: 'dbt.column', title: 'column' },
  { namespace: 'dbt.terms', title: 'terms of a node' },
  { namespace: 'dbt.time-spine', title: 'time spine' },
  { namespace: 'dbt.semantic-layer', title: 'semantic layer' },
  {
    namespace: labels,
    title: 'label of a metric',
    duplicate: ({ name }) => ({
      code: 'dbt/duplicate-metric',
      severity: 'error',
      message: `another metric has the label \`${name}\`, and dbt refuses that; give each a label of its own`,
    }),
  },
  { namespace: adapterInUse.namespace, title: 'adapter' },
  { namespace: implementation, title: 'macro of an adapter' },
  {
    namespace: 'dbt.generic-test',
    title: 'generic test',
    // dbt v1 refuses when it compiles the test, v2 when it reads the file.
    undefined: (use) =>
      use.role !== 'data-test' || builtinTests.has(use.name)
        ? undefined
        : {
            code: 'dbt/undefined-test',
            severity: 'error',
            message: `no generic test is named \`${ownPart(use)}\`; define it by \`{% test ${ownPart(use)}(model, …) %}\` or correct the name`,
          },
  },
  {
    namespace: 'dbt.described',
    title: 'analysis, singular test or function',
    undefined: ({ name, namespaces }) => ({
      code: 'dbt/properties-without-node',
      severity: 'warning',
      message: `no ${titles[namespaces[1] ?? ''] ?? 'file'} is named \`${name}\`, so nothing here takes effect; correct the name or remove the entry`,
    }),
  },
  {
    namespace: 'dbt.unit-test',
    title: 'unit test',
    duplicate: (definition) => ({
      code: 'dbt/duplicate-test',
      severity: 'error',
      message: `two unit tests of this model are named \`${ownPart(definition)}\`, which dbt refuses; rename one of them`,
    }),
  },
  {
    namespace: unitTestName,
    title: 'unit test',
    undefined: ({ name, role }) => {
      const message = `no unit test is named \`${name}\`, so this selects nothing; correct the name`;
      return role === selected ? { code: 'dbt/empty-selection', severity: 'warning', message } : undefined;
    },
  },
  {
    namespace: 'dbt.metric',
    title: 'metric',
    lineage: true,
    undefined: undefinedName(
      'dbt/undefined-metric',
      ({ name }) => `no metric is named \`${name}\`; declare it under \`metrics:\` or correct the name`,
    ),
    duplicate: duplicateName('dbt/duplicate-metric', 'metrics'),
    pattern: /^[A-Za-z_]\w*$/,
  },
  {
    namespace: 'dbt.measure',
    title: 'measure',
    undefined: undefinedName(
      'dbt/undefined-measure',
      ({ name }) =>
        `no semantic model has a measure \`${name}\`; declare it under \`measures:\` or correct the name`,
    ),
  },
  { namespace: entityNamespace, title: 'entity', pattern: /^[a-z]\w*$/ },
  { namespace: dimensionNamespace, title: 'dimension', pattern: /^[a-z]\w*$/ },
  {
    namespace: 'dbt.semantic-model',
    title: 'semantic model',
    lineage: true,
    duplicate: duplicateName('dbt/duplicate-semantic-model', 'semantic models'),
  },
  {
    namespace: 'dbt.saved-query',
    title: 'saved query',
    lineage: true,
    duplicate: duplicateName('dbt/duplicate-saved-query', 'saved queries'),
  },
];

const titles: Readonly<Record<string, string>> = {
  'dbt.analysis': 'analysis',
  'dbt.test': 'singular test',
  'dbt.function': 'function',
};
