import { expect, test } from 'vitest';
import { editAtRandom } from '../../server/src/systems/plan/fixtures/edit-at-random.ts';

test('10,000 random edits change what they mean and not a byte more, and are read back', () => {
  let made = 0;
  for (let seed = 1_000; seed < 1_500; seed++) made += editAtRandom(seed, 20).made;
  expect(made).toBeGreaterThan(8_500);
});
