import { expect, test } from 'vitest';
import { answer, check, claim, task, written } from '../panels/test-support/readiness.ts';
import { failingBadge } from './failing-badge.ts';

test('counts the checks that fail, and says in words what it counts', () => {
  const item = task('Load', 1, { status: 'done' });
  const items = [claim(item, { standing: 'ticked-but-failing', state: 'failed', checks: ['a'] })];
  const checks = [written('a', 'failed', 1), check('b', 'failed'), written('c', 'stale', 2)];
  expect(failingBadge(answer({ items, checks }))).toEqual({
    value: 2,
    tooltip: '2 checks fail · 1 task ticked but failing',
  });
  expect(failingBadge(answer({ checks: [written('a', 'failed', 1)] }))).toEqual({
    value: 1,
    tooltip: '1 check fails',
  });
});

test('is not there where nothing fails, or nobody asked', () => {
  expect(failingBadge(undefined)).toBeUndefined();
  expect(
    failingBadge(answer({ checks: [written('a', 'passed', 1), written('b', 'waived', 2)] })),
  ).toBeUndefined();
  expect(failingBadge(answer({ checks: [check('dbt:valid', 'failed')] }))).toBeUndefined();
});
