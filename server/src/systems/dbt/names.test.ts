import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const project = `#- /w/dbt_project.yml
name: shop
profile: shop
#- /w/profiles.yml
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
--- /w/models/stg_orders.sql
select 1 as id
`;

const check = (fixture: string): Promise<void> => checkFindings([dbt], project + fixture);

test('a ref to nothing is an error where dbt refuses it, a warning where it may or only warns', () =>
  check(`--- /w/models/orders.sql
select * from {{ ref('stg_ordrs') }}
--                    ^^^^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`stg_ordrs\`; did you mean \`stg_orders\`?
-- a comment of SQL is rendered, too: {{ ref('gone') }}
--                                            ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
{# one of Jinja is not: {{ ref('gone') }} #}
{% raw %}{{ ref('gone') }}{% endraw %}
{% if execute %}
  {{ ref('gone') }}
--        ^^^^ warning dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
{% endif %}
{{ ref('stg_orders') }} {{ ref(name) }} {{ ref('stg_' ~ name) }} {{ ref('other_package', 'gone') }} {% set name = 'x' %}
--                                                                       ^^^^^^^^^^^^^ error dbt/undefined-package: no package is named \`other_package\`; add the package to packages.yml or correct the name
--- /w/tests/no_orders.sql
select * from {{ ref('gone') }}
--                    ^^^^ warning dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
--- /w/macros/latest.sql
{% macro latest() %}select * from {{ ref('gone') }}{% endmacro %}
`));

test('names of the project itself may be given in two arguments', () =>
  check(`--- /w/models/orders.sql
select * from {{ ref('shop', 'stg_orders') }} join {{ ref('shop', 'gone') }}
--                                                                 ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
`));

test('what is switched off relies on nothing', () =>
  check(`--- /w/models/in_file.sql
{{ config(enabled=false) }} select * from {{ ref('gone') }}
--- /w/models/computed.sql
{{ config(enabled=var('x')) }} select * from {{ ref('gone') }}
--- /w/models/in_yaml.sql
select * from {{ ref('gone') }}
#- /w/models/schema.yml
models:
  - name: in_yaml
    config:
      enabled: false
`));

test('folders that the project switches off rely on nothing and clash with nothing', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
models:
  shop:
    legacy:
      +enabled: "{{ var('legacy', false) }}"
--- /w/models/orders.sql
select 1
--- /w/models/legacy/orders.sql
select * from {{ ref('gone') }}
`,
  ));

test('Python models take names as SQL does', () =>
  check(`#- /w/models/scored.py
def model(dbt, session):
    dbt.config(materialized="table")
    # dbt.ref("gone")
    a = dbt.ref("stg_orders")
    b = dbt.ref("gone")
    #            ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
    c = dbt.ref(f"{a}")
    #           ^^^^^^ error dbt/invalid-python-model: dbt does not run the file, so what \`dbt.ref()\` is given must be written out; write a literal
    return dbt.source("raw", "orders")
    #                  ^^^ error dbt/undefined-source: no source is named \`raw\`; declare it under \`sources:\` or correct the name
`));

test('a source and its table are two names, and one cause is one finding', () =>
  check(`#- /w/models/sources.yml
sources:
  - name: raw
    tables:
      - name: orders
--- /w/models/orders.sql
select * from {{ source('raw', 'orders') }} {{ source('rwa', 'orders') }} {{ source('raw', 'ordes') }}
--                                                     ^^^ error dbt/undefined-source: no source is named \`rwa\`; did you mean \`raw\`?
--                                                                                          ^^^^^ error dbt/undefined-source-table: source \`raw\` has no table \`ordes\`; did you mean \`orders\`?
`));

test('a source may be spread over files, its tables may not be declared twice', () =>
  check(`#- /w/models/a.yml
sources:
  - name: raw
    tables:
      - name: orders
#- /w/models/b.yml
sources:
  - name: raw
    tables:
      - name: customers
      - name: orders
      #       ^^^^^^ error dbt/duplicate-source-table: source table \`raw.orders\` is declared twice; remove one of the two
`));

