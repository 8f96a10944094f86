import { expect, test } from 'vitest';
import type { System } from '../../server/src/core/system.ts';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryCache } from '../support/memory-cache.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { toy } from '../support/toy-system.ts';
import { holdAgainstCold, look, start, unchanging, type World } from '../support/worlds.ts';

/** What the change of one file, or of the environment, between two starts does to the findings of `/w/a.toy`. */
async function codesAfter(world: World, change: () => void): Promise<readonly string[]> {
  const cache = new MemoryCache();
  await (await start(world, cache)).keep();
  change();
  const platform = await start(world, cache);
  expect(look(platform)).toEqual(look(await start(world)));
  return platform.findings('/w/a.toy').map(({ code }) => code);
}

test('an edit after a warm start that ends a hole is known under the hole', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/packages.yml': 'packages:\n  - package: a/p\n    version: 1.0.0\n',
    '/w/models/a.sql': "select * from {{ ref('orders') }}",
    '/w/dbt_packages/p/dbt_project.yml': '',
  };
  const files = new MemoryFiles(texts);
  const cache = new MemoryCache();
  const world = { files, environment: new Set<string>(), systems };
  await (await start(world, cache)).keep();
  const platform = await start(world, cache);
  expect(platform.findings('/w/models/a.sql')).toEqual([]);
  files.texts.set('/w/dbt_packages/p/dbt_project.yml', 'name: p\n');
  platform.update(['/w/dbt_packages/p/dbt_project.yml']);
  expect(platform.findings('/w/models/a.sql').map(({ code }) => code)).toEqual(['dbt/undefined-ref']);
  expect(look(platform)).toEqual(look(await start(world)));
});

test('what another file’s text answered is asked again after a warm start, before and behind it', async () => {
  const path = '/w/models/p.yml';
  const test = "relationships: { arguments: { to: ref('a'), field: id } }";
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    [path]: `models:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n          - ${test}\n`,
    ...unchanging(20, (at) => `/w/models/m${at}.sql`, 'select 1 as id'),
  };
  const files = new MemoryFiles(texts);
  const cache = new MemoryCache();
  const world = { files, environment: new Set<string>(), systems };
  await (await start(world, cache)).keep();
  const platform = await start(world, cache);
  expect(platform.findings(path)).toEqual([]);
  files.texts.set('/w/models/a.sql', 'select 1 as key');
  expect(platform.update(['/w/models/a.sql'])).toContain(path);
  expect(platform.findings(path).map(({ code }) => code)).toEqual(['dbt/undefined-column']);
  expect(look(await start(world, cache))).toEqual(look(platform));
});

test('what is kept while files still wait for their turn is not taken for what they are now', async () => {
  const texts = {
    '/w/toy.txt': 'demo',
    '/w/sub/toy.txt': 'sub',
    '/w/sub/a.toy': 'use x',
    '/w/b.toy': 'def x',
  };
  const files = new MemoryFiles(texts);
  const cache = new MemoryCache();
  const world = { files, environment: new Set<string>(), systems: [toy] };
  const platform = await start(world, cache);
  files.texts.delete('/w/sub/toy.txt');
  const later = new Set<string>();
  platform.update(['/w/sub/toy.txt'], later);
  expect([...later]).toEqual(['/w/sub/a.toy']);
  await platform.keep();
  expect(look(await start(world, cache))).toEqual(look(await start(world)));
});

const still = unchanging(20, (at) => `/w/0/still${at}.toy`, '');

