import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Step } from '../../core/step.ts';
import { penstock } from '../penstock/index.ts';
import { dbt } from './index.ts';

const texts = {
  '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/dbt/profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: ../shop.duckdb\n    ci:\n      type: duckdb\n      path: ci.duckdb\n',
  '/w/dbt/models/staging/stg_orders.sql': "{{ config(materialized='view') }} select 1",
};

async function stepsOf(more: Readonly<Record<string, string>> = {}): Promise<readonly Step[]> {
  const { platform } = await openFixture([dbt], { ...texts, ...more });
  return platform.steps();
}

const commandOf = (step: Step | undefined): Command => step!.work as Command;

test('offers what the project has', async () => {
  expect((await stepsOf()).map((step) => step.id)).toEqual([
    'dbt:run',
    'dbt:test',
    'dbt:build',
    'dbt:retry',
    'dbt:compile',
    'dbt:list',
    'dbt:docs',
    'dbt:docs-serve',
    'dbt:debug',
    'dbt:model/stg_orders',
  ]);
  const all = await stepsOf({
    '/w/dbt/packages.yml': 'packages: []\n',
    '/w/dbt/seeds/countries.csv': '',
    '/w/dbt/snapshots/then.sql': '{% snapshot then %}select 1{% endsnapshot %}',
  });
  expect(all.map((step) => step.id)).toEqual([
    'dbt:deps',
    'dbt:seed',
    'dbt:run',
    'dbt:test',
    'dbt:snapshot',
    'dbt:build',
    'dbt:retry',
    'dbt:compile',
    'dbt:list',
    'dbt:docs',
    'dbt:docs-serve',
    'dbt:debug',
    'dbt:model/stg_orders',
  ]);
});

test('a model is run by its name, where it is written', async () => {
  const step = (await stepsOf()).find((each) => each.id === 'dbt:model/stg_orders');
  expect(step).toMatchObject({
    title: 'Run model stg_orders',
    detail: 'view in staging',
    location: { path: '/w/dbt/models/staging/stg_orders.sql' },
  });
  expect(commandOf(step).args.slice(-3)).toEqual(['run', '--select', 'stg_orders']);
  expect(commandOf(step).cwd).toBe('/w/dbt');
});

test('a step writes dbt’s output and the file of the selected target, and nothing of other targets', async () => {
  const step = (await stepsOf()).find((each) => each.id === 'dbt:build');
  expect(commandOf(step).writes).toEqual(['/w/dbt/target', '/w/shop.duckdb']);
});

test('models of packages are not offered one by one', async () => {
  const steps = await stepsOf({
    '/w/dbt/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    '/w/dbt/dbt_packages/utils/models/calendar.sql': 'select 1',
  });
  expect(steps.filter((step) => step.kind === 'model').map((step) => step.id)).toEqual([
    'dbt:model/stg_orders',
  ]);
});

test('dbt is asked to end first, then told, then killed', async () => {
  const [step] = await stepsOf();
  expect(commandOf(step).cancel.map((stage) => stage.signal)).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
});

test('a model is also tested and built, alone or with what depends on it, by names that are not listed', async () => {
  const { platform } = await openFixture([dbt], texts);
  const model = platform.steps().find(({ id }) => id === 'dbt:model/stg_orders')!;
  const withVerb = (of: Step): readonly Step[] => platform.stepList.variants(of).filter(({ verb }) => verb);
  const variants = withVerb(model);
  expect(variants.map(({ id, verb }) => [id, verb])).toEqual([
    ['dbt:test/stg_orders', 'Test'],
    ['dbt:build/stg_orders', 'Build'],
    ['dbt:build/stg_orders+', 'Build +'],
  ]);
  expect(variants.map((step) => commandOf(step).args.slice(-3))).toEqual([
    ['test', '--select', 'stg_orders'],
    ['build', '--select', 'stg_orders'],
    ['build', '--select', 'stg_orders+'],
  ]);
  expect(commandOf(variants[0]).args.slice(0, -3)).toEqual(commandOf(model).args.slice(0, -3));
  expect(withVerb({ ...model, id: 'dbt:model/stg_orders@a', label: 'a' }).map(({ id }) => id)).toEqual([
    'dbt:test/stg_orders@a',
    'dbt:build/stg_orders@a',
    'dbt:build/stg_orders+@a',
  ]);
  expect(platform.stepList.variants(platform.steps()[0]!)).toEqual([]);
});

