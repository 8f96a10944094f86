import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const project = `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1 as id
--- /w/models/b.sql
select * from {{ ref('a') }}
#- /w/seeds/sd.csv
id
`;

const check = (fixture: string): Promise<void> => checkFindings([dbt], project + fixture);

test('a generic test is defined somewhere, or dbt brings it along, whatever follows its name', () =>
  check(`--- /w/macros/positive.sql
{% test positive(model, column_name) %}select 1{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    data_tests:
      - positiv
#       ^^^^^^^ error dbt/undefined-test: no generic test is named \`positiv\`; did you mean \`positive\`?
      - dbt_utils.at_least_one
#       ^^^^^^^^^ error dbt/undefined-package: no package is named \`dbt_utils\`; add the package to packages.yml or correct the name
      - positive
      - 'positive:'
      - 'positiv:': { config: { severity: warn } }
#        ^^^^^^^ error dbt/undefined-test: no generic test is named \`positiv\`; did you mean \`positive\`?
      - dbt.unique
      - negative: { config: { enabled: false } }
    columns:
      - name: id
        data_tests: [unique, not_null, positive]
`));

test('a generic test takes the arguments of its macro', () =>
  check(`--- /w/macros/tests.sql
{% test above(model, column_name, least, also=none) %}select 1{% endtest %}
{% test anything(model) %}{{ kwargs }}{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - above: { arguments: { least: 1, name: it_is, description: x, config: { where: id > 0 } } }
          - above: { arguments: { leest: 1 } }
#           ^^^^^ error dbt/wrong-arguments: test \`above\` takes no \`leest\`; it takes \`model\`, \`column_name\`, \`least\`, \`also\`
          - above
#           ^^^^^ warning dbt/wrong-arguments: test \`above\` is called without \`least\`, which has no default; give it
          - anything: { arguments: { x: 1, y: 2 } }
          - accepted_values: { arguments: { value: [1] } }
#           ^^^^^^^^^^^^^^^ error dbt/wrong-arguments: test \`accepted_values\` takes no \`value\`; it takes \`model\`, \`column_name\`, \`values\`, \`quote\`
          - relationships: { arguments: { to: ref('b'), field: id }, config: { where: id > 1 } }
          - unique: { arguments: { where: id > 1 } }
`));

test('a version leaves columns out of all of them', () =>
  check(`--- /w/models/c_v1.sql
select 1 as id
--- /w/models/c_v2.sql
select 1 as id
--- /w/models/c_v3.sql
select 1 as id
#- /w/models/v.yml
models:
  - name: c
    columns: [{name: id}, {name: other}]
    versions:
      - v: 1
        columns: [{include: all, exclude: [other]}]
      - v: 2
        columns: [{include: [id], exclude: []}]
      - v: 3
        columns: [{include: [id], exclude: [other]}]
        #                         ^^^^^^^ error dbt/conflicting-keys: \`exclude\` takes columns from all, and \`include\` beside it names some; leave \`exclude\` out, or write \`include: all\`
`));

test('a package that restricts access shows what is public alone', async () => {
  const files = (marker: string): Readonly<Record<string, string>> => ({
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/dbt_packages/shared/dbt_project.yml': `name: shared\n${marker}`,
    '/w/dbt_packages/shared/models/calendar.sql': 'select 1',
    '/w/dbt_packages/shared/models/days.sql': "select * from {{ ref('calendar') }}",
    '/w/dbt_packages/shared/models/open.sql': '{{ config(access="public") }}select 1',
    '/w/models/a.sql': "select * from {{ ref('shared', 'calendar') }} cross join {{ ref('open') }}",
  });
  const messages = async (marker: string, more: Readonly<Record<string, string>> = {}) => {
    const { platform } = await openFixture([dbt], { ...files(marker), ...more });
    return platform.findings('/w/models/a.sql').map(({ code, severity }) => `${severity} ${code}`);
  };
  expect(await messages('restrict-access: true\n')).toEqual(['error dbt/private-node']);
  expect(await messages('')).toEqual([]);
  // The folders' configuration may make it public.
  expect(await messages('restrict-access: true\nmodels: {+access: public}\n')).toEqual([]);
  expect(
    await messages('restrict-access: true\n', {
      '/w/dbt_project.yml': 'name: shop\nmodels: {shared: {+access: public}}\n',
    }),
  ).toEqual([]);
});

