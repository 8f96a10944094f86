import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const project = `#- /w/dbt_project.yml
name: shop
--- /w/models/a.sql
select 1 as id
--- /w/models/b.sql
select 1 as id
--- /w/macros/our_test.sql
{% test our_test(model, column_name) %}{{ kwargs }}{% endtest %}
`;

const check = (yaml: string): Promise<void> =>
  checkFindings([dbt], `${project}#- /w/models/schema.yml\n${yaml}`);

test('a generic test is a name, or a mapping of one name and its arguments', () =>
  check(`models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique
          - not_null: {}
          - test_name: accepted_values
            arguments: { values: [1] }
          - unique:
            config: { severity: warn }
#           ^^^^^^ error dbt/invalid-test: \`config\` stands beside the test \`unique\` and not in it; indent it further than \`unique\`
          - unique: {}
            not_null: {}
#           ^^^^^^^^ error dbt/invalid-test: one item holds the tests \`unique\` and \`not_null\`; begin each with a dash of its own
          - unique: id
#                   ^^ error dbt/invalid-test: what stands below \`unique\` must be a mapping of arguments, not \`id\`; name the argument
          - not_null:
#           ^^^^^^^^ error dbt/invalid-test: what stands below \`not_null\` must be a mapping of arguments, not empty; remove the colon, or write the arguments below it
          - {}
#           ^^ error dbt/invalid-test: this test has no name; name it or remove the item
          - test_name: 5
#                      ^ error dbt/invalid-test: \`test_name\` must be a string; name the test
          - 1st_test
#           ^^^^^^^^ error dbt/invalid-test: \`1st_test\` is no name for a test; begin it with a letter or an underscore
          - our_test: { arguments: { model: x } }
#                                    ^^^^^ error dbt/invalid-test: \`model\` is reserved: dbt gives every test what it tests by that name; rename the argument of the macro
`));

test('the configuration of a test takes what dbt takes', () =>
  check(`models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique:
              config:
                severity: errror
#                         ^^^^^^ error dbt/invalid-value: \`errror\` is no value for \`severity\`; did you mean \`error\`?
                limit: some
#                      ^^^^ error dbt/wrong-type: \`limit\` of a test must be a number, not \`some\`; correct it
                store_failures: sometimes
#                               ^^^^^^^^^ error dbt/wrong-type: \`store_failures\` of a test must be \`true\` or \`false\`, not \`sometimes\`; correct it
                tags: [1]
#               ^^^^ error dbt/wrong-type: \`tags\` of a test must be a string or a list of strings, not a list; correct it
          - not_null:
              config: { severity: "{{ 'warn' }}", limit: 5, tags: nightly, enabled: true, where: id > 1 }
          - our_test:
              config: [severity]
#             ^^^^^^ error dbt/wrong-type: \`config\` must be a mapping, not a list; write keys below it or remove it
`));

test('arguments and configuration have places of their own', () =>
  check(`models:
  - name: a
    columns:
      - name: id
        data_tests:
          - accepted_values:
              values: [1]
#             ^^^^^^ warning dbt/deprecated: \`values\` and \`quote\` are arguments of \`accepted_values\`, which dbt v2 refuses to take here; move them under \`arguments\`
              quote: false
              severity: warn
#             ^^^^^^^^ warning dbt/deprecated: \`severity\` is configuration of the test, which dbt v2 refuses to take here; move it under \`config\`
          - our_test:
              arguments: { x: 1 }
              y: 2
#             ^ information dbt/refused-by-v2: \`y\` is an argument of \`our_test\`, which dbt v2 refuses to take here; move it under \`arguments\`
          - unique:
              severity: warn
#             ^^^^^^^^ error dbt/conflicting-keys: \`severity\` stands beside \`config\` and in it, which dbt refuses; keep the one in \`config\`
              config: { severity: warn }
`));

