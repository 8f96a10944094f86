import { type Kind, append, change, defect, mark, odd, write } from '../kind.ts';
import { onBranch, relation, rendered } from './reasons.ts';

const model = 'models/extra.sql';
const sql = (text: string) => write(model, text);

/** SQL models and the Jinja in them. */
export const sqlKinds: readonly Kind[] = [
  defect(
    'ref-unknown',
    'a ref to no model',
    change('models/marts/customers.sql', "ref('stg_customers')", `ref('stg_customer')${mark}`),
  ),
  defect(
    'ref-in-comment',
    'a ref to no model in an SQL comment',
    sql(`select 1 as id\n-- was {{ ref('old_orders') }}${mark}\n`),
  ),
  defect('ref-case', 'a ref in another case', sql(`select * from {{ ref('Orders') }}${mark}\n`)),
  defect('ref-none', 'a ref to nothing', sql(`select * from {{ ref() }}${mark}\n`)),
  defect(
    'ref-three',
    'a ref of three parts',
    sql(`select * from {{ ref('shop', 'models', 'orders') }}${mark}\n`),
  ),
  defect(
    'ref-package-unknown',
    'a ref into a package that does not exist',
    sql(`select * from {{ ref('utils', 'orders') }}${mark}\n`),
  ),
  defect(
    'ref-package-model-unknown',
    'a ref to a model that the package does not have',
    sql(`select * from {{ ref('shared', 'holidays') }}${mark}\n`),
  ),
  defect(
    'ref-keyword',
    'a ref with an unknown keyword',
    sql(`select * from {{ ref(model='orders') }}${mark}\n`),
  ),
  defect('ref-disabled', 'a ref to a model that is off', [
    write('models/off.sql', '{{ config(enabled=false) }}\nselect 1 as id\n'),
    sql(`select * from {{ ref('off') }}${mark}\n`),
  ]),
  defect('ref-itself', 'a model that refers to itself', sql(`select * from {{ ref('extra') }}${mark}\n`), {
    found: 'compile',
  }),
  defect('ref-cycle', 'two models that refer to each other', [
    sql(`select * from {{ ref('other') }}${mark}\n`),
    write('models/other.sql', `select * from {{ ref('extra') }}${mark}\n`),
  ]),
  defect('ref-number', 'a ref to a number', sql(`select * from {{ ref(5) }}${mark}\n`)),
  defect('ref-bare', 'a ref without quotes', sql(`select * from {{ ref(orders) }}${mark}\n`)),
  defect('source-bare', 'a source without quotes', sql(`select * from {{ source(raw, 'orders') }}${mark}\n`)),
  defect(
    'source-dotted',
    'a source and a table in one string',
    sql(`select * from {{ source('raw.orders') }}${mark}\n`),
  ),
  defect(
    'config-bare',
    'a configuration without quotes',
    sql(`{{ config(schema=staging) }}${mark}\nselect 1 as id\n`),
  ),
  defect('ref-test', 'a ref to a test', sql(`select * from {{ ref('no_refunds') }}${mark}\n`)),
  defect(
    'ref-in-branch',
    'a ref to no model in the branch taken',
    sql(`{% if true %}\nselect * from {{ ref('old_orders') }}${mark}\n{% endif %}\n`),
    { depends: onBranch },
  ),
  defect(
    'ref-in-hook',
    'a hook that refers to no model',
    sql(`{{ config(post_hook="grant select on {{ ref('old_orders') }} to x") }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'ref-depends-comment',
    'a dependency in a comment on no model',
    sql(`-- depends_on: {{ ref('old_orders') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'jinja-expression-open',
    'an expression that is not closed',
    sql(`select 1 as id,\n  {{ cents('a') as a${mark}\n`),
  ),
  defect(
    'jinja-block-open',
    'a block tag that is not closed',
    sql(`{% if true${mark}\nselect 1 as id${mark}\n`),
  ),
  defect(
    'jinja-if-open',
    'an `if` without an end',
    sql(`select 1 as id\n{% if true %}${mark}\nwhere true\n`),
  ),
  defect(
    'jinja-for-open',
    'a `for` without an end',
    sql(`select\n{% for x in [1, 2] %}${mark}\n  {{ x }},\n`),
  ),
  defect('jinja-end-without', 'an end without a beginning', sql(`select 1 as id\n{% endif %}${mark}\n`)),
  defect(
    'jinja-end-other',
    'a block that is ended by another',
    sql(`{% for x in [1] %}\nselect 1 as id\n{% endif %}${mark}\n`),
  ),
  defect('jinja-else-without', 'an `else` without an `if`', sql(`select 1 as id\n{% else %}${mark}\n`)),
  defect('jinja-tag-unknown', 'a tag that does not exist', sql(`{% iff true %}${mark}\nselect 1 as id\n`)),
  defect('jinja-comment-open', 'a comment that is not closed', sql(`select 1 as id\n{# and then${mark}\n`)),
  defect(
    'jinja-raw-open',
    'a raw block without an end',
    sql(`select 1 as id\n{% raw %}${mark}\nwhere true\n`),
  ),
  defect('jinja-bracket', 'a bracket that is not closed', sql(`select {{ cents('a' }} as a${mark}\n`)),
  defect('jinja-quote', 'a quote that is not closed', sql(`select {{ cents('a) }} as a${mark}\n`)),
  defect('jinja-empty', 'an expression of nothing', sql(`select {{ }} as a${mark}\n`)),
  defect('jinja-set-open', 'a `set` without a value', sql(`{% set x = %}${mark}\nselect 1 as id\n`)),
  defect(
    'jinja-for-no-in',
    'a `for` over nothing',
    sql(`{% for x %}${mark}\nselect 1 as id\n{% endfor %}\n`),
  ),
  defect(
    'jinja-if-nothing',
    'an `if` without a condition',
    sql(`{% if %}${mark}\nselect 1 as id\n{% endif %}\n`),
  ),
  defect('jinja-operator', 'an operator with nothing after it', sql(`select {{ 1 + }} as a${mark}\n`)),
  defect(
    'jinja-filter-unknown',
    'a filter that does not exist',
    sql(`select {{ 'a' | uppercase }} as a${mark}\n`),
  ),
  defect(
    'jinja-test-unknown',
    'a test of Jinja that does not exist',
    sql(`{% if 'a' is textual %}${mark}select 1 as id{% endif %}\n`),
  ),
  defect(
    'jinja-nested',
    'curly brackets in curly brackets',
    sql(`select * from {{ ref({{ 'orders' }}) }}${mark}\n`),
  ),
  defect('jinja-do-unknown', 'a `do` with nothing to do', sql(`{% do %}${mark}\nselect 1 as id\n`)),
  defect(
    'jinja-macro-default',
    'an argument without a default after one with',
    write('macros/extra.sql', `{% macro extra(a=1, b) %}${mark}{% endmacro %}\n`),
  ),
  defect(
    'macro-unknown',
    'a call of a macro that does not exist',
    sql(`select {{ cent('a') }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'macro-package-unknown',
    'a call into a package that does not exist',
    sql(`select {{ dbt_utils.star(ref('orders')) }}${mark}\nfrom x\n`),
    { found: 'compile' },
  ),
  defect(
    'macro-package-macro-unknown',
    'a call of a macro that the package does not have',
    sql(`select {{ shared.tidyy('a') }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'macro-too-many',
    'more arguments than the macro has',
    sql(`select {{ cents('a', 2, 3) }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'macro-keyword-unknown',
    'a keyword that the macro does not have',
    sql(`select {{ cents('a', digit=2) }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'macro-keyword-twice',
    'one argument by place and by keyword',
    sql(`select {{ cents('a', column='b') }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'config-enabled',
    'an `enabled` that is a text',
    sql(`{{ config(enabled='sometimes') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'config-positional',
    'a config without its key',
    sql(`{{ config('table') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'config-materialized-unknown',
    'a materialization that does not exist',
    sql(`{{ config(materialized='tabel') }}${mark}\nselect 1 as id\n`),
    { found: 'run', select: 'extra' },
  ),
  defect(
    'config-strategy-unknown',
    'an incremental strategy that does not exist',
    sql(`{{ config(materialized='incremental', incremental_strategy='upsert') }}${mark}\nselect 1 as id\n`),
    { found: 'run', select: 'extra' },
  ),
  defect(
    'config-tags',
    'tags that are a mapping',
    sql(`{{ config(tags={'a': 1}) }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'config-batch-size',
    'an unknown size of batches of a model that has none',
    sql(`{{ config(batch_size='week') }}${mark}\nselect 1 as id\n`),
  ),
  defect('config-meta', 'meta that is a list', sql(`{{ config(meta=['a']) }}${mark}\nselect 1 as id\n`)),
  defect('config-hook', 'a hook that is a number', sql(`{{ config(pre_hook=5) }}${mark}\nselect 1 as id\n`)),
  defect('config-access', 'an unknown access', sql(`{{ config(access='open') }}${mark}\nselect 1 as id\n`)),
  defect(
    'config-group',
    'a group that does not exist',
    sql(`{{ config(group='finances') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'config-contract',
    'a contract that is a text',
    sql(`{{ config(contract='yes') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'config-twice-key',
    'one key of a config twice',
    sql(`{{ config(alias='a', alias='b') }}${mark}\nselect 1 as id\n`),
  ),
  defect(
    'alias-same',
    'two models that become one table',
    sql(`{{ config(alias='orders') }}${mark}\nselect 1 as id\n`),
    { beyond: relation },
  ),
  defect(
    'model-twice',
    'two models of one name',
    write('models/staging/orders.sql', `${mark}select 1 as id\n`),
  ),
  defect(
    'model-itertools',
    'an undefined name that is asked for its part',
    sql(`select {{ nothing.at_all }} as a${mark}\n`),
    { found: 'compile' },
  ),
  defect(
    'model-raises',
    'a model that raises by itself',
    sql(`{{ exceptions.raise_compiler_error('no') }}${mark}\nselect 1 as id\n`),
    { beyond: rendered },
  ),
  defect(
    'snapshot-block-in-models',
    'a snapshot block among the models',
    sql(`{% snapshot late %}${mark}\nselect 1 as id\n{% endsnapshot %}\n`),
    { beyond: {} },
  ),
  odd(
    'ref-variable',
    'a ref to what a variable holds',
    sql("{% set model = 'orders' %}select * from {{ ref(model) }}\n"),
  ),
  odd(
    'ref-in-jinja-comment',
    'a ref to no model in a comment of Jinja',
    sql("select 1 as id {# {{ ref('old_orders') }} #}\n"),
  ),
  odd(
    'ref-in-raw',
    'a ref to no model in a raw block',
    sql("select '{% raw %}{{ ref('old_orders') }}{% endraw %}' as a\n"),
  ),
  odd(
    'ref-in-execute',
    'a ref to no model that only a run would reach',
    sql("select 1 as id {% if execute and false %}{{ ref('old_orders') }}{% endif %}\n"),
    { beyond: { v2: 'whether a branch is taken' } },
  ),
  odd(
    'ref-computed',
    'a ref whose name is put together',
    sql(
      "{% for each in ['orders', 'customers'] %}\nselect count(*) as n from {{ ref('stg_' ~ each) }}\n{% if not loop.last %}union all{% endif %}\n{% endfor %}\n",
    ),
  ),
  odd(
    'ref-own-package',
    'a ref that names its own project',
    sql("select * from {{ ref('shop', 'orders') }}\n"),
  ),
  odd(
    'ref-over-lines',
    'a ref over lines, with a trailing comma',
    sql('select * from {{\n  ref(\n    "shared",\n    "calendar",\n  )\n}}\n'),
  ),
  odd('ref-builtins', 'a ref through builtins', sql("select * from {{ builtins.ref('orders') }}\n")),
  odd(
    'ref-seed',
    'a ref to a seed and to a snapshot',
    sql("select * from {{ ref('countries') }} cross join {{ ref('orders_history') }}\n"),
  ),
  odd(
    'jinja-whitespace',
    'dashes and plus signs that trim',
    sql("{%- set x = 1 -%}\nselect {{- ' ' ~ x -}} as id {%+ if true -%} where true {%- endif +%}\n"),
  ),
  odd('jinja-call', 'a call block', [
    append('macros/extra.sql', '{% macro framed() %}( {{ caller() }} ){% endmacro %}\n'),
    sql('select * from {% call framed() %}select 1 as id{% endcall %}\n'),
  ]),
  odd(
    'jinja-set-block',
    'a `set` of a whole block',
    sql('{% set list %}1, 2{% endset %}\nselect {{ list }}\n'),
  ),
  odd(
    'jinja-namespace',
    'a namespace that is written to',
    sql(
      '{% set ns = namespace(found=false) %}{% for x in [1] %}{% set ns.found = true %}{% endfor %}\nselect {{ 1 if ns.found else 2 }} as id\n',
    ),
  ),
  odd(
    'jinja-filter-block',
    'a filter over a block',
    sql('select {% filter upper %}1 as id{% endfilter %}\n'),
  ),
  odd(
    'jinja-own-macro',
    'a macro in the model that uses it',
    sql('{% macro two() %}2{% endmacro %}\nselect {{ two() }} as id\n'),
  ),
  odd('jinja-strings', 'brackets inside texts', sql("select {{ \"'}}'\" }} as a, '%}' as b, '{' as c\n")),
  odd(
    'jinja-slices',
    'slices, tests, ternaries',
    sql("{% set l = [1, 2, 3][1:] %}select {{ l | join(', ') if l is not none and l is iterable else 0 }}\n"),
  ),
  odd(
    'jinja-do',
    'a `do`, `break` and `continue`',
    sql(
      '{% set l = [] %}{% do l.append(1) %}{% for x in l %}{% if x > 3 %}{% continue %}{% endif %}{% endfor %}\nselect {{ l[0] }} as id\n',
    ),
  ),
  odd('jinja-unicode', 'a text of any script', sql("select '日本語 — ½ 🎲' as título\n")),
  odd(
    'sql-crlf',
    'line ends of Windows, and a byte order mark',
    sql("\uFEFFselect *\r\nfrom {{ ref('orders') }}\r\n"),
  ),
  odd(
    'config-jinja-values',
    'configuration that is computed',
    sql(
      "{{ config(materialized='table' if target.name == 'prod' else 'view', tags=['a'] + ['b'], enabled=(target.name != 'nowhere')) }}\nselect 1 as id\n",
    ),
  ),
  odd(
    'config-get',
    'a config that is asked for',
    sql(
      "{{ config(alias='other', meta={'a': 1}) }}\nselect '{{ config.get('alias') }}' as a, '{{ this }}' as b, '{{ model.name }}' as c\n",
    ),
  ),
  odd(
    'config-twice',
    'two configs',
    sql("{{ config(tags=['a']) }}\n{{ config(tags=['b'], materialized='table') }}\nselect 1 as id\n"),
  ),
  odd(
    'adapter-calls',
    'calls of the adapter under `execute`',
    sql(
      "{% if execute %}{% set rows = run_query('select 1') %}{% set cols = adapter.get_columns_in_relation(ref('orders')) %}{% endif %}\nselect 1 as id\n-- depends_on: {{ ref('orders') }}\n",
    ),
  ),
  odd(
    'modules',
    'modules of Python',
    sql(
      "select '{{ modules.datetime.date.today() }}' as d, {{ modules.re.match('a', 'ab') is not none }} as m\n",
    ),
  ),
  odd('sql-empty', 'a model with nothing in it but a comment', sql('-- nothing yet\nselect 1 as id\n')),
];
