import { type Kind, append, change, defect, mark, odd, write } from '../kind.ts';
import { onCall, rendered } from './reasons.ts';

const macro = 'macros/extra.sql';
const docs = 'models/extra.md';
const doc = (text: string) => change('models/staging/_staging.yml', 'Orders, renamed', text);

/** Macros, generic tests in SQL, docs blocks. */
export const macroKinds: readonly Kind[] = [
  defect(
    'macro-twice',
    'two macros of one name',
    write(macro, `{% macro cents(x) %}${mark}{{ x }}{% endmacro %}\n`),
  ),
  defect(
    'macro-twice-here',
    'two macros of one name in one file',
    write(macro, `{% macro one() %}1{% endmacro %}\n{% macro one() %}2{% endmacro %}${mark}\n`),
  ),
  defect('macro-open', 'a macro without an end', write(macro, `{% macro one() %}${mark}\n1\n`)),
  defect('macro-nameless', 'a macro without a name', write(macro, `{% macro () %}${mark}1{% endmacro %}\n`)),
  defect(
    'macro-no-brackets',
    'a macro without brackets',
    write(macro, `{% macro one %}${mark}1{% endmacro %}\n`),
  ),
  defect(
    'macro-nested',
    'a macro in a macro',
    write(macro, `{% macro one() %}\n{% macro two() %}2{% endmacro %}${mark}\n{% endmacro %}\n`),
  ),
  defect(
    'macro-argument-number',
    'an argument that is a number',
    write(macro, `{% macro one(1) %}${mark}1{% endmacro %}\n`),
  ),
  defect(
    'macro-jinja-inside',
    'broken Jinja inside a macro',
    write(macro, `{% macro one() %}\n{{ cents( }}${mark}\n{% endmacro %}\n`),
  ),
  defect(
    'macro-if-inside',
    'an `if` without an end inside a macro',
    write(macro, `{% macro one() %}\n{% if true %}${mark}\n1\n{% endmacro %}${mark}\n`),
  ),
  defect(
    'macro-text-outside',
    'text outside of macros',
    write(macro, `{% macro one() %}1{% endmacro %}\n{% endif %}${mark}\n`),
  ),
  defect(
    'macro-ref-unknown',
    'a macro that refers to no model, called',
    [
      write(macro, `{% macro one() %}{{ ref('old_orders') }}${mark}{% endmacro %}\n`),
      write('models/extra.sql', `select * from {{ one() }}${mark}\n`),
    ],
    { beyond: rendered },
  ),
  defect(
    'generic-test-twice',
    'two generic tests of one name',
    write(macro, `{% test is_positive(model, column_name) %}${mark}select 1{% endtest %}\n`),
  ),
  defect(
    'generic-test-open',
    'a generic test without an end',
    write(macro, `{% test odd(model) %}${mark}\nselect 1\n`),
  ),
  defect(
    'materialization-no-name',
    'a materialization without a name',
    write(macro, `{% materialization %}${mark}\n{% endmaterialization %}\n`),
  ),
  defect(
    'materialization-open',
    'a materialization without an end',
    write(macro, `{% materialization mine, default %}${mark}\n`),
  ),
  defect(
    'dispatch-nothing',
    'a dispatch to macros of other adapters alone, called by nobody',
    write(
      macro,
      `{% macro money(x) %}\n{{ return(adapter.dispatch('money', 'shop')(x)) }}${mark}\n{% endmacro %}\n{% macro snowflake__money(x) %}1{% endmacro %}\n`,
    ),
  ),
  defect(
    'dispatch-nothing-called',
    'a dispatch to nothing, called by a model',
    [
      write(
        macro,
        `{% macro money(x) %}\n{{ return(adapter.dispatch('monney', 'shop')(x)) }}${mark}\n{% endmacro %}\n{% macro default__money(x) %}1{% endmacro %}\n`,
      ),
      write('models/extra.sql', 'select {{ money(1) }} as x\n'),
    ],
    { depends: onCall },
  ),
  defect(
    'dispatch-nothing-here',
    'a dispatch to nothing, in a model',
    write('models/extra.sql', `select {{ adapter.dispatch('nothing', 'shop')() }} as x${mark}\n`),
  ),
  defect(
    'dispatch-computed',
    'a dispatch to a name that is computed',
    write(macro, `{% macro one(name) %}\n{{ adapter.dispatch(name)() }}${mark}\n{% endmacro %}\n`),
  ),
  defect(
    'dispatch-computed-namespace',
    'a dispatch in a namespace that is computed',
    write(
      macro,
      `{% macro one(name) %}\n{{ adapter.dispatch('cents', macro_namespace=name)() }}${mark}\n{% endmacro %}\n{% macro default__cents() %}1{% endmacro %}\n`,
    ),
  ),
  defect(
    'dispatch-dotted',
    'a dispatch to a name with a dot',
    write(
      macro,
      `{% macro one() %}\n{{ adapter.dispatch('shop.two')() }}${mark}\n{% endmacro %}\n{% macro default__two() %}1{% endmacro %}\n`,
    ),
  ),
  defect(
    'dispatch-nameless',
    'a dispatch to no name',
    write(macro, `{% macro one() %}\n{{ adapter.dispatch()() }}${mark}\n{% endmacro %}\n`),
  ),
  defect('doc-unknown', 'a docs block that does not exist', doc(`"{{ doc('order_stat') }}"${mark}`)),
  defect(
    'doc-package-unknown',
    'a docs block of no package',
    doc(`"{{ doc('utils', 'order_status') }}"${mark}`),
  ),
  defect('doc-three', 'a docs block of three parts', doc(`"{{ doc('a', 'b', 'c') }}"${mark}`)),
  defect('doc-none', 'a docs block of no name', doc(`"{{ doc() }}"${mark}`)),
  defect(
    'doc-in-column',
    'a docs block that does not exist, of a column',
    change('models/staging/_staging.yml', 'description: The key', `description: "{{ doc('key') }}"${mark}`),
  ),
  defect(
    'doc-in-exposure',
    'a docs block that does not exist, of an exposure',
    change(
      'models/exposures.yml',
      '    label: Weekly report\n',
      `    label: Weekly report\n    description: '{{ doc("report") }}'${mark}\n`,
    ),
  ),
  defect(
    'doc-in-macro',
    'a docs block that does not exist, of a macro',
    change('macros/_macros.yml', 'description: Cents as money', `description: '{{ doc("money") }}'${mark}`),
  ),
  defect(
    'doc-jinja-open',
    'a description whose Jinja is not closed',
    doc(`"{{ doc('order_status') "${mark}`),
  ),
  defect(
    'docs-twice',
    'two docs blocks of one name',
    write(docs, `{% docs order_status %}${mark}\nx\n{% enddocs %}\n`),
  ),
  defect('docs-open', 'a docs block without an end', write(docs, `{% docs one %}${mark}\nx\n`)),
  defect('docs-no-name', 'a docs block without a name', write(docs, `{% docs %}${mark}\nx\n{% enddocs %}\n`)),
  defect('docs-end-without', 'an end without a docs block', write(docs, `x\n{% enddocs %}${mark}\n`)),
  defect(
    'docs-nested',
    'a docs block in a docs block',
    write(docs, `{% docs one %}\n{% docs two %}${mark}\nx\n{% enddocs %}\n{% enddocs %}${mark}\n`),
  ),
  defect(
    'docs-open-before-next',
    'a docs block that is not closed before the next one',
    write(docs, `{% docs one %}\nx\n{% docs two %}${mark}\nx\n{% enddocs %}\n`),
  ),
  odd(
    'docs-other-jinja',
    'curly brackets around docs blocks',
    write(
      docs,
      'Write `{{ this }}` and so on.\n\n{% docs one %}\n{% raw %}{{ x }}{% endraw %}\n{% enddocs %}\n',
    ),
  ),
  odd(
    'docs-no-block',
    'Markdown without docs blocks',
    write('models/README.md', '# Read me\n\n100 % {sure}\n'),
  ),
  odd('doc-own-package', 'a docs block by its project', doc(`"{{ doc('shop', 'order_status') }}"`)),
  odd(
    'doc-twice',
    'two docs blocks in a description',
    doc(`"{{ doc('order_status') }} and {{ doc('order_status') }}"`),
  ),
  odd(
    'macro-same-as-dbt',
    'a macro that replaces one of dbt',
    write(
      macro,
      '{% macro generate_schema_name(custom_schema_name, node) -%}{{ target.schema }}{%- endmacro %}\n',
    ),
  ),
  odd(
    'macro-adapter',
    'a macro for an adapter',
    write(
      macro,
      "{% macro now() %}{{ return(adapter.dispatch('now')()) }}{% endmacro %}\n{% macro default__now() %}now(){% endmacro %}\n{% macro duckdb__now() %}current_timestamp{% endmacro %}\n",
    ),
  ),
  odd(
    'dispatch-of-adapter',
    'a dispatch to what the adapter in use alone has',
    write(
      macro,
      "{% macro now() %}{{ return(adapter.dispatch(macro_name='now', macro_namespace='shop')()) }}{% endmacro %}\n{% macro duckdb__now() %}now(){% endmacro %}\n",
    ),
  ),
  odd(
    'dispatch-to-dbt',
    'a dispatch to what dbt brings',
    write(
      macro,
      "{% macro day() %}{{ return(adapter.dispatch('dateadd', 'dbt')('day', 1, 'now()')) }}{% endmacro %}\n",
    ),
  ),
  odd('dispatch-computed-here', 'a dispatch to a name that a model computes', [
    write(macro, '{% macro default__now() %}now(){% endmacro %}\n'),
    write('models/extra.sql', "select {{ adapter.dispatch('no' ~ 'w')() }} as x\n"),
  ]),
  odd(
    'macro-uncalled-ref',
    'a macro that refers to no model and is not called',
    write(macro, "{% macro one() %}{{ ref('old_orders') }}{% endmacro %}\n"),
  ),
  odd('macro-varargs', 'a macro of any number of arguments', [
    write(macro, "{% macro all() %}{{ varargs | join(', ') }}{{ kwargs.get('a') }}{% endmacro %}\n"),
    write('models/extra.sql', 'select {{ all(1, 2, a=3) }} as x\n'),
  ]),
  odd('materialization', 'a materialization of one’s own', [
    write(
      macro,
      "{% materialization mine, adapter='duckdb', supported_languages=['sql'] %}\n{{ return({'relations': []}) }}\n{% endmaterialization %}\n",
    ),
    write('models/extra.sql', "{{ config(materialized='mine') }}\nselect 1 as id\n"),
  ]),
  odd(
    'macro-text',
    'text beside macros',
    write(macro, 'About this file.\n{# a comment #}\n{% macro one() %}1{% endmacro %}\nMore text.\n'),
  ),
  odd(
    'macro-statement',
    'a statement with a call',
    write(
      macro,
      "{% macro one() %}{% call statement('x', fetch_result=true) %}select 1{% endcall %}{{ load_result('x') }}{% endmacro %}\n",
    ),
  ),
  odd('generic-test-folder', 'a generic test among the tests', [
    write(
      'tests/generic/odd_one.sql',
      '{% test odd_one(model, column_name, by=2) %}select * from {{ model }} where {{ column_name }} % {{ by }} = 0{% endtest %}\n',
    ),
    append(
      'models/extra.yml',
      'models:\n  - name: price_list\n    columns:\n      - name: price\n        data_tests:\n          - odd_one: { arguments: { by: 3 } }\n',
    ),
  ]),
];
