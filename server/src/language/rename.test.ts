import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { renamed as renamedWith, type Texts } from '../../../test/support/rename.ts';
import type { System } from '../core/system.ts';
import { dbt } from '../systems/dbt/index.ts';
import { meltano } from '../systems/meltano/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { prepareRename, renameFile } from './rename.ts';

const systems = [dbt, meltano, penstock];
const renamed = (texts: Texts, newName: string, given: readonly System[] = systems) =>
  renamedWith(given, texts, newName);

const project = {
  '/w/dbt_project.yml': 'name: shop\nversion: "1.0"\nconfig-version: 2\n',
  '/w/models/stg_orders.sql': 'select 1 as id',
  '/w/models/fct_orders.sql': 'select * from {{ ref("stg_orders") }} -- stg_orders',
  '/w/models/models.yml':
    "version: 2\nmodels:\n- name: stg_orders\n  columns:\n  - name: id\n    data_tests:\n    - relationships:\n        arguments: {to: ref('stg_orders'), field: id}\nexposures:\n- name: board\n  type: dashboard\n  owner: {name: A}\n  depends_on: [ref('stg_orders')]\n",
  '/w/penstock.yaml':
    'pipelines:\n  daily:\n  - step: dbt:model/stg_orders\n  - step: dbt:build/stg_orders+\n    needs: []\n  - id: rest\n    step: dbt:run\n    needs: [dbt:model/stg_orders]\n',
};

test('a model is renamed in SQL, YAML, exposures and pipelines, and its file moves', async () => {
  const texts = { ...project, '/w/models/last.sql': "select * from {{ ref('stg_<|>orders') }}" };
  expect(await renamed(texts, 'stg_sales')).toEqual({
    '/w/models/stg_sales.sql': 'select 1 as id',
    '/w/models/fct_orders.sql': 'select * from {{ ref("stg_sales") }} -- stg_orders',
    '/w/models/last.sql': "select * from {{ ref('stg_sales') }}",
    '/w/models/models.yml': project['/w/models/models.yml'].replaceAll('stg_orders', 'stg_sales'),
    '/w/penstock.yaml': project['/w/penstock.yaml'].replaceAll('stg_orders', 'stg_sales'),
  });
});

test('a rename begins at a properties entry too', async () => {
  const text = project['/w/models/models.yml'].replace('name: stg', 'name: s<|>tg');
  const after = await renamed({ ...project, '/w/models/models.yml': text }, 'orders');
  expect(Object.keys(after).sort()).toEqual([
    '/w/models/fct_orders.sql',
    '/w/models/models.yml',
    '/w/models/orders.sql',
    '/w/penstock.yaml',
  ]);
});

test('a source keeps its tables, a table its source', async () => {
  const sources = 'version: 2\nsources:\n- name: raw\n  tables:\n  - name: orders\n';
  const model = "select * from {{ source('raw', 'orders') }}";
  const texts = { '/w/dbt_project.yml': project['/w/dbt_project.yml'], '/w/models/s.yml': sources };
  expect(await renamed({ ...texts, '/w/models/a.sql': model.replace('raw', 'r<|>aw') }, 'lake')).toEqual({
    '/w/models/a.sql': model.replace('raw', 'lake'),
    '/w/models/s.yml': sources.replace('raw', 'lake'),
  });
  expect(
    await renamed({ ...texts, '/w/models/a.sql': model.replace('orders', '<|>orders') }, 'sales'),
  ).toEqual({
    '/w/models/a.sql': model.replace('orders', 'sales'),
    '/w/models/s.yml': sources.replace('orders', 'sales'),
  });
});

test('a macro, and a generic test by its own part', async () => {
  const texts = {
    '/w/dbt_project.yml': project['/w/dbt_project.yml'],
    '/w/macros/m.sql':
      '{% macro cents(x) %}{{ x }}{% endmacro %}\n{% test positive(model, column_name) %}select {{ cents(1) }}{% endtest %}',
    '/w/models/a.sql': 'select {{ cents(2) }} as id',
    '/w/models/a.yml':
      'version: 2\nmodels:\n- name: a\n  columns:\n  - name: id\n    data_tests: [positive]\n',
  };
  expect(await renamed({ ...texts, '/w/models/a.sql': 'select {{ <|>cents(2) }} as id' }, 'money')).toEqual({
    '/w/macros/m.sql': texts['/w/macros/m.sql'].replaceAll('cents', 'money'),
    '/w/models/a.sql': 'select {{ money(2) }} as id',
  });
  const test = texts['/w/models/a.yml'].replace('[positive', '[posi<|>tive');
  expect(await renamed({ ...texts, '/w/models/a.yml': test }, 'above_zero')).toEqual({
    '/w/macros/m.sql': texts['/w/macros/m.sql'].replace('positive', 'above_zero'),
    '/w/models/a.yml': texts['/w/models/a.yml'].replace('positive', 'above_zero'),
  });
});

