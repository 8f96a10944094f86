import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const project = '#- /w/dbt_project.yml\nname: shop\nprofile: shop\n';
const profiles = (...types: readonly string[]): string =>
  `#- /w/profiles.yml\nshop:\n  target: o0\n  outputs:\n${types
    .map((type, index) => `    o${index}: { type: ${type}, ${credentials[type] ?? ''} }\n`)
    .join('')}`;
const credentials: Readonly<Record<string, string>> = {
  bigquery: 'method: oauth, project: p, dataset: d',
  databricks: "host: h, http_path: x, schema: s, token: \"{{ env_var('T', '') }}\"",
  postgres: "host: h, user: u, port: 1, password: \"{{ env_var('P', '') }}\", dbname: d, schema: s",
};
const files = (sources: string, ...types: readonly string[]): string =>
  `${project}${types.length > 0 ? profiles(...types) : ''}#- /w/models/s.yml\nsources:\n${sources}`;
const plain = `  - { name: a, catalog: x, tables: [{ name: t }] }
  - { name: b, project: x, dataset: y, tables: [{ name: t, quoting: { dataset: true } }] }
`;

test('words of other adapters', () =>
  checkFindings(
    [dbt],
    files(
      `  - { name: a, catalog: x, tables: [{ name: t }] }
  #            ^^^^^^^ error dbt/unknown-key: dbt takes \`catalog\` of some adapters, and not with duckdb; write \`database\`
  - { name: b, project: x, dataset: y, tables: [{ name: t, quoting: { dataset: true } }] }
  #            ^^^^^^^ error dbt/unknown-key: dbt takes \`project\` of some adapters, and not with duckdb; write \`database\`
  #                        ^^^^^^^ error dbt/unknown-key: dbt takes \`dataset\` of some adapters, and not with duckdb; write \`schema\`
  #                                                                   ^^^^^^^ error dbt/unknown-key: dbt takes \`dataset\` of some adapters, and not with duckdb; write \`schema\`
  - { name: c, database: x, project: x, tables: [{ name: t }] }
  #                         ^^^^^^^ error dbt/conflicting-keys: \`project\` and \`database\` say the same; keep one of them
`,
      'duckdb',
    ),
  ));

test('words of the adapter in use, which dbt v2 does not take in `quoting`', () =>
  checkFindings(
    [dbt],
    files(
      `  - { name: a, catalog: x, tables: [{ name: t }] }
  #            ^^^^^^^ error dbt/unknown-key: dbt takes \`catalog\` of some adapters, and not with bigquery; write \`project\`
  - { name: b, project: x, dataset: y, tables: [{ name: t, quoting: { dataset: true } }] }
  #                                                                   ^^^^^^^ information dbt/refused-by-v2: dbt v2 refuses \`dataset\` here; write \`schema\`
`,
      'bigquery',
    ),
  ));

test.for<readonly string[]>([[], ['duckdb', 'clickhouse']])(
  'nothing certain is said of %j but what dbt v2 refuses',
  (types) =>
    checkFindings(
      [dbt],
      files(
        `  - { name: a, catalog: x, tables: [{ name: t }] }
  - { name: b, dbname: x, tables: [{ name: t }] }
  #            ^^^^^^ information dbt/refused-by-v2: dbt v2 refuses \`dbname\` here; write \`database\`
`,
        ...types,
      ),
    ),
);

test('a word that one of the outputs takes is fine', async () => {
  await checkFindings([dbt], files('  - { name: a, catalog: x, tables: [] }\n', 'duckdb', 'databricks'));
  await checkFindings(
    [dbt],
    files(
      `  - { name: a, catalog: x, tables: [] }
  #            ^^^^^^^ error dbt/unknown-key: dbt takes \`catalog\` of some adapters, and not with duckdb or postgres; write \`database\`
`,
      'duckdb',
      'postgres',
    ),
  );
});

test('a profile that lies elsewhere may be another', () =>
  checkFindings(
    [dbt],
    files(plain, 'duckdb')
      .replace('#- /w/profiles.yml', '#- /w/ci/profiles.yml')
      .replace(', quoting: { dataset: true }', ''),
  ));

test('dbt v2 takes the words of every adapter', () =>
  checkFindings(
    [dbt],
    files(
      `  - { name: a, catalog: x, tables: [{ name: t }] }
  - { name: b, database: x, catalog: y, tables: [{ name: t }] }
  - { name: c, database: x, project: y, tables: [{ name: t }] }
  #                         ^^^^^^^ error dbt/conflicting-keys: \`project\` and \`database\` say the same; keep one of them
  - { name: d, database: x, dbname: y, tables: [{ name: t }] }
  #                         ^^^^^^ error dbt/refused-by-v2: dbt v2 refuses \`dbname\` here; remove it
  - { name: e, dbname: y, tables: [{ name: t }] }
  #            ^^^^^^ error dbt/refused-by-v2: dbt v2 refuses \`dbname\` here; write \`database\`
`,
      'duckdb',
    ),
    '2.0.0',
  ));

test('the finding goes with the profile, and its fix writes what means the same', async () => {
  const source =
    'sources:\n  - { name: a, catalog: x, tables: [] }\n  - { name: b, catalog: x, project: y, tables: [] }\n';
  const profile = (type: string): string =>
    `shop: { target: o, outputs: { o: { type: ${type}, path: a.duckdb } } }\n`;
  const { platform, files: disk } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': profile('duckdb'),
    '/w/models/s.yml': source,
  });
  const found = (): readonly string[] =>
    platform
      .findings('/w/models/s.yml')
      .map(({ span, fixes }) =>
        [source.slice(span.start, span.end), fixes?.[0]?.edits[0]?.newText].join(' > '),
      );
  expect(found()).toEqual(['catalog > database', 'catalog > ', 'project > ']);
  disk.texts.set('/w/profiles.yml', profile('athena'));
  platform.update(['/w/profiles.yml']);
  expect(found()).toEqual([]);
});
