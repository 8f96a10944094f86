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

test('a snapshot in YAML says how it tells change', () =>
  check(`snapshots:
  - name: one
#         ^^^ error dbt/missing-key: a snapshot needs \`strategy\` and \`unique_key\` in its \`config\`; add them
    relation: "{{ ref('a') }}"
#              ^^^^^^^^^^^^^^ error dbt/invalid-value: \`relation\` must be one \`ref(…)\` or \`source(…)\` without braces, not \`{{ ref('a') }}\`; correct it
  - name: two
    relation: ref('a')
    config:
      strategy: timestamp
#               ^^^^^^^^^ error dbt/missing-key: the strategy \`timestamp\` needs \`updated_at\`, the column that says when a row changed; add it
      unique_key: id
      check_cols: all
#     ^^^^^^^^^^ error dbt/conflicting-keys: \`check_cols\` belongs to the strategy \`check\`, and dbt refuses it beside \`timestamp\`; remove it
  - name: three
    relation: ref('a')
    config: { strategy: check, unique_key: id, check_cols: some, materialized: table }
#                                                          ^^^^ error dbt/invalid-value: \`check_cols\` must be \`all\` or a list of columns, not \`some\`; correct it
#                                                                              ^^^^^ error dbt/invalid-value: a snapshot is materialized as \`snapshot\` and not as \`table\`; remove the key
  - name: switched_off
    relation: ref('a')
    config: { enabled: false }
  - name: of_our_own
    relation: ref('a')
    config: { strategy: ours, unique_key: id }
`));

test('what a snapshot lacks may stand in dbt_project.yml', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
snapshots:
  shop:
    +strategy: check
    +check_cols: all
--- /w/models/a.sql
select 1
#- /w/snapshots/then.yml
snapshots:
  - name: then
    relation: ref('a')
    config: { unique_key: id }
`,
  ));

test('versions stand once each, and the latest is one of them', () =>
  check(`models:
  - name: a
    latest_version: 3
#                   ^ error dbt/undefined-version: no version of the model is \`3\`; it has \`1\`, \`2\`, \`1\`
    versions:
      - v: 1
        defined_in: a
      - v: 2
        defined_in: b
      - v: 1
#          ^ error dbt/duplicate-version: version \`1\` stands twice, which dbt refuses; remove or rename one of the two
        defined_in: a
  - name: c
    latest_version: "1"
#                    ^ error dbt/undefined-version: \`latest_version\` is a string and \`v\` is not, so dbt v1 does not find it; write \`1\`
    versions:
      - v: 1
        defined_in: b
        columns:
          - include: all
          - include: [id]
#           ^^^^^^^ error dbt/conflicting-keys: \`include\` stands twice among the columns of this version, which dbt refuses; keep one
`));

test('keys of a model’s configuration are looked at together', () =>
  check(`models:
  - name: a
    deprecation_date: soon
#                     ^^^^ error dbt/invalid-value: \`soon\` is no date; write it as \`2027-01-31\`
    config:
      materialized: incremental
      incremental_strategy: microbatch
      event_time: id
      begin: soon
#            ^^^^ error dbt/invalid-value: \`begin\` of a microbatch model must be a date, as in \`2024-01-31\`, not \`soon\`; correct it
      batch_size: week
#                 ^^^^ error dbt/invalid-value: \`batch_size\` of a microbatch model must be one of \`hour\`, \`day\`, \`month\` or \`year\`, not \`week\`; correct it
      freshness:
        build_after: { count: 1 }
#                      ^^^^^ error dbt/missing-key: \`build_after\` has a \`count\` and no \`period\`; add it
  - name: b
    deprecation_date: 2099-01-01 10:00
    config: { access: public, materialized: ephemeral }
#                     ^^^^^^ error dbt/conflicting-keys: an ephemeral model cannot be \`public\`: nothing of it is there for others to read; make it \`protected\`, or a view
`));

test('constraints and contracts are whole', () =>
  check(`models:
  - name: a
    config: { contract: { enforced: true } }
    constraints:
      - type: foreign_key
        to: b
#           ^ error dbt/invalid-value: \`to\` must be one \`ref(…)\` or \`source(…)\`, not \`b\`; write \`ref('b')\`
    columns:
      - name: id
        data_type: int
        constraints: [{ type: primary_key }]
      - name: other
#             ^^^^^ error dbt/missing-key: an enforced contract needs the \`data_type\` of every column; add that of \`other\`
        constraints: [{ type: primary_key }]
#                             ^^^^^^^^^^^ error dbt/conflicting-keys: two columns are declared as primary key; for a key of several columns declare one constraint under the model’s own \`constraints:\`
  - name: b
#         ^ error dbt/missing-key: the contract of \`b\` is enforced, but no columns are listed; list them with their \`data_type\`
    config: { contract: { enforced: true } }
`));

test('a unit test’s inputs are calls and its rows fit their format', () =>
  check(
    `unit_tests:
  - name: u
    model: a
    given:
      - input: b
#              ^ error dbt/invalid-value: an input must be one \`ref(…)\` or \`source(…)\`, or \`this\`, not \`b\`; write \`ref('b')\`
        rows: []
      - input: this
#       ^^^^^ error dbt/invalid-value: the input rows are missing; list them under \`rows\`, or write \`rows: []\` for none
      - input: ref('b')
        rows: id
#             ^^ error dbt/invalid-value: the input rows are a string, but their format is \`dict\`; write a list of mappings, or \`format: csv\`
      - input: ref('b')
        format: csv
        rows: [{ id: 1 }]
#       ^^^^ error dbt/invalid-value: the input rows are a list, but their format is \`csv\`; write them as one string, or remove \`format\`
    expect:
#   ^^^^^^ error dbt/invalid-value: the expected rows are missing; list them under \`rows\`, or write \`rows: []\` for none
      format: dict
`,
  ));

test('an exposure has a plain name and depends on calls', () =>
  check(`exposures:
  - name: our board
#         ^^^^^^^^^ warning dbt/deprecated: the name of an exposure is made of letters, digits and underscores, and dbt v2 refuses \`our board\`; rename it, and write what people read as its \`label\`
    type: dashboard
    owner: { name: Ann }
    depends_on:
      - ref('a')
      - b
#       ^ warning dbt/invalid-value: dbt passes over \`b\`, which is no \`ref(…)\`, \`source(…)\` or \`metric(…)\`; write \`ref('b')\`
      - "{{ ref('a') }}"
#        ^^^^^^^^^^^^^^ error dbt/invalid-value: what an exposure depends on is written without braces; remove them
`));

test('a source says once when it was loaded', () =>
  check(`sources:
  - name: raw
    overrides: utils
#   ^^^^^^^^^ warning dbt/deprecated: \`overrides\` of a source is deprecated, and dbt v2 refuses it; declare the source under a name of its own, and switch off that of the package
    tables:
      - name: orders
        config:
          loaded_at_field: at
          loaded_at_query: select 1
#         ^^^^^^^^^^^^^^^ error dbt/conflicting-keys: \`loaded_at_field\` and \`loaded_at_query\` exclude each other; keep one of them
`));

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