test('a name that YAML would read as something else is quoted where it stands alone', async () => {
  const models = 'version: 2\nmodels:\n- name: <|>a\n  config: {group: finance}\n';
  const texts = { '/w/dbt_project.yml': project['/w/dbt_project.yml'], '/w/models/a.sql': 'select 1' };
  expect(await renamed({ ...texts, '/w/models/m.yml': models }, '2026')).toEqual({
    '/w/models/2026.sql': 'select 1',
    '/w/models/m.yml': models.replace('<|>a', "'2026'"),
  });
});

test('a Meltano job and a plugin, in tasks, schedules and pipelines', async () => {
  const meltanoYml = `version: 1
plugins:
  extractors:
  - name: tap-a
    namespace: tap_a
    pip_url: x
  loaders:
  - name: target-b
    namespace: target_b
    pip_url: y
jobs:
- name: load
  tasks: [tap-a target-b]
schedules:
- name: nightly
  job: load
  interval: '@daily'
`;
  const pipelines = 'pipelines:\n  daily: [meltano:job/load, meltano:plugin/tap-a]\n';
  const texts = { '/w/meltano.yml': meltanoYml, '/w/penstock.yaml': pipelines };
  const job = meltanoYml.replace('job: load', 'job: lo<|>ad');
  expect(await renamed({ ...texts, '/w/meltano.yml': job }, 'ingest')).toEqual({
    '/w/meltano.yml': meltanoYml.replaceAll('load\n', 'ingest\n'),
    '/w/penstock.yaml': pipelines.replace('load', 'ingest'),
  });
  const task = meltanoYml.replace('[tap-a', '[<|>tap-a');
  expect(await renamed({ ...texts, '/w/meltano.yml': task }, 'tap-z')).toEqual({
    '/w/meltano.yml': meltanoYml.replaceAll('tap-a', 'tap-z'),
    '/w/penstock.yaml': pipelines.replace('tap-a', 'tap-z'),
  });
});

test('a plugin that Meltano finds by its name in a lock file keeps it', async () => {
  const texts = {
    '/w/meltano.yml': 'version: 1\nplugins:\n  extractors:\n  - name: t<|>ap-a\n    variant: x\n',
    '/w/plugins/extractors/tap-a--x.lock': '{"plugin_type": "extractors", "name": "tap-a", "variant": "x"}',
  };
  expect(await renamed(texts, 'tap-b')).toEqual({
    refused: expect.stringContaining('inherit_from: tap-a') as string,
  });
});

test('an entry of a pipeline, with those that need it', async () => {
  const text =
    'pipelines:\n  daily:\n  - id: fir<|>st\n    run: echo 1\n  - id: last\n    run: echo 2\n    needs: [first]\n';
  expect(await renamed({ '/w/penstock.yaml': text }, 'begin')).toEqual({
    '/w/penstock.yaml': text.replace('<|>', '').replaceAll('first', 'begin'),
  });
});

test('a model is renamed in paths that select its file, and in those alone', async () => {
  const selectors = `selectors:
- name: quick
  definition:
    union:
    - method: path
      value: models/stg_orders.sql
    - file: stg_orders.sql
    - models/stg_orders.sql
    - file:stg_orders
    - path:snapshots/stg_orders.sql
    - path:models/stg_orders*
`;
  const pipeline =
    'pipelines:\n  daily:\n  - {step: dbt:build, select: "path:models/stg_orders.sql file:stg_orders.sql+"}\n';
  const texts = {
    '/w/dbt_project.yml': project['/w/dbt_project.yml'],
    '/w/models/stg_orders.sql': 'select 1 as id',
    '/w/models/last.sql': "select * from {{ ref('stg_<|>orders') }}",
    '/w/selectors.yml': selectors,
    '/w/penstock.yaml': pipeline,
  };
  expect(await renamed(texts, 'stg_sales')).toMatchObject({
    '/w/selectors.yml': selectors
      .replaceAll('stg_orders', 'stg_sales')
      .replace('snapshots/stg_sales', 'snapshots/stg_orders')
      .replace('stg_sales*', 'stg_orders*'),
    '/w/penstock.yaml': pipeline.replaceAll('stg_orders', 'stg_sales'),
  });
});

