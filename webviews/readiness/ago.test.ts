import { expect, test } from 'vitest';
import { agoText, evidenceAge } from './ago.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const minute = 60_000;

test.each([
  [30_000, 'just now', 'new evidence'],
  [minute, '1 minute ago', 'evidence from 1 minute ago'],
  [119 * minute, '119 minutes ago', 'evidence from 119 minutes ago'],
  [120 * minute, '2 hours ago', 'evidence from 2 hours ago'],
  [3 * 1440 * minute, '3 days ago', 'evidence from 3 days ago'],
])('what is %i ms old is told as %s', (age, ago, evidence) => {
  expect(agoText(now - age, now)).toBe(ago);
  expect(evidenceAge({ counting: 1, oldestMs: now - age }, now)).toBe(evidence);
});

test('where no check counts, or none was seen, there is no evidence', () => {
  expect(evidenceAge({ counting: 0, oldestMs: now }, now)).toBeUndefined();
  expect(evidenceAge({ counting: 1 }, now)).toBeUndefined();
});

test('what is dated ahead is not called new, but for what clocks differ', () => {
  const now = Date.UTC(2026, 10, 29);
  expect([now + 60_000, now + 3 * 86_400_000].map((at) => agoText(at, now))).toEqual([
    'just now',
    'in 3 days',
  ]);
  const counting = 1;
  expect(evidenceAge({ counting, oldestMs: now + 60_000 }, now)).toBe('new evidence');
  expect(evidenceAge({ counting, oldestMs: now + 120_000 }, now)).toBe('evidence dated ahead');
});
