import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';
import { misfit, readGiven, readParameters, shownParameters, writeGiven } from './parameters.ts';

const project = `#- /w/dbt_project.yml
name: shop
vars:
  known: 1
--- /w/models/stg.sql
select 1
--- /w/macros/money.sql
{% macro cents(column, precision=2) %}{{ column }}{{ precision }}{% endmacro %}
{% macro any() %}{{ varargs }} {{ kwargs }}{% endmacro %}
{% macro none_at_all() %}1{% endmacro %}
`;

const check = (fixture: string): Promise<void> => checkFindings([dbt], project + fixture);

test('a macro that is not there is an error where the line is surely evaluated', () =>
  check(`--- /w/models/a.sql
   {{ cets('x') }} {{ cents('x') }} {{ nothing_like_it() }}
--    ^^^^ error dbt/undefined-macro: no macro is named \`cets\`; did you mean \`cents\`?
--                                     ^^^^^^^^^^^^^^^ error dbt/undefined-macro: no macro is named \`nothing_like_it\`; define it or correct the name
{% if execute %}{{ gone_for_good() }}{% endif %}
--                 ^^^^^^^^^^^^^ warning dbt/undefined-macro: no macro is named \`gone_for_good\`; define it or correct the name
{{ adapter.dispatch('whatever')() }} {{ run_query('select 1') }} {{ dbt.dateadd('day', 1, 'x') }} {{ x | replace('a', 'b') }}
{% set f = cents %}{{ f('x') }}{% for g in [cents] %}{{ g('x') }}{% endfor %}{% if (x) and not (y) %}{% endif %}
{% macro local(h) %}{{ h() }}{{ caller() }}{% endmacro %}{% call(row) local(cents) %}{{ row.x() }}{% endcall %}
{{ ''.join([]) }}{{ x.y.z() }}{{ model.config.get('x') }}{{ range(3) }}{{ modules.datetime.datetime.now() }}
--                  ^ error dbt/undefined-package: no variable and no package is named \`x\`; add the package to packages.yml or correct the name
--- /w/macros/other.sql
{% macro other(given) %}
   {{ gone_for_good() }}{{ given.items() }}{{ given() }}
--    ^^^^^^^^^^^^^ information dbt/undefined-macro: no macro is named \`gone_for_good\`; define it or correct the name
{{ materialization_mine_default() }}{{ trino__of_an_adapter() }}{{ duckdb__get_batch_size() }}
{% endmacro %}
{% materialization mine, default %}{% endmaterialization %}
--- /w/tests/t.sql
select {{ gone_for_good() }}
--        ^^^^^^^^^^^^^ error dbt/undefined-macro: no macro is named \`gone_for_good\`; define it or correct the name
--- /w/models/off.sql
{{ config(enabled=false) }} {{ gone_for_good() }}
`));

test('macros of a package are had by its name', () =>
  check(
    `#- /w/packages.yml
packages:
  - package: acme/utils
    version: 1.0.0
#- /w/dbt_packages/utils/dbt_project.yml
name: utils
--- /w/dbt_packages/utils/macros/star.sql
{% macro star(from) %}*{% endmacro %}
--- /w/models/a.sql
{{ utils.star('x') }} {{ shop.cents('x') }} {{ utils.star('x', 1) }}
--                                                   ^^^^ error dbt/wrong-arguments: \`star\` takes at most 1 argument, and 2 are given; remove what is too much
{{ star('x') }} {{ utils.cents('x') }} {{ utils.gone() }}
-- ^^^^ error dbt/undefined-macro: \`star\` belongs to package \`utils\`; write \`utils.star\`
--                       ^^^^^ error dbt/undefined-macro: package \`utils\` has no macro \`cents\`; it is defined in \`shop\`
--                                              ^^^^ error dbt/undefined-macro: package \`utils\` has no macro \`gone\`; correct the name
   {{ utls.star('x') }} {{ ref('shop', 'stg') }} {{ ref('utils', 'stg') }}
--    ^^^^ error dbt/undefined-package: no variable and no package is named \`utls\`; did you mean \`utils\`?
--                                                                ^^^ error dbt/undefined-ref: package \`utils\` has no model, seed or snapshot \`stg\`; it is one of \`shop\`
`,
  ));

test('nothing is said of macros while packages are not installed', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/packages.yml': 'packages:\n  - package: acme/utils\n    version: 1.0.0\n',
    '/w/models/a.sql': "{{ utils.star('x') }} {{ star('x') }} {{ ref('utils', 'x') }}",
  });
  expect(platform.findings('/w/models/a.sql')).toEqual([]);
});

