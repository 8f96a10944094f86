import { expect, test } from 'vitest';
import { matchName } from './match-name.ts';

test('the better a name fits the lower its rank', () => {
  const ranks = [
    matchName('orders', 'orders'),
    matchName('Orders', 'orders'),
    matchName('orders_daily', 'orders'),
    matchName('Orders_daily', 'orders'),
    matchName('stg_orders', 'orders'),
    matchName('reorders', 'orders'),
    matchName('old_raw_daily_errors', 'orders'),
    matchName('customers', 'orders'),
  ];
  expect(ranks).toEqual([0, 1, 2, 3, 4, 5, 6, undefined]);
});

test('a word that begins later counts more than the same letters within one', () => {
  expect(matchName('border_orders', 'order')).toBe(4);
});

test('nothing typed fits everything', () => {
  expect(matchName('x', '')).toBe(0);
});
