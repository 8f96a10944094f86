import { expect, test } from 'vitest';
import { clockText, dayText, timeText } from './run-times.ts';

test.each([
  [0, '0:00'],
  [31_900, '0:31'],
  [724_000, '12:04'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('a clock shows %i ms as %s', (durationMs, text) => {
  expect(clockText(durationMs)).toBe(text);
});

test('days are named as a person does, by the local calendar', () => {
  const now = new Date(2026, 10, 23, 0, 30);
  expect(dayText(new Date(2026, 10, 23, 0, 1), now)).toBe('Today');
  expect(dayText(new Date(2026, 10, 22, 23, 59), now)).toBe('Yesterday');
  expect(dayText(new Date(2026, 10, 21), now)).toBe('Sat 21 November');
  expect(dayText(new Date(2025, 11, 31), now)).toContain('2025');
  expect(timeText(new Date(2026, 10, 23, 9, 5))).toBe('09:05');
});
