import { expect, test } from 'vitest';
import type { RunSummary } from '../../../server/src/runs/run-store.ts';
import { SeenRuns, type Memory } from './seen-runs.ts';

const began = new Date('2026-11-23T10:00:00Z');

function memory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

function run(status: RunSummary['status'], startedAt = '2026-11-23T11:00:00Z'): RunSummary {
  return { id: 'r', title: 't', requested: [], status, startedAt, failed: 0, steps: 1 };
}

test('a failed run is unseen until it was looked at, also after a reload', async () => {
  const kept = memory();
  const seen = new SeenRuns(kept, began);
  expect(seen.isUnseenFailure('a', run('failed'))).toBe(true);
  expect(await seen.add('a', run('failed'))).toBe(true);
  expect(await seen.add('a', run('failed'))).toBe(false);
  expect(new SeenRuns(kept).isUnseenFailure('a', run('failed'))).toBe(false);
});

test('only failures count, and none from before the first use', () => {
  const seen = new SeenRuns(memory(), began);
  for (const status of ['succeeded', 'cancelled', 'running', 'interrupted'] as const) {
    expect(seen.isUnseenFailure('a', run(status))).toBe(false);
  }
  expect(seen.isUnseenFailure('a', run('not-started'))).toBe(true);
  expect(seen.isUnseenFailure('a', run('failed', '2026-11-23T09:00:00Z'))).toBe(false);
});

test('looking at a run while it runs does not hide its failure', async () => {
  const seen = new SeenRuns(memory(), began);
  expect(await seen.add('a', run('running'))).toBe(false);
  expect(seen.isUnseenFailure('a', run('failed'))).toBe(true);
});

test('forgets runs that are gone', async () => {
  const kept = memory();
  const seen = new SeenRuns(kept, began);
  await seen.add('a', run('failed'));
  await seen.add('b', run('failed'));
  await seen.keepOnly(['b']);
  expect(kept.get('penstock.seenRuns')).toEqual(['b']);
});
