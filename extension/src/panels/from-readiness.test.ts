import { expect, test } from 'vitest';
import { readFromReadiness, readSavedReadiness } from './from-readiness.ts';

test.each([
  { kind: 'ready' },
  { kind: 'write-figures' },
  { kind: 'open', place: '3' },
  { kind: 'check', checks: ['a'] },
  { kind: 'check-all', costly: true },
  { kind: 'waive', check: 'a' },
  { kind: 'take-back', check: 'a' },
  { kind: 'mark', item: 'i' },
  { kind: 'rank', item: 'i' },
  { kind: 'create', what: 'checks' },
  { kind: 'export', format: 'svg', text: '<svg/>' },
])('a message of the page is read: $kind', (message) => {
  expect(readFromReadiness({ ...message, more: 1 })).toEqual(message);
});

test.each([
  undefined,
  'ready',
  { kind: 'format-disk' },
  { kind: 'open', place: 3 },
  { kind: 'check-all', costly: 'yes' },
  { kind: 'create', what: 'anything' },
  { kind: 'mark' },
  { kind: 'export', format: 'exe', text: '' },
])('anything else is not', (value) => {
  expect(readFromReadiness(value)).toBeUndefined();
});

test('what was saved is read as far as it can be', () => {
  expect(readSavedReadiness({ filter: 'passed', opened: ['a', 3] })).toEqual({
    filter: 'passed',
    opened: ['a'],
  });
  expect(readSavedReadiness({ filter: 'none' })).toEqual({ filter: 'all', opened: [] });
  expect(readSavedReadiness(undefined)).toEqual({ filter: 'all', opened: [] });
});
