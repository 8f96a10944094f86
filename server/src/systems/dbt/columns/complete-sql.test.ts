import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import { complete } from '../../../language/complete.ts';
import { dbt } from '../index.ts';
import { catalog } from './catalog.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/_p.yml': `sources:
  - name: raw
    tables:
      - name: orders
        columns: [{name: id, description: The key}, {name: paid_at}]
models:
  - name: stg_orders
    columns: [{name: Order_Id, description: Its key}]
  - name: versioned
    latest_version: 2
    versions: [{v: 1}, {v: 2}]
`,
  '/w/models/stg_orders.sql':
    "with source as (select * from {{ source('raw', 'orders') }})\nselect *, id as order_id, {{ cents('a') }} as amount, {{ x }}_no from source -- from\n",
  '/w/models/loop.sql': "select * from {{ ref('loop') }} union all select a from {{ ref('unknown') }}",
  '/w/models/versioned_v1.sql': 'select 1 as old',
  '/w/models/versioned_v2.sql': 'select 1 as new',
  '/w/models/python.py': 'def model(dbt, session):\n    return 1\n',
  '/w/seeds/countries.csv': '\uFEFFcode,"full name",name\nDE,a,b\n',
  '/w/snapshots/s.sql': `{% snapshot first %}select a from x{% endsnapshot %}
{% snapshot snap %}{{ config(unique_key='id') }}select id, b.* from {{ ref('stg_orders') }} as b{% endsnapshot %}`,
};

const catalogJson = JSON.stringify({
  nodes: {
    'model.shop.python': {
      columns: { B: { name: 'b', type: 'INT', index: 2 }, A: { name: 'a', type: 'TEXT', index: 1 } },
    },
    'model.shop.stg_orders': { columns: { ID: { name: 'ID', type: 'INTEGER', index: 1 } } },
  },
  sources: {},
});

/** What is offered at `<|>` of a model. */
async function offered(marked: string, path = '/w/models/here.sql'): Promise<readonly string[]> {
  return (await suggestions(marked, path)).map(({ label }) => label);
}

async function suggestions(marked: string, path = '/w/models/here.sql') {
  const { platform } = await openFixture([dbt], { ...files, [path]: marked.replace('<|>', '') });
  const project = platform.projectOf(path)!;
  const { path: at, read } = catalog(project);
  const { nodes } = JSON.parse(catalogJson) as { readonly nodes: Record<string, unknown> };
  const entries = new Map(Object.entries(nodes).flatMap(([key, entry]) => [read(entry, key)!]));
  return complete(platform, path, marked.indexOf('<|>'), (asked) => (asked === at ? entries : undefined))
    .items;
}

const orders = ['Order_Id', 'id', 'paid_at', 'amount'];

test('behind an alias of a ref, a source, a CTE and a query in brackets', async () => {
  expect(await offered("select o.<|> from {{ ref('stg_orders') }} as o")).toEqual(orders);
  expect(await offered("select o.pa<|> from {{ ref('stg_orders') }} o where 1 = 1")).toEqual(orders);
  expect(await offered("select s.<|> from {{ source('raw', 'orders') }} s")).toEqual(['id', 'paid_at']);
  expect(await offered('with a as (select 1 as one, b.two from b)\nselect a.<|>\nfrom a')).toEqual([
    'one',
    'two',
  ]);
  expect(await offered('select q.<|> from (select x as y, count(*) n, z::text from t) q')).toEqual(
    ['y', 'n', 'z'].slice(0, 2),
  );
  expect(await offered("select {{ ref('stg_orders') }}.<|> from {{ ref('stg_orders') }}")).toEqual(orders);
  expect(await offered("select stg_orders.<|> from {{ ref('stg_orders') }}")).toEqual(orders);
  expect(
    await offered("select a.id from {{ ref('stg_orders') }} a join {{ ref('countries') }} c on a.id = c.<|>"),
  ).toEqual(['code', 'full name', 'name']);
});

test('where a value may stand, of all that is selected from', async () => {
  expect(await offered("select <|> from {{ ref('countries') }}")).toEqual(['code', 'full name', 'name']);
  expect(await offered("select code, <|> from {{ ref('countries') }}")).toContain('name');
  expect(await offered("select upper(<|>) from {{ ref('countries') }}")).toContain('name');
  expect(await offered("select * from {{ ref('countries') }} where <|>")).toContain('name');
  expect(await offered("select * from {{ ref('countries') }} where code = <|>\n")).toContain('name');
  expect(await offered("select * from {{ ref('countries') }} group by na<|>")).toContain('name');
  const both = await offered(
    "select <|> from {{ ref('countries') }} c join {{ ref('versioned') }} v on true",
  );
  expect(both).toEqual(['code', 'full name', 'name', 'new', 'c', 'v']);
});

