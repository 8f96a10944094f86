import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { Platform } from '../../server/src/core/platform.ts';
import type { System } from '../../server/src/core/system.ts';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryCache } from '../support/memory-cache.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { toy } from '../support/toy-system.ts';

interface World {
  readonly files: MemoryFiles;
  readonly environment: Set<string>;
  readonly systems: readonly System[];
}

async function start(world: World, cache?: MemoryCache): Promise<Platform> {
  const platform = new Platform({
    systems: world.systems,
    files: world.files,
    log: silentLog,
    pause: async () => {},
    environment: world.environment,
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
    ...(cache ? { cache } : {}),
  });
  await platform.load(['/w'], neverCancelled);
  return platform;
}

/** All that anybody can see of a platform. */
function look(platform: Platform): unknown {
  const paths = [...platform.paths()];
  return {
    findings: paths.map((path) => [path, diagnose(platform, path, defaultFindingSettings)]),
    suppressions: paths.map((path) => platform.suppressions(path)),
    claims: paths.map((path) => [platform.systemOf(path)?.id, platform.claimOf(path)]),
    aside: paths.filter((path) => platform.isAside(path)),
    projects: paths.map((path) => platform.projectOf(path)),
    facts: paths.map((path) => platform.facts.of(path)),
    texts: paths.map((path) => platform.source(path)!.text),
    steps: platform.steps(),
    secrets: platform.secrets(),
  };
}

type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'variable'; readonly name: string };

function change({ files: { texts }, environment }: World, change: Change): void {
  if (change.kind === 'variable') {
    if (!environment.delete(change.name)) environment.add(change.name);
  } else if (change.kind === 'write') texts.set(change.path, change.text);
  else {
    const text = texts.get(change.path);
    texts.delete(change.path);
    if (change.kind === 'rename' && text !== undefined) texts.set(change.to, text);
  }
}

function changes(paths: readonly string[], texts: readonly string[]): fc.Arbitrary<readonly Change[]> {
  const [path, text] = [fc.constantFrom(...paths), fc.constantFrom(...texts)];
  const one: fc.Arbitrary<Change> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), path, text }) },
    fc.record({ kind: fc.constant('remove' as const), path }),
    fc.record({ kind: fc.constant('rename' as const), path, to: path }),
    fc.record({ kind: fc.constant('variable' as const), name: fc.constantFrom('HOME', 'TOKEN') }),
  );
  return fc.array(one, { maxLength: 5 });
}

function pathsOf(change: Change): readonly string[] {
  if (change.kind === 'variable') return [];
  return change.kind === 'rename' ? [change.path, change.to] : [change.path];
}

/** An edit leaves files in the order of their coming, a start in that of their names. */
function byPath(platform: Platform): unknown {
  return [...platform.paths()].sort().map((path) => [path, diagnose(platform, path, defaultFindingSettings)]);
}

/** Starts again and again with what changed between, each time warm and cold, and holds the two, and edits of a living platform, against each other. Returns the codes that were found. */
async function holdAgainstCold(
  world: World,
  rounds: readonly (readonly Change[])[],
): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const cache = new MemoryCache();
  const live = await start({ ...world, environment: new Set() });
  for (const round of rounds) {
    for (const each of round) change(world, each);
    const warm = await start(world, cache);
    const cold = await start(world);
    expect(look(warm)).toEqual(look(cold));
    for (const path of cold.paths()) for (const { code } of cold.findings(path)) codes.add(code);
    await warm.keep();
    live.update(round.flatMap((each) => pathsOf(each)));
    if (world.environment.size === 0) expect(byPath(live)).toEqual(byPath(cold));
  }
  return codes;
}

const toyPaths = ['toy.txt', 'a.toy', 'b.toy', 'sub/toy.txt', 'sub/c.toy', 'installed/p/toy.txt', 'installed/p/d.toy', 'notes.md']; // prettier-ignore
const toyTexts = [
  '',
  'def x',
  'use x',
  'def x\nuse y',
  'def y\nbad',
  'hole',
  'rule\nuse z',
  'demo',
  'share x',
  'share y\nshare x',
  'def x\nshare x',
  'gap',
];

/** Beside what changes there is much that does not, as in real life: else too little could be taken over. */
function unchanging(count: number, pathOf: (at: number) => string, text: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [pathOf(at), text]));
}

test('a warm start finds what a cold one finds, whatever changed in between', async () => {
  const paths = toyPaths.map((path) => `/w/${path}`);
  const filler = unchanging(30, (at) => `/w/sub/still/${at}.toy`, 'use x\nuse y\ndef y');
  await fc.assert(
    fc.asyncProperty(fc.array(changes(paths, toyTexts), { minLength: 2, maxLength: 5 }), async (rounds) => {
      await holdAgainstCold(
        { files: new MemoryFiles(filler), environment: new Set(), systems: [toy] },
        rounds,
      );
    }),
    { numRuns: 200 },
  );
});

