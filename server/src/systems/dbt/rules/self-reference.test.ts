import { test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${fixture}`);

test('a model, a Python model and a snapshot that refer to themselves', () =>
  check(`--- /w/models/a.sql
select * from {{ ref('a') }} -- {{ ref('shop', 'a') }}
--                    ^ error dbt/self-reference: \`a\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model
--                                              ^ error dbt/self-reference: \`a\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model
{% if is_incremental() %}{{ ref('a') }}{% endif %}
--                               ^ warning dbt/self-reference: \`a\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model
#- /w/models/b.py
def model(dbt, session):
    return dbt.ref("b")
#                   ^ error dbt/self-reference: \`b\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model
--- /w/snapshots/s.sql
{% snapshot one %}{{ config(unique_key='id', strategy='check', check_cols='all', schema='s') }}
select * from {{ ref('one') }}
--                    ^^^ error dbt/self-reference: \`one\` refers to itself, and dbt refuses the cycle; write \`this\` for what it was before, or refer to another model
{% endsnapshot %}
{% snapshot two %}{{ config(unique_key='id', strategy='check', check_cols='all', schema='s') }}
select * from {{ ref('one') }}
{% endsnapshot %}
`));

test('what means another, or is off', () =>
  check(`--- /w/models/prices.sql
select * from {{ ref('prices', v=1) }}
--- /w/models/prices_v1.sql
select 1 as id
#- /w/models/prices.yml
models:
  - name: prices
    versions:
      - v: 1
      - v: 2
  - name: gone
    config: { enabled: false }
--- /w/models/gone.sql
select * from {{ ref('gone') }}
--- /w/models/away.sql
{{ config(enabled=false) }} select * from {{ ref('away') }}
--- /w/models/c.sql
select * from {{ this }} -- {# {{ ref('c') }} #}
`));
