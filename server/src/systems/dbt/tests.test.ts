import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { placeOfSubject, testedProjects, TestList } from '../../language/tests-of.ts';
import { dbt } from './index.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/orders.sql': 'select 1 as id',
  '/w/models/_p.yml': `models:
  - name: orders
    data_tests: [{recent: {name: orders_are_recent}}]
    columns:
      - name: id
        data_tests: [unique, {unique: {where: "{{ x }}"}}]
sources:
  - name: raw
    tables:
      - name: orders
        data_tests: [x]
unit_tests:
  - {name: adds, model: orders, given: [], expect: {rows: []}}
  - {name: twice, model: orders, given: [], expect: {rows: []}}
  - {name: twice, model: other, given: [], expect: {rows: []}}
`,
  '/w/tests/no_orphans.sql': 'select 1',
};

test('tests are known by what dbt calls them, below what they are about', async () => {
  const { platform } = await openFixture([dbt], files);
  const [tested, ...others] = testedProjects(platform, platform.steps());
  expect(others).toEqual([]);
  expect(tested!.step.id).toBe('dbt:test');
  const list = new TestList();
  const found = list.of(platform, tested!.project);
  expect(
    found.map(({ label, what, names, selection, subject }) => [
      subject?.name ?? '',
      label,
      what,
      names.join(' '),
      selection,
      subject?.selection ?? '',
    ]),
  ).toEqual([
    ['orders', 'orders_are_recent', 'data test', 'orders_are_recent', 'fqn:orders_are_recent', 'fqn:orders'],
    ['orders', 'id: unique', 'data test', 'unique_orders_id', 'fqn:unique_orders_id', 'fqn:orders'],
    ['orders', 'id: unique', 'data test', 'unique_orders_id', 'fqn:unique_orders_id', 'fqn:orders'],
    ['raw.orders', 'x', 'data test', 'source_x_raw_orders_', 'fqn:source_x_raw_orders_', 'source:raw.orders'],
    ['orders', 'adds', 'unit test', 'adds', 'unit_test:adds', 'fqn:orders'],
    ['orders', 'twice', 'unit test', 'unit_test.shop.orders.twice', 'fqn:shop.orders.twice', 'fqn:orders'],
    ['other', 'twice', 'unit test', 'unit_test.shop.other.twice', 'fqn:shop.other.twice', 'fqn:other'],
    ['', 'no_orphans', 'singular test', 'no_orphans', 'fqn:no_orphans', ''],
  ]);
  const [first] = found;
  expect(placeOfSubject(platform, first!, first!.subject!).path).toBe('/w/models/orders.sql');
  expect(list.of(platform, tested!.project)[0]).toBe(first);
});
