import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { MemoryFiles } from '../../../../test/support/memory-files.ts';
import { neverCancelled } from '../../core/cancellation.ts';
import { silentLog } from '../../core/log.ts';
import { Platform } from '../../core/platform.ts';
import { dbt } from './index.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n--- /w/models/a.sql\nselect 1\n${fixture}`);

test('what dbt refuses in properties is an error', () =>
  check(`#- /w/models/schema.yml
models:
  - name: a
    description: 5
    #            ^ error dbt/wrong-type: \`description\` must be a string, not a number; put it in quotes
    config:
      access: publik
      #       ^^^^^^ error dbt/invalid-value: \`publik\` is no value for \`access\`; did you mean \`public\`?
    columns:
      - description: no name
#       ^^^^^^^^^^^ error dbt/missing-key: the key \`name\` is missing; add it
exposures:
  - name: board
    type: dashboard
    owner:
      name: Ann
    depend_on: []
#   ^^^^^^^^^ error dbt/unknown-key: unknown key \`depend_on\`; did you mean \`depends_on\`?
`));

test('what dbt passes over in silence is a warning where it is surely a slip', () =>
  check(`--- /w/macros/our_test.sql
{% test our_test(model, column_name) %}{{ kwargs }}{% endtest %}
#- /w/models/schema.yml
models:
  - name: a
    desciption: text
#   ^^^^^^^^^^ warning dbt/unknown-key: dbt passes over the unknown key \`desciption\`; did you mean \`description\`?
    our_own_key: 3
#   ^^^^^^^^^^^ information dbt/refused-by-v2: dbt v2 refuses the unknown key \`our_own_key\`; remove it, or move it below \`meta\` in \`config\`
    columns:
      - name: id
        data_tests:
          - accepted_values:
              arguments:
                values: [1]
          - our_test:
              arguments:
                colum: id
    config:
      materialized: viw
      #             ^^^ warning dbt/invalid-value: \`viw\` is no value for \`materialized\`; did you mean \`view\`?
      our_own_setting: 3
#     ^^^^^^^^^^^^^^^ information dbt/refused-by-v2: dbt v2 knows no configuration \`our_own_setting\`; write your own below \`meta\`
      pre-hook: select 1
#     ^^^^^^^^ information dbt/refused-by-v2: dbt v2 refuses \`pre-hook\`; write \`pre_hook\`
      incremental_strategy: our_strategy
      on_schema_change: "{{ var('change', 'fail') }}"
`));

test('dbt_project.yml is checked as dbt checks it', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: my-shop
#     ^^^^^^^ error dbt/invalid-value: \`my-shop\` is no name for a project; use letters, digits and underscores only, and no digit first
model-path: [models]
#<- error dbt/unknown-key: unknown key \`model-path\`; did you mean \`model-paths\`?
config-version: 1
#               ^ error dbt/invalid-value: \`1\` is no value for \`config-version\`; it must be \`2\`
#- /w/other/dbt_project.yml
name: model
#     ^^^^^ error dbt/invalid-value: \`model\` is reserved by dbt; choose another name for the project
`,
  ));

test('keys of dbt_project.yml: configuration of one’s own is fine, a slip is not', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
config-version: 2
on-run-start: "{{ log('hello') }}"
models:
  +materialized: view
  shop:
    staging:
      +schema: staging
      +our_own: 1
#     ^^^^^^^^ information dbt/refused-by-v2: dbt v2 knows no configuration \`+our_own\`; write your own below \`+meta\`
      +matrialized: table
#     ^^^^^^^^^^^^ warning dbt/unknown-key: dbt passes over the unknown key \`+matrialized\`; did you mean \`+materialized\`?
      +enabled: "{{ var('x', true) }}"
vars:
  anything: [1, 2]
--- /w/models/staging/a.sql
select 1
`,
  ));

test('a slip is mended by its fix', async () => {
  const text = 'models:\n  - name: a\n    desciption: text\n';
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1',
    '/w/models/s.yml': text,
  });
  const [finding] = platform.findings('/w/models/s.yml');
  const [edit] = finding!.fixes![0]!.edits;
  expect(text.slice(0, edit!.span.start) + edit!.newText + text.slice(edit!.span.end)).toBe(
    'models:\n  - name: a\n    description: text\n',
  );
});