test('a private model is for its group', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1 as id
#- /w/models/s.yml
groups:
  - name: sales
    owner: { name: Ann }
models:
  - name: a
    config: { access: private, group: sales }
  - name: c
    config: { group: sales }
    columns:
      - name: id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: id } }
exposures:
  - name: board
    type: dashboard
    owner: { name: Ann }
    depends_on: [ref('a')]
#                     ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
--- /w/models/c.sql
select * from {{ ref('a') }}
--- /w/models/d.sql
select * from {{ ref('a') }}
--                    ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
`,
  ));

test('an entry stands in the section of what it describes', () =>
  check(`#- /w/models/s.yml
models:
  - name: sd
#         ^^ warning dbt/wrong-section: \`sd\` is a seed, so nothing here takes effect; move the entry under \`seeds:\`
analyses:
  - name: gone
#         ^^^^ warning dbt/properties-without-node: no analysis is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
data_tests:
  - name: gone
#         ^^^^ warning dbt/properties-without-node: no singular test is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
functions:
  - name: gone
#         ^^^^ warning dbt/properties-without-node: no function is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
    returns: { data_type: int }
`));

test('a section with one entry is renamed by a fix', async () => {
  const text = 'models:\n  - name: sd # a seed\n';
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/seeds/sd.csv': 'id\n',
    '/w/models/s.yml': text,
  });
  const [fix] = platform.findings('/w/models/s.yml').flatMap((finding) => finding.fixes ?? []);
  expect(fix?.edits).toEqual([{ path: '/w/models/s.yml', span: { start: 0, end: 6 }, newText: 'seeds' }]);
});

test('a version has a file, and the file is known by the version', () =>
  check(`--- /w/models/v_v1.sql
select 1
--- /w/models/named.sql
select 1
--- /w/models/c.sql
select * from {{ ref('v_v1') }} {{ ref('v', v=1) }} {{ ref('v') }}
--                    ^^^^ error dbt/undefined-ref: \`v_v1\` is the file of a version, which dbt knows by the model's name; write \`ref('v', v=1)\`
#- /w/models/s.yml
models:
  - name: v
    versions:
      - v: 1
      - v: 2
#          ^ warning dbt/properties-without-node: version \`2\` of \`v\` has no file \`v_v2\`, so nothing here takes effect; create it, or name its file by \`defined_in\`
      - v: 3
        defined_in: named
  - name: a
    versions:
      - v: 1
        defined_in: gone
#                   ^^^^ warning dbt/properties-without-node: version \`1\` of \`a\` has no file \`gone\`, so nothing here takes effect; create it, or name its file by \`defined_in\`
      - v: 2
`));

test('a package’s test with much that may be left out is not held to it', () =>
  check(`#- /w/dbt_packages/p/dbt_project.yml
name: p
--- /w/dbt_packages/p/macros/t.sql
{% test volume(model, at, where, most, least=none) %}{% endtest %}
{% test close(model, to, by) %}{% endtest %}
#- /w/models/s.yml
models:
  - name: a
    data_tests:
      - p.volume
      - p.close
#         ^^^^^ warning dbt/wrong-arguments: test \`close\` is called without \`to\`, \`by\`, which have no default; give them
`));

test('a test of relationships asks for a column that its target’s contract lists', () =>
  check(`#- /w/models/s.yml
models:
  - name: a
    config: { contract: { enforced: true } }
    columns:
      - { name: id, data_type: int }
  - name: b
    columns:
      - name: a_id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: ID } }
          - relationships: { arguments: { to: ref('a'), field: other_id } }
#                                                              ^^^^^^^^ warning dbt/undefined-column: \`a\` has no column \`other_id\`, says its contract; correct the name
          - relationships: { arguments: { to: ref('sd'), field: other_id } }
#                                                               ^^^^^^^^ warning dbt/undefined-column: \`sd\` has no column \`other_id\`, says its first line; correct the name
`));

