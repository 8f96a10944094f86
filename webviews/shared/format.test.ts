import { expect, test } from 'vitest';
import { formatClock, formatCount, formatDuration, formatElapsed } from './format.ts';

test.each([
  [0, '0.0 s'],
  [440, '0.4 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min'],
  [62_000, '1 min 2 s'],
  [3_599_600, '1 h'],
  [3_723_000, '1 h 2 min'],
  [-5, '0.0 s'],
])('a duration of %i ms is shown as %s', (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown);
});

test.each([
  [900, '0:00'],
  [7000, '0:07'],
  [3_723_999, '1:02:03'],
])('%i ms have elapsed as %s', (ms, shown) => {
  expect(formatElapsed(ms)).toBe(shown);
});

test('counts are grouped and times are local', () => {
  expect(formatCount(0)).toBe('0');
  expect(formatCount(54_112)).toBe('54,112');
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatClock(new Date(2026, 10, 23, 8, 2, 5).getTime())).toBe('08:02:05');
});
