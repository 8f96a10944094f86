import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const check = (fixture: string): Promise<void> => checkFindings([dbt], fixture);
const namesOf = async (
  namespace: string,
  texts: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const { platform } = await openFixture([dbt], texts);
  return [...platform.facts.all(namespace, '/w')]
    .map(({ name, about }) => (about ? `${name}=${about}` : name))
    .sort();
};

test('variables of the project, those below its own name, and none below another package’s', async () => {
  const project = `name: shop
vars:
  start: '2024-01-01'
  api_token: abc
  shop: {depth: 3}
  other_package:
    hidden: 1
`;
  const names = ['api_token', 'depth=`3`', 'other_package', 'shop', 'start=`2024-01-01`'];
  expect(await namesOf('dbt.var', { '/w/dbt_project.yml': project })).toEqual(names);
});

test('vars.yml gives variables from dbt 1.12 on', async () => {
  const texts = { '/w/dbt_project.yml': 'name: shop\n', '/w/vars.yml': 'vars:\n  start: 1\nother: 2\n' };
  expect(await namesOf('dbt.var', texts)).toEqual(['start=`1`']);
});

test('variables in both files are refused', () =>
  check(`#- /w/dbt_project.yml
name: shop
vars:
#<- error dbt/vars-in-two-files: variables are declared in vars.yml, too, which dbt refuses; move these there
  a: 1
#- /w/vars.yml
vars: {b: 1}
`));

test.each(['', 'other: 1', 'vars: {}'])('a vars.yml of %j is no second place', async (text) => {
  const texts = { '/w/dbt_project.yml': 'name: shop\nvars: {a: 1}\n', '/w/vars.yml': text };
  const { platform } = await openFixture([dbt], texts);
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
});

test('fixtures of unit tests are known by their files; two of one name are refused', () =>
  check(`#- /w/dbt_project.yml
name: shop
#- /w/tests/fixtures/more/orders.sql
select 1
#- /w/tests/fixtures/orders.csv
id
#<- error dbt/duplicate-fixture: two fixtures are named \`orders\`, which dbt refuses; rename this file or \`orders.sql\`
`));

test('dispatch looks in packages that are there', () =>
  check(`#- /w/dbt_project.yml
name: shop
dispatch:
  - macro_namespace: dbt_utils
    search_order: [shop, dbt_utils, dbt_duckdb, dbt]
#                        ^^^^^^^^^ warning dbt/undefined-package: no package is named \`dbt_utils\`, so dbt finds no macros there; add it to packages.yml or correct the name
  - macro_namespace: dbt_utls
#                    ^^^^^^^^ warning dbt/undefined-package: no package is named \`dbt_utls\` and nothing is dispatched in its name, so this order counts for nothing; add it to packages.yml or correct the name
    search_order: [shop]
  - macro_namespace: money
    search_order: [shop]
  - macro_namespace: shop
    search_order: [shop]
--- /w/macros/cents.sql
{% macro cents(a) %}{{ adapter.dispatch('cents', 'money')(a) }}{% endmacro %}
{% macro default__cents(a) %}{{ adapter.dispatch('cents', macro_namespace='shop')(a) }}{% endmacro %}
`));

test('while packages are not installed dispatch is not checked', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\ndispatch: [{macro_namespace: dbt_utils, search_order: [dbt_utils]}]\n',
    '/w/packages.yml': 'packages: [{package: dbt-labs/dbt_utils, version: 1.3.0}]\n',
  });
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
});

test.each([
  ['', undefined],
  ['vars: {a: 1}\nother: 2\n', undefined],
  ['- 1\n', 'vars.yml must be a mapping with the key `vars`; write the variables below it'],
  ['vars: [1]\n', '`vars` must be a mapping of names to values'],
  ['vars:\n', '`vars` is empty but must be a mapping; declare a variable or remove the key'],
  ['var: {a: 1}\n', 'dbt passes over the unknown key `var`; did you mean `vars`?'],
])('vars.yml of %j', async (text, message) => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/vars.yml': text,
  });
  const messages = platform.findings('/w/vars.yml').map((finding) => finding.message);
  expect(messages).toEqual(message === undefined ? [] : [message]);
});

test('Jinja of dbt_project.yml must parse, and may call little', () =>
  check(`#- /w/dbt_project.yml
name: shop
on-run-start: "{{ log('hello') }} {{ our_macro( }}"
#                                             ^ error dbt/jinja-syntax: \`(\` is never closed; add \`)\`
models:
  +schema: "{{ ref('orders') }}"
  #            ^^^ error dbt/misplaced-call: \`ref\` is not known while this file is rendered; only \`env_var\`, \`var\`, \`target\` and the like are
  +database: "{{ target.database | upper }}"
  +group: "{{ this.name }}"
  #           ^^^^ error dbt/misplaced-call: \`this\` is not known while this file is rendered; only \`env_var\`, \`var\`, \`target\` and the like are
  +tags: "{# never closed"
  #       ^^ error dbt/jinja-syntax: \`{#\` is never closed; add \`#}\`
  +pre-hook: "{{ log(this) }}"
  +alias: "{% set x = env_var('HOME', '') %}{{ x }}"
vars:
  pattern: "{{ not( }}"
`));

test('variables that dbt_project.yml itself may use', () =>
  check(`#- /w/dbt_project.yml
name: shop
models:
  +schema: "{{ var('here') }}"
  #                 ^^^^ warning dbt/undefined-var: \`here\` is not known while dbt_project.yml and profiles.yml are read, whatever the project's \`vars:\` say; declare it in vars.yml, give a default, or pass it by \`--vars\`
  +alias: "{{ var('given', 'x') }}"
  +database: "{{ env_var('NOT_SET') }}"
  #                       ^^^^^^^ information dbt/undefined-env-var: the environment variable \`NOT_SET\` is not set, and no default is given; set it in .env or in the environment, or give a default
vars: {here: 1}
`));

test('a profile is missing only where somebody keeps profiles beside the project', async () => {
  await check('#- /w/dbt_project.yml\nname: shop\n');
  await check(`#- /w/dbt_project.yml
name: shop
#<- warning dbt/missing-key: no \`profile\` is named, so dbt does not know how to connect; add it, or run with \`--profile\`
#- /w/profiles.yml
shop: {target: dev, outputs: {dev: {type: duckdb}}}
`);
});

test('names are not checked where resource paths lead out of the project or are computed', async () => {
  const files = `#- /w/dbt_project.yml
name: shop
macro-paths: [macros, PATH]
--- /w/models/a.sql
select {{ from_elsewhere() }} from {{ ref('gone') }}
`;
  await check(files.replace('PATH', '../../shared'));
  await check(files.replace('PATH', '/shared/macros'));
  await check(files.replace('PATH', "\"{{ env_var('HOME', '') }}\""));
  await check(
    files.replace('PATH', 'more') +
      `--        ^^^^^^^^^^^^^^ error dbt/undefined-macro: no macro is named \`from_elsewhere\`; define it or correct the name
--                                         ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
`,
  );
});
