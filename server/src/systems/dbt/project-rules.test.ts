import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${fixture}${models}`);
const models = ['staging/tags/a', 'meta/b']
  .map((name) => `--- /w/models/${name}.sql\nselect 1 as id\n`)
  .join('');

async function mended(text: string): Promise<string> {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': text });
  const edits = platform
    .findings('/w/dbt_project.yml')
    .flatMap(({ fixes }) => (fixes?.[0]?.certain ? fixes[0].edits : []));
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((done, { span, newText }) => done.slice(0, span.start) + newText + done.slice(span.end), text);
}

test('keys with another name or place now', () =>
  check(`source-paths: [models]
#<- warning dbt/deprecated: \`source-paths\` is deprecated, and dbt v2 refuses it; rename it to \`model-paths\`
modules-path: dbt_modules
#<- error dbt/unknown-key: unknown key \`modules-path\`: it is called \`packages-install-path\` since dbt 1.0; rename it
target-path: target
log-path: out
#<- warning dbt/deprecated: \`log-path\` in dbt_project.yml is deprecated, and dbt v2 refuses it; set \`--log-path\` or \`DBT_LOG_PATH\` instead
`));

test('an old name beside the new one is refused', () =>
  check(`data-paths: [seeds]
#<- error dbt/conflicting-keys: \`data-paths\` is the old name of \`seed-paths\`, and dbt refuses both together; remove \`data-paths\`
seed-paths: [seeds]
tests:
#<- error dbt/conflicting-keys: \`tests\` is the old name of \`data_tests\`, and dbt refuses both together; join them under \`data_tests\`
  +enabled: true
data_tests:
  +enabled: true
`));

test('one of `tests` and `data_tests` may be empty', () =>
  check('tests: {}\ndata_tests:\n  +enabled: true\n'));

test.each([
  ["'>=1.8.0'", undefined],
  ["'>=1.0.0,<2.0.0'", undefined],
  ["['>=1.0.0', '<2.0.0']", undefined],
  ['[]', undefined],
  ["'1.12.0'", undefined],
  [`"{{ env_var('X', '>=1.0.0') }}"`, undefined],
  ["'>=1.8'", '`>=1.8` is no version to dbt; write `>=1.8.0`, three numbers and no spaces'],
  ["'>=1.0.0, <2.0.0'", '` <2.0.0` is no version to dbt; write `<2.0.0`, three numbers and no spaces'],
  [
    "'~=1.8.0'",
    '`~=1.8.0` is no version to dbt; write three numbers behind `>`, `>=`, `<`, `<=` or `=`, such as `>=1.8.0`',
  ],
  ["['>=2.0.0', '<1.0.0']", 'no version of dbt fits all of this at once; correct one of the bounds'],
  ["['>1.0.0', '<=1.0.0']", 'no version of dbt fits all of this at once; correct one of the bounds'],
])('require-dbt-version: %s', async (value, message) => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': `name: shop\nrequire-dbt-version: ${value}\n`,
  });
  const findings = platform.findings('/w/dbt_project.yml').map((finding) => finding.message);
  expect(findings).toEqual(message === undefined ? [] : [message]);
});

test('flags: one wrong type makes dbt pass over all of them', () =>
  check(`flags:
  fail_fast: 'yes'
  #           ^^^ warning dbt/wrong-type: \`fail_fast\` must be true or false; until then dbt passes over all \`flags\`
  partial_parse: "{{ env_var('X') }}"
  #                           ^ information dbt/undefined-env-var: the environment variable \`X\` is not set, and no default is given; set it in .env or in the environment, or give a default
  #               ^^^^^^^^^^^^^^^^^^ warning dbt/wrong-type: \`partial_parse\` must be true or false, which is not rendered here; until then dbt passes over all \`flags\`
  use_colours: true
# ^^^^^^^^^^^ warning dbt/unknown-key: dbt passes over the unknown flag \`use_colours\`; did you mean \`use_colors\`?
  log_level: loud
  #          ^^^^ error dbt/invalid-value: \`loud\` is no value for \`log_level\`; it must be one of \`debug\`, \`info\`, \`warn\`, \`error\`, \`none\`
  indirect_selection: all
  #                   ^^^ warning dbt/invalid-value: \`all\` is no value for \`indirect_selection\`; it must be one of \`eager\`, \`cautious\`, \`buildable\`, \`empty\`
  write_json:
  use_info_schema_for_columns: true
  require_resource_names_without_spaces: false
  warn_error_options:
    include: all
