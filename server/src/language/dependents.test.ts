import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { dbt } from '../systems/dbt/index.ts';
import { dependentsOf, nodesIn } from './dependents.ts';

const project = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/a.sql': "select * from {{ source('raw', 'orders') }}",
  '/w/models/b.sql': "select * from {{ ref('a') }} union all select * from {{ ref('a') }}",
  '/w/models/m.yml':
    "sources:\n- name: raw\n  tables: [{name: orders}, {name: unused}]\nmodels:\n- name: a\nexposures:\n- name: board\n  type: dashboard\n  owner: {name: A}\n  depends_on: [ref('a')]\n",
};

test('a model, also one that nobody uses, and what is used of a properties file', async () => {
  const { platform } = await openFixture([dbt], project);
  const names = (path: string): readonly string[] => nodesIn(platform, path).map(({ key }) => key.name);
  expect(names('/w/models/a.sql')).toEqual(['a']);
  expect(names('/w/models/b.sql')).toEqual(['b']);
  expect(names('/w/models/m.yml')).toEqual(['raw.orders']);
});

test('things count once, their places each; a description depends on nothing', async () => {
  const { platform } = await openFixture([dbt], project);
  const { count, places } = dependentsOf(platform, { namespace: 'dbt.node', scope: '/w', name: 'a' });
  expect(count).toBe(2);
  expect(places.map(({ path }) => path).sort()).toEqual([
    '/w/models/b.sql',
    '/w/models/b.sql',
    '/w/models/m.yml',
  ]);
});
