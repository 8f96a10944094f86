import { expect, test } from 'vitest';
import { Trends, type Trend } from './run-trend.ts';
import { snapshotOf } from './test-support/snapshots.ts';

const runs = [
  snapshotOf('4', { 'dbt:build': ['succeeded', 9000, { orders: ['succeeded', 4000] }] }),
  snapshotOf('1', { 'dbt:build': ['succeeded', 5000, { orders: ['succeeded', 1000] }] }),
  snapshotOf('2', { 'dbt:build': ['failed', 100, { orders: ['failed', 5] }] }),
  snapshotOf('3', {
    'dbt:build': ['succeeded', 5200, { orders: ['succeeded', 1200] }],
    'dbt:test': ['skipped', 0, {}],
  }),
];

function trendsOf(name: string): readonly Trend[] {
  const trends = new Trends(name);
  for (const run of runs) trends.take(run);
  return trends.all();
}

test('a step: its runs in order of time, the median of the good ones, and how the last one compares', () => {
  const [trend, ...others] = trendsOf('dbt:build');
  expect(others).toEqual([]);
  expect(trend).toMatchObject({ name: 'dbt:build', what: 'step', failed: 1, medianMs: 5200, pace: 'slower' });
  expect(trend!.points.map(({ run, status, durationMs }) => `${run} ${status} ${durationMs}`)).toEqual([
    '1 succeeded 5000',
    '2 failed 100',
    '3 succeeded 5200',
    '4 succeeded 9000',
  ]);
});

test('a model, by its name or by the id of its tool', () => {
  expect(trendsOf('orders')).toEqual(trendsOf('model.shop.orders'));
  expect(trendsOf('orders')).toMatchObject([
    { name: 'model.shop.orders', what: 'model', medianMs: 1200, failed: 1 },
  ]);
});

test('what was skipped, or never ran, has no trend', () => {
  expect(trendsOf('dbt:test')).toEqual([]);
  expect(trendsOf('nothing')).toEqual([]);
});

test('a pipeline goes as its runs go', () => {
  const trends = new Trends('pipeline:daily');
  for (const run of runs) trends.take({ ...run, requested: ['pipeline:daily'] });
  expect(trends.all()).toMatchObject([{ name: 'pipeline:daily', what: 'run', failed: 1, pace: 'slower' }]);
});

test('one run alone compares with nothing', () => {
  const trends = new Trends('dbt:build');
  trends.take(runs[0]!);
  expect(trends.all()[0]).not.toHaveProperty('pace');
});

test('a run that went on with another one is no measure, and what it took over is no point at all', () => {
  const resumed = snapshotOf('5', { 'dbt:build': ['skipped', 0, {}], check: ['succeeded', 100, {}] });
  const [build, check] = resumed.steps;
  const after = {
    ...resumed,
    resumes: '4',
    requested: ['pipeline:daily'],
    steps: [{ ...build!, reusedFrom: '4' }, check!],
  };
  const steps = new Trends('dbt:build');
  const pipelines = new Trends('pipeline:daily');
  for (const run of [...runs, after]) {
    steps.take(run);
    pipelines.take({ ...run, requested: ['pipeline:daily'] });
  }
  expect(steps.all()[0]!.points.map(({ run }) => run)).toEqual(['1', '2', '3', '4']);
  const [pipeline] = pipelines.all();
  expect(pipeline!.points.at(-1)).toMatchObject({ run: '5', resumes: '4' });
  const without = new Trends('pipeline:daily');
  for (const run of runs) without.take({ ...run, requested: ['pipeline:daily'] });
  expect(pipeline!.medianMs).toBe(without.all()[0]!.medianMs);
  expect(pipeline).not.toHaveProperty('pace');
});

test('a step that did only what had failed is no measure either', () => {
  const trends = new Trends('dbt:build');
  const failed = snapshotOf('5', { 'dbt:build': ['failed', 7000, {}] });
  const resumed = snapshotOf('6', { 'dbt:build': ['succeeded', 10, {}] }, { resumes: '5' });
  const retried = { ...resumed, steps: resumed.steps.map((step) => ({ ...step, onlyFailed: true })) };
  for (const run of [...runs, failed, retried]) trends.take(run);
  const [trend] = trends.all();
  expect(trend!.points.at(-1)).toMatchObject({ run: '6', status: 'succeeded', resumes: '5' });
  expect(trend!.medianMs).toBe(trendsOf('dbt:build')[0]!.medianMs);
  expect(trend).not.toHaveProperty('pace');
});