#   ^^^^^^^ warning dbt/deprecated: \`include\` is deprecated; rename it to \`error\`
    exclude: [NoNodesForSelectionCriteria]
#   ^^^^^^^ error dbt/conflicting-keys: \`exclude\` is the old name of \`warn\`, and dbt refuses both together; join them under \`warn\`
    warn: [Deprecations]
`));

test('names of warnings, of which dbt takes no other', () =>
  check(`flags:
  warn_error_options:
    error: [NoNodesForSelectionCriteria, UnusedConfigKey, Deprecations, NoNodeForYamlKye]
    #                                                                   ^^^^^^^^^^^^^^^^ error dbt/invalid-value: dbt has no warning \`NoNodeForYamlKye\`, and stops at one that it does not know; did you mean \`NoNodeForYamlKey\`?
    silence: [SomethingElse]
    #         ^^^^^^^^^^^^^ error dbt/invalid-value: dbt has no warning \`SomethingElse\`, and stops at one that it does not know; correct or remove it
`));

test('configuration that the first node would refuse', () =>
  check(`models:
  +enabled: "yes"
  #          ^^^ error dbt/wrong-type: \`enabled\` must be true or false, not a string; remove the quotes if it is one
  shop:
    +meta: note
    #      ^^^^ error dbt/wrong-type: \`meta\` must be a mapping, not a string
    staging:
      +contract:
        enforced: 1
        #         ^ error dbt/wrong-type: \`enforced\` must be true or false, not a number
      +access: publik
      #        ^^^^^^ error dbt/invalid-value: \`publik\` is no value for \`access\`; did you mean \`public\`?
      +schema: 5
      #        ^ information dbt/refused-by-v2: \`+schema\` must be a string, not a number, says dbt v2; put it in quotes
      +tags: {a: 1}
#     ^^^^^ information dbt/refused-by-v2: \`+tags\` must be a string or a list, not a mapping, says dbt v2; begin each item with \`- \`
      +pre-hook: ["select 1", {sql: select 2, transaction: false}]
      #                        ^^^ information dbt/refused-by-v2: this must be a string, not a mapping, says dbt v2; correct it
      +docs: {show: "{{ var('x', true) }}"}
    meta:
      +enabled: true
unit_tests:
  +enabled: true
tests:
  shop:
# ^^^^ warning dbt/unused-config: the project has no data tests, so this does nothing; remove it
    +severity: WARN
  +severity: fatal
  #          ^^^^^ error dbt/invalid-value: \`fatal\` is no value for \`severity\`; it must be one of \`warn\` or \`error\`
`));

test('without its plus sign a key is a folder to dbt v2', () =>
  check(`models:
  materialized: view
# ^^^^^^^^^^^^ information dbt/refused-by-v2: \`materialized\` lacks its plus sign, so dbt v2 takes it for a folder; write \`+materialized\`
  shop:
    our_own: 1
#   ^^^^^^^ information dbt/refused-by-v2: dbt v2 takes \`our_own\` for a folder; write configuration of your own below \`+meta\`
    +our_own: 1
#   ^^^^^^^^ information dbt/refused-by-v2: dbt v2 knows no configuration \`+our_own\`; write your own below \`+meta\`
    staging:
      tags: {+enabled: true}
    marts:
`));

test('a slip in how a folder is materialized', () =>
  check(`models:
  +materialized: vieww
#                ^^^^^ warning dbt/undefined-materialization: no materialization is named \`vieww\`, so dbt cannot run the model; did you mean \`view\`?
  shop:
    staging: {+materialized: "{{ var('x', 'view') }}"}
    meta: {+materialized: ours}
--- /w/macros/ours.sql
{% materialization viiew, default %}{% endmaterialization %}
`));

test('hooks have a second spelling that only dbt 1 takes', async () => {
  await check(`models:
  post_hook: select 1
# ^^^^^^^^^ information dbt/refused-by-v2: \`post_hook\` lacks its plus sign, so dbt v2 takes it for a folder; write \`+post-hook\`
  +pre_hook: select 1
# ^^^^^^^^^ information dbt/refused-by-v2: dbt v2 takes no \`+pre_hook\`; write \`+pre-hook\`, which dbt 1 takes, too
seeds:
  +post_hook: [select 1]