// prettier-ignore
const platformTexts: Readonly<Record<string, readonly string[]>> = {
  'shop/dbt_project.yml': ['name: shop\nprofile: shop\n', 'name: shop\nmodel-paths: [m]\nvars: {v: 2}\n', 'name: other\nmodels:\n  +enabled: false\n', 'name: [broken\n'], 
  'shop/profiles.yml': ['shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: x}\n', 'shop:\n  target: dev\n  outputs:\n    dev: {type: postgres, password: hunter22, host: hunter22}\n', 'shop:\n  target: dev\n  outputs:\n    dev: {type: postgres, host: db, port: 5432, user: u, dbname: d, schema: s, pass: hunter22}\n', 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: ../x}\n'], 
  'shop/models/orders.sql': ["select * from {{ ref('customers') }}", "select '{{ env_var('TOKEN') }}'", "{{ config(materialized='view') }} select 1", 'select 1 -- penstock: ignore dbt/undefined-node\n'], 
  'shop/models/customers.sql': ["select * from {{ source('raw', 'customers') }}", "select * from {{ ref('orders') }}"], 
  'shop/m/orders.sql': ['select 1'],
  'shop/models/sources.yml': ['sources:\n  - name: crm\n    schema: loaded\n    tables: [{name: t}]\n', 'sources:\n  - name: crm\n    schema: other\n    tables: [{name: t}]\n', 'sources:\n  - name: crm\n    schema: "{{ target.schema }}"\n    tables: [{name: t}]\n'],
  'bi/sources/s/connection.yaml': ['name: s\ntype: duckdb\noptions: {filename: x}\n', 'name: s\ntype: duckdb\noptions: {filename: ../../../x}\n'],
  'compose.yaml': ['services:\n  db: {image: postgres, ports: ["5433:5432"]}\n', 'services:\n  db: {image: postgres}\n  dbt: {image: dbt, volumes: ["./shop:/shop", "data:/data"]}\nvolumes: {data: }\n', 'services: [\n'],
  'shop/models/a.yml': ['models:\n  - name: orders\n    description: "ä ✓ {{ doc(\'x\') }}"\n', 'sources:\n  - name: raw\n    tables: [{name: customers}]\n', 'models: [\n', 'models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique, nope]\n'], 
  'shop/models/semantics-1.yml': ["semantic_models:\n  - name: s1\n    model: ref('orders')\n    entities: [{name: id, type: primary}]\n"],
  'shop/models/semantics-2.yml': ["semantic_models:\n  - name: s2\n    model: ref('customers')\n", 'models:\n  - name: customers\n    time_spine: {standard_granularity_column: day}\n    columns: [{name: day, granularity: day}]\n'],
  'shop/models/terms.yml': ['groups:\n  - name: g\n    owner: {name: o}\nmodels:\n  - name: customers\n    config: {access: private, group: g}\n', 'models:\n  - name: customers\n    config: {contract: {enforced: true}}\n    columns: [{name: ID, data_type: int}]\n', 'models:\n  - name: customers\n    latest_version: 2\n    versions: [{v: 1}, {v: 2, defined_in: orders}]\n'],
  'shop/models/tests.yml': ["models:\n  - name: orders\n    columns:\n      - name: c\n        data_tests:\n          - relationships: {arguments: {to: ref('customers'), field: id}}\n          - nope: {arguments: {a: 1}}\n", "unit_tests:\n  - name: u\n    model: orders\n    given: [{input: ref('customers'), rows: []}]\n    expect: {rows: []}\n", 'seeds:\n  - name: orders\n'],
  'shop/macros/own.sql': ['{% macro m(a, b) %}{% endmacro %}', '{% macro m(a) %}{% endmacro %}{% test nope(model) %}{% endtest %}'],
  'shop/macros/own.yml': ['macros:\n  - name: m\n    arguments: [{name: a}, {name: c}]\n'],
  'shop/models/calls.sql': ["{{ m(1, 2) }} {{ p.nope() }} {{ ref('p', 'x') }} {{ var('v') }}"],
  'shop/packages.yml': ['packages:\n  - package: a/p\n    version: 1.0.0\n', 'packages: []\n'],
  'shop/package-lock.yml': ['packages:\n  - package: a/p\n    version: 1.0.0\nsha1_hash: x\n'],
  'shop/seeds/orders.csv': ['id\n1\n'],
  'shop/vars.yml': ['vars:\n  v: 1\n'],
  'shop/selectors.yml': ['selectors:\n  - name: s\n    definition: {method: selector, value: t}\n'],
  'shop/dbt_packages/p/dbt_project.yml': ['name: p\n'],
  'shop/dbt_packages/p/macros/m.sql': ['{% macro nope() %}{% endmacro %}'],
  'meltano.yml': ['plugins:\n  extractors:\n  - name: tap-x\njobs:\n- name: a\n  tasks: [tap-x target-y]\n', 'version: 1\n', 'plugins:\n  loaders:\n  - name: target-duckdb\n    config: {filepath: x, default_target_schema: loaded}\n  utilities:\n  - name: dbt-duckdb\n    config: {project_dir: shop/models}\njobs:\n- name: a\n', 'plugins:\n  loaders:\n  - name: target-duckdb\n    config: {filepath: shop/x, default_target_schema: $S}\n', 'jobs: [\n'], // prettier-ignore
  '.env': ['TOKEN=hunter22\n', 'OTHER=1\n', 'SHOP_KEY=1\nSHOP_PLACE=2\n'],
  'bin/load.sh': ['echo "$SHOP_KEY"\n', 'docker run --env-file .env a\n', ''],
  'main.go': ['package main\n'],
  'penstock.yaml': ['pipelines:\n  daily:\n  - meltano:job/a\nplan: plan.md\n', 'plan: tasks.md\n', 'pipelines: {}\n', 'plan: tasks.md\nseverity: {platform/*: off}\n'], // prettier-ignore
  'tasks.md': ['# Plan\n\n| ID | Task | Status |\n|--|--|--|\n| A1 | load | done |\n', '# Plan\n\n| ID | Task | Status |\n|--|--|--|\n| A1 | `meltano:job/a` and `pipeline:daily` | done |\n'],
};

