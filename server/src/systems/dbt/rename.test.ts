import { expect, test } from 'vitest';
import { renamed as renamedWith, type Texts } from '../../../../test/support/rename.ts';
import { dbt } from './index.ts';

const renamed = (texts: Texts, newName: string) => renamedWith([dbt], texts, newName);

/** `NAME` stands wherever the name is; `first_name` wherever something only looks like it. */
const kinds: readonly (readonly [string, Texts])[] = [
  [
    'a variable of the project',
    {
      '/w/dbt_project.yml': 'name: shop\nvars:\n  NAME: 1\n',
      '/w/models/a.sql': `select {{ var('<|>NAME') }}, {{ var("NAME", 2) }}, 'first_name'`,
    },
  ],
  [
    'a variable that dbt_project.yml itself takes from vars.yml',
    {
      '/w/dbt_project.yml': 'name: shop\nmodels:\n  shop:\n    +schema: "{{ var(\'NAME\') }}"\n',
      '/w/vars.yml': 'vars:\n  NAME: 1\n',
      '/w/models/a.sql': "select {{ var('<|>NAME') }} as first_name",
    },
  ],
  [
    'a group',
    {
      '/w/models/m.yml':
        'groups:\n- name: NAME\n  owner: {name: first_name}\nmodels:\n- name: a\n  config:\n    group: <|>NAME\n',
      '/w/models/a.sql': 'select 1',
    },
  ],
  [
    'a docs block',
    {
      '/w/models/d.md': '{% docs NAME %}first_name{% enddocs %}',
      '/w/models/m.yml': `models:\n- name: a\n  description: '{{ doc("<|>NAME") }}'\n`,
      '/w/models/a.sql': 'select 1',
    },
  ],
  [
    'a column',
    {
      '/w/models/m.yml': `models:
- name: a
  columns:
  - name: <|>NAME
- name: b
  columns:
  - name: first_name
    data_tests:
    - relationships:
        arguments:
          to: ref('a')
          field: NAME
`,
      '/w/models/a.sql': 'select 1 as x',
      '/w/models/b.sql': 'select 1 as first_name',
    },
  ],
  [
    'an exposure',
    { '/w/models/m.yml': 'exposures:\n- name: <|>NAME\n  type: dashboard\n  owner: {name: first_name}\n' },
  ],
  [
    'a seed',
    { '/w/seeds/NAME.csv': 'id\n1\n', '/w/models/a.sql': "select first_name from {{ ref('<|>NAME') }}" },
  ],
  [
    'a snapshot',
    {
      '/w/snapshots/s.sql':
        "{% snapshot NAME %}{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='x') }}select 1 as id{% endsnapshot %}",
      '/w/models/a.sql': "select * from {{ ref('<|>NAME') }}",
    },
  ],
  [
    'a fixture',
    {
      '/w/tests/fixtures/NAME.csv': 'id\n1\n',
      '/w/models/a.sql': 'select 1 as id',
      '/w/models/m.yml':
        'unit_tests:\n- name: first_name\n  model: a\n  given: []\n  expect:\n    format: csv\n    fixture: <|>NAME\n',
    },
  ],
  [
    'a model with versions, each of its files',
    {
      '/w/models/NAME_v1.sql': 'select 1',
      '/w/models/second.sql': 'select 1',
      '/w/models/a.sql': "select * from {{ ref('<|>NAME', v=1) }}, {{ ref('NAME') }}",
      '/w/models/m.yml':
        'models:\n- name: NAME\n  latest_version: 1\n  versions:\n  - v: 1\n  - v: 2\n    defined_in: second\n',
    },
  ],
  [
    'a model, from a unit test of it',
    {
      '/w/models/NAME.sql': "select * from {{ ref('b') }}",
      '/w/models/b.sql': 'select 1 as id',
      '/w/models/m.yml':
        "unit_tests:\n- name: first_name\n  model: <|>NAME\n  given:\n  - input: ref('b')\n    rows: [{id: 1}]\n  expect:\n    rows: [{id: 1}]\n",
    },
  ],
  [
    'a model that dbt_project.yml configures by its place, and selectors.yml selects',
    {
      '/w/dbt_project.yml':
        'name: shop\nmodels:\n  shop:\n    first_name:\n      NAME:\n        +materialized: table\n',
      '/w/selectors.yml': 'selectors:\n- name: first_name\n  definition:\n    method: fqn\n    value: NAME\n',
      '/w/models/first_name/NAME.sql': 'select 1',
      '/w/models/b.sql': "select * from {{ ref('<|>NAME') }}",
    },
  ],
  [
    'a project, in its configuration, its variables and a selector',
    {
      '/w/dbt_project.yml':
        'name: NAME\nvars:\n  NAME: {depth: 1}\nmodels:\n  NAME:\n    first_name:\n      +materialized: view\nseeds:\n  NAME: {+enabled: true}\n',
      '/w/selectors.yml':
        'selectors:\n- name: first_name\n  definition: {method: fqn, value: NAME.first_name.a}\n',
      '/w/models/first_name/a.sql':
        "select * from {{ ref('<|>NAME', 'b') }} as first_name -- {{ var('depth') }}",
      '/w/models/b.sql': 'select 1',
      '/w/seeds/s.csv': 'id\n1\n',
    },
  ],
  [
    'a model that a selector names by its folders, and one version of it',
    {
      '/w/dbt_project.yml': 'name: shop\n',
      '/w/selectors.yml':
        "selectors:\n- name: s\n  definition:\n    union: [{method: fqn, value: shop.first_name.NAME}, '+NAME.v1', {fqn: first_name.NAME}]\n",
      '/w/models/first_name/NAME.sql': 'select 1',
      '/w/models/b.sql': "select * from {{ ref('<|>NAME') }}",
    },
  ],
  [
    'a source, in all ways to select it, and its configuration',
    {
      '/w/dbt_project.yml': 'name: shop\nsources:\n  shop:\n    NAME:\n      first_name: {+enabled: true}\n',
      '/w/selectors.yml':
        "selectors:\n- name: s\n  definition:\n    union: ['source:NAME', '1+source:NAME.first_name+', {method: source, value: shop.NAME.first_name}]\n",
      '/w/models/m.yml': 'sources:\n- name: <|>NAME\n  tables: [{name: first_name}]\n',
      '/w/models/a.sql': "select * from {{ source('NAME', 'first_name') }}",
    },
  ],
  [
    'a table of a source, in all ways to select it, and its configuration',
    {
      '/w/dbt_project.yml':
        'name: shop\nsources:\n  shop:\n    raw:\n      NAME: {+enabled: true}\n    first_name: {+enabled: true}\n',
      '/w/selectors.yml':
        "selectors:\n- name: s\n  definition:\n    union: ['source:raw.NAME+', {method: source, value: shop.raw.NAME}, 'source:first_name.b']\n",
      '/w/models/m.yml': 'sources:\n- name: raw\n  tables: [{name: <|>NAME}]\n',
      '/w/models/a.sql': "select * from {{ source('raw', 'NAME') }}",
    },
  ],
  [
    'an exposure that dbt_project.yml configures and selectors.yml selects',
    {
      '/w/dbt_project.yml': 'name: shop\nexposures:\n  shop:\n    NAME: {+enabled: true}\n',
      '/w/selectors.yml':
        'selectors:\n- name: s\n  definition: {union: [{method: exposure, value: shop.NAME}, "exposure:NAME"]}\n',
      '/w/models/m.yml': 'exposures:\n- name: <|>NAME\n  type: dashboard\n  owner: {name: first_name}\n',
    },
  ],
  [
    'a unit test',
    {
      '/w/selectors.yml': 'selectors:\n- name: s\n  definition: {method: unit_test, value: NAME}\n',
      '/w/models/a.sql': 'select 1 as id',
      '/w/models/m.yml':
        'unit_tests:\n- name: <|>NAME\n  model: a\n  given: []\n  expect: {rows: [{id: first_name}]}\n',
    },
  ],
  [
    'a generic test that a selector names',
    {
      '/w/selectors.yml': 'selectors:\n- name: s\n  definition: {method: test_name, value: NAME}\n',
      '/w/macros/t.sql': '{% test <|>NAME(model) %}select 1{% endtest %}',
      '/w/models/m.yml': 'models:\n- name: a\n  data_tests: [NAME]\n',
      '/w/models/a.sql': 'select 1 as first_name',
    },
  ],
  [
    'a macro that adapters have forms of, from the call that finds them',
    {
      '/w/macros/m.sql':
        "{% macro x() %}{{ adapter.dispatch('<|>NAME', 'shop')() }}{% endmacro %}{% macro default__NAME() %}{% endmacro %}{% macro duckdb__NAME() %}{% endmacro %}{% macro first_name() %}{% endmacro %}",
    },
  ],
  [
    'a macro and a variable that a unit test overrides',
    {
      '/w/dbt_project.yml': 'name: shop\nvars:\n  first_name: 1\n',
      '/w/macros/m.sql': '{% macro <|>NAME() %}1{% endmacro %}',
      '/w/models/a.sql': 'select {{ NAME() }} as id',
      '/w/models/m.yml':
        'unit_tests:\n- name: t\n  model: a\n  overrides:\n    macros: {NAME: 1, shop.NAME: 2}\n    vars: {first_name: 1}\n  given: []\n  expect: {rows: [{id: 1}]}\n',
    },
  ],
  [
    'a column in constraints, in the columns of versions and as a time spine',
    {
      '/w/models/m.yml': `models:
- name: a
  columns:
  - name: <|>NAME
  - name: second
  constraints:
  - {type: primary_key, columns: [NAME, second]}
  time_spine:
    standard_granularity_column: NAME
  versions:
  - v: 1
    columns:
    - include: all
      exclude: [NAME]
- name: b
  columns:
  - name: first_name
    constraints: [{type: foreign_key, to: ref('a'), to_columns: [NAME]}]
`,
      '/w/models/a_v1.sql': 'select 1 as x',
      '/w/models/b.sql': 'select 1 as first_name',
    },
  ],
  [
    'a selector',
    {
      '/w/selectors.yml':
        'selectors:\n- name: NAME\n  definition: b\n- name: other\n  definition:\n    method: selector\n    value: <|>NAME\n',
      '/w/models/b.sql': 'select 1 as first_name',
    },
  ],
  [
    'a profile',
    {
      '/w/dbt_project.yml': 'name: shop\nprofile: <|>NAME\n',
      '/w/profiles.yml':
        'NAME:\n  target: first_name\n  outputs:\n    first_name: {type: duckdb, path: x.duckdb}\n',
    },
  ],
  [
    'a target',
    {
      '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
      '/w/profiles.yml':
        'shop:\n  target: <|>NAME\n  outputs:\n    NAME: {type: duckdb, path: first_name.duckdb}\n',
    },
  ],
];

