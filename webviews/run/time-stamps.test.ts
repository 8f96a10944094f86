import { expect, test } from 'vitest';
import { stampOf } from './time-stamps.ts';

test('a line is stamped with the time since the run began, or the clock, or not at all', () => {
  const began = new Date(2026, 10, 23, 8, 32, 40).getTime();
  expect(stampOf(began + 5_250, began, 'elapsed')).toBe('0:05.2 ');
  expect(stampOf(began + 3_725_000, began, 'elapsed')).toBe('1:02:05.0 ');
  expect(stampOf(began + 5_000, began, 'clock')).toBe('08:32:45 ');
  expect(stampOf(began, began, 'off')).toBe('');
});
