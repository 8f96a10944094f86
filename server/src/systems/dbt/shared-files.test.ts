import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { neverCancelled } from '../../core/cancellation.ts';
import { silentLog } from '../../core/log.ts';
import { Platform } from '../../core/platform.ts';
import { define } from '../../language/define.ts';
import { Lineage } from '../../language/lineage.ts';
import { rename } from '../../language/rename.ts';
import { MemoryCache } from '../../../../test/support/memory-cache.ts';
import { MemoryFiles } from '../../../../test/support/memory-files.ts';
import { dbt } from './index.ts';

const project = (name: string): string => `name: ${name}\nmodel-paths: [models, ../shared]\n`;
const files = {
  '/w/a/dbt_project.yml': project('a'),
  '/w/b/dbt_project.yml': project('b'),
  '/w/c/dbt_project.yml': 'name: c\n',
  '/w/a/models/base.sql': 'select 1 as id',
  '/w/a/models/own.sql': "select * from {{ ref('common') }}",
  '/w/b/models/own.sql': "select * from {{ ref('common') }}",
  '/w/c/models/own.sql': "select * from {{ ref('common') }}",
  '/w/shared/deep/common.sql': "select * from {{ ref('base') }}",
  '/w/shared/deep/_p.yml': 'models:\n  - name: common\n    columns: [{name: id}]\n  - name: gone\n',
};

const messages = (platform: Platform, path: string): readonly string[] =>
  platform.findings(path).map(({ message }) => message);

test('a folder beside two projects is read for both, and for no other', async () => {
  const { platform } = await openFixture([dbt], files);
  expect(messages(platform, '/w/a/models/own.sql')).toEqual([]);
  expect(messages(platform, '/w/b/models/own.sql')).toEqual([]);
  expect(messages(platform, '/w/c/models/own.sql')).toEqual([expect.stringContaining('`common`') as string]);
  // Project b has no such model; what is wrong in both is said once.
  expect(messages(platform, '/w/shared/deep/common.sql')).toEqual([
    expect.stringContaining('`base`') as string,
  ]);
  expect(messages(platform, '/w/shared/deep/_p.yml')).toEqual([expect.stringContaining('`gone`') as string]);
  expect(platform.facts.holes('dbt.node', '/w/a')).toEqual([]);
  const found = define(platform, '/w/b/models/own.sql', 25);
  expect(found?.targets.map(({ path }) => path)).toEqual(['/w/shared/deep/common.sql']);
  expect(platform.steps().map(({ id }) => id)).toEqual(
    expect.arrayContaining(['dbt:model/common@a', 'dbt:model/common@b']),
  );
});

test('a change in one of them or in the folder is heard of in all', async () => {
  const { platform, files: disk } = await openFixture([dbt], files);
  const set = (path: string, text: string): void => {
    disk.texts.set(path, text);
    platform.update([path]);
  };
  set('/w/b/models/base.sql', 'select 1');
  expect(messages(platform, '/w/shared/deep/common.sql')).toEqual([]);
  disk.texts.delete('/w/shared/deep/common.sql');
  platform.update(['/w/shared/deep/common.sql']);
  for (const name of ['a', 'b']) expect(messages(platform, `/w/${name}/models/own.sql`)).toHaveLength(1);
  set('/w/shared/deep/common.sql', 'select 1');
  set('/w/b/dbt_project.yml', 'name: b\n');
  expect(messages(platform, '/w/a/models/own.sql')).toEqual([]);
  expect(messages(platform, '/w/b/models/own.sql')).toHaveLength(1);
  set('/w/a/dbt_project.yml', 'name: a\n');
  expect(platform.has('/w/shared/deep/common.sql')).toBe(false);
  set('/w/b/dbt_project.yml', project('b'));
  expect(messages(platform, '/w/b/models/own.sql')).toEqual([]);
});

