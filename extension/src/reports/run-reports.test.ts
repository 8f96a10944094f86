import { expect, test } from 'vitest';
import type { RunEventBody } from '../../../server/src/runs/run-event.ts';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import { Trends } from '../../../server/src/runs/run-trend.ts';
import { beforeThat, comparisonText, comparisonTitle, exportText, trendText } from './run-reports.ts';

const step = 'dbt:build';

function run(id: string, status: 'succeeded' | 'failed' | 'skipped', durationMs: number): RunSnapshot {
  const model = new RunModel(id);
  const bodies: readonly RunEventBody[] = [
    {
      type: 'run-started',
      format: 1,
      requested: [step],
      title: 'Build',
      steps: [{ id: step, step, title: 'Build', system: 'dbt', needs: [] }],
      pid: 1,
      folder: '/w',
    },
    { type: 'step-started', step, command: ['dbt'], cwd: '/w', pid: 2 },
    { type: 'node-started', step, node: 'm.orders', title: 'orders', what: 'model' },
    {
      type: 'node-ended',
      step,
      node: 'm.orders',
      status,
      durationMs,
      message: 'a|b',
      path: '/w/models/orders.sql',
      line: 3,
    },
    { type: 'step-ended', step, status, durationMs },
    { type: 'run-ended', status: status === 'skipped' ? 'cancelled' : status, durationMs },
  ];
  bodies.forEach((body, seq) => model.apply({ seq, at: '2026-11-23T10:00:00Z', run: id, ...body }));
  return model.snapshot();
}

const [before, after] = [run('1', 'succeeded', 1000), run('2', 'failed', 3000)];

test('two runs side by side: what broke, in a table that no message of a tool can break', () => {
  const text = comparisonText('Compare dbt:build', before, after).replaceAll('\u00a0', ' ');
  expect(text).toContain('# Compare dbt:build\n\n|  | Run | Began | Outcome | Took |');
  expect(text).toContain('| broken | orders | model | succeeded 1.0 s | failed 3.0 s |');
});

test('what was skipped took no time that could be compared, and what nobody sees is no difference', () => {
  const skipped = run('3', 'skipped', 0);
  expect(comparisonText('Title', before, skipped).replaceAll('\u00a0', ' ')).toContain(
    '| changed | orders | model | succeeded 1.0 s | skipped |',
  );
  const quicker = run('4', 'failed', 960);
  expect(comparisonText('Title', before, quicker).replaceAll('\u00a0', ' ')).not.toContain('0.0 s');
});

test('a trend, and that there is none', () => {
  const trends = new Trends('m.orders');
  for (const each of [before, after]) trends.take(each);
  expect(trendText('orders', trends.all())).toContain('2 runs, 1 failed');
  expect(trendText('nobody', [])).toContain('Nothing called nobody has run');
});

test('an export is what the command line writes', () => {
  expect(JSON.parse(exportText([before], '/w', 'json'))).toEqual({ runs: [before] });
  const text = exportText([after], '/w', 'markdown');
  expect(text).toContain('# Runs\n\n## dbt:build: failed\n');
  expect(text).toContain('a\\|b');
  expect(text).toContain('| models/orders.sql:3 |');
});

test('a page that compares runs is called by what they ran', () => {
  const summary = (...requested: string[]): never => ({ requested, title: 'Title' }) as never;
  expect(comparisonTitle(summary('dbt:build'), summary('dbt:build'))).toBe('Compare dbt:build');
  expect(comparisonTitle(summary('dbt:run'), summary('dbt:build'))).toBe('Compare dbt:run and dbt:build');
});

test('a run is compared with one before it, rather one that did the same', () => {
  const entry = (id: string, requested: string): { readonly summary: never } => ({
    summary: { id, requested: [requested] } as never,
  });
  const entries = [entry('4', 'a'), entry('3', 'a'), entry('2', 'b'), entry('1', 'a')];
  expect(beforeThat(entries, entries[1]!)).toEqual([entries[3], entries[2]]);
});
