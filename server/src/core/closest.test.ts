import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test.each([
  ['stg_ordrs', ['stg_customers', 'stg_orders'], 'stg_orders'],
  ['orders', ['customers', 'payments'], undefined],
  ['ab', ['abc'], 'abc'],
  ['orders', ['orders'], undefined],
  ['', ['a'], undefined],
])('%s among %j is %s', (name, candidates, meant) => {
  expect(closest(name, candidates)).toBe(meant);
});
