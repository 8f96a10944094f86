import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Step } from '../../core/step.ts';
import type { Preview } from '../../core/system.ts';
import { dbt } from './index.ts';

const texts = {
  '/w/shop/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/shop/profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: ../shop.duckdb\n',
  '/w/shop/models/marts/orders.sql': 'select 1',
  '/w/shop/models/rates.py': 'def model(dbt, session):\n    return None\n',
  '/w/shop/seeds/countries.csv': '',
  '/w/shop/macros/cents.sql': '{% macro cents() %}100{% endmacro %}',
  '/w/shop/models/_models.yml': 'models: []\n',
  '/w/shop/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
  '/w/shop/dbt_packages/utils/models/calendar.sql': 'select 1',
};

async function previewOf(path: string, more: Readonly<Record<string, string>> = {}): Promise<Preview> {
  const { platform } = await openFixture([dbt], { ...texts, ...more });
  return dbt.preview!(platform.parsed(path)!);
}

async function compileStep(more: Readonly<Record<string, string>> = {}): Promise<Step> {
  const { platform } = await openFixture([dbt], { ...texts, ...more });
  const model = platform.steps().find((step) => step.id === 'dbt:model/orders')!;
  return platform.stepList.variants(model).find((step) => step.id === 'dbt:compile/orders')!;
}

test('a model is compiled into a folder of its own, so that no other run of dbt is disturbed', async () => {
  const step = await compileStep();
  const { args, writes, env, cwd } = step.work as Command;
  expect(args.slice(args.indexOf('compile'))).toEqual([
    'compile',
    '--select',
    'orders',
    '--indirect-selection',
    'empty',
    '--target-path',
    'target/penstock',
    '--log-path',
    'target/penstock',
  ]);
  expect(cwd).toBe('/w/shop');
  expect(env).toEqual({ DBT_POPULATE_CACHE: 'false' });
  expect(writes).toEqual(['/w/shop/target/penstock', '/w/shop.duckdb']);
});

test('what is compiled lies where the model lies, below that folder', async () => {
  expect(await previewOf('/w/shop/models/marts/orders.sql')).toEqual({
    kind: 'made',
    name: 'orders',
    step: 'dbt:compile/orders',
    path: '/w/shop/target/penstock/compiled/shop/models/marts/orders.sql',
    language: 'sql',
  });
});

test('a target path that the project sets is followed, inside the project and elsewhere', async () => {
  const project = (path: string) => ({
    '/w/shop/dbt_project.yml': `name: shop\nprofile: shop\ntarget-path: ${path}\n`,
  });
  const targetOf = async (path: string): Promise<unknown> => {
    const { args, writes } = (await compileStep(project(path))).work as Command;
    return [args[args.indexOf('--target-path') + 1], writes[0]];
  };
  expect(await targetOf('build/dbt')).toEqual(['build/dbt/penstock', '/w/shop/build/dbt/penstock']);
  expect(await targetOf('/var/dbt')).toEqual(['/var/dbt/penstock', '/var/dbt/penstock']);
  expect(await previewOf('/w/shop/models/marts/orders.sql', project('/var/dbt'))).toMatchObject({
    path: '/var/dbt/penstock/compiled/shop/models/marts/orders.sql',
  });
});

test.each([
  ['/w/shop/models/rates.py', /^rates is a Python model: .* no SQL to compile/],
  ['/w/shop/seeds/countries.csv', /^countries is a seed: .* nothing to compile/],
  ['/w/shop/macros/cents.sql', /^A macro is compiled where it is used/],
  ['/w/shop/models/_models.yml', /^Open the SQL file of a model/],
  ['/w/shop/dbt_packages/utils/models/calendar.sql', /^calendar belongs to an installed package/],
])('where there is nothing to compile, that is said: %s', async (path, message) => {
  expect(await previewOf(path)).toEqual({
    kind: 'nothing',
    message: expect.stringMatching(message) as string,
  });
});