test.each([
  ['a file that is only gone is missed', 'use x', 'def x', undefined, ['toy/undefined-thing']],
  ['a hole that opened elsewhere silences', 'use x', '', 'hole', []],
  ['a hole that closed elsewhere does no more', 'use x', 'hole', 'bad', ['toy/undefined-thing']],
  ['a second definition elsewhere is known', 'def x', '', 'def x', []],
  ['the first of two definitions moved, and the other points at it', 'def x', 'def x', '\ndef x', []],
  ['what another file shares is known', 'share x', '', 'share x', ['toy/shared-elsewhere']],
  ['what another file shares no more is gone', 'share x', 'share x', undefined, []],
  [
    'a place moved that a finding between files points at',
    'share x',
    'share x',
    '\nshare x',
    ['toy/shared-elsewhere'],
  ],
  ['a hole that opened silences what was found between files', 'share x', 'share x', 'share x\ngap', []],
] as const)('%s', async (_name, own, before, after, expected) => {
  const texts = { '/w/toy.txt': 'demo', '/w/a.toy': own, '/w/0/b.toy': before, '/w/0/0.toy': before };
  const files = new MemoryFiles({ ...texts, ...still });
  const world = { files, environment: new Set<string>(), systems: [toy] };
  const codes = await codesAfter(world, () => {
    for (const path of ['/w/0/b.toy', '/w/0/0.toy']) {
      if (after !== undefined) files.texts.set(path, after);
      else files.texts.delete(path);
    }
  });
  expect(codes.filter((code) => code !== 'toy/duplicate-thing')).toEqual(expected);
});

test('a variable that is set no more is missed, though no file changed', async () => {
  const use = { fact: 'use', namespaces: ['toy.thing', 'env'], scope: '', role: 'plain' } as const;
  const span = { start: 0, end: 1 };
  const system: System = {
    ...toy,
    parse: () => ({ model: [], problems: [], facts: [{ ...use, name: 'HOME', span }] }),
  };
  const files = new MemoryFiles({ '/w/toy.txt': 'demo', '/w/a.toy': 'x', ...still });
  const world = { files, environment: new Set(['HOME']), systems: [system] };
  expect(await codesAfter(world, () => world.environment.delete('HOME'))).toEqual(['toy/undefined-thing']);
});

test('a document is a plan no more when a project further out stops naming it', async () => {
  const files = new MemoryFiles({
    '/w/penstock.yaml': 'plan: sub/notes.md\n',
    '/w/sub/penstock.yaml': 'pipelines: {}\n',
    '/w/sub/notes.md': '# Notes\n\nNothing here is a plan.\n',
  });
  const world = { files, environment: new Set<string>(), systems };
  await codesAfter(world, () => files.texts.set('/w/penstock.yaml', 'pipelines: {}\n'));
});

/** A system whose findings quote whole files, one of which is a secret. */
const quoting: System = {
  ...toy,
  rules: [
    {
      id: 'toy/quote',
      severity: 'warning',
      check: (file, report) => report({ start: 0, end: 1 }, `this is ${file.source.text}`),
    },
  ],
  secrets: ({ source }) => (source.path.endsWith('secret.toy') ? [source.text] : []),
};

test('what is kept holds no secret, also of a file whose finding quotes one', async () => {
  const texts = { '/w/toy.txt': 'demo', '/w/secret.toy': 'hunter22', '/w/open.toy': 'plain text' };
  const cache = new MemoryCache();
  const world = { files: new MemoryFiles(texts), environment: new Set<string>(), systems: [quoting] };
  await (await start(world, cache)).keep();
  const written = Buffer.from(cache.bytes).toString('latin1');
  expect(written).toContain('plain text');
  expect(written).not.toContain('hunter22');
  expect(look(await start(world, cache))).toEqual(look(await start(world)));
});

test('what a file no longer says is missed, also where nothing of it could be kept', async () => {
  const filler = unchanging(30, (at) => `/w/still/${at}.toy`, 'use x');
  const files = new MemoryFiles({ ...filler, '/w/toy.txt': 'demo', '/w/secret.toy': 'def x' });
  const found = await holdAgainstCold({ files, environment: new Set(), systems: [quoting] }, [
    [],
    [{ kind: 'write', path: '/w/secret.toy', text: 'def y' }],
    [{ kind: 'write', path: '/w/secret.toy', text: 'def x' }],
    [{ kind: 'remove', path: '/w/secret.toy' }],
  ]);
  expect([...found]).toContain('toy/undefined-thing');
});

