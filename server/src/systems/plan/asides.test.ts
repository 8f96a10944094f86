import { expect, test } from 'vitest';
import { asidesOf } from './asides.ts';

test('whose an entry is and by when it is due stands at its end', () => {
  expect(asidesOf('Load the orders @ann')).toEqual({ owner: '@ann' });
  expect(asidesOf('Load the orders (@ann, due 2026-11-01) — P0')).toEqual({
    owner: '@ann',
    due: '2026-11-01',
  });
  expect(asidesOf('Load the orders 📅 2026-11-01')).toEqual({ due: '2026-11-01' });
  expect(asidesOf('Load the orders [Due: 2026-11-01].')).toEqual({ due: '2026-11-01' });
  expect(asidesOf('Load the orders - @ann-b, @bo')).toEqual({ owner: '@ann-b, @bo' });
  expect(asidesOf('@ann: load the orders')).toEqual({ owner: '@ann' });
});

test('who is mentioned otherwise need not be who does it', () => {
  for (const text of [
    'Ask @ann about the orders',
    'Write to ann@shop.example',
    'Update @types/node',
    'Run it with dbt@1.12',
    'Load what came since 2026-11-01',
    'Load all of 2026-11-01',
    '@types/node is old',
    'Load the orders',
  ])
    expect(asidesOf(text), text).toEqual({});
});

test('a long entry is looked at once', () => {
  expect(asidesOf(`${'@a '.repeat(20_000)}end`)).toEqual({ owner: '@a' });
  expect(asidesOf(`x ${'(@a '.repeat(20_000)}!`)).toEqual({});
});
