import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { ReadFile } from '../../core/evidence.ts';
import { dbt } from './index.ts';
import { judgeFreshness, judgeManifest, judgeResults, judgeTests } from './left-behind.ts';

const generated = '2026-11-29T20:43:42.633194Z';
const generatedMs = Date.parse(generated);

/** What dbt 1.12 writes, cut down to what is read. */
function left(which: string | undefined, results: Readonly<Record<string, string>>): readonly ReadFile[] {
  const text = JSON.stringify({
    metadata: { dbt_version: '1.12.0', generated_at: generated },
    results: Object.entries(results).map(([id, status]) => ({ unique_id: id, status })),
    ...(which === undefined ? {} : { args: { which } }),
  });
  return [{ path: '/w/target/run_results.json', text, modifiedMs: 1 }];
}

const broken: readonly ReadFile[] = [{ path: '/w/target/run_results.json', text: '{', modifiedMs: 1 }];

test.each([
  [
    'build',
    { 'model.s.a': 'success', 'test.s.b': 'pass', 'model.s.c': 'no-op' },
    'passed',
    'dbt build (1.12.0): 3 nodes, 0 failed',
  ],
  [
    'build',
    { 'model.s.a': 'error', 'test.s.b': 'skipped' },
    'failed',
    'dbt build (1.12.0): 2 nodes, 1 failed (`model.s.a`), 1 skipped',
  ],
  ['test', { 'test.s.a': 'warn' }, 'warning', 'dbt test (1.12.0): 1 node, 0 failed, 1 warned (`test.s.a`)'],
  ['compile', { 'model.s.a': 'success' }, 'unknown', 'dbt compile (1.12.0), which builds nothing'],
  ['run', {}, 'unknown', 'dbt run (1.12.0): 0 nodes, 0 failed'],
  [undefined, { 'model.s.a': 'success' }, 'passed', 'dbt (1.12.0): 1 node, 0 failed'],
] as const)('the results of dbt %s', (which, results, state, seen) => {
  expect(judgeResults(left(which, results))).toMatchObject({
    state,
    seen,
    where: '/w/target/run_results.json',
    sinceMs: generatedMs,
  });
});

test('the verdicts of tests are told from those of models', () => {
  const mixed = left('build', { 'model.s.a': 'error', 'test.s.b': 'pass', 'unit_test.s.c': 'fail' });
  expect(judgeTests(mixed)).toMatchObject({
    state: 'failed',
    seen: 'dbt build (1.12.0): 2 tests, 1 failed (`unit_test.s.c`)',
  });
  expect(judgeTests(left('build', { 'model.s.a': 'error', 'test.s.b': 'pass' })).state).toBe('passed');
  expect(judgeTests(left('build', { 'model.s.a': 'error', 'test.s.b': 'skipped' }))).toMatchObject({
    state: 'unknown',
    seen: expect.stringContaining('1 test, 0 failed, 1 skipped'),
    next: 'mend what failed and run `dbt test`',
  });
  expect(judgeTests(left('run', { 'model.s.a': 'success' }))).toMatchObject({
    state: 'unknown',
    seen: 'dbt run (1.12.0) ran no test',
  });
});

test('sources are fresh, or not, or say nothing of it', () => {
  expect(judgeFreshness(left(undefined, { 'source.s.raw.a': 'pass' })).state).toBe('passed');
  expect(judgeFreshness(left(undefined, { 'source.s.raw.a': 'error' })).state).toBe('failed');
  expect(judgeFreshness(left(undefined, { 'source.s.raw.a': 'runtime error' })).state).toBe('failed');
  expect(judgeFreshness(left(undefined, { 'source.s.raw.a': 'warn' })).state).toBe('warning');
  expect(judgeFreshness(left(undefined, {})).state).toBe('not-applicable');
});

test('what cannot be read proves nothing', () => {
  for (const judge of [judgeResults, judgeTests, judgeFreshness])
    expect(judge(broken)).toMatchObject({ state: 'unknown', seen: 'the file is not what dbt writes' });
  expect(judgeManifest(broken, { beside: [] }).state).toBe('unknown');
});

test('the manifest is stale once a source is newer', () => {
  const text = `{"metadata": {"dbt_version": "1.12.0", "generated_at": "${generated}"}, "nodes": {"model.s.`;
  const manifest = [{ path: '/w/target/manifest.json', text, modifiedMs: 1 }];
  const beside = (...times: readonly number[]) => ({
    beside: times.map((modifiedMs) => ({ path: '/w/a.sql', modifiedMs })),
  });
  expect(judgeManifest(manifest, beside(generatedMs - 1))).toMatchObject({
    state: 'passed',
    seen: 'made by dbt 1.12.0, nothing is newer',
  });
  expect(judgeManifest(manifest, beside(generatedMs + 1, 0))).toMatchObject({
    state: 'stale',
    seen: 'made by dbt 1.12.0; 1 file is newer',
  });
});

test('each project has its checks, and freshness where it has sources', async () => {
  const idsOf = async (files: Readonly<Record<string, string>>) => {
    const { platform } = await openFixture([dbt], {
      '/w/dbt_project.yml': 'name: shop\ntarget-path: out\nmodel-paths: [m]\n',
      ...files,
    });
    const [project] = platform.projects();
    return dbt.checks!(project!, platform.facts);
  };
  const checks = await idsOf({});
  expect(checks.map(({ id }) => id)).toEqual(['dbt:results', 'dbt:tests', 'dbt:manifest']);
  expect(checks[0]!.probe).toMatchObject({ kind: 'artifact', patterns: ['out/run_results.json'] });
  expect(checks[2]!.probe).toMatchObject({ headBytes: 65_536 });
  const withSources = await idsOf({ '/w/m/s.yml': 'sources:\n- name: raw\n  tables: [{ name: a }]\n' });
  expect(withSources.map(({ id }) => id)).toContain('dbt:freshness');
});