test('properties rely on names in all the places where dbt reads them', () =>
  check(`#- /w/models/schema.yml
models:
  - name: stg_orders
    columns:
      - name: id
        data_tests:
          - unique
          - relationships:
              arguments:
                to: ref('gone_a')
                #        ^^^^^^ warning dbt/undefined-ref: no model, seed or snapshot is named \`gone_a\`; create it or correct the name
                field: id
  - name: gone_b
  #       ^^^^^^ warning dbt/properties-without-node: no model, seed or snapshot is named \`gone_b\`, so nothing here takes effect; correct the name or remove the entry
exposures:
  - name: board
    type: dashboard
    owner:
      name: Ann
    depends_on:
      - ref('gone_c')
      #      ^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone_c\`; create it or correct the name
      - ref('stg_orders')
unit_tests:
  - name: adds_up
    model: gone_d
    #      ^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone_d\`; create it or correct the name
    given:
      - input: ref("gone_e")
      #             ^^^^^^ warning dbt/undefined-ref: no model, seed or snapshot is named \`gone_e\`; create it or correct the name
      - input: this
        rows: []
    expect:
      rows: []
snapshots:
  - name: orders_then
    relation: ref('gone_f')
    #              ^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone_f\`; create it or correct the name
    config:
      strategy: check
      unique_key: id
      check_cols: all
macros:
  - name: gone_g
  #       ^^^^^^ warning dbt/properties-without-node: no macro is named \`gone_g\`, so nothing here takes effect; correct the name or remove the entry
`));

test('two nodes of a kind exclude each other, two of different kinds are warned of', () =>
  check(`--- /w/models/x/stg_orders.sql
select 1
--<- error dbt/duplicate-node: two models are named \`stg_orders\`; rename one of them
#- /w/seeds/stg_orders.csv
id
#<- warning dbt/duplicate-node: a seed and a model are both named \`stg_orders\`; rename one of them, or \`ref\` means either
--- /w/snapshots/then.sql
{% snapshot then %}select 1{% endsnapshot %}
{% snapshot then %}select 1{% endsnapshot %}
--          ^^^^ error dbt/duplicate-node: two snapshots are named \`then\`; rename one of them
`));

test('versions make one model of several files', () =>
  check(`--- /w/models/customers_v1.sql
select 1
--- /w/models/customers.sql
select 1
--- /w/models/orders.sql
select * from {{ ref('customers') }} {{ ref('customers', v=1) }}
#- /w/models/schema.yml
models:
  - name: customers
    latest_version: 2
    versions:
      - v: 1
      - v: 2
        defined_in: customers
`));

test('a name is described once, unless nothing has that name', () =>
  check(`#- /w/models/a.yml
models:
  - name: stg_orders
  - name: gone
  #       ^^^^ warning dbt/properties-without-node: no model, seed or snapshot is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
  - name: gone
  #       ^^^^ warning dbt/properties-without-node: no model, seed or snapshot is named \`gone\`, so nothing here takes effect; correct the name or remove the entry
#- /w/models/b.yml
models:
  - name: stg_orders
  #       ^^^^^^^^^^ error dbt/duplicate-properties: \`stg_orders\` is described twice, which dbt refuses; keep one of the entries
`));

test('an entry is not corrected to a name that another one describes', () =>
  check(`--- /w/models/mart.sql
select 1 as id
--- /w/macros/m.sql
{% macro cents() %}{% endmacro %}
{% macro euros() %}{% endmacro %}
#- /w/models/a.yml
models:
  - name: stg_orders
  - name: stg_ordrs
  #       ^^^^^^^^^ warning dbt/properties-without-node: no model, seed or snapshot is named \`stg_ordrs\`, so nothing here takes effect; correct the name or remove the entry
  - name: marts
  #       ^^^^^ warning dbt/properties-without-node: no model, seed or snapshot is named \`marts\`, so nothing here takes effect; did you mean \`mart\`?
macros:
  - name: cents
  - name: cent
  #       ^^^^ warning dbt/properties-without-node: no macro is named \`cent\`, so nothing here takes effect; correct the name or remove the entry
  - name: euro
  #       ^^^^ warning dbt/properties-without-node: no macro is named \`euro\`, so nothing here takes effect; did you mean \`euros\`?
`));

