import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureExpectations } from '../../scripts/host/services.mjs';
import { root } from '../../scripts/support/project.mjs';
import { copyPlatform } from '../../scripts/support/platform-copy.mjs';
import { silentLog } from '../../server/src/core/log.ts';
import type { Check } from '../../server/src/core/evidence.ts';
import { openFolder } from '../../server/src/cli/workspace.ts';
import { systems } from '../../server/src/systems/index.ts';
import { look } from './look.ts';

const day = 86_400_000;
const platform = copyPlatform();
const contexts = mkdtempSync(join(tmpdir(), 'penstock-gx-'));
let python = '';

beforeAll(async () => void (python = await ensureExpectations()));
afterAll(() => {
  platform.remove();
  rmSync(contexts, { recursive: true, force: true });
});

/** The checks of a folder that nobody has to ask for, by their ids, as they stand some time later. */
async function unasked(folder: string, ids: readonly string[], laterMs = 0) {
  const opened = await openFolder({ systems, folder, log: silentLog });
  const all = opened
    .projects()
    .flatMap((project) => opened.system(project.system)?.checks?.(project, opened.facts) ?? []);
  const checks = all.filter(({ id }) => ids.includes(id));
  const aged = checks.map((check): Check => ({ ...check, maxAgeMs: day }));
  return look(aged, laterMs);
}

function tool(name: 'dbt' | 'meltano', args: readonly string[], cwd = ''): number | null {
  return spawnSync(join(platform.path, '.venvs', name, 'bin', name), args, {
    cwd: join(platform.path, cwd),
    stdio: 'ignore',
    env: {
      ...process.env,
      MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
      DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
    },
  }).status;
}

const dbt = ['dbt:results', 'dbt:tests', 'dbt:manifest'];

test('Meltano’s own history tells how the last load went', async () => {
  const runs = async (laterMs = 0) =>
    (await unasked(platform.path, ['meltano:runs'], laterMs)).get('meltano:runs');
  expect(await runs()).toMatchObject({ state: 'unknown' });
  expect(tool('meltano', ['run', 'load'])).toBe(0);
  expect(await runs()).toMatchObject({ state: 'passed', seen: '1 state, all succeeded' });
  expect(await runs(2 * day)).toMatchObject({ state: 'stale' });
  const warehouse = join(platform.path, 'warehouse');
  renameSync(warehouse, `${warehouse}-aside`);
  writeFileSync(warehouse, '');
  expect(tool('meltano', ['run', 'load'])).not.toBe(0);
  const state = 'dev:tap-shop-to-target-warehouse';
  const failed = { state: 'failed', seen: `1 state, failed: \`${state}\`` };
  expect(await runs()).toMatchObject(failed);
  // What somebody writes by hand Meltano keeps among its runs, though nothing was loaded.
  expect(tool('meltano', ['state', 'set', '--force', state, '{"singer_state":{}}'])).toBe(0);
  expect(await runs()).toMatchObject(failed);
  rmSync(warehouse);
  renameSync(`${warehouse}-aside`, warehouse);
  rmSync(join(platform.path, 'data', 'raw', 'orders.csv'));
  writeFileSync(join(platform.path, 'data', 'raw', 'customers.csv'), '');
  if (tool('meltano', ['run', 'load']) === 0) expect(await runs()).toMatchObject({ state: 'passed' });
  else expect(await runs()).toMatchObject({ state: 'failed' });
});