test('a warm start of real platforms finds what a cold one finds, and what is kept holds no secret', async () => {
  const paths = Object.keys(platformTexts).map((path) => `/w/${path}`);
  const write = fc
    .constantFrom(
      ...Object.entries(platformTexts).flatMap(([path, texts]) => texts.map((text) => ({ path, text }))),
    ) // prettier-ignore
    .map(({ path, text }): Change => ({ kind: 'write', path: `/w/${path}`, text }));
  const filler = unchanging(40, (at) => `/w/shop/models/still/m${at}.sql`, "select * from {{ ref('orders') }}"); // prettier-ignore
  const round = fc.tuple(fc.array(write, { maxLength: 8 }), changes(paths, ['', 'models:\n']));
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 4 }), async (rounds) => {
      const world = { files: new MemoryFiles(filler), environment: new Set<string>(), systems };
      await holdAgainstCold(world, rounds.map(([writes, more]) => [...writes, ...more.slice(0, 2)])); // prettier-ignore
    }),
    { numRuns: 150 },
  );
});

test('a warm start finds between tools what a cold one finds', async () => {
  const names = ['shop/profiles.yml', 'shop/models/sources.yml', 'bi/sources/s/connection.yaml', 'compose.yaml', 'meltano.yml', 'penstock.yaml', 'tasks.md']; // prettier-ignore
  const texts = names.flatMap((name) => platformTexts[name]!.map((text) => ({ path: `/w/${name}`, text })));
  const write = fc.constantFrom(...texts).map((each): Change => ({ kind: 'write', ...each }));
  const filler = {
    ...unchanging(30, (at) => `/w/shop/models/still/m${at}.sql`, 'select 1'),
    '/w/shop/dbt_project.yml': 'name: shop\nprofile: shop\n',
  };
  const paths = texts.map(({ path }) => path);
  const round = fc.tuple(fc.array(write, { maxLength: 8 }), changes(paths, ['', 'a: [\n']));
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 4 }), async (rounds) => {
      const world = { files: new MemoryFiles(filler), environment: new Set<string>(), systems };
      const all = rounds.map(([writes, more]) => [...writes, ...more.slice(0, 1)]);
      for (const code of await holdAgainstCold(world, all)) seen.add(code);
    }),
    { numRuns: 80 },
  );
  const between = [...seen].filter((code) => code.startsWith('platform/'));
  expect(between.length).toBeGreaterThan(1);
});

test('a warm start finds of unused variables what a cold one finds', async () => {
  const names = ['.env', 'bin/load.sh', 'main.go', 'compose.yaml', 'meltano.yml', 'shop/models/orders.sql'];
  const texts = names.flatMap((name) => platformTexts[name]!.map((text) => ({ path: `/w/${name}`, text })));
  const filler = unchanging(30, (at) => `/w/notes/${at}.sh`, 'echo "$OTHER_KEY"\n');
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        changes(
          names.map((name) => `/w/${name}`),
          texts.map(({ text }) => text),
        ),
        { minLength: 2, maxLength: 5 },
      ),
      async (rounds) => {
        const files = new MemoryFiles({ ...filler, '/w/.env': 'SHOP_KEY=1\nSHOP_PLACE=2\n' });
        for (const code of await holdAgainstCold({ files, environment: new Set(), systems }, rounds))
          seen.add(code);
      },
    ),
    { numRuns: 80 },
  );
  expect([...seen]).toContain('env/unused-variable');
});

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

test('what is kept holds no secret, also of a file whose finding quotes one', async () => {
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
  const texts = { '/w/toy.txt': 'demo', '/w/secret.toy': 'hunter22', '/w/open.toy': 'plain text' };
  const cache = new MemoryCache();
  const world = { files: new MemoryFiles(texts), environment: new Set<string>(), systems: [quoting] };
  await (await start(world, cache)).keep();
  const written = Buffer.from(cache.bytes).toString('latin1');
  expect(written).toContain('plain text');
  expect(written).not.toContain('hunter22');
  expect(look(await start(world, cache))).toEqual(look(await start(world)));
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
