import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Step } from '../../core/step.ts';
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
    'dbt:docs',
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
    'dbt:docs',
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
