import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { findStep } from '../../core/find-step.ts';
import { stepsIn } from '../../language/steps-in.ts';
import { dbt } from './index.ts';
import { penstock } from '../penstock/index.ts';

const files = {
  '/w/dbt_project.yml': 'name: shop\n',
  '/w/models/orders.sql': 'select 1 as id',
  '/w/models/marts/_p.yml': `models:
  - name: orders
    columns:
      - name: id
        data_tests: [unique]
sources:
  - name: raw
    config: {freshness: {warn_after: {count: 1, period: day}}}
    tables:
      - name: orders
        data_tests: [x]
      - name: old
        config: {freshness: null}
seeds:
  - name: countries
unit_tests:
  - {name: adds, model: orders, given: [], expect: {rows: []}}
  - {name: twice, model: orders, given: [], expect: {rows: []}}
  - {name: twice, model: other, given: [], expect: {rows: []}}
`,
  '/w/seeds/countries.csv': 'code\n',
  '/w/tests/deep/no_orphans.sql': 'select 1',
  '/w/tests/deep/orders.sql': 'select 1',
  '/w/snapshots/s.sql': '{% snapshot snap %}select 1{% endsnapshot %}',
};

/** Each step of a file with what it gives to dbt, by the text it stands at. */
async function at(path: string): Promise<readonly (readonly [string, string, string])[]> {
  const { platform } = await openFixture([dbt], files);
  const source = platform.source(path)!;
  return stepsIn(platform, path, platform.steps()).map(({ step, span }) => {
    const args = step.work.kind === 'command' ? step.work.args.slice(5).join(' ') : '';
    return [source.slice(span), `${step.verb}`, args];
  });
}

test('single tests, sources, seeds and unit tests of a properties file', async () => {
  const found = (await at('/w/models/marts/_p.yml')).filter(
    ([, , args]) => !args.endsWith('--select orders') && !args.endsWith('--select orders+'),
  );
  expect(found).toEqual([
    ['unique', 'Test', 'test --select fqn:unique_orders_id'],
    ['raw', 'Check freshness', 'source freshness --select source:raw'],
    ['orders', 'Check freshness', 'source freshness --select source:raw.orders'],
    ['orders', 'Test', 'test --select source:raw.orders'],
    ['orders', 'Build +', 'build --select source:raw.orders+'],
    ['x', 'Test', 'test --select fqn:source_x_raw_orders_'],
    ['old', 'Build +', 'build --select source:raw.old+'],
    ['countries', 'Load', 'seed --select countries'],
    ['countries', 'Test', 'test --select fqn:countries'],
    ['countries', 'Build +', 'build --select fqn:countries+'],
    ['adds', 'Test', 'test --select unit_test:adds'],
    ['twice', 'Test', 'test --select fqn:shop.marts.orders.twice'],
    ['twice', 'Test', 'test --select fqn:shop.marts.other.twice'],
  ]);
});

test('a test of a model with versions is run for all of them at once', async () => {
  const { platform } = await openFixture([dbt], {
    ...files,
    '/w/models/dim_v1.sql': 'select 1 as id',
    '/w/models/dim_v2.sql': 'select 1 as id',
    '/w/models/v.yml':
      'models:\n- name: dim\n  versions: [{v: 1}, {v: 2}]\n  columns: [{name: id, data_tests: [unique]}]\n',
  });
  const place = stepsIn(platform, '/w/models/v.yml', platform.steps()).find(
    ({ step }) => step.kind === 'test',
  );
  expect(place?.step).toMatchObject({ title: 'Test unique_dim_v1_id, unique_dim_v2_id', verb: 'Test' });
  expect(place?.step.work).toMatchObject({
    args: expect.arrayContaining(['--select', 'fqn:unique_dim_v1_id fqn:unique_dim_v2_id']) as unknown,
  });
});

test('functions are built, with what calls them', async () => {
  const { platform } = await openFixture([dbt], {
    ...files,
    '/w/functions/clean.sql': "replace(x, ',', '')",
    '/w/functions/_f.yml': 'functions:\n- name: clean\n  returns: {data_type: text}\n',
  });
  for (const path of ['/w/functions/clean.sql', '/w/functions/_f.yml']) {
    const steps = stepsIn(platform, path, platform.steps()).map(({ step }) => `${step.id} ${step.verb}`);
    expect(steps).toEqual(['dbt:build/fqn:clean Build', 'dbt:build/fqn:clean+ Build +']);
  }
});

test('singular tests and snapshots', async () => {
  expect(await at('/w/tests/deep/no_orphans.sql')).toEqual([['', 'Test', 'test --select fqn:no_orphans']]);
  // A model bears the same name.
  expect(await at('/w/tests/deep/orders.sql')).toEqual([['', 'Test', 'test --select fqn:shop.deep.orders']]);
  expect((await at('/w/snapshots/s.sql')).map(([, , args]) => args)).toEqual([
    'snapshot --select snap',
    'test --select fqn:snap',
    'build --select fqn:snap+',
  ]);
});

test('such steps are found by their names, also of several projects, and pipelines may name them', async () => {
  const pipeline = 'pipelines:\n  p: [dbt:test/unit_test:adds, dbt:freshness/source:raw, dbt:test/gone]\n';
  const { platform } = await openFixture([dbt, penstock], {
    ...files,
    '/w/penstock.yaml': pipeline,
    '/w/b/dbt_project.yml': 'name: b\n',
  });
  const messages = platform.findings('/w/penstock.yaml').map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining('`dbt:test/gone`') as string]);
  const find = (name: string) =>
    findStep(name, platform.steps(), { folder: '/w', cwd: '/w/b', forms: platform.stepList }).step;
  expect(find('dbt:test/unit_test:adds')).toMatchObject({
    id: 'dbt:test/unit_test:adds@b',
    project: '/w/b',
    verb: 'Test',
  });
  expect(find('dbt:test/fqn:unique_orders_id@.')).toMatchObject({
    project: '/w',
    title: 'Test unique_orders_id',
  });
  expect(find('dbt:build/source:raw.orders+')).toMatchObject({
    title: 'Build what depends on source raw.orders',
    verb: 'Build +',
  });
  expect(find('dbt:test/--vars:x')).toBeUndefined();
});

test('sources are offered to be checked as a whole where there are some', async () => {
  const { platform } = await openFixture([dbt], files);
  expect(platform.steps().map(({ id }) => id)).toContain('dbt:freshness');
  const { platform: without } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n' });
  expect(without.steps().map(({ id }) => id)).not.toContain('dbt:freshness');
});