test('dbt’s artifacts tell of the last build, by what made them', async () => {
  const before = await unasked(platform.path, dbt);
  expect([...before.values()].map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
  tool('dbt', ['seed'], 'dbt');
  const seeded = await unasked(platform.path, dbt);
  expect(seeded.get('dbt:results')).toMatchObject({
    state: 'passed',
    seen: expect.stringMatching(/^dbt seed \(\d/),
  });
  expect(seeded.get('dbt:tests')).toMatchObject({ state: 'unknown' });
  expect(seeded.get('dbt:manifest')).toMatchObject({ state: 'passed' });
  expect((await unasked(platform.path, dbt, 2 * day)).get('dbt:results')).toMatchObject({ state: 'stale' });

  tool('dbt', ['compile'], 'dbt');
  expect((await unasked(platform.path, dbt)).get('dbt:results')).toMatchObject({ state: 'unknown' });

  const model = join(platform.path, 'dbt', 'models', 'marts', 'dim_products.sql');
  writeFileSync(model, 'select * from nothing_of_that_name');
  const soon = new Date(Date.now() + 1000);
  utimesSync(model, soon, soon);
  expect((await unasked(platform.path, dbt)).get('dbt:manifest')).toMatchObject({ state: 'stale' });
  tool('dbt', ['run', '--select', 'dim_products'], 'dbt');
  expect((await unasked(platform.path, dbt)).get('dbt:results')).toMatchObject({
    state: 'failed',
    seen: expect.stringContaining('`model.shop.dim_products`'),
  });
  // Its tests wait for the model that fails, so none of them has passed.
  tool('dbt', ['build', '--select', 'dim_products'], 'dbt');
  expect((await unasked(platform.path, dbt)).get('dbt:tests')).toMatchObject({
    state: 'unknown',
    seen: expect.stringMatching(/0 failed, \d+ skipped$/),
  });
});

const script = `
import sys
import great_expectations as gx, pandas as pd
context = gx.get_context(mode="file", project_root_dir=".")
source = context.data_sources.add_or_update_pandas("shop")
batch = source.add_dataframe_asset("orders").add_batch_definition_whole_dataframe("all")
suite = context.suites.add_or_update(gx.ExpectationSuite(name="orders"))
suite.add_expectation(gx.expectations.ExpectColumnValuesToNotBeNull(column="id"))
suite.save()
validation = context.validation_definitions.add_or_update(gx.ValidationDefinition(name="orders", data=batch, suite=suite))
checkpoint = context.checkpoints.add_or_update(gx.Checkpoint(name="orders", validation_definitions=[validation]))
checkpoint.run(batch_parameters={"dataframe": pd.DataFrame({"id": [1, None if "bad" in sys.argv else 2]})})
`;

test('Great Expectations’ results tell of the last validation', async () => {
  const validate = (...args: readonly string[]): void =>
    void execFileSync(python, ['-c', script, ...args], {
      cwd: contexts,
      stdio: 'ignore',
      env: { ...process.env, GX_ANALYTICS_ENABLED: 'false' },
    });
  const found = async (laterMs = 0) =>
    (await unasked(contexts, ['gx:validations'], laterMs)).get('gx:validations');
  expect(await found()).toBeUndefined();
  validate();
  expect(await found()).toMatchObject({ state: 'passed', seen: '1 suite, all succeeded' });
  expect(await found(2 * day)).toMatchObject({ state: 'stale' });
  validate('bad');
  expect(await found()).toMatchObject({
    state: 'failed',
    seen: '1 suite, failed: `orders` on `shop.orders` (0 of 1 expectations met)',
  });
  rmSync(join(contexts, 'gx', 'uncommitted', 'validations'), { recursive: true });
  expect(await found()).toMatchObject({ state: 'unknown', next: 'run a checkpoint' });
});

test('what Great Expectations finds in a run is a problem at the expectation, gone with the next run', () => {
  writeFileSync(join(contexts, 'check.py'), script);
  const program = join(root, 'server', 'src', 'penstock.ts');
  const problems = (...args: readonly string[]): readonly unknown[] => {
    const step = `      - { id: check, run: ${JSON.stringify([python, 'check.py', ...args])} }`;
    writeFileSync(join(contexts, 'penstock.yaml'), `pipelines:\n  validate:\n    steps:\n${step}\n`);
    const out = execFileSync(process.execPath, [program, 'run', '--format', 'json', 'pipeline:validate'], {
      cwd: contexts,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GX_ANALYTICS_ENABLED: 'false' },
    });
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string });
    return events.filter(({ type }) => type === 'problem');
  };
  const suite = join(contexts, 'gx', 'expectations', 'orders.json');
  const [problem, ...rest] = problems('bad') as readonly { readonly line: number }[];
  expect(problem).toMatchObject({
    step: 'pipeline:validate/check',
    message: 'orders: expect_column_values_to_not_be_null(column: id) was not met: 1 of 2 values (null)',
    path: suite,
    reportedBy: 'gx',
  });
  expect(readFileSync(suite, 'utf8').split('\n')[problem!.line - 1]).toContain(
    '"type": "expect_column_values_to_not_be_null"',
  );
  expect(rest).toEqual([]);
  expect(problems()).toEqual([]);
});