test('while YAML is broken the schema is silent', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/s.yml': 'models: [{name: a\n',
    '/w/models/a.sql': 'select 1',
  });
  expect(platform.findings('/w/models/s.yml').map((finding) => finding.code)).toEqual(['yaml/syntax']);
});

test('a source may be told in the words of an adapter', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
#- /w/models/s.yml
sources:
  - { name: raw, project: acme, dataset: landing, tables: [{ name: t }] }
  - { name: more, catalog: acme, schema: landing, tables: [{ name: t }] }
`,
  ));

test('an indented first line is fine in properties, as dbt strips the file', () =>
  check(`#- /w/models/schema.yml
  models:
    - name: a
`));

test('configuration beside `config` is moved where it means the same, and warned of where nobody reads it', () =>
  check(`#- /w/models/schema.yml
anchors: [&words { owner: sales }]
our_section: 1
#<- information dbt/refused-by-v2: dbt v2 refuses the unknown section \`our_section\`; remove it, or keep anchors of your own below \`anchors:\`
models:
  - name: a
    meta: *words
#   ^^^^ information dbt/refused-by-v2: dbt v2 refuses \`meta\` here; move it under \`config\`, where it means the same
    materialized: table
#   ^^^^^^^^^^^^ warning dbt/unknown-key: dbt passes over \`materialized\` here; move it under \`config\`
    docs: { show: true }
#   ^^^^ error dbt/conflicting-keys: \`docs\` stands beside \`config\` and in it; keep the one in \`config\`
    config:
      docs: { show: true }
      alias: 5
#            ^ information dbt/refused-by-v2: \`alias\` must be a string, not a number, says dbt v2; put it in quotes
      enabled: "{{ true }}"
    columns:
      - name: id
        tags: [key]
#       ^^^^ information dbt/refused-by-v2: dbt v2 refuses \`tags\` here; move it under \`config\`, where it means the same
sources:
  - name: raw
    freshness: { warn_after: { count: 1, period: day } }
#   ^^^^^^^^^ information dbt/refused-by-v2: dbt v2 refuses \`freshness\` here; move it under \`config\`, where it means the same
    tables:
      - name: t
        tags: [daily]
#       ^^^^ information dbt/refused-by-v2: \`tags\` stands beside \`config\` and in it; keep the one in \`config\`
        config:
          tags: [hourly]
exposures:
  - name: board
    type: dashboard
    owner: { name: Ann, slack: '#data' }
    config: { enabeld: true }
#             ^^^^^^^ warning dbt/unknown-key: dbt passes over the unknown key \`enabeld\`; did you mean \`enabled\`?
`));

const moves: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'all of an entry at once',
    `models:
  - name: a
    meta: # whose
      owner: sales
    description: Text.
    docs:
      show: true # on the site
`,
    `models:
  - name: a
    config:
      meta: # whose
        owner: sales
      docs:
        show: true # on the site
    description: Text.
`,
  ],
  [
    'what stands first in its entry',
    `models:
  - meta: { owner: sales }
    name: a
`,
    `models:
  - config:
      meta: { owner: sales }
    name: a
`,
  ],
  [
    'into what is there',
    `models:
  - name: a
    meta:
      owner: >
        sales
    config:
        materialized: table
`,
    `models:
  - name: a
    config:
        meta:
          owner: >
            sales
        materialized: table
`,
  ],
  [
    'in braces',
    `models:
  - { name: a, meta: { owner: sales } }
`,
    `models:
  - { name: a, config: {meta: { owner: sales }} }
`,
  ],
  [
    'the last line of a file',
    `models:
  - name: a
    config:
      materialized: view
    meta: { owner: sales }`,
    `models:
  - name: a
    config:
      meta: { owner: sales }
      materialized: view`,
  ],
];

test.each(moves)('a fix moves configuration: %s', async (_name, before, after) => {
  for (const lineEnd of ['\n', '\r\n']) {
    const text = before.replaceAll('\n', lineEnd);
    const { platform } = await openFixture([dbt], {
      '/w/dbt_project.yml': 'name: shop\n',
      '/w/models/a.sql': 'select 1',
      '/w/models/s.yml': text,
    });
    const [fix] = platform.findings('/w/models/s.yml').flatMap((finding) => finding.fixes ?? []);
    expect(fix?.certain).toBe(true);
    let mended = text;
    for (const { span, newText } of fix!.edits.toSorted((a, b) => b.span.start - a.span.start))
      mended = mended.slice(0, span.start) + newText + mended.slice(span.end);
    expect(mended).toBe(after.replaceAll('\n', lineEnd));
  }
});

test('no fix where text alone cannot be moved', async () => {
  const text = 'x: &meta { owner: sales }\nmodels:\n  - name: a\n    meta: *meta\n';
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1',
    '/w/models/s.yml': text,
  });
  const found = platform.findings('/w/models/s.yml').filter(({ message }) => message.includes('`meta` here'));
  expect(found.map(({ fixes = [] }) => fixes)).toEqual([[]]);
});

test('where dbt v2 reads the project, what it refuses is an error', async () => {
  const platform = new Platform({
    systems: [dbt],
    files: new MemoryFiles({
      '/w/dbt_project.yml': 'name: shop\n',
      '/w/models/a.sql': 'select 1',
      '/w/models/s.yml': 'models:\n  - name: a\n    meta: { owner: sales }\n    desciption: x\n',
    }),
    log: silentLog,
    pause: async () => {},
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
    versionOf: () => ({ version: '2.0.9', source: 'for a test' }),
  });
  await platform.load(['/w'], neverCancelled);
  const found = platform.findings('/w/models/s.yml').map(({ severity, code }) => `${severity} ${code}`);
  expect(found).toEqual(['error dbt/refused-by-v2', 'error dbt/unknown-key']);
});

test.each([
  ['dbt_project.yml', 'name: shop\nvars: { a: 1 }\nvars: { b: 1 }\n'],
  ['packages.yml', 'packages: []\npackages: []\n'],
  ['selectors.yml', 'selectors:\n  - name: a\n    name: b\n    definition: tag:x\n'],
  ['profiles.yml', 'shop: { outputs: { dev: { type: duckdb, path: a, path: b } } }\n'],
])('a key that stands twice in %s is told once', async (name, text) => {
  const files = { '/w/dbt_project.yml': 'name: shop\n', [`/w/${name}`]: text };
  const { platform } = await openFixture([dbt], files);
  const codes = platform.findings(`/w/${name}`).map(({ code }) => code);
  expect(codes.filter((code) => code.endsWith('duplicate-key'))).toEqual(['dbt/duplicate-key']);
});

test.for([
  ['1.12.0', 'warning'],
  ['2.0.0', 'error'],
] as const)('a value that nobody can add to, in dbt %s', ([version, severity]) =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1
#- /w/snapshots/s.yml
snapshots:
  - name: then
    relation: ref('a')
    columns:
      - name: id
        data_tests:
          - unique: { config: { store_failures_as: index } }
#                                                  ^^^^^ ${severity} dbt/invalid-value: \`index\` is no value for \`store_failures_as\`; it must be one of \`ephemeral\`, \`table\` or \`view\`
    config:
      unique_key: id
      strategy: check
      check_cols: all
      hard_deletes: forget
#                   ^^^^^^ ${severity} dbt/invalid-value: \`forget\` is no value for \`hard_deletes\`; it must be one of \`ignore\`, \`invalidate\` or \`new_record\`
`,
    version,
  ),
);

test('what an item that is still empty must be is told once', () =>
  check(`#- /w/models/s.yml
models:
  -
#<- error dbt/wrong-type: this is empty but must be a mapping; fill it in or remove the key
`));

test('a model may have any number of unknown keys', async () => {
  const keys = Array.from({ length: 20_000 }, (_, at) => `    k${at}: x\n`);
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/schema.yml': `models:\n  - name: a\n${keys.join('')}`,
  });
  const unknown = platform
    .findings('/w/models/schema.yml')
    .filter(({ code }) => code === 'dbt/refused-by-v2');
  expect(unknown).toHaveLength(20_000);
});
