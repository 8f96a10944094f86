import { expect, test } from 'vitest';
import { editAtRandom } from '../../server/src/systems/plan/fixtures/edit-at-random.ts';
import { finishAtRandom } from '../../server/src/systems/plan/fixtures/finish-at-random.ts';

test('10,000 random edits change what they mean and not a byte more, and are read back', () => {
  let made = 0;
  for (let seed = 1_000; seed < 1_500; seed++) made += editAtRandom(seed, 20).made;
  expect(made).toBeGreaterThan(8_500);
});

test('tasks of 1,100 documents are finished as they are written, and not a byte more changes', () => {
  let sections = 0;
  for (let seed = 1_000; seed < 2_100; seed++) sections += finishAtRandom(seed).sections;
  expect(sections).toBeGreaterThan(600);
});

test('entries of lists of 1,000 documents are finished with all that lies in them', () => {
  let entries = 0;
  for (let seed = 1_000; seed < 2_000; seed++)
    entries += finishAtRandom(seed, ['entries', 'entries', 'list']).entries;
  expect(entries).toBeGreaterThan(500);
});