test('calls are held against what the macro takes', () =>
  check(`--- /w/models/a.sql
   {{ cents('x', 2, 3) }} {{ cents('x', digits=2) }} {{ cents() }} {{ any(1, a=2) }} {{ cents(*args) }}
--    ^^^^^ error dbt/wrong-arguments: \`cents\` takes at most 2 arguments, and 3 are given; remove what is too much
--                           ^^^^^ error dbt/wrong-arguments: \`cents\` takes no \`digits\`; it takes \`column\`, \`precision\`
   {{ none_at_all(1) }} {{ is_incremental(1) }} {{ cents('x', column='y') }}
--    ^^^^^^^^^^^ error dbt/wrong-arguments: \`none_at_all\` takes no arguments, and 1 is given; remove what is too much
--                         ^^^^^^^^^^^^^^ error dbt/wrong-arguments: \`is_incremental\` takes no arguments, and 1 is given; remove what is too much
--                                                 ^^^^^ error dbt/wrong-arguments: \`cents\` is given \`column\` twice, by place and by name; remove one of the two
{% if execute %} {{ cents(1, 2, 3) }} {% endif %}
--                  ^^^^^ warning dbt/wrong-arguments: \`cents\` takes at most 2 arguments, and 3 are given; remove what is too much
`));

test('dbt’s own functions count their arguments', () =>
  check(`--- /w/models/a.sql
   {{ ref() }} {{ ref('a', 'b', 'c') }} {{ ref(model_name='stg') }} {{ ref('stg', foo=1) }}
--    ^^^ error dbt/wrong-arguments: \`ref()\` takes a model, or a package and a model, and none is given; correct the arguments
--                ^^^ error dbt/wrong-arguments: \`ref()\` takes a model, or a package and a model, and 3 are given; correct the arguments
--                                         ^^^ error dbt/wrong-arguments: \`ref()\` takes a model, or a package and a model, and none is given; correct the arguments
--                                                                     ^^^ warning dbt/wrong-arguments: \`ref()\` passes over \`foo\`; remove it, or write \`v=\` for a version
   {{ source('raw', 'x', 'y') }} {{ source(source_name='raw', table_name='t') }} {{ var() }}
--    ^^^^^^ error dbt/wrong-arguments: \`source()\` takes a source and a table, and 3 are given; correct the arguments
--            ^^^ error dbt/undefined-source: no source is named \`raw\`; declare it under \`sources:\` or correct the name
--                                  ^^^^^^ error dbt/wrong-arguments: \`source()\` takes no keywords; write a source and a table as two strings
--                                                                                  ^^^ error dbt/wrong-arguments: \`var()\` is called without \`var_name\`, which has no default; give it
   {{ ref(stg) }} {{ source(raw, 'x') }} {{ ref(known) }} {{ ref(model.name) }} {% set known = 'stg' %}
--    ^^^ error dbt/wrong-arguments: \`ref()\` takes names, and \`stg\` is no variable; put it in quotes
--                   ^^^^^^ error dbt/wrong-arguments: \`source()\` takes names, and \`raw\` is no variable; put it in quotes
   {{ source('raw.x') }} {{ ref('stg") }}
--    ^^^^^^ error dbt/wrong-arguments: \`source()\` takes a source and a table, and 1 is given; correct the arguments
--                              ^^^^^ error dbt/jinja-syntax: the string is never closed; add its closing quote
   {{ config() }} {{ config({'a': 1}, tags='x') }} {{ config.get() }} {{ env_var('A', 'b', 1) }}
--    ^^^^^^ error dbt/wrong-arguments: \`config()\` is given nothing, which dbt refuses; give it keywords or remove it
--                   ^^^^^^ error dbt/wrong-arguments: \`config()\` takes either keywords or one mapping, not both; write them all as keywords
--                                                           ^^^ error dbt/wrong-arguments: \`config.get()\` needs the name of a setting; give it
--                                                                       ^^^^^^^ error dbt/wrong-arguments: \`env_var()\` takes at most 2 arguments, and 3 are given; remove what is too much
   {{ exceptions.raise_compile_error('x') }} {{ adapter.get_relatin('a') }} {{ adapter.of_its_own() }}
--               ^^^^^^^^^^^^^^^^^^^ error dbt/undefined-member: \`exceptions\` has no member \`raise_compile_error\`; did you mean \`raise_compiler_error\`?
--                                                      ^^^^^^^^^^^ warning dbt/undefined-member: \`adapter\` has no member \`get_relatin\`; did you mean \`get_relation\`?
   {% set x = modules.itertools.chain([1], [2]) %}
--                    ^^^^^^^^^ warning dbt/deprecated: \`modules.itertools\` is deprecated since dbt 1.10; write it with \`zip\`, \`range\` and loops of Jinja
`));

