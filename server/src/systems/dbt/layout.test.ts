import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const marker = '/w/dbt_project.yml';

async function kindsOf(
  project: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, string | undefined>>> {
  const { platform } = await openFixture([dbt], {
    [marker]: project,
    ...Object.fromEntries(paths.map((path) => [path, ''])),
  });
  return Object.fromEntries(paths.map((path) => [path, platform.parsed(path)?.claim.kind]));
}

test('tells files by where they lie', async () => {
  const expected = {
    '/w/models/a.sql': 'model',
    '/w/models/deep/er/b.py': 'python-model',
    '/w/models/schema.yml': 'properties',
    '/w/models/docs.md': 'docs',
    '/w/seeds/s.csv': 'seed',
    '/w/snapshots/n.sql': 'snapshot',
    '/w/tests/t.sql': 'test',
    '/w/tests/generic/g.sql': 'macro',
    '/w/macros/m.sql': 'macro',
    '/w/analyses/y.sql': 'analysis',
    '/w/packages.yml': 'packages',
    '/w/dependencies.yml': 'dependencies',
    '/w/selectors.yml': 'selectors',
    '/w/catalogs.yml': 'catalogs',
    '/w/README.md': undefined,
    '/w/models/.hidden.sql': undefined,
    '/w/models/data.csv': undefined,
    '/w/target/compiled/shop/models/a.sql': undefined,
    '/w/logs/notes.md': undefined,
    '/w/other/x.sql': undefined,
  };
  expect(await kindsOf('name: shop\n', Object.keys(expected))).toEqual(expected);
});

test('follows the paths that the project names', async () => {
  const project = 'name: shop\nmodel-paths: [./transform/, more]\ndocs-paths: [notes]\ntarget-path: out\n';
  expect(
    await kindsOf(project, [
      '/w/transform/a.sql',
      '/w/more/a2.sql',
      '/w/models/b.sql',
      '/w/notes/d.md',
      '/w/more/d.md',
      '/w/out/a.sql',
    ]),
  ).toEqual({
    '/w/transform/a.sql': 'model',
    '/w/more/a2.sql': 'model',
    '/w/models/b.sql': undefined,
    '/w/notes/d.md': 'docs',
    '/w/more/d.md': undefined,
    '/w/out/a.sql': undefined,
  });
});

test.each(['', '- 1', 'name: [', 'model-paths: models', 'models:\n\tx: 1', '\ufeffname: shop\r\n'])(
  'copes with the marker %j',
  async (text) => {
    expect(await kindsOf(text, ['/w/models/a.sql'])).toEqual({ '/w/models/a.sql': 'model' });
  },
);

test('an edit of the layout reads the project anew', async () => {
  const { platform, files } = await openFixture([dbt], {
    [marker]: 'name: shop\n',
    '/w/transform/a.sql': 'select 1',
  });
  expect(platform.has('/w/transform/a.sql')).toBe(false);
  files.texts.set(marker, 'name: shop\nmodel-paths: [transform]\n');
  platform.update([marker]);
  expect([...platform.facts.all('dbt.node')].map((node) => node.name)).toEqual(['a']);
});

test('absolute paths: of the project, of a folder beside it, and of one that nobody sees', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/a/dbt_project.yml': 'name: shop\nmodel-paths: [/w/a/models/, /w/shared]\nseed-paths: [/elsewhere]\n',
    '/w/a/models/staging/stg.sql': "select * from {{ ref('common') }}",
    '/w/a/models/all.sql': "select * from {{ ref('stgs') }} cross join {{ ref('common') }}",
    '/w/shared/common.sql': 'select 1 as id',
  });
  const nodes = [...platform.facts.all('dbt.node')].map(
    ({ name, data }) => [name, data?.['folder']] as const,
  );
  expect(Object.fromEntries(nodes)).toEqual({
    all: '',
    common: '',
    stg: 'staging',
  });
  // What lies elsewhere may be a seed of that name.
  expect(platform.facts.holes('dbt.node', '/w/a')).toHaveLength(1);
  expect(platform.findings('/w/a/models/all.sql')).toEqual([]);
});