test('what a removed compose file handed to its services is unused again', async () => {
  const filler = unchanging(30, (at) => `/w/notes/${at}.sh`, 'echo "$OTHER_KEY"\n');
  const text = 'services: { web: { image: web, env_file: .env } }\n';
  const files = new MemoryFiles({ ...filler, '/w/.env': 'SHOP_KEY=1\n', '/w/compose.yaml': text });
  const found = await holdAgainstCold({ files, environment: new Set(), systems }, [
    [],
    [{ kind: 'remove', path: '/w/compose.yaml' }],
  ]);
  expect([...found]).toContain('env/unused-variable');
});

test('the passwords of a profile and the values of .env are not kept', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: {type: postgres, host: db, user: me, password: hunter22, port: 1, dbname: d, schema: s, threads: many}\n`,
    '/w/.env': 'TOKEN=tok-1234-abcd\nDBT_PASSWORD="pa55word!"\n',
    '/w/models/a.sql': "select '{{ env_var('TOKEN') }}'",
  };
  const cache = new MemoryCache();
  const world = { files: new MemoryFiles(texts), environment: new Set<string>(), systems };
  await (await start(world, cache)).keep();
  const written = Buffer.from(cache.bytes).toString('latin1');
  expect(written).toContain('TOKEN');
  for (const secret of ['hunter22', 'tok-1234-abcd', 'pa55word!']) expect(written).not.toContain(secret);
});

test('a start after which nothing changed reads no file but the markers', async () => {
  const files = new MemoryFiles({ '/w/toy.txt': 'demo', '/w/a.toy': 'use x', '/w/b.toy': 'def x' });
  const cache = new MemoryCache();
  const world = { files, environment: new Set<string>(), systems: [toy] };
  await (await start(world, cache)).keep();
  const read: string[] = [];
  const told = new MemoryFiles();
  Object.assign(told, { texts: files.texts, stamp: (path: string) => files.stamp(path) });
  told.read = (path) => {
    read.push(path);
    return files.read(path);
  };
  const platform = await start({ ...world, files: told }, cache);
  expect(platform.findings('/w/a.toy')).toEqual([]);
  expect(read).toEqual(['/w/toy.txt']);
});

test('a start after which nothing changed unpacks no reading to tell the findings', async () => {
  const world: World = {
    files: new MemoryFiles({ '/w/toy.txt': 'demo', '/w/a.toy': 'def a\nuse a', '/w/run.py': 'import os' }),
    environment: new Set(),
    systems: [toy, ...systems],
  };
  const cache = new MemoryCache();
  await (await start(world, cache)).keep();
  const kept = cache.read()!;
  const unpacked: string[] = [];
  for (const [path, { reading }] of kept.files)
    if (reading)
      for (const part of ['system', 'claim', 'facts'] as const)
        Object.defineProperty(reading, part, { get: () => unpacked.push(`${path} ${part}`) });
  cache.read = () => kept;
  const warm = await start(world, cache);
  const paths = [...warm.paths()];
  expect(paths.filter((path) => warm.isAside(path))).toEqual(['/w/run.py']);
  expect(paths.flatMap((path) => warm.findings(path))).toEqual([]);
  expect(unpacked).toEqual([]);
});

test('an edit after a warm start is known everywhere', async () => {
  const files = new MemoryFiles({ '/w/toy.txt': 'demo', '/w/a.toy': 'use x', '/w/b.toy': 'def x' });
  const cache = new MemoryCache();
  const world = { files, environment: new Set<string>(), systems: [toy] };
  await (await start(world, cache)).keep();
  const platform = await start(world, cache);
  files.texts.set('/w/b.toy', 'def y');
  expect([...platform.update(['/w/b.toy'])].sort()).toEqual(['/w/a.toy', '/w/b.toy']);
  expect(look(platform)).toEqual(look(await start(world)));
});
