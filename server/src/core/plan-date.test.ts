import { expect, test } from 'vitest';
import { dueText } from './plan-date.ts';

test('what is due on a day is overdue once that is over everywhere', () => {
  expect(dueText('2026-11-01', Date.UTC(2026, 10, 2, 11))).toBe('due 2026-11-01');
  expect(dueText('2026-11-01', Date.UTC(2026, 10, 2, 12))).toBe('overdue since 2026-11-01');
  expect(dueText('Q3 2026', Date.UTC(2026, 8, 30))).toBe('due Q3 2026');
  expect(dueText('when the exports are there', Date.UTC(2026, 10, 2))).toBe('due when the exports are there');
});
