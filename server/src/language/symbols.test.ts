import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { dbt } from '../systems/dbt/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { findSymbols } from './symbols.ts';

const project = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/orders.sql': 'select 1',
  '/w/models/orders_daily.sql': 'select 1',
  '/w/models/stg_orders.sql': 'select 1',
  '/w/models/m.yml': 'models:\n- name: orders\n  description: x\n',
  '/w/penstock.yaml': 'pipelines:\n  orders_now: [dbt:model/orders]\n',
};

async function found(query: string): Promise<readonly string[]> {
  const { platform } = await openFixture([dbt, penstock], project);
  return findSymbols(platform, query).map(({ what, name }) => `${what} ${name}`);
}

test('the best fit comes first; steps and descriptions of a name are not listed beside it', async () => {
  expect(await found('orders')).toEqual([
    'model orders',
    'pipeline orders_now',
    'model orders_daily',
    'model stg_orders',
  ]);
});

test('letters in order are enough', async () => {
  expect(await found('ordly')).toEqual(['model orders_daily']);
});