for (const [what, marked] of kinds) {
  test(`${what} is renamed, and nothing that only looks like it`, async () => {
    const named = (name: string): Record<string, string> =>
      Object.fromEntries(
        Object.entries({ '/w/dbt_project.yml': 'name: shop\n', ...marked }).map(([path, text]) => [
          path.replace('NAME', name),
          text.replaceAll('NAME', name),
        ]),
      );
    const before = named('first_name');
    const expected = Object.entries(named('other_name')).filter(([path, text]) => before[path] !== text);
    expect(await renamed(before, 'other_name')).toEqual(
      Object.fromEntries(expected.map(([path, text]) => [path, text.replace('<|>', '')])),
    );
  });
}

test('a version is no name by itself', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a_v1.sql': 'select 1',
    '/w/models/m.yml': 'models:\n- name: a\n  versions:\n  - v: <|>1\n',
  };
  expect(await renamed(texts, '2')).toEqual({ refused: expect.stringContaining('by hand') as string });
});

test('a name that is made of two parts keeps the one that other places find it by', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/macros/t.sql': '{% test positive(model) %}select 1{% endtest %}',
    '/w/macros/m.yml': 'macros:\n- name: <|>test_positive\n',
    '/w/models/m.yml': 'models:\n- name: a\n  data_tests: [positive]\n',
    '/w/models/a.sql': 'select 1',
  };
  expect(await renamed(texts, 'above_zero')).toMatchObject({
    refused: '`positive` alone is written in t.sql, so the new name must begin with `test_`, too',
  });
});

test("an adapter's form of a macro is renamed with the one that it stands for", async () => {
  const macros = '{% macro default__cents() %}{% endmacro %}{% macro duckdb__<|>cents() %}{% endmacro %}';
  expect(
    await renamed({ '/w/dbt_project.yml': 'name: shop\n', '/w/macros/m.sql': macros }, 'duckdb__money'),
  ).toMatchObject({
    refused:
      '`duckdb__cents` takes the place of `default__cents` for its adapter; rename that one, and this one follows',
  });
});
