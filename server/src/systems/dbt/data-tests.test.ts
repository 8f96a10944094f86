import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dataTestsIn } from './data-tests.ts';
import { dbt } from './index.ts';

async function names(yaml: string, project = 'name: shop\n', version?: string): Promise<readonly string[]> {
  const texts = { '/w/dbt_project.yml': project, '/w/models/p.yml': yaml };
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

test('where a name is not certain there is none', async () => {
  const one = (rest: string): string => `models:\n  - name: a\n    columns:\n      - name: id\n${rest}`;
  expect(await names(one('        quote: true\n        data_tests: [unique]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x: {arguments: {a: [[1, 2]]}}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x: {arguments: {a: 1.50}}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x: {name: "{{ n }}"}]\n'))).toEqual([]);
  expect(await names(one('        data_tests: [x, y: 1, "a b"]\n'))).toEqual(['x_a_id']);
  expect(
    await names(`models:\n  - name: a\n    versions: [{v: 1}]\n    columns: [{name: id, tests: [unique]}]\n`),
  ).toEqual([]);
  const long = one(`        data_tests: [x: {arguments: {a: ${'n'.repeat(60)}}}]\n`);
  expect(await names(long)).toEqual([`x_a_${'n'.repeat(60)}__id`]);
  expect(await names(long, 'name: shop\n', '2.0.0')).toEqual([]);
  const off = 'name: shop\nflags: {require_generic_test_arguments_property: false}\n';
  expect(await names(one('        data_tests: [x: {arguments: {a: 1}}]\n'), off)).toEqual([]);
  expect(await names('models:\n  - name: [\n')).toEqual([]);
});
