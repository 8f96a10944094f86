import { expect, test } from 'vitest';
import { describeRun, latestRun } from './describe-run.ts';

const at = '2026-11-23T12:00:00.000Z';
const now = Date.parse('2026-11-23T12:12:00Z');

test('when, how long, how much, and by whom', () => {
  expect(describeRun({ status: 'succeeded', at, durationMs: 1234, rows: 1037, by: 'dbt:build' }, now)).toBe(
    'Last run succeeded 12 minutes ago · 1.2 s · 1,037 rows · `dbt:build`',
  );
  expect(describeRun({ status: 'skipped', at: '', durationMs: 0 }, now)).toBe('Last run was skipped');
  expect(describeRun({ status: 'running', at }, now)).toBe('Running for 12 minutes');
  expect(
    describeRun({ status: 'succeeded', at, durationMs: 125_000, message: 'OK' }, now + 3 * 86_400_000),
  ).toBe('Last run succeeded 3 days ago · 2 min 5 s');
});

test('what went wrong is told as text, shortened', () => {
  const message = `Database Error\n${Array.from({ length: 20 }, (_, line) => `line ${line} \`\`\``).join('\n')}`;
  const told = describeRun({ status: 'failed', at, failures: 1, message }, now);
  expect(told).toMatch(
    /^Last run \*\*failed\*\* 12 minutes ago · 1 failure\n\n```text\nDatabase Error\nline 0 '''\n/,
  );
  expect(told.split('\n')).toHaveLength(13);
});

test('of two reports the later one counts, and those of one run are put together', () => {
  const left = { status: 'failed', at: '2026-11-23T12:00:02.000Z', failures: 3 } as const;
  expect(latestRun({ status: 'failed', at, by: 'dbt:test' }, left)).toEqual({
    status: 'failed',
    at,
    failures: 3,
    by: 'dbt:test',
  });
  expect(latestRun({ status: 'succeeded', at: '2026-11-23T13:00:00Z' }, left)?.status).toBe('succeeded');
  expect(latestRun({ status: 'succeeded', at: '2026-11-22T13:00:00Z' }, left)).toBe(left);
  expect(latestRun(undefined, left)).toBe(left);
  expect(latestRun({ status: 'succeeded', at }, { status: 'skipped', at: '' })?.status).toBe('succeeded');
});
