import { expect, test } from 'vitest';
import { editAtRandom } from '../fixtures/edit-at-random.ts';

/** The same with more: `test/agreement/plan-edits.test.ts`. */
test('random edits change what they mean and not a byte more, and are read back', () => {
  const outcomes = Array.from({ length: 25 }, (_, seed) => editAtRandom(seed, 20));
  const made = outcomes.reduce((sum, outcome) => sum + outcome.made, 0);
  expect(made).toBeGreaterThan(400);
});