test('two tests that are alike have one name, two spellings of the list are one too many', () =>
  check(`models:
  - name: a
    data_tests:
      - unique: { arguments: { column_name: id } }
      - accepted_values: { column_name: one, arguments: { values: [1] } }
      - accepted_values: { column_name: two, arguments: { values: [1] } }
    columns:
      - name: id
        data_tests:
          - unique
#           ^^^^^^ error dbt/duplicate-test: \`unique\` stands twice on column \`id\` with the same arguments, which dbt refuses; remove one, or give one a \`name\`
          - unique: { name: by_another_name }
          - accepted_values: { arguments: { values: [1, 2] } }
          - accepted_values: { arguments: { values: [1] } }
          - not_null: { config: { where: id > 1 } }
          - not_null: { config: { enabled: false } }
          - not_null: { config: { where: id < 1 } }
#           ^^^^^^^^ error dbt/duplicate-test: \`not_null\` stands twice on column \`id\` with the same arguments, which dbt refuses; remove one, or give one a \`name\`
      - name: other
        tests: [unique]
        data_tests: []
#       ^^^^^^^^^^ error dbt/conflicting-keys: \`tests\` and \`data_tests\` are the same, and dbt takes only one of them; join the two lists
`));

const configured = `#- /w/dbt_project.yml
name: shop
--- /w/macros/m.sql
{% macro ours(x) %}{% endmacro %}
--- /w/models/a.sql
select 1 as id
#- /w/models/s.yml
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique:
              config:
                warn_if: "{% if target.name == 'dev' %}{{ ours(1) }}{% endif %}"
                error_if: "{{ ours(1) if target.name == 'dev' else '>1' }}"
                alias: "{{ var('x', 'y') }}_{{ local_md5('z') }}"
`;

test('dbt v1 knows no macros in the configuration of a test', () =>
  checkFindings(
    [dbt],
    `${configured}                where: "{{ ours(1) }} {{ ref('a') }} {{ dbt.date(1) }}"
#                          ^^^^ error dbt/misplaced-call: no macro is known in the configuration of a test, and dbt refuses \`ours\` here; write what it gives, or test by a macro of your own
#                                        ^^^ error dbt/misplaced-call: no macro is known in the configuration of a test, and dbt refuses \`ref\` here; write what it gives, or test by a macro of your own
#                                                       ^^^ error dbt/misplaced-call: no macro is known in the configuration of a test, and dbt refuses \`dbt\` here; write what it gives, or test by a macro of your own
`,
  ));

test('dbt v2 knows those there are', () =>
  checkFindings(
    [dbt],
    `${configured}                where: "{{ ours(1) }} {{ ref('a') }} {{ nowhere(1) }} {{ dbt.date(1) }}"
#                                        ^^^ error dbt/misplaced-call: no macro is known in the configuration of a test, and dbt refuses \`ref\` here; write what it gives, or test by a macro of your own
#                                                       ^^^^^^^ error dbt/undefined-macro: no macro is named \`nowhere\`; define it or correct the name
`,
    '2.0.0',
  ));

const fixes: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'arguments of a block',
    `          - accepted_values:
              values: # the ones we know
                - 1
              # before quote
              quote: false # numbers
              name: known
`,
    `          - accepted_values:
              arguments:
                values: # the ones we know
                  - 1
                quote: false # numbers
              # before quote
              name: known
`,
  ],
  [
    'arguments in braces',
    `          - accepted_values: {values: [1], quote: false}
`,
    `          - accepted_values: {arguments: {values: [1], quote: false}}
`,
  ],
  [
    'configuration, where there is some already',
    `          - unique:
              severity: warn
              config:
                where: >
                  id > 1
`,
    `          - unique:
              config:
                severity: warn
                where: >
                  id > 1
`,
  ],
  [
    'arguments of a test that is named by a key',
    `          - test_name: accepted_values
            values: [1]
`,
    `          - test_name: accepted_values
            arguments:
              values: [1]
`,
  ],
];

test.each(fixes)('a fix moves %s, whatever ends the lines', async (_name, before, after) => {
  const head = 'models:\n  - name: a\n    columns:\n      - name: id\n        data_tests:\n';
  for (const lineEnd of ['\n', '\r\n']) {
    const text = (head + before).replaceAll('\n', lineEnd);
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
    expect(mended).toBe((head + after).replaceAll('\n', lineEnd));
  }
});

test('what a test does not take is said once, also where `arguments` was meant', () =>
  check(`models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique:
#           ^^^^^^ error dbt/wrong-arguments: test \`unique\` takes no \`error_msg\`; it takes \`model\`, \`column_name\`
              error_msg: not unique
          - accepted_values:
#           ^^^^^^^^^^^^^^^ error dbt/wrong-arguments: test \`accepted_values\` takes no \`argument\`; did you mean \`arguments\`?
              argument: { values: [1] }
`));
