import { append, change, type Kind, odd, write } from '../kind.ts';

/** What projects of late are made of, much of it at once. */
export const recentKinds: readonly Kind[] = [
  odd(
    'recent-meta',
    'labels that are read in many ways',
    write(
      'models/extra.sql',
      `{{ config(meta={'owner': 'me', 'pii': ['a']}) }}
{% set labels = config.get('meta', {}) %}
{% set owner = config.meta_get('owner') %}
{% for key, value in labels.items() %}-- {{ key }} {{ value }}
{% endfor %}
select '{{ owner }}' as o, '{{ config.get("materialized", default="view") }}' as x, '{{ model.meta }}' as y
`,
    ),
  ),
  odd(
    'recent-jinja',
    'all forms of Jinja',
    write(
      'macros/wrap.sql',
      `{%- macro wrap(inner_name, sep=', ') -%}
  {%- set parts = [] -%}
  {%- for a in varargs %}{% do parts.append(a) %}{% endfor -%}
  {%- for k, v in kwargs.items() if v is not none %}{%- do parts.append(k ~ '=' ~ v) -%}{% endfor -%}
  {{ caller() if caller is defined else inner_name }}{{ parts | join(sep) }}
{%- endmacro -%}
{% macro lists() %}{{ return([1, 2, 3]) }}{% endmacro %}
`,
    ),
  ),
  odd(
    'recent-jinja-model',
    'all forms of Jinja in a model',
    write(
      'models/extra.sql',
      `{%- set ns = namespace(found=false, total=0) -%}
{%- set cols = ['a', 'b'] -%}
{% set block %}select {{ cols | map('upper') | join(', ') }}{% endset %}
{% raw %}-- {{ not jinja }} {% nor this %}{% endraw %}
{% filter upper %}-- loud{% endfilter %}
{% for a, b in [(1, 2), (3, 4)] -%}
  {%- if loop.first %}-- {{ a }}{% elif loop.last -%} -- {{ b }} {%- else %}{% continue %}{% endif %}
{%- endfor %}
{% macro local(x) %}{{ x }}{% endmacro %}
{% set a, b = 1, 2 %}
{% set d = dict(a=1, **{'b': 2}) %}
{% set z = cols[::-1] + cols[1:] %}
{% do log("x" ~ z | string, info=False) %}
{% if not (ns.found or cols is iterable) and 'a' in cols and 3 is divisibleby 3 %}x{% endif %}
{{ "%s-%s" | format('a', 'b') }} -- {{ 5 // 2 ** 2 }} {{ -5 | abs }} {{ 'a' 'b' }}
{% set s %}{{ local(1) }}{% endset %}
{{ {'a': {'b': [1]}}.a.b[0] }} {{ cols | batch(2) | list }}
select 1 as a
`,
    ),
  ),
  odd(
    'recent-context',
    'what dbt brings along for models',
    write(
      'models/extra.sql',
      `{% set results = run_query('select 1') if execute else none %}
{% set t = adapter.get_relation(database=this.database, schema=this.schema, identifier='x') %}
{% set q = api.Relation.create(schema='a', identifier='b') %}
{% set year = modules.datetime.datetime.now().strftime('%Y') %}
{{ dbt.date_trunc('day', 'current_date') }} {{ dbt_version }} {{ invocation_id }} {{ run_started_at.strftime("%Y-%m-%d") }}
{{ target.get('threads') }} {{ flags.FULL_REFRESH }} {{ thread_id }} {{ project_name }} {{ dbt.type_string() }}
{{ dbt.concat(["'a'", "'b'"]) }} {{ tojson({'a': 1}) }} {{ fromyaml('a: 1') }} {{ local_md5('a') }} {{ set([1]) | list }}
{{ zip([1], [2]) | list }} {{ diff_of_two_dicts({}, {}) }} {{ dbt_metadata_envs }} {{ selected_resources }}
{{ graph.nodes.values() | list | length if execute }} {{ config.persist_relation_docs() }} {{ this.include(database=false) }}
{{ dbt.safe_cast('a', api.Column.translate_type('int')) }} {{ dbt.listagg('a', "','", 'order by a', 3) }} {{ dbt.last_day('a', 'month') }}
{{ dbt.dateadd('day', -1, 'x') }} {{ dbt.cast('a', 'int') }} {{ dbt.date(2024, 1, 1) }} {{ adapter.quote('x') }} {{ pre_hooks }}
select 1 as a
`,
    ),
  ),
  odd('recent-package-tests', 'tests of a package with all that they take', [
    append(
      'dbt_packages/shared/macros/tidy.sql',
      `{% test expression_is_true(model, expression, column_name=None) %}select 1{% endtest %}
{% test unique_combination(model, columns, quote_columns=false) %}select 1{% endtest %}
{% test accepted_range(model, column_name, min_value=none, max_value=none, inclusive=true) %}select 1{% endtest %}
{% test equal_rowcount(model, compare_model, group_by_columns = []) %}select 1{% endtest %}
{% macro star(from, relation_alias=False, except=[], prefix='', suffix='', quote_identifiers=True) %}*{% endmacro %}
`,
    ),
    write(
      'models/extra.yml',
      `models:
  - name: stg_payments
    data_tests:
      - shared.expression_is_true:
          arguments: { expression: "amount >= 0" }
          config: { where: "1=1" }
      - shared.unique_combination:
          arguments:
            columns: [payment_id, order_id]
          name: one_payment_an_order
          description: Why
      - shared.equal_rowcount:
          arguments: { compare_model: ref('stg_orders') }
      - shared.equal_rowcount:
          name: second
          arguments: { compare_model: "{{ ref('stg_orders') }}" }
    columns:
      - name: amount
        data_tests:
          - shared.accepted_range:
              arguments: { min_value: 0, max_value: "{{ var('most', 5) }}", inclusive: false }
          - shared.accepted_range:
              arguments:
                min_value: 0
              config: { severity: warn, warn_if: '>10', error_if: '>100' }
              name: other
          - accepted_values: { arguments: { values: [true, 1, null], quote: false } }
          - relationships: { arguments: { to: "ref('prices', v=1)", field: product_id } }
`,
    ),
    write(
      'models/extra.sql',
      "select {{ shared.star(from=ref('stg_orders'), except=['a'], relation_alias='x') }} from {{ ref('stg_orders') }}\n",
    ),
  ]),
  odd('recent-unit-formats', 'a unit test in three formats', [
    write('tests/fixtures/expected_customers.sql', 'select 1 as customer_id\n'),
    write(
      'models/extra.yml',
      `unit_tests:
  - name: in_sql
    model: customers
    config: { tags: [a], meta: { b: 1 }, enabled: true }
    given:
      - input: ref('stg_customers')
        format: sql
        rows: |
          select 1 as customer_id, 'Ada' as name
          union all
          select 2 as customer_id, null as name
      - input: ref('stg_orders')
        format: csv
        rows: |
          order_id,customer_id,status
          1,1,placed
    expect: { format: sql, fixture: expected_customers }
    overrides:
      macros: { is_incremental: false, current_timestamp: "'2024-01-01'" }
      vars: { currency: USD, nested: { a: [1] } }
      env_vars: { HOME: /x }
`,
    ),
  ]),
  odd(
    'recent-snapshot',
    'a snapshot in YAML with all that it takes',
    write(
      'snapshots/extra.yml',
      `snapshots:
  - name: raw_orders_history
    relation: source('raw', 'orders')
    config:
      schema: history
      unique_key: [id, customer_id]
      strategy: check
      check_cols: all
      hard_deletes: new_record
      dbt_valid_to_current: "to_date('9999-12-31')"
      snapshot_meta_column_names: { dbt_valid_from: valid_from, dbt_is_deleted: is_deleted }
    columns: [{ name: id, data_tests: [unique] }]
`,
    ),
  ),
  odd(
    'recent-exposure',
    'an exposure with all that it takes',
    write(
      'models/extra.yml',
      `exposures:
  - name: churn
    type: ml
    owner: { email: [a@example.org, b@example.org], name: Ada, slack: '#churn' }
    config: { tags: a, meta: { b: 1 }, enabled: true }
    depends_on: [ref('orders'), "ref('shop', 'orders')", "source('raw', 'payments')"]
    description: |
      {{ doc('order_status') }}
`,
    ),
  ),
  odd(
    'recent-python',
    'Python of today',
    write(
      'models/extra.py',
      `import pandas as pd

THRESHOLD = 5


def helper(df, *, n: int = 3) -> "pd.DataFrame":
    return df


class Cleaner:
    def clean(self, x):
        return x


async def later():
    pass


def model(dbt, session):
    dbt.config(
        materialized="incremental",
        unique_key=["a", "b"],
        packages=["numpy==1.23.1", "scikit-learn"],
        meta={"a": 1},
    )
    df = dbt.ref("stg_orders").df()
    other = dbt.ref("shared", "calendar")
    if dbt.is_incremental:
        latest = session.execute(f"select max(x) from {dbt.this}")
    f = lambda r: r["a"]
    match THRESHOLD:
        case 5:
            pass
    text = f"{df!r:>{10}}" + '''
def model(x):
'''
    return (
        df.assign(x=1)
    )
`,
    ),
  ),
  odd('recent-functions', 'a function, called in two ways', [
    write('functions/is_number.sql', "regexp_matches(txt, '^[0-9]+$')\n"),
    write(
      'functions/_functions.yml',
      `functions:
  - name: is_number
    description: Whether a text is a number
    config: { type: scalar, volatility: deterministic, meta: { a: 1 }, tags: [x] }
    arguments:
      - { name: txt, data_type: varchar, description: The text }
    returns: { data_type: boolean, description: Whether it is }
`,
    ),
    write(
      'models/extra.sql',
      "select {{ function('is_number') }}('5') as a, {{ function('shop', 'is_number') }}('x') as b\n",
    ),
  ]),
  odd('recent-vars', 'vars of all types in vars.yml', [
    change('dbt_project.yml', "vars:\n  start_date: '2024-01-01'\n  shop:\n    currency: EUR\n", ''),
    write(
      'vars.yml',
      `vars:
  start_date: '2024-01-01'
  currency: EUR
  days: [1, 2]
  map: { a: { b: 1 } }
  shop: { only_here: 1 }
`,
    ),
    write(
      'models/extra.sql',
      "select '{{ var('map').a.b }}' as a, {{ var('days') | join('+') }} as b, {{ var('only_here') }} as c\n",
    ),
  ]),
  odd(
    'project-static-analysis',
    'a word that YAML 1.1 takes for false',
    change(
      'dbt_project.yml',
      '      +materialized: view\n',
      '      +materialized: view\n      +static_analysis: off\n',
    ),
  ),
  odd('project-query-comment-own', 'a query comment by a macro', [
    append('dbt_project.yml', 'query-comment:\n  comment: "{{ note(node) }}"\n  append: true\n'),
    write(
      'macros/note.sql',
      '{% macro note(node) %}{{ tojson({"of": node.unique_id if node else none}) }}{% endmacro %}\n',
    ),
  ]),
  odd(
    'project-flags-many',
    'flags of all sorts',
    append(
      'dbt_project.yml',
      `flags:
  send_anonymous_usage_stats: false
  printer_width: 120
  fail_fast: false
  log_level_file: debug
  indirect_selection: eager
  store_failures: true
  warn_error_options:
    error: [NoNodesForSelectionCriteria]
    silence: [UnusedResourceConfigPath]
    warn: []
  require_generic_test_arguments_property: true
  require_unique_project_resource_names: false
`,
    ),
  ),
  odd('project-sources', 'freshness of sources by a query, for a folder', [
    change('models/staging/_sources.yml', '      loaded_at_field: loaded_at\n', ''),
    append(
      'dbt_project.yml',
      `sources:
  shop:
    +loaded_at_query: "select max(loaded_at) from {{ this }}"
    +freshness:
      warn_after: { count: 1, period: day }
      filter: loaded_at > current_date - 3
    +event_time: loaded_at
`,
    ),
  ]),
];
