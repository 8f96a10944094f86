import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { dbt } from '../systems/dbt/index.ts';
import { hover } from './hover.ts';

const project = {
  '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/models/stg_orders.sql': "{{ config(materialized='view') }} select 1",
  '/w/models/fct_orders.sql': "select * from {{ ref('stg_orders') }}",
  '/w/models/models.yml': 'models:\n- name: stg_orders\n  description: One row an order.\n',
};

test('a ref tells what the model is, what is said of it, where it lies and who uses it', async () => {
  const { platform } = await openFixture([dbt], project);
  const text = project['/w/models/fct_orders.sql'];
  const found = hover(platform, '/w/models/fct_orders.sql', text.indexOf('stg_orders') + 3);
  expect(found?.span).toEqual({ start: text.indexOf('stg_orders'), end: text.indexOf('stg_orders') + 10 });
  expect(found?.markdown).toBe(
    '**stg\\_orders** — model\n\nmaterialized as `view`\n\nOne row an order.\n\nmodels/stg\\_orders.sql · used by 2 files',
  );
});

test('a name that nothing defines, and a place without a name, tell nothing', async () => {
  const { platform } = await openFixture([dbt], {
    ...project,
    '/w/models/a.sql': "select {{ ref('gone') }}",
  });
  expect(hover(platform, '/w/models/a.sql', 16)).toBeUndefined();
  expect(hover(platform, '/w/models/a.sql', 2)).toBeUndefined();
});