test('a test of relationships asks for a column that a seed or a model’s SQL surely does not have', async () => {
  const tests = (target: string, field: string): string =>
    `          - relationships: { arguments: { to: ref('${target}'), field: ${field} } }`;
  await check(`--- /w/seeds/countries.csv
code,name
--- /w/models/a.sql
with source as (select * from {{ ref('b') }})
select id, {{ dbt.type_int() }} as price from source
--- /w/models/star.sql
select * from {{ ref('a') }}
--- /w/models/odd.sql
{{ config(materialized='audited') }} select id from t
--- /w/macros/m.sql
{% materialization audited, default %}{% endmaterialization %}
#- /w/models/s.yml
models:
  - name: b
    columns:
      - name: a_id
        data_tests:
${tests('countries', 'Code')}
${tests('countries', 'cod')}
#                                                                      ^^^ warning dbt/undefined-column: \`countries\` has no column \`cod\`, says its first line; did you mean \`code\`?
${tests('a', 'ID')}
${tests('a', 'rowid')}
${tests('a', 'amount')}
#                                                              ^^^^^^ warning dbt/undefined-column: \`a\` has no column \`amount\`, says its SQL; correct the name
${tests('star', 'amount')}
${tests('odd', 'amount')}
          - relationships: { to: ref('a'), field: prize }
#                            ^^ warning dbt/deprecated: \`to\` and \`field\` are arguments of \`relationships\`, which dbt v2 refuses to take here; move them under \`arguments\`
#                                                 ^^^^^ warning dbt/undefined-column: \`a\` has no column \`prize\`, says its SQL; did you mean \`price\`?
`);
});

test('the column of a relationship is looked for again when its target’s text changes', async () => {
  const path = '/w/models/s.yml';
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/seeds/countries.csv': 'code\nDE\n',
    '/w/models/a.sql': 'select 1 as id',
    [path]: `models:
  - name: a
    columns:
      - name: id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: key } }
          - relationships: { arguments: { to: ref('countries'), field: code } }
`,
  });
  const found = (): readonly string[] =>
    platform.findings(path).map(({ span }) => platform.source(path)!.slice(span));
  expect(found()).toEqual(['key']);
  files.texts.set('/w/models/a.sql', 'select 1 as key');
  expect(platform.update(['/w/models/a.sql'])).toContain(path);
  expect(found()).toEqual([]);
  files.texts.set('/w/models/a.sql', 'select 1 as key -- the only one');
  expect(platform.update(['/w/models/a.sql'])).not.toContain(path);
  files.texts.set('/w/seeds/countries.csv', 'iso\nDE\n');
  expect(platform.update(['/w/seeds/countries.csv'])).toContain(path);
  expect(found()).toEqual(['code']);
});

test('a macro’s documentation names its arguments', () =>
  check(`--- /w/macros/cents.sql
{% macro cents(amount, digits=2) %}{% endmacro %}
#- /w/macros/s.yml
macros:
  - name: cents
    arguments:
      - name: amount
      - name: digit
#             ^^^^^ warning dbt/undefined-argument: macro \`cents\` takes no \`digit\`; correct the name or remove the entry
`));

test('a key that stands twice is deprecated', async () => {
  await check(`#- /w/models/s.yml
models:
  - name: a
    description: one
    description: two
#   ^^^^^^^^^^^ warning dbt/duplicate-key: the key \`description\` stands twice in this mapping: the last one counts, and dbt v2 refuses it; remove or rename one of the two
`);
});

test('columns are names below their node, told with what is said of them', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/s.yml':
      'models:\n  - name: a\n    columns:\n      - name: id\n        description: The key.\nsources:\n  - name: raw\n    tables:\n      - name: t\n        columns: [{name: at}]\n',
  });
  const columns = [...platform.facts.all('dbt.column', '/w')];
  expect(columns.map(({ name, prefix, about }) => [name, prefix, about])).toEqual([
    ['a.id', 'a.', 'The key.'],
    ['raw.t.at', 'raw.t.', undefined],
  ]);
});

test('an edit of a properties file is heard of where a private model is read', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/b.sql': "select * from {{ ref('a') }}",
    '/w/models/s.yml': 'models:\n  - name: a\n',
  };
  const { platform, files } = await openFixture([dbt], texts);
  const codes = (): readonly string[] => platform.findings('/w/models/b.sql').map(({ code }) => code);
  expect(codes()).toEqual([]);
  files.texts.set('/w/models/s.yml', 'models:\n  - name: a\n    config: { access: private }\n');
  platform.update(['/w/models/s.yml']);
  expect(codes()).toEqual(['dbt/private-node']);
});

