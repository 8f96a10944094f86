import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFixture, textsOf } from '../../../../test/support/check.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { systems } from '../index.ts';

/** A platform in which all tools agree. */
const texts = textsOf(`#- /w/meltano.yml
plugins:
  extractors:
    - name: tap-postgres
      namespace: tap_postgres
      pip_url: tap-postgres
      settings: [{ name: host }, { name: port, kind: integer }]
      config: { host: localhost, port: 5433 }
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      pip_url: target-duckdb
      settings: [{ name: filepath }, { name: default_target_schema }]
      config: { filepath: warehouse/shop.duckdb, default_target_schema: raw }
    - name: target-crm
      inherit_from: target-duckdb
      config: { default_target_schema: crm }
  utilities:
    - name: dbt-duckdb
      namespace: dbt_duckdb
      pip_url: dbt-core dbt-duckdb
      executable: dbt
      settings: [{ name: project_dir }, { name: profiles_dir }]
      config: { project_dir: dbt, profiles_dir: dbt }
      commands:
        nightly: build --select tag:nightly
jobs:
  - name: load
    tasks: [tap-postgres target-duckdb, tap-postgres target-crm, 'dbt-duckdb:nightly']
#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: ../warehouse/shop.duckdb }
#- /w/dbt/models/sources.yml
sources:
  - name: shop
    schema: raw
    tables: [{ name: orders }]
#- /w/dbt/models/crm.yml
sources:
  - name: people
    schema: crm
    tables: [{ name: people }]
#- /w/dbt/models/orders.sql
{{ config(tags=['nightly']) }}
select * from {{ source('shop', 'orders') }}
#- /w/compose.yaml
services:
  db: { image: 'postgres:17', ports: ['5433:5432'] }
#- /w/penstock.yaml
plan: planning/tasks.md
pipelines:
  daily:
    - 'meltano:job/load'
    - { step: dbt:build, select: 'tag:nightly' }
    - { id: check, run: python check.py, writes: [warehouse/checks.duckdb] }
#- /w/planning/tasks.md
# Tasks

## Loading

| Task | Priority | Status |
|------|----------|--------|
| Load all with \`meltano:job/load\` | P1 | ✅ Done |
`);

type Texts = Readonly<Record<string, string>>;

function edited(path: string, before: string, after: string): Texts {
  expect(texts[path]).toContain(before);
  return { ...texts, [path]: texts[path]!.replace(before, after) };
}

/** All that is found, each as its code, its file and what it underlines. */
async function found(of: Texts): Promise<readonly string[]> {
  const { platform } = await openFixture(systems, of);
  return [...platform.paths()].flatMap((path) =>
    diagnose(platform, path, defaultFindingSettings).map(
      ({ code, span }) => `${code} ${path} ${platform.source(path)!.slice(span)}`,
    ),
  );
}

test('a platform in which all tools agree gives no finding', async () => {
  expect(await found(texts)).toEqual([]);
});

/** The files of the example, as they lie below `/w`. */
function exampleTexts(): Texts {
  const root = join(import.meta.dirname, '../../../../examples/platform');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    // What tools install and leave behind, and data.
    .filter((path) => !/(?:^|[/\\])(?:\.\w+|target|logs|dbt_packages|data)[/\\]|\.duckdb$/.test(path));
  return Object.fromEntries(
    files.map((path) => [`/w/${path.split(sep).join('/')}`, readFileSync(join(root, path), 'utf8')]),
  );
}

test('nor does the example', async () => {
  const example = exampleTexts();
  expect(Object.keys(example)).toContain('/w/dbt/profiles.yml');
  expect(await found(example)).toEqual([]);
});

test('nor will the example, whatever day it is opened on', async () => {
  const { platform } = await openFixture(systems, exampleTexts());
  const reports: string[] = [];
  for (const path of platform.paths())
    for (const rule of platform.systemOf(path)?.datedRules ?? [])
      rule.check(platform.facts.of(path), Date.UTC(2099, 0, 1), (_at, message) => {
        reports.push(message);
      });
  expect(reports).toEqual([]);
});

const meltano = '/w/meltano.yml';
const profiles = '/w/dbt/profiles.yml';
const sources = '/w/dbt/models/sources.yml';
const crm = '/w/dbt/models/crm.yml';
const compose = '/w/compose.yaml';

/** What is changed, what is found, and the files that say the two sides. */
const defects: readonly {
  readonly expected: string;
  readonly edit: readonly [path: string, before: string, after: string];
  readonly sides: readonly string[];
}[] = [
  {
    expected: `platform/other-duckdb-file ${profiles} warehouse/shop.duckdb`,
    edit: [profiles, '../warehouse', 'warehouse'],
    sides: [meltano, profiles],
  },
  {
    expected: `platform/unfilled-source ${sources} rwa`,
    edit: [sources, 'raw', 'rwa'],
    sides: [meltano, profiles, sources],
  },
  {
    expected: `platform/unread-load ${meltano} crm`,
    edit: [crm, 'schema: crm', 'schema: raw'],
    sides: [meltano, profiles, sources, crm],
  },
  {
    expected: `platform/missing-project-dir ${meltano} transform`,
    edit: [meltano, 'project_dir: dbt,', 'project_dir: transform,'],
    sides: [meltano],
  },
  {
    expected: `platform/unreachable-host ${meltano} db`,
    edit: [meltano, 'host: localhost', 'host: db'],
    sides: [meltano, compose],
  },
  {
    expected: 'platform/undefined-mention /w/planning/tasks.md meltano:job/laod',
    edit: ['/w/planning/tasks.md', 'job/load', 'job/laod'],
    sides: [meltano, '/w/penstock.yaml'],
  },
];

describe.each(defects)('$expected', ({ expected, edit, sides }) => {
  test('is found once, and nothing else', async () => {
    expect(await found(edited(...edit))).toEqual([expected]);
  });

  test.each(sides)('is not said while %s cannot be read', async (side) => {
    const broken = edited(...edit);
    const all = await found({ ...broken, [side]: `${broken[side]}\nbroken: [\n` });
    expect(all.filter((each) => each.startsWith('platform/'))).toEqual([]);
  });
});