test('a name that several have is offered with its alias', async () => {
  const found = await offered("select <|> from {{ ref('countries') }} a, {{ ref('countries') }} b");
  expect(found).toEqual(['a.code', 'a.full name', 'a.name', 'b.code', 'b.full name', 'b.name', 'a', 'b']);
});

test('a name that is no word of SQL is written in quotes, and told whose it is', async () => {
  const [, full] = await suggestions("select c.<|> from {{ ref('countries') }} c");
  expect(full).toMatchObject({ insertText: '"full name"', detail: 'column of countries' });
  const [first] = await suggestions("select o.<|> from {{ ref('stg_orders') }} o");
  expect(first).toMatchObject({
    label: 'Order_Id',
    documentation: 'Its key',
    detail: 'column of stg_orders',
  });
});

test('the catalog tells types, and the columns of what no text tells', async () => {
  const found = await suggestions("select p.<|> from {{ ref('python') }} p");
  expect(found.map(({ label, detail }) => [label, detail])).toEqual([
    ['a', 'TEXT · column of python'],
    ['b', 'INT · column of python'],
  ]);
  const own = await suggestions("select o.<|> from {{ ref('stg_orders') }} o");
  expect(own.find(({ label }) => label === 'id')?.detail).toBe('INTEGER · column of stg_orders');
});

test('snapshots, versions, sets, stars of packages, what is left out and renamed', async () => {
  const dbtOwn = ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'];
  expect(await offered("select s.<|> from {{ ref('snap') }} s")).toEqual([
    'id',
    'Order_Id',
    'paid_at',
    'amount',
    ...dbtOwn,
  ]);
  expect(await offered("select v.<|> from {{ ref('versioned') }} v")).toEqual(['new']);
  expect(await offered("{% set o = ref('stg_orders') %}select o.<|> from {{ o }} o")).toEqual(orders);
  const star =
    "with a as (select {{ dbt_utils.star(ref('stg_orders'), except=['id']) }} from {{ ref('stg_orders') }})";
  expect(await offered(`${star} select a.<|> from a`)).toEqual(['Order_Id', 'paid_at', 'amount']);
  const except = "with a as (select * exclude (id) rename (paid_at as paid) from {{ ref('stg_orders') }})";
  expect(await offered(`${except} select a.<|> from a`)).toEqual(['Order_Id', 'paid', 'amount']);
  expect(await offered('with a(x, y) as (select 1, 2) select a.<|> from a')).toEqual(['x', 'y']);
  expect(await offered('select t.<|> from (values (1, 2)) as t(p, q)')).toEqual(['p', 'q']);
});

test('CTEs where a relation is to be named', async () => {
  expect(await offered('with a as (select 1), b as (select 2) select * from <|>')).toEqual(['a', 'b']);
  expect(await offered('with a as (select 1), b as (select 2 from <|>) select * from b')).toEqual(['a']);
  expect(await offered('with a as (select 1) select * from a, <|>')).toEqual(['a']);
});

test('nothing where a name is made up, in text and comments, and of what nobody knows', async () => {
  const from = "from {{ ref('countries') }} c";
  for (const text of [
    `select code <|> ${from}`,
    `select code as <|> ${from}`,
    `select 'c.<|>' ${from}`,
    `select code -- c.<|>\n${from}`,
    `select code /* c.<|> */ ${from}`,
    `select * <|> ${from}`,
    `select x.<|> ${from}`,
    `select 1.<|> ${from}`,
    'select <|>',
    '<|>',
    'select u.<|> from unknown u',
    "select l.<|> from {{ ref('gone') }} l",
    'select u.<|> from unnest(a.b) u',
  ])
    expect([text, await offered(text)]).toEqual([text, []]);
});

test('a model that reads itself, brackets that never close and much of them', async () => {
  expect(await offered("select l.<|> from {{ ref('loop') }} l")).toEqual([]);
  expect(await offered(`select ${'('.repeat(5000)} c.<|> from {{ ref('countries') }} c`)).toEqual([]);
  expect(await offered(`with ${'a as (select '.repeat(300)} <|>`)).toEqual([]);
});

test('settings of the model name its own columns', async () => {
  expect(await offered("{{ config(unique_key='<|>') }} select 1 as one, 2 as two")).toEqual(['one', 'two']);
  expect(await offered("{{ config(alias='<|>') }} select 1 as one")).toEqual([]);
});

test('macros hold no query of their own', async () => {
  const macro = "{% macro m() %}select c.<|> from {{ ref('countries') }} c{% endmacro %}";
  expect(await offered(macro, '/w/macros/m.sql')).toEqual([]);
  expect(await offered(`{% set q %}select a as b from c{% endset %}select x.<|> from x`)).toEqual([]);
});
