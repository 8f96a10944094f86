import { test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const check = (fixture: string, version?: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${fixture}`, version);

test('values that dbt refuses when it builds the node', () =>
  check(`--- /w/models/a.sql
{{ config(enabled='maybe', access='open', meta='x', persist_docs='x', contract={'enforced': 'yes'}) }}
--                 ^^^^^ error dbt/wrong-type: \`enabled\` must be true or false, not a string; remove the quotes if it is one
--                                 ^^^^ error dbt/invalid-value: \`open\` is no value for \`access\`; it must be one of \`private\`, \`protected\` or \`public\`
--                                              ^ error dbt/wrong-type: \`meta\` must be a mapping, not a string
--                                                                ^ error dbt/wrong-type: \`persist_docs\` must be a mapping, not a string
--                                                                                           ^^^ error dbt/wrong-type: \`enforced\` must be true or false, not a string; remove the quotes if it is one
`));

test('what dbt looks at of models alone', () =>
  check(`--- /w/models/a.sql
{{ config(on_error='never', latest_version_pointer='x') }}
--                  ^^^^^ error dbt/invalid-value: \`never\` is no value for \`on_error\`; it must be one of \`skip_children\` or \`continue\`
--                                                  ^ error dbt/wrong-type: \`latest_version_pointer\` must be a mapping, not a string
--- /w/snapshots/s.sql
{% snapshot s %}
{{ config(unique_key='id', strategy='check', check_cols='all', access='open', on_error='never', latest_version_pointer='x') }}
{% endsnapshot %}
`));

test('a setting that is nearly a known one, and a value that is none', () =>
  check(`--- /w/models/a.sql
{{ config(matrialized='table', on_schema_change='append_columns', my_own_setting=1, tags=['a', var('b', 1)]) }}
--        ^^^^^^^^^^^ warning dbt/unknown-key: dbt passes over the unknown key \`matrialized\`; did you mean \`materialized\`?
--                                               ^^^^^^^^^^^^^^ warning dbt/invalid-value: \`append_columns\` is not allowed here; use one of \`ignore\`, \`append_new_columns\`, \`fail\`, \`sync_all_columns\`
`));

test('what is computed is left alone, and what stands in a branch may not count', () =>
  check(`--- /w/models/a.sql
{{ config(enabled=env_var('X', 'y') == 'y', meta=some_meta, tags=['a'] + ['b'], schema='x' if true else 'y') }} {% set some_meta = 'x' %}
{% if target.name == 'dev' %}{{ config(access='open') }}{% endif %}
--                                             ^^^^ warning dbt/invalid-value: \`open\` is no value for \`access\`; it must be one of \`private\`, \`protected\` or \`public\`
`));

test('settings that belong together, groups and materializations', () =>
  check(`--- /w/models/a.sql
{{ config(materialized='incremental', incremental_strategy='microbatch', batch_size='week', group='nope', begin='2024-01-01', event_time='at') }}
--                                                                                   ^^^^ error dbt/invalid-value: \`batch_size\` of a microbatch model must be one of \`hour\`, \`day\`, \`month\` or \`year\`, not \`week\`; correct it
--                                                                                                 ^^^^ error dbt/undefined-group: no group is named \`nope\`; declare it under \`groups:\` or correct the name
--- /w/models/b.sql
{{ config(materialized='tabel') }}
--                      ^^^^^ error dbt/undefined-materialization: no materialization is named \`tabel\`, so dbt cannot run the model; did you mean \`table\`?
--- /w/models/c.sql
{{ config(materialized='my_own') }}{{ config(materialized='mine') }}
--- /w/macros/m.sql
{% materialization mine, default %}{% endmaterialization %}
--- /w/tests/t.sql
{{ config(severity='fatal', tag='x') }}
--                  ^^^^^ error dbt/invalid-value: \`fatal\` is no value for \`severity\`; it must be one of \`warn\` or \`error\`
--                          ^^^ warning dbt/unknown-key: dbt passes over the unknown key \`tag\`; did you mean \`tags\`?
`));

test('what only dbt v2 refuses is told ahead, and an error where v2 reads the project', async () => {
  await check(`--- /w/models/a.sql
{{ config(tags={'a': 1}, alias=5, persist_docs={'relation': 'x'}, access=none) }}
--        ^^^^ information dbt/refused-by-v2: \`tags\` must be a string or a list, not a mapping, says dbt v2; write \`[…]\`
--                             ^ information dbt/refused-by-v2: \`alias\` must be a string, not a number, says dbt v2; put it in quotes
--                                                           ^ information dbt/refused-by-v2: \`relation\` must be true or false, not a string, says dbt v2; remove the quotes if it is one
--                                                                       ^^^^ error dbt/invalid-value: \`access\` is empty but must be one of \`private\`, \`protected\` or \`public\`; fill it in or remove the key
`);
  await check(
    `--- /w/models/a.sql
{{ config(tags=[5], meta=['a'], pre_hook=5, access='open', contract='yes', enabled='maybe') }}
--              ^ error dbt/wrong-type: this must be a string, not a number; put it in quotes
--                  ^^^^ error dbt/wrong-type: \`meta\` must be a mapping, not a list
--                                       ^ error dbt/wrong-type: \`pre_hook\` must be a string, a mapping or a list, not a number; put it in quotes
--                                                  ^^^^ error dbt/invalid-value: \`open\` is no value for \`access\`; it must be one of \`private\`, \`protected\` or \`public\`
--                                                                   ^^^ error dbt/wrong-type: \`contract\` must be a mapping, not a string
--                                                                                  ^^^^^ warning dbt/wrong-type: \`enabled\` must be true or false, not a string; remove the quotes if it is one
{% if target.name == 'dev' %}{{ config(alias=5, batch_size='week') }}{% endif %}
--                                           ^ warning dbt/wrong-type: \`alias\` must be a string, not a number; put it in quotes
--                                                          ^^^^ warning dbt/refused-by-v2: \`week\` is no value for \`batch_size\`, says dbt v2; write \`hour\`, \`day\`, \`month\` or \`year\`
--- /w/models/p.py
def model(dbt, session):
    dbt.config(batch_size="week")
    #                      ^^^^ error dbt/refused-by-v2: \`week\` is no value for \`batch_size\`, says dbt v2; write \`hour\`, \`day\`, \`month\` or \`year\`
    return 1
--- /w/models/b.sql
{{ config(tags='a', meta=none, access=none, pre_hook=none, alias=some_name, schema='a' ~ 'b', unique_key=['a', 'b']) }} {% set some_name = 'x' %}
--                       ^^^^ warning dbt/wrong-type: \`meta\` is empty but must be a mapping; fill it in or remove the key
--                                    ^^^^ warning dbt/invalid-value: \`access\` is empty but must be one of \`private\`, \`protected\` or \`public\`; fill it in or remove the key
`,
    '2.0.0',
  );
});
