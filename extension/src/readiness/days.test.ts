import { expect, test } from 'vitest';
import { dayAfter, dayProblem, momentOf } from './days.ts';

const today = new Date(2026, 10, 29, 23, 59);

test('a day after the end of a month is one of the next', () => {
  expect(dayAfter(today, 14)).toBe('2026-12-13');
  expect(dayAfter(new Date(2028, 1, 28), 1)).toBe('2028-02-29');
});

test('a moment is told by the clock on the wall', () => {
  expect(momentOf(new Date(2026, 0, 2, 3, 4))).toBe('2026-01-02 03:04');
});

test.each([
  ['2026-11-29', undefined],
  [' 2027-01-01 ', undefined],
  ['2026-11-28', 'That day is over.'],
  ['2026-02-30', 'There is no such day.'],
  ['tomorrow', 'Write the day as 2026-12-24.'],
])('%s', (text, problem) => {
  expect(dayProblem(text, today)).toBe(problem);
});