test('a variable that a condition asks for need not be there where it is taken', () =>
  check(`--- /w/models/a.sql
{% if var('gone', none) %}{{ var('gone') }}{% endif %} {{ var('lost') if var('lost', '') else 1 }}
--- /w/models/b.sql
{% if var('gone', none) %}{{ var('lost') }}{% endif %}
--                                ^^^^ warning dbt/undefined-var: no variable is named \`lost\`, and no default is given; declare it under \`vars:\` of dbt_project.yml, give a default, or pass it by \`--vars\`
#- /w/models/s.yml
sources:
  - name: raw
    schema: "{% if var('gone', none) != none %}{{ var('gone') }}_raw{% else %}raw{% endif %}"
`));

test('variables without a default must be there', () =>
  check(`--- /w/models/a.sql
{{ var('known') }} {{ var('gone') }} {{ var('gone', 1) }} {{ env_var('GONE_FOR_GOOD') }} {{ env_var('GONE', 'x') }}
--                         ^^^^ warning dbt/undefined-var: no variable is named \`gone\`, and no default is given; declare it under \`vars:\` of dbt_project.yml, give a default, or pass it by \`--vars\`
--                                                                    ^^^^^^^^^^^^^ information dbt/undefined-env-var: the environment variable \`GONE_FOR_GOOD\` is not set, and no default is given; set it in .env or in the environment, or give a default
{{ env_var('DBT_ENV_SECRET_X', 'y') }}
--          ^^^^^^^^^^^^^^^^ error dbt/misplaced-secret: dbt lets no secret be read here: \`DBT_ENV_SECRET_X\` may stand in profiles.yml and packages.yml alone; remove it or rename the variable
`));

test('hooks are rendered with the model, and comments of SQL too', () =>
  check(`--- /w/models/a.sql
{{ config(post_hook="insert into log select * from {{ ref('gone') }}", pre_hook=["{{ source('gone', 'x') }}"]) }}
--                                                         ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
--                                                                                           ^^^^ error dbt/undefined-source: no source is named \`gone\`; declare it under \`sources:\` or correct the name
-- depends_on: {{ ref('gone') }}
--                     ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
`));

test('a hook with escaped quotes is left alone: its text is not what dbt reads', () =>
  check(`--- /w/models/a.sql
{{ config(post_hook='{{ log(\\'["near"]\\', "x \\'y\\'") }} {{ ref(\\'a\\') }}') }}
`));

test('a macro of the project in the place of `source` takes what it likes', () =>
  check(`--- /w/macros/source.sql
{% macro source(source_name, table, database=none) %}{% endmacro %}
--- /w/models/sources.yml
sources: [{name: raw, tables: [{name: orders}]}]
--- /w/models/a.sql
{{ source('raw', 'orders', database='lake') }}
`));

test('white space is what Python takes for it', () =>
  check(`--- /w/models/a.sql
{{\u00a0config(materialized='view')\u00a0}} select {{ ref\u00a0('stg') }}
`));

test('a docs block knows no macros', () =>
  check(`<!-- /w/models/d.md -->
{{ ref('outside') }}
{% docs a %} {{ ref('x') }} {% set f = 1 %}{{ f() }} {{ range(3) }} {% raw %}{{ ref('x') }}{% endraw %} {% enddocs %}
<!--            ^^^ error dbt/call-in-docs: dbt v1 knows no \`ref\` in a docs block and refuses the file; write \`{% raw %}…{% endraw %}\` around it to show it -->
`));

test('singular tests and analyses are named by their files', () =>
  check(`--- /w/tests/a/t.sql
select 1
--- /w/tests/b/t.sql
select 1
--<- error dbt/duplicate-test: two singular tests are named \`t\`, which dbt refuses; rename one of them
--- /w/analyses/a/t.sql
select 1
--- /w/analyses/b/t.sql
select 1
--<- error dbt/duplicate-analysis: two analyses are named \`t\`, which dbt refuses; rename one of them
`));