test('groups, docs blocks, exposures and macros are names, too', () =>
  check(`#- /w/models/schema.yml
models:
  - name: stg_orders
    description: "{{ doc('gone') }} and {{ doc('orders') }}"
    #                     ^^^^ error dbt/undefined-doc: no docs block is named \`gone\`; write \`{% docs gone %}\` or correct the name
    config:
      group: gone
      #      ^^^^ error dbt/undefined-group: no group is named \`gone\`; declare it under \`groups:\` or correct the name
groups:
  - name: sales
    owner:
      name: Ann
  - name: sales
  #       ^^^^^ error dbt/duplicate-group: two groups are named \`sales\`; rename one of them
    owner:
      name: Ben
exposures:
  - name: board
    type: dashboard
    owner:
      name: Ann
  - name: board
  #       ^^^^^ error dbt/duplicate-exposure: two exposures are named \`board\`; rename one of them
    type: dashboard
    owner:
      name: Ann
--- /w/models/docs.md
{% docs orders %} {% raw %}{{ ref('not read') }}{% endraw %} {% enddocs %}
{% docs orders %}again{% enddocs %}
--      ^^^^^^ error dbt/duplicate-doc: two docs blocks are named \`orders\`; rename one of them
--- /w/macros/a.sql
{% macro cents(x) %}{{ x }}{% endmacro %}
{% test positive(model) %}select 1{% endtest %}
--- /w/macros/b.sql
{% macro cents(x) %}{{ x }}{% endmacro %}
--       ^^^^^ error dbt/duplicate-macro: two macros are named \`cents\`; rename one of them
`));

test('a package is part of the project that installed it, and its findings are its own affair', () =>
  check(`#- /w/packages.yml
packages:
  - package: acme/utils
    version: 1.0.0
#- /w/dbt_packages/utils/dbt_project.yml
name: utils
--- /w/dbt_packages/utils/models/calendar.sql
select * from {{ ref('nothing at all') }}
--- /w/dbt_packages/utils/models/stg_orders.sql
select 1
#- /w/dbt_packages/utils/integration_tests/dbt_project.yml
name: utils_tests
--- /w/dbt_packages/utils/integration_tests/models/for_tests.sql
select 1
--- /w/models/orders.sql
select * from {{ ref('calendar') }} {{ ref('utils', 'calendar') }} {{ ref('for_tests') }} {{ ref('utils', 'gone') }}
--                                                                         ^^^^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`for_tests\`; create it or correct the name
--                                                                                                         ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
`));

test('nothing is called undefined while packages are not installed, and the reason is told', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/packages.yml': 'packages:\n  - package: acme/utils\n    version: 1.0.0\n',
    '/w/models/orders.sql': "select * from {{ ref('calendar') }} {{ source('raw', 'x') }}",
  });
  expect(platform.findings('/w/models/orders.sql')).toEqual([]);
  expect(platform.facts.holes('dbt.node', '/w').map((hole) => hole.reason)).toEqual([
    '`dbt deps` has not been run: names that a package may define are not checked; run it to have them checked',
  ]);
});

test('projects of one repository do not know each other', () =>
  checkFindings(
    [dbt],
    `#- /w/a/dbt_project.yml
name: a
--- /w/a/models/orders.sql
select 1
#- /w/b/dbt_project.yml
name: b
--- /w/b/models/orders.sql
select 1
--- /w/b/models/more.sql
select * from {{ ref('only_in_a') }}
--                    ^^^^^^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`only_in_a\`; create it or correct the name
--- /w/a/models/only_in_a.sql
select 1
`,
  ));
