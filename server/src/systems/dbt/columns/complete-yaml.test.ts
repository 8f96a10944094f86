import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import { complete } from '../../../language/complete.ts';
import { dbt } from '../index.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/orders.sql': "select id, customer_id, amount from {{ ref('countries') }}",
  '/w/models/customers.sql': 'select id as customer_id, name from x',
  '/w/models/_other.yml':
    'sources: [{name: raw, tables: [{name: payments, columns: [{name: payment_id}, {name: paid_at}]}]}]\n',
  '/w/seeds/countries.csv': 'code,name\n',
};

/** The columns that are offered at `<|>` of a properties file: what the schema offers there is left out. */
async function columns(marked: string): Promise<readonly string[]> {
  return (await suggestions(marked)).map(({ label }) => label);
}

async function suggestions(marked: string) {
  const path = '/w/models/_p.yml';
  const { platform } = await openFixture([dbt], { ...files, [path]: marked.replace('<|>', '') });
  const { items } = complete(platform, path, marked.indexOf('<|>'));
  return items.filter(({ detail }) => detail?.includes('column'));
}

test('the columns of an entry that are not listed yet', async () => {
  const model = (rest: string): string =>
    `models:\n  - name: orders\n    columns:\n      - name: id\n${rest}`;
  expect(await columns(model('      - name: <|>\n'))).toEqual(['customer_id', 'amount']);
  expect(await columns(model('      - name: am<|>\n      - name: customer_id\n'))).toEqual(['amount']);
  expect(await columns('seeds:\n  - name: countries\n    columns:\n      - name: <|>\n')).toEqual([
    'code',
    'name',
  ]);
  const source =
    'sources:\n  - name: raw\n    tables:\n      - name: payments\n        columns:\n          - name: <|>\n';
  expect(await columns(source)).toEqual(['payment_id', 'paid_at']);
});

test('columns that tests name: of their own thing, or of the one beside', async () => {
  const tests = (rest: string): string =>
    `models:\n  - name: orders\n    columns:\n      - name: customer_id\n        data_tests:\n${rest}`;
  const to =
    "          - relationships:\n              arguments:\n                to: ref('customers')\n                field: ";
  expect(await columns(tests(`${to}<|>\n`))).toEqual(['customer_id', 'name']);
  expect(await columns(tests(`${to}na<|>\n`))).toEqual(['customer_id', 'name']);
  expect(
    await columns(
      tests(
        "          - relationships:\n              to: source('raw', 'payments')\n              field: <|>\n",
      ),
    ),
  ).toEqual(['payment_id', 'paid_at']);
  const model =
    'models:\n  - name: orders\n    data_tests:\n      - dbt_utils.unique_combination_of_columns:\n          arguments:\n';
  expect(
    await columns(`${model}            combination_of_columns:\n              - id\n              - <|>\n`),
  ).toEqual(['customer_id', 'amount']);
  expect(await columns(`${model}            values: <|>\n`)).toEqual([]);
});

test('settings, constraints, time spines and the semantic layer', async () => {
  const all = ['id', 'customer_id', 'amount'];
  expect(await columns('models:\n  - name: orders\n    config:\n      unique_key: <|>\n')).toEqual(all);
  expect(
    await columns(
      'models:\n  - name: orders\n    constraints:\n      - type: unique\n        columns:\n          - <|>\n',
    ),
  ).toEqual(all);
  expect(
    await columns('models:\n  - name: orders\n    time_spine:\n      standard_granularity_column: <|>\n'),
  ).toEqual(all);
  const snapshot =
    "snapshots:\n  - name: snap\n    relation: ref('customers')\n    config:\n      unique_key: <|>\n";
  expect((await columns(snapshot)).slice(0, 2)).toEqual(['customer_id', 'name']);
  const semantic =
    "semantic_models:\n  - name: s\n    model: ref('orders')\n    dimensions:\n      - name: d\n        expr: <|>\n";
  expect(await columns(semantic)).toEqual(all);
  expect(await columns('models:\n  - name: orders\n    config:\n      materialized: <|>\n')).toEqual([]);
});

test('the rows of unit tests, as blocks and in braces', async () => {
  const head = 'unit_tests:\n  - name: u\n    model: orders\n';
  const given = (rows: string): string =>
    `${head}    given:\n      - input: ref('countries')\n        rows:\n${rows}`;
  expect(await columns(given('          - <|>\n'))).toEqual(['code', 'name']);
  expect(await columns(given('          - code: DE\n            n<|>\n'))).toEqual(['name']);
  expect(await columns(given('          - {code: DE, <|>}\n'))).toEqual(['name']);
  expect(await columns(given('          - {code: DE, na<|>\n'))).toEqual(['name']);
  expect(await columns(given('          - {code: <|>}\n'))).toEqual([]);
  expect(await columns(`${head}    expect:\n      rows:\n        - <|>\n`)).toEqual([
    'id',
    'customer_id',
    'amount',
  ]);
  const [first] = await suggestions(given('          - <|>\n'));
  expect(first).toMatchObject({ kind: 'key', insertText: 'code: ' });
});

test('broken files and entries of nothing offer nothing', async () => {
  expect(await columns('models:\n  - name: [\n    columns:\n      - name: <|>\n')).toEqual([]);
  expect(await columns('models:\n  - name: gone\n    columns:\n      - name: <|>\n')).toEqual([]);
  expect(await columns('models:\n  - columns:\n      - name: <|>\n')).toEqual([]);
});