test('parameters are read of the text between the brackets', () => {
  const { named, takesMore, takesAnyKeyword } = readParameters(
    `model, to: str, field='a, b', options={'x': [1, 2]}, *kwargs`,
  );
  expect(named.map((each) => [each.name, each.default])).toEqual([
    ['model', undefined],
    ['to', undefined],
    ['field', "'a, b'"],
    ['options', "{'x': [1, 2]}"],
  ]);
  expect([takesMore, takesAnyKeyword]).toEqual([false, true]);
  expect(shownParameters('a, b=1, *varargs, *kwargs, *caller')).toBe('a, b=1, …, **kwargs');
  const given = { positional: 2, keywords: ['x', 'y'], isSpread: true };
  expect(readGiven(writeGiven(given))).toEqual(given);
  expect(misfit(given, readParameters(''))).toBeUndefined();
});

test('what a member is asked of is known', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
--- /w/macros/m.sql
{% macro cents(a) %}{{ settings.currency }}{{ a.b }}{% endmacro %}
--- /w/models/a.sql
{{ settings.currency }}
-- ^^^^^^^^ error dbt/undefined-package: no variable and no package is named \`settings\`; add the package to packages.yml or correct the name
{% if execute %}{{ settings.currency | upper }}{% endif %}
--                 ^^^^^^^^ warning dbt/undefined-package: no variable and no package is named \`settings\`; add the package to packages.yml or correct the name
--- /w/models/b.sql
{% set one = {'a': {'b': 1}} %}{{ one.a.b }} {{ target.name }} {{ this.schema }} {{ model.config.tags }} {{ cents.name }}
{% for x in [one] %}{{ x.a }}{{ loop.index }}{% endfor %} {{ shop.cents }} {{ dbt.hash }} {{ 'a'.upper() }} {{ 1.5 }}
{# {{ none_of.it }} #} {% raw %}{{ none_of.it }}{% endraw %} {{ graph.nodes }} {{ invocation_args_dict.which }}
--- /w/models/c.sql
{{ config(enabled=false) }}{{ settings.currency }}
`,
  ));

test('of macros that several adapters bring, a call must fit one', () =>
  check(`--- /w/macros/m.sql
{% macro m(relation) %}
{{ py_write_table(compiled_code='', target_relation=relation) }}
{{ py_write_table(compiled_code='', nowhere_known=relation) }}
-- ^^^^^^^^^^^^^^ warning dbt/wrong-arguments: \`py_write_table\` takes no \`nowhere_known\`; it takes \`temporary\`, \`relation\`, \`compiled_code\`, \`partitioned_by\`, \`sorted_by\`
{% endmacro %}
`));

test('a value of config without quotes is a variable', () =>
  check(`--- /w/models/a.sql
{% set known = 'table' %}
   {{ config(materialized=known, schema=target.schema, alias=staging, enabled=true, database=none) }}
--    ^^^^^^ warning dbt/wrong-arguments: \`staging\` is no variable, so dbt is given nothing; write \`alias='staging'\`
{% if execute %}{{ config(tags=nightly) }}{% endif %}
--                 ^^^^^^ warning dbt/wrong-arguments: \`nightly\` is no variable, so dbt is given nothing; write \`tags='nightly'\`
--- /w/models/b.sql
   {{ config(enabled=yes) }}
--    ^^^^^^ warning dbt/wrong-arguments: \`yes\` is no variable, so dbt is given nothing; write \`enabled='yes'\`
--- /w/macros/g.sql
{% macro configured(name) %}{{ config(alias=name) }}{% endmacro %}
`));

test('a keyword with a dash is one finding', () =>
  check(`--- /w/models/a.sql
{{ config(materialized='table', unique-key='id') }}
--                              ^^^^^^ error dbt/jinja-syntax: a keyword has no dash in Jinja; write \`unique_key\`
--- /w/models/b.sql
{{ config(pre-hook='x') }} {{ stg - stg }}
--        ^^^ error dbt/jinja-syntax: a keyword has no dash in Jinja; write \`pre_hook\`
--- /w/models/c.sql
   {{ Ref('stg') }} {{ is_incrementl() }}
--    ^^^ error dbt/undefined-macro: no macro is named \`Ref\`; did you mean \`ref\`?
--                     ^^^^^^^^^^^^^ error dbt/undefined-macro: no macro is named \`is_incrementl\`; did you mean \`is_incremental\`?
`));
