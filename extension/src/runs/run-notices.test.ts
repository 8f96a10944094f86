import { expect, test } from 'vitest';
import type { RunSummary } from '../../../server/src/runs/run-store.ts';
import { RunNotices } from './run-notices.ts';

function run(key: string, status: RunSummary['status'], failed = 0): { key: string; summary: RunSummary } {
  const startedAt = '2026-11-23T10:00:00Z';
  const durationMs = 42_000;
  return {
    key,
    summary: {
      id: key,
      title: key,
      requested: [`dbt:${key}`],
      status,
      startedAt,
      durationMs,
      failed,
      steps: 1,
    },
  };
}

const away = { wish: 'failures', isInFront: false } as const;

test('tells once of a run that failed while somebody was elsewhere', () => {
  const notices = new RunNotices(['old']);
  const runs = [run('build', 'running'), run('old', 'failed')];
  expect(notices.take(runs, away)).toEqual([]);
  const ended = [run('build', 'failed', 2), run('old', 'failed')];
  expect(notices.take(ended, away).map(({ key, level, text }) => [key, level, text])).toEqual([
    ['build', 'error', expect.stringMatching(/^Penstock: dbt:build failed after 42.*: 2 failed$/)],
  ]);
  expect(notices.take(ended, away)).toEqual([]);
});

test('who looks at the window needs no telling, and hears nothing of it later', () => {
  const notices = new RunNotices([]);
  expect(notices.take([run('a', 'failed')], { ...away, isInFront: true })).toEqual([]);
  expect(notices.take([run('a', 'failed')], away)).toEqual([]);
});

test('all ends, or none, as it is wished', () => {
  const all = new RunNotices([]).take([run('a', 'succeeded'), run('b', 'cancelled')], {
    ...away,
    wish: 'all',
  });
  expect(all.map(({ level }) => level)).toEqual(['information', 'information']);
  expect(new RunNotices([]).take([run('a', 'succeeded')], away)).toEqual([]);
  expect(new RunNotices([]).take([run('a', 'failed')], { ...away, wish: 'off' })).toEqual([]);
});
