import { test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${fixture}`);

test('what is switched off in its own file is not there to be read', () =>
  check(`--- /w/models/off.sql
{{ config(enabled=false) }} select 1
--- /w/models/maybe.sql
{{ config(enabled=var('on', false)) }} select 1
--- /w/models/again.sql
{{ config(enabled=false) }}{{ config(enabled=true) }} select 1
--- /w/models/b.sql
select * from {{ ref('again') }}
--- /w/models/a.sql
select * from {{ ref('off') }}, {{ ref('maybe') }}
--                    ^^^ error dbt/disabled-ref: model \`off\` is switched off, and dbt refuses to read what is off; switch it on, or do without it
{% if var('x', false) %}{{ ref('off') }}{% endif %}
--                              ^^^ warning dbt/disabled-ref: model \`off\` is switched off, and dbt refuses to read what is off; switch it on, or do without it
--- /w/models/also_off.sql
{{ config(enabled=false) }} select * from {{ ref('off') }}
--- /w/tests/t.sql
select * from {{ ref('off') }}
--                    ^^^ warning dbt/disabled-ref: model \`off\` is switched off, and dbt refuses to read what is off; switch it on, or do without it
`));

test('a table of a source that is off, unless the table is on', () =>
  check(`#- /w/models/s.yml
sources:
  - name: raw
    config: { enabled: false }
    tables:
      - name: orders
      - name: customers
        config: { enabled: true }
--- /w/models/a.sql
select * from {{ source('raw', 'orders') }}, {{ source('raw', 'customers') }}
--                              ^^^^^^ error dbt/disabled-ref: source table \`raw.orders\` is switched off, and dbt refuses to read what is off; switch it on, or do without it
`));

test('what a package switches off, the project may switch on', () =>
  check(`#- /w/packages.yml
packages: [{ local: packages/utils }]
#- /w/packages/utils/dbt_project.yml
name: utils
#- /w/dbt_packages/utils/dbt_project.yml
name: utils
--- /w/dbt_packages/utils/models/off.sql
{{ config(enabled=false) }} select 1
#- /w/dbt_packages/utils/models/s.yml
sources:
  - name: raw
    config: { enabled: false }
    tables: [{ name: orders }]
--- /w/models/a.sql
select * from {{ ref('off') }}, {{ source('raw', 'orders') }}
`));
