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
