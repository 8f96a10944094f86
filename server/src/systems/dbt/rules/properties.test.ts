import { test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
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
        constraints: [{ type: primary_key, warn_unenforced: maybe }]
#                                                           ^^^^^ information dbt/refused-by-v2: \`warn_unenforced\` must be true or false, not a string, says dbt v2; correct it
      - name: other
#             ^^^^^ error dbt/missing-key: an enforced contract needs the \`data_type\` of every column; add that of \`other\`
        constraints: [{ type: primary_key }]
#                             ^^^^^^^^^^^ error dbt/conflicting-keys: two columns are declared as primary key; for a key of several columns declare one constraint under the model’s own \`constraints:\`
  - name: b
#         ^ error dbt/missing-key: the contract of \`b\` is enforced, but no columns are listed; list them with their \`data_type\`
    config: { contract: { enforced: true } }
`));

test('a unit test names the versions it is for, or those it is not for', () =>
  check(`unit_tests:
  - name: one
    model: v
    versions: { include: [1], exclude: [2] }
#                             ^^^^^^^ error dbt/conflicting-keys: \`include\` and \`exclude\` exclude each other, and dbt refuses both together; keep one
    given: []
    expect: { rows: [] }
  - name: two
    model: v
    versions: { include: [], exclude: [2] }
    given: []
    expect: { rows: [] }
  - name: three
    model: v
    versions: { include: [1], exclude: }
    given: []
    expect: { rows: [] }
models:
  - name: v
    versions: [{ v: 1, defined_in: a }, { v: 2, defined_in: b }]
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

test('the semantic layer has lists of its own', () =>
  check(`models:
  - name: a
    time_spine:
      standard_granularity_column: day
#                                  ^^^ error dbt/invalid-value: column \`day\` has no \`granularity\`, which a time spine needs; add it to the column
      custom_granularities:
        - name: fiscal_year
#               ^^^^^^^^^^^ error dbt/invalid-value: the model lists no column \`fiscal_year\`; list it under \`columns:\`, or correct the name
    columns:
      - name: day
  - name: b
    time_spine: { standard_granularity_column: at }
    columns: [{ name: at, granularity: day }]
semantic_models:
  - name: orders
    model: a
#          ^ error dbt/invalid-value: \`model\` must be one \`ref(…)\`, not \`a\`; write \`ref('a')\`
    entities: [{ name: id, type: primery }]
#                                ^^^^^^^ error dbt/invalid-value: \`primery\` is no value for \`type\`; did you mean \`primary\`?
    dimensions:
      - name: at
        type: TIME
        type_params: { time_granularity: fortnight }
#                                        ^^^^^^^^^ error dbt/invalid-value: \`fortnight\` is no value for \`time_granularity\`; it must be one of \`nanosecond\`, \`microsecond\`, \`millisecond\`, \`second\`, \`minute\`, \`hour\`, \`day\`, \`week\`, \`month\`, \`quarter\`, \`year\`
    defaults: { agg_time_dimension: at }
    measures: [{ name: placed, agg: count }]
metrics:
  - name: 1st
#         ^^^ error dbt/invalid-value: \`1st\` is no name for a metric; begin it with a letter, and use letters, digits and underscores only
    label: First
    type: simple
#         ^^^^^^ error dbt/missing-key: a simple metric needs \`measure\` in its \`type_params\`; add it
    type_params: {}
  - name: share
    label: Share
    type: ratio
#         ^^^^^ error dbt/missing-key: a ratio metric needs \`denominator\` beside its \`type\`; add it
    numerator: share
#              ^^^^^ error dbt/invalid-value: metric \`share\` is made of itself, which never ends; name another one
  - name: running
    label: Running
    type: cumulative
    type_params:
      measure: placed
      window: 7 days
#     ^^^^^^ error dbt/unknown-key: \`window\` belongs to \`cumulative_type_params\`; move it there
`));

test('the types of a macro’s arguments are those that dbt knows', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
--- /w/macros/m.sql
{% macro m(x, y, z) %}{% endmacro %}
#- /w/macros/s.yml
macros:
  - name: m
    arguments:
      - { name: x, type: 'dict[str, optional[int]]' }
      - { name: y, type: list }
#                        ^^^^ warning dbt/invalid-value: \`list\` is no type that dbt knows; use \`string\`, \`int\`, \`bool\`, \`float\`, \`any\`, \`relation\`, \`column\`, or \`list[…]\`, \`dict[…, …]\`, \`optional[…]\` of them
      - { name: z }
`,
  ));
