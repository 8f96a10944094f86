import { type Kind, append, blame, change, defect, mark, odd, write } from '../kind.ts';
import { onTable } from './reasons.ts';

const staging = 'models/staging/_staging.yml';
const column = '      - name: customer_id\n';
/** The one column without tests gets these. */
const tests = (text: string) => change(staging, column, `${column}        data_tests:\n${text}`);
const one = (text: string) => tests(`          - ${text}\n`);
const values = '              arguments:\n                values: [a]\n';
const configured = (line: string) =>
  one(`accepted_values:\n${values}              config:\n                ${line}`);

/** Data tests, generic and singular, as they stand in properties. */
export const dataTestKinds: readonly Kind[] = [
  defect('test-unknown', 'a generic test that does not exist', one(`unqiue${mark}`), { found: 'compile' }),
  defect(
    'test-package-unknown',
    'a test of a package that does not exist',
    one(`dbt_utils.not_constant${mark}`),
    { found: 'compile' },
  ),
  defect('test-package-test-unknown', 'a test that a package does not have', one(`shared.not_empty${mark}`), {
    found: 'compile',
  }),
  defect(
    'test-arguments-misspelt',
    'arguments of a test at a misspelt key',
    one(`accepted_values:${mark}\n              argument:\n                values: [a]`),
  ),
  defect(
    'test-two-keys',
    'a test with two names',
    tests(`          - accepted_values:${mark}\n${values}            not_null: {}${mark}\n`),
  ),
  defect('test-number', 'a test that is a number', one(`5${mark}`)),
  defect('test-list', 'a test that is a list', one(`[unique]${mark}`)),
  defect('test-null', 'a test with nothing under it', one(`unique:${mark}`)),
  defect('test-arguments-text', 'a test whose content is a text', one(`accepted_values: a${mark}`)),
  defect('test-arguments-list', 'a test whose content is a list', one(`accepted_values: [a]${mark}`)),
  defect(
    'test-arguments-value',
    'arguments that are a text',
    one(`accepted_values:\n              arguments: a${mark}`),
  ),
  defect(
    'test-argument-unknown',
    'an argument that the test does not have',
    one(
      `accepted_values:${mark}\n              arguments:\n                values: [a]\n                vales: [b]${mark}`,
    ),
    { found: 'compile' },
  ),
  defect(
    'test-argument-missing',
    'an argument that the test needs',
    change(
      'seeds/_seeds.yml',
      '          - unique\n',
      `          - accepted_values:${mark}\n              config:\n                severity: error\n`,
    ),
    { found: 'run', select: 'countries' },
  ),
  defect(
    'test-argument-model',
    'an argument that dbt gives itself',
    one(`unique:\n              arguments:\n                model: orders${mark}`),
  ),
  defect('test-severity', 'an unknown severity', configured(`severity: fatal${mark}`)),
  defect('test-limit', 'a limit that is a text', configured(`limit: many${mark}`)),
  defect('test-where-list', 'a condition that is a list', configured(`where: [a]${mark}`)),
  defect(
    'test-store-failures',
    '`store_failures` that is a text',
    configured(`store_failures: somewhere${mark}`),
  ),
  defect(
    'test-store-failures-as',
    'an unknown way to store failures',
    configured(`store_failures_as: index${mark}`),
  ),
  defect('test-enabled', 'an `enabled` that is a text', configured(`enabled: sometimes${mark}`)),
  defect(
    'test-config-text',
    'a config that is a text',
    one(`accepted_values:\n${values}              config: warn${mark}`),
  ),
  defect(
    'test-config-twice',
    'a severity here and under config',
    one(
      `accepted_values:\n${values}              severity: warn${mark}\n              config:\n                severity: error${mark}`,
    ),
  ),
  defect('test-tags', 'tags that are a number', configured(`tags: 5${mark}`)),
  defect('test-tags-items', 'tags that are numbers', configured(`tags: [5]${mark}`)),
  defect(
    'test-name-odd',
    'a test called after nothing',
    one(`accepted_values:\n${values}              name: 5${mark}`),
  ),
  defect(
    'test-where-macro',
    'a condition that calls no macro',
    configured(`where: "{{ no_such_macro() }}"${mark}`),
  ),
  defect(
    'tests-both-keys',
    'both `tests` and `data_tests`',
    change(staging, column, `${column}        tests: [unique]\n        data_tests: [not_null]${mark}\n`),
  ),
  defect(
    'tests-mapping',
    'tests as a mapping',
    change(staging, column, `${column}        data_tests:${mark}\n          unique: {}\n`),
  ),
  defect(
    'tests-text',
    'tests that are a text',
    change(staging, column, `${column}        data_tests: unique${mark}\n`),
  ),
  defect(
    'relationships-unknown',
    'a relationship to no model',
    change(staging, "ref('countries')", `ref('country')${mark}`),
  ),
  defect(
    'relationships-source-unknown',
    'a relationship to no source',
    change(staging, "ref('countries')", `source('raw', 'contries')${mark}`),
  ),
  defect(
    'relationships-no-to',
    'a relationship to nowhere',
    change(
      'seeds/_seeds.yml',
      '          - unique\n',
      `          - relationships:${mark}\n              arguments:${mark}\n                field: code\n`,
    ),
    { found: 'run', select: 'countries' },
  ),
  defect(
    'relationships-field-seed',
    'a relationship to a column that a seed does not have',
    change(
      'seeds/_seeds.yml',
      '          - unique\n',
      `          - relationships: { arguments: { to: ref('countries'), field: cod${mark} } }\n`,
    ),
    { found: 'run', select: 'countries', depends: onTable },
  ),
  defect(
    'relationships-field-model',
    'a relationship to a column that a model’s SQL does not name',
    change(
      'seeds/_seeds.yml',
      '          - unique\n',
      `          - relationships: { arguments: { to: ref('calendar'), field: code${mark} } }\n`,
    ),
    { found: 'run', select: 'countries calendar', depends: onTable },
  ),
  defect(
    'relationships-jinja',
    'a relationship with brackets that are not closed',
    change(staging, "ref('countries')", `ref('countries'${mark}`),
  ),
  defect('test-same-twice', 'one test twice on a column', one(`unique\n          - unique${mark}`)),
  defect(
    'test-same-name',
    'two tests of one name',
    one(`unique:\n              name: the_key\n          - not_null:\n              name: the_key${mark}`),
  ),
  defect(
    'singular-test-ref',
    'a singular test of no model',
    write('tests/extra.sql', `select * from {{ ref('oders') }}${mark}\n`),
  ),
  defect(
    'singular-test-twice',
    'two singular tests of one name',
    write('tests/more/no_refunds.sql', `${mark}select 1 as id where false\n`),
  ),
  defect(
    'singular-test-of-no-file',
    'properties of a test that does not exist',
    append('tests/_tests.yml', `  - name: no_refund${mark}\n    description: x\n`),
  ),
  defect(
    'generic-test-call',
    'a custom test with an argument it does not have',
    [
      change('models/marts/_marts.yml', '            most: 100\n', `            least: 100${mark}\n`),
      blame('models/marts/_marts.yml', '- no_more_than:'),
    ],
    { found: 'compile' },
  ),
  odd(
    'test-old-arguments',
    'arguments where they used to stand',
    one('accepted_values:\n              values: [a]'),
  ),
  odd(
    'test-config-in-arguments',
    'a configuration, a name and a description among the arguments',
    one(
      "accepted_values:\n              arguments:\n                values: ['1']\n                name: only_one\n                description: Only 1\n                config: { where: customer_id > 0 }",
    ),
    { found: 'compile' },
  ),
  odd(
    'test-name-colon',
    'a colon and more behind the name of a test, within the quotes',
    one(`'accepted_values:':\n${values}`),
  ),
  odd(
    'test-old-key',
    'tests under their old key',
    change(staging, column, `${column}        tests: [unique]\n`),
  ),
  odd(
    'test-named',
    'a test with a name and a description',
    one(`accepted_values:\n              name: only_a\n              description: Only a\n${values}`),
  ),
  odd(
    'test-flow',
    'tests in flow style',
    change(
      staging,
      column,
      `${column}        data_tests: [unique, { not_null: { config: { severity: warn } } }]\n`,
    ),
  ),
  odd(
    'test-jinja-severity',
    'a severity that is computed',
    configured(`severity: "{{ 'error' if target.name == 'prod' else 'warn' }}"`),
  ),
  odd(
    'test-conditions',
    'conditions for warnings and errors',
    configured(
      `warn_if: ">0"\n                error_if: ">10"\n                fail_calc: count(*)\n                limit: 10`,
    ),
  ),
  odd('test-where', 'a condition with a var', configured(`where: "at >= '{{ var('start_date') }}'"`)),
  odd(
    'test-empty-list',
    'an empty list of tests',
    change(staging, column, `${column}        data_tests: []\n`),
  ),
  odd(
    'test-twice-apart',
    'one test twice with names of their own',
    one(
      `unique:\n              name: key_once\n          - unique:\n              name: key_twice\n              config:\n                where: 1 = 1`,
    ),
  ),
  odd(
    'test-twice-by-column',
    'one test on two columns, named beside its arguments',
    change(
      staging,
      `    columns:\n${column}`,
      `    data_tests:\n      - accepted_values: { column_name: customer_id, arguments: { values: ['1'] } }\n      - accepted_values: { column_name: email, arguments: { values: ['1'] } }\n    columns:\n${column}`,
    ),
  ),
  odd('test-disabled', 'a test that is off', configured('enabled: false')),
  odd(
    'test-on-source',
    'a relationship from a source',
    change(
      'models/staging/_sources.yml',
      '          - name: loaded_at\n',
      "          - name: loaded_at\n          - name: customer_id\n            data_tests:\n              - relationships:\n                  arguments:\n                    to: source('raw', 'customers')\n                    field: id\n",
    ),
  ),
  odd('test-shared-package', 'a built-in test by its package', one('dbt.unique')),
  odd(
    'test-key-order',
    'arguments after the configuration',
    one(`accepted_values:\n              config: { severity: warn }\n${values}`),
  ),
  odd('test-meta', 'labels of a test', configured('meta: { owner: me }\n                tags: [slow]')),
];
