import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';
import { checkShop } from './test-support/shop.ts';

test('a version leaves columns out of all of them', () =>
  checkShop(`--- /w/models/c_v1.sql
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

test('an entry stands in the section of what it describes', () =>
  checkShop(`#- /w/models/s.yml
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
  checkShop(`--- /w/models/v_v1.sql
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

test('a macro’s documentation names its arguments', () =>
  checkShop(`--- /w/macros/cents.sql
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
  await checkShop(`#- /w/models/s.yml
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

test('a file beside the versions of its name is refused', () =>
  checkShop(`--- /w/models/v.sql
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

test('a file of the model itself takes the place of the latest version where that is switched off', () =>
  checkShop(`--- /w/models/v.sql
select 1
--- /w/models/v_v1.sql
{{ config(enabled=false) }} select 1
#- /w/models/s.yml
models:
  - name: v
    versions:
      - v: 1
`));

test('the arguments of a macro are described in their order', () =>
  checkShop(`--- /w/macros/m.sql
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
  checkShop(`#- /w/models/s.yml
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