# ^^^^^^^^^^ information dbt/refused-by-v2: dbt v2 takes no \`+post_hook\`; write \`+post-hook\`, which dbt 1 takes, too
`);
  expect(await mended('name: shop\nmodels:\n  +pre_hook: select 1\n')).toBe(
    'name: shop\nmodels:\n  +pre-hook: select 1\n',
  );
});

test('fixes change nothing but the key, whatever the line ends are', async () => {
  const text =
    'name: shop\r\nsource-paths: [m]\r\nmodels:\r\n  shop:\r\n    "materialized": view\r\n    tags: [a]\r\n';
  expect(await mended(text)).toBe(
    'name: shop\r\nmodel-paths: [m]\r\nmodels:\r\n  shop:\r\n    "+materialized": view\r\n    +tags: [a]\r\n',
  );
});

test('a folder whose name YAML takes for something else', () =>
  check(`models:
  shop:
    "2024": {}
    2024: {}
#   ^^^^ error dbt/wrong-type: YAML takes the key \`2024\` for a number, and dbt wants a name; put it in quotes
    off: {}
#   ^^^ error dbt/wrong-type: YAML takes the key \`off\` for true or false, and dbt wants a name; put it in quotes
`));

test('what dbt v2 takes of these files is no error where it reads the project', async () => {
  const texts = {
    '/w/dbt_project.yml':
      'name: shop\nprofile: shop\nflags:\nconfig-version: 1\nsync: {}\nrequire-dbt-version: ">=3"\n',
    '/w/selectors.yml': 'selectors:\n  - name: a\n    definition: [tag:x]\n',
    '/w/packages.yml': 'projects: []\n',
    '/w/profiles.yml':
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: a.db, database: b, threads: }}}\n',
  };
  const refused = async (version: string): Promise<readonly string[]> => {
    const { platform } = await openFixture([dbt], texts, ['/w'], { version, source: 'a test' });
    return Object.keys(texts).filter((path) =>
      platform.findings(path).some(({ severity }) => severity === 'error'),
    );
  };
  expect(await refused('1.12.0')).toEqual(Object.keys(texts));
  expect(await refused('2.0.0a4')).toEqual([]);
});

test('the name of dbt’s own package is taken, but for that package', async () => {
  const messages = async (text: string): Promise<readonly string[]> =>
    (await openFixture([dbt], { '/w/dbt_project.yml': text })).platform
      .findings('/w/dbt_project.yml')
      .map(({ message }) => message);
  expect(await messages('name: dbt\nmacro-paths: [macros]\n')).toEqual([]);
  expect(await messages('name: dbt\nprofile: shop\n')).toEqual([
    '`dbt` is a package of dbt itself; choose another name for the project',
  ]);
});

test('an empty name is no name', async () => {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': "name: ''\nprofile: shop\n" });
  const message =
    'an empty text is no name for a project; use letters, digits and underscores only, and no digit first';
  expect(platform.findings('/w/dbt_project.yml')).toMatchObject([{ severity: 'error', message }]);
});

test('a query comment that is one call must call a macro that there is', () =>
  checkFindings(
    [dbt],
    `--- /w/macros/m.sql
{% macro note(node) %}x{% endmacro %}
#- /w/dbt_project.yml
name: shop
query-comment: "{{ nota(node) }}"
#                  ^^^^ error dbt/undefined-macro: no macro is named \`nota\`; did you mean \`note\`?
#- /w/b/dbt_project.yml
name: b
query-comment: { comment: "{{ shop_note(node) if node }} {{ target.name }}" }
`,
  ));

test.each([
  ["'1'", true],
  ["''", true],
  ["'1.0.'", true],
  ["'01.0.0'", true],
  ["'v1.0.0'", true],
  ["'1.0'", false],
  ["'1.0.0-rc.1+build.5'", false],
  ['1', false],
  ['1.0', false],
])('version: %s', async (value, isWrong) => {
  const texts = { '/w/dbt_project.yml': `name: shop\nversion: ${value}\n` };
  const { platform } = await openFixture([dbt], texts);
  const text = value.slice(1, -1);
  const what = text === '' ? 'an empty text' : `\`${text}\``;
  expect(platform.findings('/w/dbt_project.yml').map(({ message }) => message)).toEqual(
    isWrong
      ? [
          `${what} is no version of a project; write two or three numbers with dots between them, such as \`1.0.0\``,
        ]
      : [],
  );
});
