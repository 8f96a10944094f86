import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import type { SelectionBook } from '../../../core/step-selection.ts';
import { dbt } from '../index.ts';

const texts = {
  '/w/dbt_project.yml': 'name: shop\nmodels:\n  shop:\n    marts:\n      +tags: [daily]\n',
  '/w/models/staging/stg_orders.sql': "select * from {{ source('raw', 'orders') }}",
  '/w/models/marts/fct_orders.sql':
    "{{ config(materialized='table') }} select * from {{ ref('stg_orders') }}",
  '/w/models/marts/closed.sql': "{{ config(enabled=false) }} select * from {{ ref('stg_orders') }}",
  '/w/models/marts/_all.yml': `models:
  - name: fct_orders
    columns:
      - name: id
        data_tests:
          - unique
          - relationships: { to: ref('stg_orders'), field: id }
  - name: closed
    columns: [{ name: id, data_tests: [unique] }]
unit_tests:
  - { name: adds_up, model: fct_orders, given: [], expect: { rows: [] } }
`,
  '/w/models/_sources.yml': `sources:
  - name: raw
    config: { freshness: { warn_after: { count: 1, period: day } } }
    tables: [{ name: orders }, { name: old, config: { freshness: null } }]
`,
  '/w/tests/no_gaps.sql': "select * from {{ ref('fct_orders') }}",
  '/w/seeds/countries.csv': 'a',
  '/w/selectors.yml':
    'selectors:\n  - name: lean\n    definition:\n      union:\n        - tag:daily\n        - exclude: [test_type:generic]\n  - { name: round, definition: { method: selector, value: round } }\n',
};

async function open(step = 'dbt:build', more: Readonly<Record<string, string>> = {}): Promise<SelectionBook> {
  const { platform } = await openFixture([dbt], { ...texts, ...more });
  const around = { projects: platform.projects(), facts: platform.facts };
  const files = () => [...platform.paths()].flatMap((path) => platform.parsed(path) ?? []);
  const listed = platform.steps().find(({ id }) => id === step)!;
  return platform.stepList.openSelection(listed, { ...around, files })!;
}

const namesOf = (book: SelectionBook, select: string, exclude = ''): string =>
  book
    .read({ select: select === '' ? [] : [select], exclude: exclude === '' ? [] : [exclude] })
    .things.map(({ name }) => name)
    .sort()
    .join(' ');

const relationships = 'relationships_fct_orders_id__id__ref_stg_orders_';

/** That dbt says the same is held against dbt itself in `test/tools/selection.test.ts`. */
test.each([
  ['fct_orders', '', `adds_up fct_orders no_gaps ${relationships} unique_fct_orders_id`],
  ['stg_orders', '', `${relationships} stg_orders`],
  ['+fct_orders', 'test_type:generic', 'adds_up fct_orders no_gaps stg_orders'],
  ['tag:daily,config.materialized:view', 'test_type:generic', ''],
  ['source:raw+1', 'resource_type:test', 'stg_orders'],
  ['selector:lean', '', 'adds_up fct_orders no_gaps'],
  ['path:models/staging', 'test_name:*', 'stg_orders'],
  ['closed', '', ''],
])('%j without %j selects %s', async (select, exclude, names) => {
  const book = await open();
  expect(namesOf(book, select, exclude)).toBe(names);
  expect(book.read({ select: [select], exclude: [] }).doubts).toEqual([]);
});

test('a step has to do with things of its own kinds alone', async () => {
  expect(namesOf(await open('dbt:run'), '')).toBe('fct_orders stg_orders');
  expect(namesOf(await open('dbt:seed'), '')).toBe('countries');
  expect(namesOf(await open('dbt:freshness'), '')).toBe('raw.orders');
  expect(namesOf(await open('dbt:test'), 'stg_orders')).toBe(relationships);
});

test('what there is to choose from, in dbt’s words', async () => {
  const { choices, toolStep } = await open();
  expect(toolStep).toBe('dbt:list');
  expect(choices.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'fct_orders',
      'countries',
      'selector:lean',
      'tag:daily',
      'path:models/marts',
      'source:raw',
      'source:raw.orders',
      'state:modified+',
    ]),
  );
});

test.each([
  ['state:modified', {}, 'what `state:` selects, dbt alone can tell'],
  ['tga:x', {}, 'dbt has no method `tga`'],
  ['selector:none', {}, 'there is no selector `none`'],
  ['selector:round', {}, 'the selector `round` needs itself'],
  ['config.unique_key:id', {}, 'what dbt takes for `unique_key` where nobody says it, dbt alone can tell'],
  ['path:../other', {}, '`../other` leads out of the project'],
  ['tag:x', { '/w/models/a.sql': "{{ config(tags=[var('t')]) }} select 1" }, 'some tags are computed'],
  [
    'tag:x',
    { '/w/models/a.sql': "{{ config(enabled=var('on')) }} select 1" },
    'whether some things are switched on is computed',
  ],
  [
    'a',
    {
      '/w/models/a.sql': '{{ reader() }}',
      '/w/macros/m.sql': "{% macro reader() %}select * from {{ ref('stg_orders') }}{% endmacro %}",
    },
    'the macro `reader` reads nodes of its own',
  ],
  [
    'a',
    { '/w/models/a.sql': "{% if var('x', true) %}{{ ref('stg_orders') }}{% endif %}" },
    '`stg_orders` is read in a branch',
  ],
])('%j with %j is not certain', async (select, more, why) => {
  const book = await open('dbt:build', more);
  expect(book.read({ select: [select], exclude: [] }).doubts).toContain(why);
});

test('without a selection to take there is nothing to choose', async () => {
  const { platform } = await openFixture([dbt], texts);
  const around = { projects: platform.projects(), facts: platform.facts, files: () => [] };
  const debug = platform.steps().find(({ id }) => id === 'dbt:debug')!;
  expect(platform.stepList.openSelection(debug, around)).toBeUndefined();
});
