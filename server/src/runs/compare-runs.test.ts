import { describe, expect, test } from 'vitest';
import { compareRuns, paceOf } from './compare-runs.ts';
import type { RunSnapshot } from './run-state.ts';
import { blocksOf } from './runs-report.ts';
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

describe('a step that was taken over from an earlier run', () => {
  const whole = snapshotOf('1', {
    'dbt:run': ['succeeded', 9000, { orders: ['succeeded', 8000], items: ['succeeded', 1000] }],
    'dbt:test': ['failed', 300, { orders: ['failed', 300] }],
  });
  const resumed = resumedFrom(
    whole,
    snapshotOf('2', {
      'dbt:run': ['skipped', 0, {}],
      'dbt:test': ['succeeded', 200, { orders: ['succeeded', 200] }],
    }),
    'dbt:run',
  );
  const changes = (...runs: Parameters<typeof compareRuns>): readonly string[] =>
    compareRuns(...runs).parts.map(({ change, step, node = 'itself' }) => `${change} ${step} ${node}`);

  test('went as before, and nothing is missed of what it ran', () => {
    expect(changes(whole, resumed)).toEqual([
      'mended dbt:test itself',
      'mended dbt:test model.shop.orders',
      'same dbt:run itself',
    ]);
    expect(compareRuns(whole, resumed).parts.at(-1)).toEqual({
      step: 'dbt:run',
      title: 'dbt:run',
      what: 'step',
      before: { status: 'succeeded', durationMs: 9000 },
      after: { status: 'skipped', reusedFrom: '1' },
      change: 'same',
    });
  });

  test('is run again the next time, and what it runs is not new', () => {
    expect(changes(resumed, whole)).toEqual([
      'broken dbt:test itself',
      'broken dbt:test model.shop.orders',
      'same dbt:run itself',
    ]);
  });

  test('is mended where it had failed in the run that it is compared with', () => {
    const failed = snapshotOf('0', { 'dbt:run': ['failed', 10, { orders: ['failed', 10] }] });
    expect(changes(failed, resumed)).toContain('mended dbt:run itself');
  });

  test('is told as the panel tells it', () => {
    const failed = snapshotOf('0', { 'dbt:run': ['failed', 10, {}] });
    const comparison = compareRuns(failed, resumed);
    const tables = blocksOf({ kind: 'compare', comparison, json: comparison });
    expect(tables[1]).toMatchObject({
      rows: [
        ['mended', 'dbt:run', 'step', 'failed 0.0 s', 'succeeded before'],
        expect.anything(),
        expect.anything(),
      ],
    });
  });
});

describe('a step that did only what had failed', () => {
  const whole = snapshotOf('1', {
    'dbt:build': [
      'failed',
      9000,
      {
        orders: ['succeeded', 8000],
        dates: ['warned', 10],
        items: ['failed', 1000],
        gone: ['failed', 10],
        stores: ['skipped', 0],
      },
    ],
  });
  const retried = retryOf(
    whole,
    snapshotOf('2', {
      'dbt:build': ['succeeded', 900, { items: ['succeeded', 800], stores: ['succeeded', 100] }],
    }),
  );
  const changes = (...runs: Parameters<typeof compareRuns>): readonly string[] =>
    compareRuns(...runs).parts.map(({ change, title }) => `${change} ${title}`);

  test('left out what had gone well; what it was to do and has not is removed', () => {
    expect(changes(whole, retried)).toEqual([
      'mended dbt:build',
      'mended items',
      'changed stores',
      'removed gone',
      'left-out orders',
      'left-out dates',
    ]);
  });

  test('is no reason to call new what another run does as well', () => {
    expect(changes(retried, whole)).toEqual([
      'broken dbt:build',
      'broken items',
      'changed stores',
      'added gone',
      'left-out orders',
      'left-out dates',
    ]);
    const other = snapshotOf('3', { 'dbt:build': ['failed', 10, { gone: ['failed', 10] }] });
    expect(changes(other, retried)).toContain('left-out gone');
  });

  test('is told by the count of what it left out, which no table lists', () => {
    const comparison = compareRuns(whole, retried);
    const [, table, ...sentences] = blocksOf({ kind: 'compare', comparison, json: comparison });
    expect(table).toMatchObject({ rows: { length: 4 } });
    expect(sentences).toEqual(['0 parts went as before.', 'A retry left out 2 parts that had gone well.']);
  });
});

function retryOf(earlier: RunSnapshot, run: RunSnapshot): RunSnapshot {
  const steps = run.steps.map((step) => ({ ...step, onlyFailed: true }));
  return { ...run, steps, resumes: earlier.id };
}

function resumedFrom(earlier: RunSnapshot, run: RunSnapshot, reused: string): RunSnapshot {
  const steps = run.steps.map((step) => (step.id === reused ? { ...step, reusedFrom: earlier.id } : step));
  return { ...run, steps, resumes: earlier.id };
}

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
