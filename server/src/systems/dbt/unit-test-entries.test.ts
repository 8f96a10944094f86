import { test } from 'vitest';
import { checkShop } from './test-support/shop.ts';

test('a unit test is of a model, with versions that there are, and leaves out the rows of seeds alone', () =>
  checkShop(`#- /w/tests/fixtures/rows.csv
id
#- /w/models/s.yml
unit_tests:
  - name: u
    model: sd
#          ^^ error dbt/invalid-unit-test: \`sd\` is a seed, and only models have unit tests; test a model that reads it
    given: []
    expect: { rows: [] }
  - name: u
    model: a
    versions: { include: [1] }
#   ^^^^^^^^ error dbt/undefined-version: \`a\` has no versions; remove the key
    given:
      - input: ref('sd')
      - input: ref('b')
#                   ^ error dbt/invalid-unit-test: only the rows of a seed can be left out, and \`b\` is a model; list them under \`rows\`, or write \`rows: []\` for none
      - input: ref('b')
        format: csv
        fixture: rows
      - input: ref('b')
        format: csv
        fixture: rosw
#                ^^^^ error dbt/undefined-fixture: no fixture is named \`rosw\`; did you mean \`rows\`?
    expect: { rows: [] }
  - name: u
#         ^ error dbt/duplicate-test: two unit tests of this model are named \`u\`, which dbt refuses; rename one of them
    model: a
    given: []
    expect: { rows: [] }
`));

test('the semantic layer is made of names', () =>
  checkShop(`#- /w/models/s.yml
models:
  - name: a
    time_spine: { standard_granularity_column: day }
    columns: [{ name: day, granularity: day }]
semantic_models:
  - name: orders
    model: ref('gone')
#               ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
    measures:
      - name: amount
#             ^^^^^^ error dbt/missing-key: measure \`amount\` has no time to be added up by; name a time dimension as \`agg_time_dimension\`, here or under \`defaults:\`
        agg: summ
#            ^^^^ error dbt/invalid-value: \`summ\` is no value for \`agg\`; did you mean \`sum\`?
  - name: orders
#         ^^^^^^ error dbt/duplicate-semantic-model: two semantic models are named \`orders\`; rename one of them
    model: ref('a')
metrics:
  - name: total
    label: Total
    type: simple
    type_params: { measure: amont }
#                           ^^^^^ error dbt/undefined-measure: no semantic model has a measure \`amont\`; did you mean \`amount\`?
  - name: ratio
    label: Ratio
    type: ratio
    type_params:
      numerator: total
      denominator: { name: totl }
#                          ^^^^ error dbt/undefined-metric: no metric is named \`totl\`; did you mean \`total\`?
  - name: total
#         ^^^^^ error dbt/duplicate-metric: two metrics are named \`total\`; rename one of them
    label: Total again
    type: simpel
#         ^^^^^^ error dbt/invalid-value: \`simpel\` is no value for \`type\`; did you mean \`simple\`?
saved_queries:
  - name: weekly
    query_params: { metrics: [total, gone] }
#                                    ^^^^ error dbt/undefined-metric: no metric is named \`gone\`; declare it under \`metrics:\` or correct the name
exposures:
  - name: board
    type: dashboard
    owner: { name: Ann }
    depends_on: [metric('total'), metric('lost')]
#                                         ^^^^ error dbt/undefined-metric: no metric is named \`lost\`; declare it under \`metrics:\` or correct the name
`));

test('a unit test says what an incremental model is told', () =>
  checkShop(`--- /w/models/inc.sql
{{ config(materialized='incremental') }} select 1 {% if is_incremental() %} where true {% endif %}
#- /w/models/s.yml
unit_tests:
  - name: one
    model: inc
#          ^^^ error dbt/invalid-unit-test: \`inc\` asks \`is_incremental()\`, and the test must say what it is told; write \`is_incremental: false\` or \`true\` under \`macros\` in \`overrides\`
    given: []
    expect: { rows: [] }
  - name: two
    model: inc
#          ^^^ error dbt/invalid-unit-test: the test tells \`inc\` that it is incremental, but not what is there already; give it as \`input: this\`
    overrides: { macros: { is_incremental: true } }
    given: []
    expect: { rows: [] }
  - name: three
    model: inc
    overrides: { macros: { is_incremental: false } }
    given: []
    expect: { rows: [] }
  - name: four
    model: inc
    overrides: { macros: { is_incremental: true } }
    given: [{ input: this, rows: [] }]
    expect: { rows: [] }
`));

test('a model in batches of time says of which, in its file or its properties', () =>
  checkShop(`--- /w/models/m.sql
{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at') }} select 1
--                                                          ^^^^^^^^^^ error dbt/missing-key: a model in batches of time needs \`begin\` in its configuration; add it
--- /w/models/n.sql
{{ config(event_time='at', begin='2024-01-01') }} select 1
--- /w/models/o.sql
{{ config(materialized='incremental', incremental_strategy='microbatch') }}{{ config(incremental_strategy='append') }}
--- /w/models/p.sql
{{ config(materialized='incremental', incremental_strategy='append') }} select 1
--- /w/models/q.sql
{% if var('big', false) %}{{ config(materialized='incremental', incremental_strategy='microbatch') }}{% endif %}
--- /w/models/r.sql
{{ config(materialized='view' if true else 'table') }} select 1
--- /w/models/s.sql
{{ config({'event_time': 'at', 'begin': '2024-01-01', 'batch_size': 'day'}) }} select 1
#- /w/models/s.yml
models:
  - name: p
    config: { materialized: incremental, incremental_strategy: microbatch }
  - name: r
    config: { materialized: incremental, incremental_strategy: microbatch }
  - name: s
    config: { materialized: incremental, incremental_strategy: microbatch }
  - name: m
    config: { batch_size: day }
  - name: n
    config: { materialized: incremental, incremental_strategy: microbatch, batch_size: day }
  - name: a
    config:
      materialized: incremental
      incremental_strategy: microbatch
#                           ^^^^^^^^^^ error dbt/missing-key: a model in batches of time needs \`event_time\`, \`begin\`, \`batch_size\` in its configuration; add them
`));

test('semantic models need a time spine somewhere', () =>
  checkShop(`#- /w/models/s.yml
semantic_models:
  - name: orders
#         ^^^^^^ error dbt/missing-time-spine: the semantic layer needs a model that lists days or smaller times; give one of the models a \`time_spine\`
    model: ref('a')
  - name: customers
    model: ref('b')
`));