const refusals: readonly (readonly [string, string, string])[] = [
  ['a name that is there already', 'fct_orders', 'there is a model `fct_orders` already'],
  ['a letter that dbt does not take', 'stg orders', 'cannot stand in the name of a model'],
  ['a quote', "it's", "`'` cannot stand in the name"],
  ['nothing', ' ', 'cannot be empty'],
];
for (const [what, newName, message] of refusals) {
  test(`a rename to ${what} is refused`, async () => {
    const texts = { ...project, '/w/models/last.sql': "select * from {{ ref('stg_<|>orders') }}" };
    expect(await renamed(texts, newName)).toEqual({ refused: expect.stringContaining(message) as string });
  });
}

test('what a package defines, what nobody defines and a step cannot be renamed', async () => {
  const installed = {
    ...project,
    '/w/dbt_packages/util/dbt_project.yml': 'name: util\n',
    '/w/dbt_packages/util/macros/m.sql': '{% macro star() %}{% endmacro %}',
    '/w/models/a.sql': "select {{ util.star() }} from {{ ref('gone') }}",
  };
  const { platform } = await openFixture(systems, installed);
  const at = (path: keyof typeof installed, text: string): unknown =>
    prepareRename(platform, path, installed[path].indexOf(text) + 1);
  expect(at('/w/models/a.sql', 'star')).toEqual({
    refused: '`star` belongs to the installed package `util`, which is not yours to change',
  });
  expect(at('/w/models/a.sql', 'gone')).toMatchObject({
    refused: expect.stringContaining('nothing') as string,
  });
  expect(at('/w/penstock.yaml', 'dbt:run')).toMatchObject({
    refused: expect.stringContaining('by itself') as string,
  });
  expect(prepareRename(platform, '/w/models/a.sql', 1)).toBeUndefined();
  expect(at('/w/models/fct_orders.sql', 'stg_orders')).toMatchObject({ placeholder: 'stg_orders' });
});

test('a definition of one’s own is renamed beside a package’s of the same name', async () => {
  const texts = {
    '/w/dbt_project.yml': project['/w/dbt_project.yml'],
    '/w/macros/m.sql': '{% macro st<|>ar() %}{% endmacro %}',
    '/w/models/a.sql': 'select {{ star() }} as id',
    '/w/dbt_packages/util/dbt_project.yml': 'name: util\n',
    '/w/dbt_packages/util/macros/m.sql':
      '{% macro star() %}{% endmacro %}{% macro x() %}{{ star() }}{% endmacro %}',
  };
  const after = await renamed(texts, 'sun');
  expect(Object.keys(after)).toEqual(['/w/macros/m.sql', '/w/models/a.sql']);
});

test('steps of two projects under one name: only those that name the project', async () => {
  const pipeline = 'pipelines:\n  p: [dbt:model/x@a, dbt:model/x@b]\n';
  const texts = {
    '/w/penstock.yaml': pipeline,
    '/w/a/dbt_project.yml': 'name: a\n',
    '/w/a/models/x.sql': 'select 1',
    '/w/a/models/y.sql': "select * from {{ ref('<|>x') }}",
    '/w/b/dbt_project.yml': 'name: b\n',
    '/w/b/models/x.sql': 'select 1',
  };
  expect(await renamed(texts, 'z')).toMatchObject({ '/w/penstock.yaml': pipeline.replace('x@a', 'z@a') });
});

test('a file that is renamed elsewhere takes its users along, and only then', async () => {
  const { platform } = await openFixture(systems, project);
  const edits = renameFile(platform, '/w/models/stg_orders.sql', '/w/models/deep/stg_sales.sql');
  expect(edits.map(({ path, newText }) => [path, newText])).toEqual([
    ['/w/models/fct_orders.sql', 'stg_sales'],
    ['/w/models/models.yml', 'stg_sales'],
    ['/w/models/models.yml', 'stg_sales'],
    ['/w/models/models.yml', 'stg_sales'],
    ['/w/penstock.yaml', 'dbt:model/stg_sales'],
    ['/w/penstock.yaml', 'dbt:build/stg_sales+'],
    ['/w/penstock.yaml', 'dbt:model/stg_sales'],
  ]);
  expect(renameFile(platform, '/w/models/stg_orders.sql', '/w/models/deep/stg_orders.sql')).toEqual([]);
  expect(renameFile(platform, '/w/models/stg_orders.sql', '/w/models/fct_orders.sql')).toEqual([]);
  expect(renameFile(platform, '/w/models/models.yml', '/w/models/other.yml')).toEqual([]);
});

test('the engine renames for any system', async () => {
  const texts = { '/w/toy.txt': 'demo', '/w/a.toy': 'def x\nuse x\nuse y', '/w/b.toy': 'use <|>x' };
  expect(await renamed(texts, 'z', [toy])).toEqual({
    '/w/a.toy': 'def z\nuse z\nuse y',
    '/w/b.toy': 'use z',
  });
});
