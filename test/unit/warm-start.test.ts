import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { toy } from '../support/toy-system.ts';
import { changes, holdAgainstCold, unchanging, type Change } from '../support/worlds.ts';

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
