import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n--- /w/models/a.sql\nselect 1\n${fixture}`);

test('what dbt refuses in properties is an error', () =>
  check(`#- /w/models/schema.yml
models:
  - name: a
    description: 5
    #            ^ error dbt/wrong-type: \`description\` must be a string, not a number; put it in quotes
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
      pre-hook: select 1
      incremental_strategy: our_strategy
      on_schema_change: "{{ var('change') }}"
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

test('an indented first line is fine in properties, as dbt strips the file', () =>
  check(`#- /w/models/schema.yml
  models:
    - name: a
`));
