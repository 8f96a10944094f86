/** Paths inside a project, and what stands there. */
export type ProjectFiles = Readonly<Record<string, string>>;

/**
 * A small project as people write them, which dbt Core and dbt v2 accept without a warning.
 * Every kind is one change of it.
 */
export const base: ProjectFiles = {
  'dbt_project.yml': `name: shop
version: '1.0'
profile: shop

model-paths: [models]
seed-paths: [seeds]
test-paths: [tests]
analysis-paths: [analyses]
macro-paths: [macros]
snapshot-paths: [snapshots]

vars:
  start_date: '2024-01-01'
  shop:
    currency: EUR

models:
  shop:
    +persist_docs:
      relation: false
    staging:
      +materialized: view
    marts:
      +materialized: table

seeds:
  shop:
    +quote_columns: false

dispatch:
  - macro_namespace: shared
    search_order: [shop, shared]

on-run-end: "{{ note_the_end() }}"
`,
  'profiles.yml': `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: shop.duckdb
      threads: 2
    prod:
      type: duckdb
      path: prod.duckdb
`,
  'packages.yml': `packages:
  - local: packages/shared
`,
  'package-lock.yml': `packages:
  - local: packages/shared
    name: shared
sha1_hash: 0d446671e2264a26dd42853d194a0d2bb437cd30
`,
  ...sharedIn('packages/shared'),
  ...sharedIn('dbt_packages/shared'),
  'selectors.yml': `selectors:
  - name: nightly
    description: What runs each night
    definition:
      union:
        - method: path
          value: models/marts
          parents: true
        - 'tag:nightly'
  - name: quick
    definition: stg_orders+
`,
  'models/shop.md': `# The shop

{% docs order_status %}
Where the order stands: *placed*, *shipped* or *returned*.
{% enddocs %}

{% docs __overview__ %}
All that the shop knows.
{% enddocs %}
`,
  'seeds/countries.csv': `code,name
DE,Germany
FR,France
`,
  'seeds/_seeds.yml': `version: 2

seeds:
  - name: countries
    description: Where the shop delivers
    config:
      column_types:
        code: varchar(2)
    columns:
      - name: code
        data_tests:
          - unique
`,
  'models/staging/_sources.yml': `version: 2

sources:
  - name: raw
    description: What the web shop writes
    schema: raw
    config:
      loaded_at_field: loaded_at
      freshness:
        warn_after: { count: 12, period: hour }
        error_after: { count: 2, period: day }
    tables:
      - name: orders
        description: One row an order
        columns:
          - name: id
            data_tests:
              - unique
              - not_null
          - name: loaded_at
      - name: customers
        identifier: customers_2024
      - name: payments
`,
  'models/staging/stg_orders.sql': `with source as (
    select * from {{ source('raw', 'orders') }}
)

select
    id as order_id,
    customer_id,
    status,
    {{ cents('amount') }} as amount,
    '{{ var("currency") }}' as currency,
    ordered_at
from source
where ordered_at >= '{{ var("start_date") }}'
`,
  'models/staging/stg_customers.sql': `select
    id as customer_id,
    {{ shared.tidy('name') }} as name,
    country
from {{ source('raw', 'customers') }}
`,
  'models/staging/stg_payments.sql': `{{ config(materialized='ephemeral') }}

select id as payment_id, order_id, amount
from {{ source('raw', 'payments') }}
`,
  'models/staging/_staging.yml': `version: 2

models:
  - name: stg_orders
    description: Orders, renamed
    columns:
      - name: order_id
        description: The key
        data_tests:
          - unique
          - not_null
      - name: status
        description: "{{ doc('order_status') }}"
        data_tests:
          - accepted_values:
              arguments:
                values: [placed, shipped, returned]
              config:
                severity: warn
      - name: amount
        data_tests:
          - is_positive
  - name: stg_customers
    columns:
      - name: customer_id
      - name: name
        data_tests:
          - shared.not_blank
      - name: country
        data_tests:
          - relationships:
              arguments:
                to: ref('countries')
                field: code
`,
  'models/marts/orders.sql': `{{
    config(
        materialized='incremental',
        unique_key='order_id',
        incremental_strategy='delete+insert',
        on_schema_change='append_new_columns',
    )
}}

with payments as (
    select order_id, sum(amount) as paid from {{ ref('stg_payments') }} group by 1
)

select o.order_id, o.customer_id, o.amount, p.paid, o.ordered_at
from {{ ref('stg_orders') }} as o
left join payments as p on p.order_id = o.order_id
{% if is_incremental() %}
where o.ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
`,
  'models/marts/customers.sql': `{% set statuses = ['placed', 'shipped'] %}

select
    c.customer_id,
    c.name,
    {% for status in statuses %}
    sum(case when o.status = '{{ status }}' then 1 else 0 end) as {{ status }}_orders{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('stg_customers') }} as c
left join {{ ref('stg_orders') }} as o on o.customer_id = c.customer_id
group by 1, 2
`,
  'models/marts/prices_v1.sql': `select 1 as product_id, 10 as price
`,
  'models/marts/prices_v2.sql': `select 1 as product_id, 10 as price, 'EUR' as currency
`,
  'models/marts/price_list.sql': `select * from {{ ref('prices', v=1) }}
union all
select product_id, price from {{ ref('prices') }}
`,
  'models/marts/forecast.py': `def model(dbt, session):
    dbt.config(materialized="table", packages=["pandas"])
    orders = dbt.ref("orders")
    if dbt.is_incremental:
        orders = orders.filter("amount > 0")
    return orders
`,
  'models/marts/_marts.yml': `version: 2

models:
  - name: orders
    description: One row an order
    config:
      group: finance
      contract:
        enforced: false
      meta:
        owner: finance
    columns:
      - name: order_id
        data_type: integer
        constraints:
          - type: not_null
      - name: customer_id
        data_type: integer
    constraints:
      - type: primary_key
        columns: [order_id]

  - name: customers
    description: One row a customer
    config:
      access: public
      tags: [nightly]
    data_tests:
      - no_more_than:
          arguments:
            column: placed_orders
            most: 100

  - name: prices
    latest_version: 2
    config:
      contract:
        enforced: true
    columns:
      - name: product_id
        data_type: integer
      - name: price
        data_type: integer
    versions:
      - v: 1
      - v: 2
        columns:
          - include: all
          - name: currency
            data_type: varchar

  - name: forecast
    description: What will come
`,
  'models/groups.yml': `groups:
  - name: finance
    owner:
      name: Finance
      email: finance@example.org
`,
  'models/exposures.yml': `exposures:
  - name: weekly_report
    label: Weekly report
    type: dashboard
    maturity: high
    url: https://example.org/report
    owner:
      name: Ada
      email: ada@example.org
    depends_on:
      - ref('orders')
      - ref('prices', v=2)
      - source('raw', 'payments')
`,
  'models/unit_tests.yml': `unit_tests:
  - name: customers_are_counted
    model: customers
    given:
      - input: ref('stg_customers')
        rows:
          - { customer_id: 1, name: Ada, country: DE }
      - input: ref('stg_orders')
        format: csv
        fixture: some_orders
    expect:
      rows:
        - { customer_id: 1, name: Ada, placed_orders: 2, shipped_orders: 0 }
`,
  'tests/fixtures/some_orders.csv': `order_id,customer_id,status
1,1,placed
2,1,placed
`,
  'tests/no_refunds.sql': `select * from {{ ref('orders') }} where amount < 0
`,
  'tests/_tests.yml': `data_tests:
  - name: no_refunds
    description: Refunds are booked elsewhere
    config:
      severity: warn
`,
  'macros/money.sql': `{#- Cents as money. -#}
{% macro cents(column, digits=2) -%}
    round({{ column }} / 100.0, {{ digits }})
{%- endmacro %}

{% macro note_the_end() %}
    {% if execute %}{{ log('done', info=true) }}{% endif %}
{% endmacro %}
`,
  'macros/checks.sql': `{% test is_positive(model, column_name) %}
select * from {{ model }} where {{ column_name }} <= 0
{% endtest %}

{% test no_more_than(model, column, most=10) %}
select * from {{ model }} where {{ column }} > {{ most }}
{% endtest %}
`,
  'macros/_macros.yml': `macros:
  - name: cents
    description: Cents as money
    arguments:
      - name: column
        type: string
        description: The column
      - name: digits
        type: integer
`,
  'snapshots/orders_history.yml': `snapshots:
  - name: orders_history
    relation: ref('stg_orders')
    config:
      schema: history
      unique_key: order_id
      strategy: timestamp
      updated_at: ordered_at
`,
  'snapshots/customers_history.sql': `{% snapshot customers_history %}
{{ config(unique_key='customer_id', strategy='check', check_cols=['name'], schema='history') }}
select * from {{ ref('stg_customers') }}
{% endsnapshot %}
`,
  'analyses/best_customers.sql': `select * from {{ ref('customers') }} order by placed_orders desc limit 10
`,
};

/** A package of one's own, where it is written and where `dbt deps` put it. */
function sharedIn(folder: string): ProjectFiles {
  return {
    [`${folder}/dbt_project.yml`]: `name: shared
version: '1.0'
config-version: 2
`,
    [`${folder}/macros/tidy.sql`]: `{% macro tidy(column) %}trim({{ column }}){% endmacro %}

{% macro dated(column) %}{{ return(adapter.dispatch('dated', 'shared')(column)) }}{% endmacro %}

{% macro default__dated(column) %}cast({{ column }} as date){% endmacro %}

{% test not_blank(model, column_name) %}
select * from {{ model }} where {{ column_name }} = ''
{% endtest %}
`,
    [`${folder}/models/calendar.sql`]: `select date '2024-01-01' as day
`,
  };
}