test('a pipeline may name any of a model’s steps, and no step of a model that is not there', async () => {
  const pipeline =
    'pipelines:\n  p: [dbt:model/stg_orders, dbt:test/stg_orders, dbt:build/stg_orders+, dbt:build, dbt:build/gone, dbt:tset/stg_orders]\n';
  const { platform, files } = await openFixture([dbt, penstock], { ...texts, '/w/penstock.yaml': pipeline });
  const undefinedSteps = (): readonly string[] =>
    platform.findings('/w/penstock.yaml').map(({ span }) => pipeline.slice(span.start, span.end));
  expect(undefinedSteps()).toEqual(['dbt:build/gone', 'dbt:tset/stg_orders']);
  files.texts.delete('/w/dbt/models/staging/stg_orders.sql');
  expect([...platform.update(['/w/dbt/models/staging/stg_orders.sql'])]).toContain('/w/penstock.yaml');
  expect(undefinedSteps()).toContain('dbt:test/stg_orders');
});

test('the rows for which a test fails are shown by a step of its name, beside what other runs write', async () => {
  const { platform } = await openFixture([dbt], texts);
  const listed = platform.steps().find((each) => each.id === 'dbt:test')!;
  expect(dbt.variants?.listed('dbt:show/unique_orders_id')).toBe('dbt:test');
  const step = dbt.variants?.named?.(listed, 'dbt:show/unique_orders_id');
  expect(step).toMatchObject({ id: 'dbt:show/unique_orders_id', title: 'Show rows of unique_orders_id' });
  const { args, writes } = commandOf(step);
  expect(args.slice(args.indexOf('show'))).toEqual([
    'show',
    '--limit',
    '100',
    '--select',
    'unique_orders_id',
    '--target-path',
    'target/penstock',
    '--log-path',
    'target/penstock',
  ]);
  expect(args).not.toContain('test');
  expect(writes).toEqual(['/w/dbt/target/penstock', '/w/shop.duckdb']);
});

test('each macro of the project itself is a step, where it is written; those of packages are known by name', async () => {
  const { platform } = await openFixture([dbt, penstock], {
    ...texts,
    '/w/dbt/macros/grants.sql':
      '{% macro grant_select(role, on=false) %}{% endmacro %}\n{% macro tidy() %}{% endmacro %}\n' +
      '{% macro default__tidy() %}{% endmacro %}{% macro generate_schema_name(a, b) %}{% endmacro %}{% test odd(model) %}{% endtest %}',
    '/w/dbt/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    '/w/dbt/dbt_packages/utils/macros/star.sql': '{% macro star() %}{% endmacro %}',
    '/w/penstock.yaml':
      'pipelines:\n  daily:\n    steps:\n      - step: dbt:run-operation/grant_select\n      - step: dbt:retry\n',
  });
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
  const macros = platform.steps().filter(({ kind }) => kind === 'macro');
  expect(macros.map(({ id, detail, asksFirst }) => [id, detail, asksFirst])).toEqual([
    ['dbt:run-operation/grant_select', 'grant_select(role, on)', true],
    ['dbt:run-operation/tidy', 'tidy()', undefined],
  ]);
  expect(macros[0]).toMatchObject({
    verb: 'Run Macro',
    location: { path: '/w/dbt/macros/grants.sql', span: { start: 9, end: 21 } },
  });
  expect(commandOf(macros[0]).args.slice(-2)).toEqual(['run-operation', 'grant_select']);
  const run = platform.steps().find(({ id }) => id === 'dbt:run')!;
  const star = dbt.variants!.named!(run, 'dbt:run-operation/utils.star')!;
  expect(commandOf(star).args.slice(-2)).toEqual(['run-operation', 'utils.star']);
  expect(dbt.variants!.listed('dbt:run-operation/--args')).toBeUndefined();
});

test('dbt v2 is told nothing of colours, which it would warn of', async () => {
  const argsFor = async (version: string): Promise<readonly string[]> => {
    const steps = await stepsOf({ '/w/dbt/requirements.txt': `dbt-core==${version}\n` });
    return commandOf(steps.find((each) => each.id === 'dbt:build')).args;
  };
  expect(await argsFor('1.12.0')).toContain('--no-use-colors');
  expect(await argsFor('2.0.0')).toEqual(['--log-format', 'json', '--log-level', 'debug', 'build']);
});

test('documentation is served until somebody ends that, all else ends by itself', async () => {
  const serving = (await stepsOf()).filter((step) => commandOf(step).serves);
  expect(serving.map(({ id }) => id)).toEqual(['dbt:docs-serve']);
});