test('a rename reaches every project, from wherever it begins', async () => {
  const { platform } = await openFixture([dbt], files);
  for (const from of ['/w/a/models/own.sql', '/w/b/models/own.sql']) {
    const done = rename(platform, from, 25, 'shared_one');
    expect(done).toMatchObject({
      moves: [{ from: '/w/shared/deep/common.sql', to: '/w/shared/deep/shared_one.sql' }],
    });
    expect('edits' in done! && done.edits.map(({ path }) => path)).toEqual([
      '/w/a/models/own.sql',
      '/w/b/models/own.sql',
      '/w/shared/deep/_p.yml',
    ]);
  }
});

test('the lineage of each project goes through the shared file', async () => {
  const { platform } = await openFixture([dbt], { ...files, '/w/b/models/base.sql': 'select 2' });
  for (const scope of ['/w/a', '/w/b']) {
    const key = { namespace: 'dbt.node', scope, name: 'common' };
    const names = (direction: 'upstream' | 'downstream'): readonly string[] =>
      new Lineage(platform).neighbours(key, direction).map(({ definition }) => definition.path);
    expect(names('upstream')).toEqual([`${scope}/models/base.sql`]);
    expect(names('downstream')).toEqual([`${scope}/models/own.sql`]);
  }
});

test('what lies in another project, outside of the workspace or behind Jinja', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/a/dbt_project.yml': 'name: a\nmodel-paths: [models, ../b/models]\n',
    '/w/a/models/own.sql': "select * from {{ ref('of_b') }}",
    '/w/b/dbt_project.yml': 'name: b\n',
    '/w/b/models/of_b.sql': 'select 1',
    '/w/d/dbt_project.yml': 'name: d\nmodel-paths: [models, ../../elsewhere]\n',
    '/w/d/models/own.sql': "select * from {{ ref('unknown') }}",
  });
  expect(messages(platform, '/w/a/models/own.sql')).toEqual([]);
  expect(platform.projectOf('/w/b/models/of_b.sql')?.name).toBe('b');
  expect(messages(platform, '/w/d/models/own.sql')).toEqual([]);
  expect(platform.facts.holes('dbt.node', '/w/d')).toHaveLength(1);
});

test('macros of a shared folder belong to each project that reads it', async () => {
  const project = (name: string): string => `name: ${name}\nmacro-paths: [macros, ../macros]\n`;
  const { platform } = await openFixture([dbt], {
    '/w/a/dbt_project.yml': project('a'),
    '/w/b/dbt_project.yml': project('b'),
    '/w/macros/inner.sql': '{% macro inner(x) %}{% endmacro %}',
    '/w/macros/outer.sql': '{% macro outer() %}{{ inner(1) }}{{ inner(1, 2) }}{% endmacro %}',
    '/w/b/models/m.sql': '{{ outer() }}{{ inner(1, 2) }}',
  });
  const wrong = [expect.stringContaining('`inner` takes') as string];
  expect(messages(platform, '/w/macros/outer.sql')).toEqual(wrong);
  expect(messages(platform, '/w/b/models/m.sql')).toEqual(wrong);
});

test('a warm start knows what is shared', async () => {
  const disk = new MemoryFiles(files);
  const cache = new MemoryCache();
  const start = async (): Promise<Platform> => {
    const options = { systems: [dbt], files: disk, log: silentLog, pause: async () => {}, cache };
    const platform = new Platform(options);
    await platform.load(['/w'], neverCancelled);
    return platform;
  };
  const cold = await start();
  await cold.keep();
  const warm = await start();
  for (const path of Object.keys(files)) expect(messages(warm, path)).toEqual(messages(cold, path));
  expect(warm.projectOf('/w/shared/deep/common.sql')?.name).toBe('a');
  disk.texts.set('/w/b/models/base.sql', 'select 1');
  warm.update(['/w/b/models/base.sql']);
  expect(messages(warm, '/w/shared/deep/common.sql')).toEqual([]);
  disk.texts.set('/w/b/dbt_project.yml', 'name: b\n');
  expect(messages(await start(), '/w/b/models/own.sql')).toHaveLength(1);
});
