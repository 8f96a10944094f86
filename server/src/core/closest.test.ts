import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test.each([
  ['stg_ordrs', ['stg_customers', 'stg_orders'], 'stg_orders'],
  ['orders', ['customers', 'payments'], undefined],
  ['ab', ['abc'], 'abc'],
  ['orders', ['orders'], undefined],
  ['', ['a'], undefined],
  ['SHOP_DB_USER', ['SHOP_DB_PORT'], undefined],
  ['SHOP_DB_PASSWORD', ['SHOP_DB_PORT'], undefined],
  ['shop_raw_2025_stg_participant', ['shop_raw_2025_int_aliquot'], undefined],
  ['shop_raw_2025_stg_pariticpants', ['shop_raw_2025_stg_participant'], 'shop_raw_2025_stg_participant'],
  ['stg_orders_v2', ['stg_orders'], 'stg_orders'],
  ['error_msg', ['error_if'], undefined],
  ['S3_ACCESS_KEY_ID', ['AWS_ACCESS_KEY_ID'], undefined],
  ['adapter_property', ['adapter_properties'], 'adapter_properties'],
  ['custmoers_ordrs', ['customers_orders'], 'customers_orders'],
])('%s among %j is %s', (name, candidates, meant) => {
  expect(closest(name, candidates)).toBe(meant);
});
