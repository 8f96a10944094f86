import { expect, test } from 'vitest';
import { slipOf } from './slip.ts';

const known = ['tblproperties', 'tags', 'materialized', 'description', 'indexes'];

test.each([
  ['tag', 'tags'],
  ['matrialized', 'materialized'],
  ['describtion', 'description'],
  ['tags', undefined],
  ['properties', undefined],
  ['index', undefined],
  ['our_own', undefined],
])('%s means %s', (key, meant) => {
  expect(slipOf(key, known)).toBe(meant);
});