test('a group or an access in the file of a model counts, too', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
#- /w/models/s.yml
groups:
  - name: sales
    owner: { name: Ann }
--- /w/models/a.sql
{{ config(access='private', group='sales') }} select 1
--- /w/models/b.sql
{{ config(group='sales') }} select * from {{ ref('a') }}
--- /w/models/c.sql
select * from {{ ref('a') }}
--                    ^ error dbt/private-node: \`a\` is private to the group \`sales\`, and dbt refuses to let others read it; join the group, or make it \`protected\`
`,
  ));

test('a file beside the versions of its name is refused', () =>
  check(`--- /w/models/v.sql
select 1
--- /w/models/v_v1.sql
select 1
#- /w/models/s.yml
models:
  - name: v
    versions:
      - v: 1
#          ^ error dbt/duplicate-node: the file \`v\` is none of the versions of \`v\`, and dbt refuses it beside them; remove it, or make it one by \`defined_in: v\`
`));

test('the arguments of a macro are described in their order', () =>
  check(`--- /w/macros/m.sql
{% macro two(x, y) %}{% endmacro %}
{% macro one(x, y) %}{% endmacro %}
#- /w/macros/s.yml
macros:
  - name: two
    arguments:
      - name: y
#             ^ warning dbt/undefined-argument: the arguments of macro \`two\` are \`x\`, \`y\`, in this order; describe them so, or dbt takes none of it
      - name: x
  - name: one
#         ^^^ warning dbt/undefined-argument: the arguments of macro \`one\` are \`x\`, \`y\`; describe all of them, or dbt warns
    arguments:
      - name: x
        type: list[string]
`));

test('Jinja in strings is read as dbt reads it', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1 as id',
    '/w/models/s.yml': `models:
  - name: a
    description: "{{ doc('x' }}"
    config: { meta: { a: "{{ b" } }
other: "{{ c"
`,
  });
  const found = platform.findings('/w/models/s.yml').filter(({ code }) => code === 'dbt/jinja-syntax');
  const lines = found.map(({ span }) => platform.source('/w/models/s.yml')!.positionAt(span.start).line);
  expect(lines).toEqual([2, 3]);
});

test('what an entry asks for counts where dbt has use for the entry', () =>
  check(`#- /w/models/s.yml
models:
  - name: a
    description: "{{ doc() }} {{ doc('x', 'y', 'z') }} {{ doc('nope') }}"
#                    ^^^ error dbt/wrong-arguments: \`doc()\` takes a docs block, or a package and a docs block, and none is given; correct the arguments
#                                ^^^ error dbt/wrong-arguments: \`doc()\` takes a docs block, or a package and a docs block, and 3 are given; correct the arguments
#                                                              ^^^^ error dbt/undefined-doc: no docs block is named \`nope\`; write \`{% docs nope %}\` or correct the name
  - name: b
    description: "{{ doc() }} {{ doc('nope') }}"
    config: { enabled: false, group: nobodies }
    constraints: [{ type: foreign_key, columns: [id], to: ref('none'), to_columns: [id] }]
    columns:
      - name: id
        description: "{{ doc('nope') }}"
        data_tests: [no_such_test]
  - name: c
#         ^ warning dbt/properties-without-node: no model, seed or snapshot is named \`c\`, so nothing here takes effect; correct the name or remove the entry
    description: "{{ doc() }} {{ doc('nope') }}"
    data_tests: [no_such_test]
macros:
  - name: gone
#         ^^^^ warning dbt/properties-without-node: no macro is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
    description: "{{ doc('nope') }}"
sources:
  - name: raw
    config: { enabled: false }
    tables:
      - name: t
        description: "{{ doc('nope') }}"
`));

test('while the YAML is broken nobody knows what a test is given', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1',
    '/w/models/raw.yml': 'sources: [{ name: raw, tables: [{ name: orders }] }]\n',
    '/w/models/s.yml': `models:
  - name: a
    columns:
      - name: b
        data_tests:
          - relationships: { arguments: { to: source('raw', 'orders'), field: id } }
`,
  });
  expect(platform.findings('/w/models/s.yml').map(({ code }) => code)).toEqual(['yaml/syntax']);
});
