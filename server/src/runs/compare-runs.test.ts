import { expect, test } from 'vitest';
import { compareRuns, paceOf } from './compare-runs.ts';
import { snapshotOf } from './test-support/snapshots.ts';

const before = snapshotOf('1', {
  'dbt:build': [
    'succeeded',
    10_000,
    {
      orders: ['succeeded', 1000],
      customers: ['succeeded', 4000],
      items: ['failed', 10],
      dates: ['succeeded', 100],
    },
  ],
  'meltano:job/load': ['succeeded', 2000, {}],
  'dbt:docs': ['succeeded', 500, {}],
});
const after = snapshotOf('2', {
  'dbt:build': [
    'failed',
    15_000,
    {
      orders: ['succeeded', 6000],
      customers: ['failed', 20],
      items: ['succeeded', 900],
      dates: ['succeeded', 130],
      stores: ['skipped', 0],
    },
  ],
  'meltano:job/load': ['succeeded', 900, {}],
});

test('what broke comes first, then other changes of state, then what got slower, the same last', () => {
  const { parts } = compareRuns(before, after);
  expect(parts.map(({ change, title, moreMs }) => `${change} ${title} ${moreMs ?? ''}`.trim())).toEqual([
    'broken dbt:build 5000',
    'broken customers -3980',
    'mended items 890',
    'added stores',
    'removed dbt:docs',
    'slower orders 5000',
    'faster meltano:job/load -1100',
    'same dates 30',
  ]);
});

test('both sides are told, and the runs themselves', () => {
  const { before: then, after: now, parts } = compareRuns(before, after);
  expect([then, now]).toEqual([
    {
      id: '1',
      title: 'Run 1',
      startedAt: '2026-11-01T08:00:00.000Z',
      status: 'succeeded',
      durationMs: 12_500,
    },
    { id: '2', title: 'Run 2', startedAt: '2026-11-02T08:00:00.000Z', status: 'failed', durationMs: 15_900 },
  ]);
  expect(parts.find(({ title }) => title === 'orders')).toEqual({
    step: 'dbt:build',
    node: 'model.shop.orders',
    title: 'orders',
    what: 'model',
    before: { status: 'succeeded', durationMs: 1000 },
    after: { status: 'succeeded', durationMs: 6000 },
    change: 'slower',
    moreMs: 5000,
  });
});

test('a thing is known again in another step, and in several of one run', () => {
  const whole = snapshotOf('1', { 'dbt:build': ['succeeded', 1000, { orders: ['succeeded', 1000] }] });
  const twice = snapshotOf('2', {
    'dbt:run': ['succeeded', 1000, { orders: ['succeeded', 5000] }],
    'dbt:test': ['succeeded', 1000, { orders: ['succeeded', 100] }],
  });
  expect(
    compareRuns(whole, twice).parts.flatMap((each) =>
      each.node === undefined ? [] : [[each.step, each.change]],
    ),
  ).toEqual([
    ['dbt:test', 'added'],
    ['dbt:run', 'slower'],
  ]);
});

test('a run beside itself is the same', () => {
  expect(new Set(compareRuns(after, after).parts.map(({ change }) => change))).toEqual(new Set(['same']));
});

test.each([
  [100, 590, 'same'],
  [100, 600, 'slower'],
  [10_000, 11_999, 'same'],
  [10_000, 12_000, 'slower'],
  [10_000, 8_000, 'faster'],
  [0, 0, 'same'],
] as const)('%i ms, then %i ms: %s', (then, now, pace) => {
  expect(paceOf(then, now)).toBe(pace);
});
