import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dataTestsIn } from './data-tests.ts';
import { dbt } from './index.ts';

const project = 'name: shop\n';

async function names(yaml: string, marker = project, version?: string): Promise<readonly string[]> {
  const texts = { '/w/dbt_project.yml': marker, '/w/models/p.yml': yaml };
  const tool = version === undefined ? undefined : { version, source: 'the test' };
  const { platform } = await openFixture([dbt], texts, ['/w'], tool);
  const { tree, project: own } = platform.parsed('/w/models/p.yml')!;
  return dataTestsIn(tree, own).map(({ name }) => name);
}

// Names as dbt 1.12.0 writes them into its manifest.
test('the names that dbt makes of kinds, places and arguments', async () => {
  const yaml = `models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique
          - accepted_values: {arguments: {values: ['a b', "ä", 1, 2.5, true, null, 2020-01-01]}}
          - accepted_values: {name: mine, arguments: {values: [x]}}
          - relationships: {arguments: {to: "ref('a')", field: id}, config: {where: "id > 1"}}
          - within: {arguments: {low: -1, high: 2, more: {x: 1, y: z}}}
          - {test_name: within, arguments: {low: 3}}
          - not_null: {config: {severity: warn}}
    data_tests:
      - within: {column_name: id, arguments: {low: "{{ var('x', 3) }}"}}
      - shop.within: {arguments: {low: "a, b", column_name: id}}
sources:
  - name: raw
    tables:
      - name: t
        columns:
          - name: id
            tests: [unique, shop.within: {low: 1}]
`;
  expect((await names(yaml)).toSorted()).toEqual(
    [
      'unique_a_id',
      'accepted_values_a_id__a_b_____1__2_5__True__None__2020_01_01',
      'mine',
      'relationships_a_id__id__ref_a_',
      'within_a_id__2___1__1__z',
      'within_a_id__3',
      'not_null_a_id',
      'within_a_id___var_x_3_',
      'shop_within_a_id__a_b',
      'source_unique_raw_t_id',
      'shop_source_within_raw_t_id__1',
    ].sort(),
  );
});

// As dbt 1.12.0 and dbt v2 both write them.
test('each version has the tests of its model, or its own, of the columns that it takes', async () => {
  const yaml = `models:
  - name: dim
    latest_version: 1
    data_tests: [{odd: {arguments: {a: 1}}}]
    columns:
      - {name: id, data_tests: [unique]}
      - {name: other, data_tests: [unique]}
    versions:
      - v: 1
      - v: 2
        data_tests: [{odd: {arguments: {a: 2}}}]
        columns:
          - include: all
            exclude: [other]
          - {name: extra, data_tests: [not_null]}
      - v: 3
        columns: [{include: [other]}]
      - v: "{{ x }}"
`;
  expect((await names(yaml)).toSorted()).toEqual([
    'not_null_dim_v2_extra',
    'odd_dim_v1_1',
    'odd_dim_v2_2',
    'odd_dim_v3_1',
    'unique_dim_v1_id',
    'unique_dim_v1_other',
    'unique_dim_v2_id',
    'unique_dim_v3_other',
  ]);
});

test('quoted columns, and lists and mappings in lists', async () => {
  const yaml = `models:
  - name: orders
    data_tests:
      - odd: {arguments: {a: [[1, 'x'], [2.5, true]], b: {k: [1, null], "it's": {z: "q"}}}}
      - odd: {arguments: {a: [{x: 1, y: 'b'}, "say \\"hi\\"", "it's"]}}
      - odd: {arguments: {a: [], b: {}}}
    columns:
      - {name: Order Id, quote: true, data_tests: [unique, {odd: {arguments: {a: 3}}}]}
      - {name: plain, quote: false, data_tests: [unique]}
  - name: all_quoted
    quote_columns: true
    columns: [{name: id, data_tests: [unique]}]
`;
  expect(await names(yaml)).toEqual([
    'odd_orders__1_x____2_5_True____1_None____z_q_',
    'odd_orders__x_1_y_b___say_hi___it_s',
    'odd_orders_',
    'unique_orders__Order_Id_',
    'odd_orders_3___Order_Id_',
    'unique_orders_plain',
  ]);
});

test('where a name is not certain there is none', async () => {
  const one = (rest: string): string => `models:\n  - name: a\n    columns:\n      - name: id\n${rest}`;
  expect(await names(one('        data_tests: [x: {arguments: {a: [["ä"]]}}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x: {arguments: {a: [[true]]}}]\n'), project, '2.0.0')).toEqual(
    [],
  );
  expect(
    await names(one('        data_tests: [x: {arguments: {a: {b: 1, a: 2}}}]\n'), project, '2.0.0'),
  ).toEqual([]);
  expect(await names(one('        data_tests: [x: {arguments: {a: 1.50}}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x: {name: "{{ n }}"}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x, y: 1, "a b"]\n'))).toEqual(['x_a_id']);
  const long = one(`        data_tests: [x: {arguments: {a: ${'n'.repeat(60)}}}]\n`);
  expect(await names(long)).toEqual([`x_a_${'n'.repeat(60)}__id`]);
  expect(await names(long, 'name: shop\n', '2.0.0')).toEqual([]);
  const off = 'name: shop\nflags: {require_generic_test_arguments_property: false}\n';
  expect(await names(one('        data_tests: [x: {arguments: {a: 1}}]\n'), off)).toEqual([]);
  expect(await names('models:\n  - name: [\n')).toEqual([]);
});
