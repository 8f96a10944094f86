import { expect, test } from 'vitest';
import { tookText } from './duration.ts';

test.each([
  [0, '0.0 s'],
  [-5, '0.0 s'],
  [440, '0.4 s'],
  [18_000, '18.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min'],
  [62_000, '1 min 2 s'],
  [3_599_400, '59 min 59 s'],
  [3_599_600, '1 h'],
  [3_723_000, '1 h 2 min'],
])('what took %i ms took %s', (ms, text) => {
  expect(tookText(ms)).toBe(text);
});
