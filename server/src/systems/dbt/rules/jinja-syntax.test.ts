import { expect, test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
import { parseYaml } from '../../../core/yaml/parse-yaml.ts';
import { stringOf, get } from '../../../core/tree.ts';
import { dbt } from '../index.ts';
import { jinjaFaults, type Dialect } from '../jinja-syntax.ts';
import { jinjaProblems } from '../jinja-yaml.ts';
import { scanJinja } from '../jinja.ts';

const project = `#- /w/dbt_project.yml
name: shop
--- /w/models/stg.sql
select 1
--- /w/macros/f.sql
{% macro f() %}{{ varargs }}{{ kwargs }}{{ caller() }}{% endmacro %}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}
`;

const check = (fixture: string): Promise<void> => checkFindings([dbt], project + fixture);

test('what is not closed is told at what opens it', () =>
  check(`--- /w/models/a.sql
select {{ ref('stg')
--     ^^ error dbt/jinja-syntax: \`{{\` is never closed; add \`}}\`
from x
--- /w/models/b.sql
select {{ ref('stg' }} {{ ref('stg') }}
--           ^ error dbt/jinja-syntax: \`(\` is never closed; add \`)\`
--- /w/models/c.sql
select {{ ref('stg) }}
--            ^^^^ error dbt/jinja-syntax: the string is never closed; add its closing quote
--- /w/models/d.sql
{# what follows is no comment
--<- error dbt/jinja-syntax: \`{#\` is never closed; add \`#}\`
--- /w/models/e.sql
   {% if target.name == 'dev' %}
-- ^^^^^ error dbt/jinja-syntax: \`{% if %}\` is never closed; add \`{% endif %}\`
select 1
--- /w/models/f.sql
{% set x = [1, 2 %}
--         ^ error dbt/jinja-syntax: \`[\` is never closed; add \`]\`
{% raw %} {{ x }}
--<- error dbt/jinja-syntax: \`{% raw %}\` is never closed; add \`{% endraw %}\`
`));

test('a misspelt end is the end that was meant, where there is no other', () =>
  check(`--- /w/models/a.sql
{% for x in [1] %}
{% if x %}{% endfi %}
--           ^^^^^ error dbt/jinja-syntax: \`endfi\` is no statement of Jinja; write \`{% endif %}\`
{% end for %}
-- ^^^ error dbt/jinja-syntax: \`end\` is no statement of Jinja; write \`{% endfor %}\`
--- /w/models/b.sql
{% if x %}{% endfi %}{% endif %}
--           ^^^^^ error dbt/jinja-syntax: \`endfi\` is no statement of Jinja; correct or remove it
--- /w/macros/c.sql
{% macro c() %}{% endmacr %}
--                ^^^^^^^ error dbt/jinja-syntax: \`endmacr\` is no statement of Jinja; write \`{% endmacro %}\`
`));

test('blocks end with their own word, and one slip is one finding', () =>
  check(`--- /w/models/a.sql
{% for x in [1] %}
{% endif %}
-- ^^^^^ error dbt/jinja-syntax: \`{% for %}\` is closed by \`{% endfor %}\`; write that in place of \`{% endif %}\`
{% if x %}{% for y in x %}{% endif %}
--                           ^^^^^ error dbt/jinja-syntax: \`{% for %}\` is not closed before \`{% endif %}\`; write \`{% endfor %}\` first
{% endset %}
-- ^^^^^^ error dbt/jinja-syntax: \`{% endset %}\` closes nothing; remove it or open \`{% set %}\` before it
{% else %}
-- ^^^^ error dbt/jinja-syntax: \`{% else %}\` belongs to no \`{% if %}\`; remove it or open one before it
{% if x %}{% else %}{% elif y %}{% endif %}
--                     ^^^^ error dbt/jinja-syntax: \`{% elif %}\` follows \`{% else %}\`; move it before that or remove it
{% set y %}{% endset %}{% set y = 1 %}
`));

test('words that Jinja cannot take', () =>
  check(`--- /w/models/a.sql
{{ a b }}
--   ^ error dbt/jinja-syntax: \`b\` does not belong here; join it by a comma or an operator, or close the block before it
{{ a and }} {{ }}
--       ^^ error dbt/jinja-syntax: an expression is missing here; complete it or remove what stands before
--             ^^ error dbt/jinja-syntax: an expression is missing here; write one
{% if a = 1 and b && c %}{% endif %}
--      ^ error dbt/jinja-syntax: \`=\` does not belong here; write \`==\` to compare
{% foo %} {% ref('stg') %} {% elseif x %} {% else if x %}
-- ^^^ error dbt/jinja-syntax: \`foo\` is no statement of Jinja; correct or remove it
--           ^^^ error dbt/jinja-syntax: \`ref\` is no statement of Jinja; write \`{{ ref… }}\` to print it or \`{% do ref… %}\` to call it
--                            ^^^^^^ error dbt/jinja-syntax: \`elseif\` is no statement of Jinja; write \`elif\`
--                                           ^^^^ error dbt/jinja-syntax: \`{% else %}\` belongs to no \`{% if %}\`; remove it or open one before it
{{ m(a=1, 2) }} {{ x) }} {% break %}
--        ^ error dbt/jinja-syntax: the order of the arguments is wrong; positional ones come before keywords
--                  ^ error dbt/jinja-syntax: \`)\` closes nothing; remove it or open its bracket
--                          ^^^^^ error dbt/jinja-syntax: \`{% break %}\` stands in no loop; move it into a \`{% for %}\`
`));

test('of a macro file dbt reads the macros, and warns of other blocks beside them', () =>
  check(`--- /w/macros/a.sql
Any {{ text at all }}
{% set x = 1 %}
-- ^^^ warning dbt/unexpected-block: dbt does not read \`{% set %}\` here; move it into a macro or remove it
{% macro a(x, y=1, z) %}{{ x y }}
--                 ^ error dbt/jinja-syntax: \`z\` has no default and follows one that has; give it one or move it forward
--                           ^ error dbt/jinja-syntax: \`y\` does not belong here; join it by a comma or an operator, or close the block before it
{% if x %}
{% endmacro %}
-- ^^^^^^^^ error dbt/jinja-syntax: \`{% if %}\` is not closed before \`{% endmacro %}\`; write \`{% endif %}\` first
{% endmacro %}
-- ^^^^^^^^ warning dbt/unexpected-block: \`{% endmacro %}\` closes nothing; remove it
{% macro b %}{% endmacro %}
--         ^^ error dbt/jinja-syntax: \`(\` is missing here; write the parameters in brackets, \`()\` where there are none
{% macro c() %}
{% macro d() %}{% endmacro %}
-- ^^^^^ error dbt/jinja-syntax: \`{% macro %}\` stands inside \`{% macro %}\`; close that with \`{% endmacro %}\` before it
{% endmacro %}
{% data_test e(model) %}{% enddata_test %}
-- ^^^^^^^^^ error dbt/jinja-syntax: dbt v1 refuses \`{% data_test %}\`; write \`{% test %}\` and \`{% endtest %}\`
`));

test('of Markdown and of snapshot files dbt reads what stands in their blocks', () =>
  check(`<!-- /w/models/docs.md -->
{{ any text }} {% if x %}{% endif %}{% if y %}{% endif %}
{% docs a %} {{ a b }} {% raw %}{{ a b }}{% endraw %}
<!--              ^ error dbt/jinja-syntax: \`b\` does not belong here; join it by a comma or an operator, or close the block before it -->
{% enddocs %}
100 {% 5
--- /w/snapshots/s.sql
{{ any text }}
{% snapshot s %} {{ a b }} {% endsnapshot %}
--                    ^ error dbt/jinja-syntax: \`b\` does not belong here; join it by a comma or an operator, or close the block before it
`));

test('a block that is not closed before the next of its kind is told where that begins, and once', () =>
  check(`<!-- /w/models/docs.md -->
{% docs a %} text
  {% docs b %} text
<!-- ^^^^ error dbt/jinja-syntax: \`{% docs %}\` stands inside \`{% docs %}\`; close that with \`{% enddocs %}\` before it -->
{% enddocs %}
--- /w/macros/m.sql
{% macro a() %}
{% macro b() %}{% endmacro %}
-- ^^^^^ error dbt/jinja-syntax: \`{% macro %}\` stands inside \`{% macro %}\`; close that with \`{% endmacro %}\` before it
`));

test('what Jinja takes, however odd, is left alone', () =>
  check(`--- /w/models/a.sql
{%- set a, (b, c) = 1, (2, 3) -%} {% set ns = namespace(x=1) %}{% set ns.x = 2 %}
{{ {'a': {'b': [1, 2,],}}['a'].b[1:] ~ "}}" ~ '{%' if a is not none and b not in [1] else none }}
{% for k, v in {'a': 1}.items() if v is divisibleby 2 recursive %}{% continue %}{% else %}{% endfor %}
{{ "it's" 'joined' | replace("'", '') | default(2, true) is defined }} {{ -a ** -1 // 2 }} {{ f(*a, **b) }}
{% call(x) f() %}{{ x }}{% endcall %}{% filter upper %}x{% endfilter %}{% do a.append(1) %}
{% macro local(a: str, b: list[str] = none) %}{% endmacro %}{% set y | upper %}x{% endset %}
{{ "a string
over lines }} {% and marks" }} }} %} #}
{% if a: %}{% endif %}{{ a[::2, 1] }}{{ () }}{{ a, b }}{{- 1 -}}{%+ if a +%}{% endif %}
`));

test('a string of YAML is read as dbt gets it, and its faults are told where they stand', () => {
  const text = `a: "{{ ref('x' }}"
b: '{{ var(''x'') }}'
c: >-
  {{ var('x'
  ) ~ }}
d: "{{ ref(\\"x\\") | }}"
e: no jinja { at all
`;
  const { tree } = parseYaml(text, { version: '1.1', duplicateKeys: 'last' });
  const found = (key: string): unknown =>
    jinjaProblems(stringOf(get(tree, key))!, text).map(({ span, message }) => [
      text.slice(span.start, span.end),
      message,
    ]);
  expect(found('a')).toEqual([['(', '`(` is never closed; add `)`']]);
  expect(found('b')).toEqual([]);
  expect(found('c')).toEqual([
    ['}}', 'an expression is missing here; complete it or remove what stands before'],
  ]);
  expect(found('d')).toEqual([
    ['{{ ref(\\"x\\") | }}', 'a filter is missing here; write a name of letters, digits and underscores'],
  ]);
  expect(found('e')).toEqual([]);
});

test('filters and tests are asked for by name', () =>
  check(`--- /w/models/a.sql
{{ 'a' | uper }} {{ 1 is evn }} {{ 'a' | as_text is not none }} {{ m(a=1, a=2) }}
--       ^^^^ error dbt/undefined-filter: Jinja has no filter and no test \`uper\`; did you mean \`upper\`?
--                       ^^^ error dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
--                                                                        ^ error dbt/jinja-syntax: \`a\` is given twice; remove one of the two
{% if execute %}{{ 1 | of_our_own }}{% endif %}
--                     ^^^^^^^^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`of_our_own\`; correct the name
{% if 1 is evn %}{% if 2 is evn %}{% endif %}{% elif 3 is evn %}{% endif %}{% if execute and 4 is evn %}{% endif %}
--         ^^^ error dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
--                          ^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
--                                                        ^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
--                                                                                                ^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
{% for x in [] %}{% if x is evn %}{% endif %}{% endfor %}
--                          ^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`evn\`; did you mean \`even\`?
--- /w/macros/b.sql
{% macro x() %}{{ 1 | of_our_own }}{% endmacro %}
--                    ^^^^^^^^^^ warning dbt/undefined-filter: Jinja has no filter and no test \`of_our_own\`; correct the name
--- /w/snapshots/c.sql
   {% snapshot %}{% endsnapshot %}
--    ^^^^^^^^ error dbt/jinja-syntax: a snapshot needs a name; write \`{% snapshot name %}\`
--- /w/models/d.sql
{{ config(post_hook="{{ a b }}", pre_hook=["{{ this }}"]) }}
--                        ^ error dbt/jinja-syntax: \`b\` does not belong here; join it by a comma or an operator, or close the block before it
`));

test('what is typed at the end of a text is one cause, and no name is missed before its quote', () =>
  check(`--- /w/models/a.sql
select {{ ref('gone
--            ^^^^^ error dbt/jinja-syntax: the string is never closed; add its closing quote
--- /w/models/b.sql
{% if execute %}
select 1
{% end
--<- error dbt/jinja-syntax: \`{%\` is never closed; add \`%}\`
--- /w/models/c.sql
{% if execute
--<- error dbt/jinja-syntax: \`{%\` is never closed; add \`%}\`
--- /w/models/d.sql
{{ config(
--<- error dbt/jinja-syntax: \`{{\` is never closed; add \`}}\`
--- /w/models/e.sql
select {{ ref(
--     ^^ error dbt/jinja-syntax: \`{{\` is never closed; add \`}}\`
--- /w/models/f.sql
select {{ dbt.date_trunc(
--     ^^ error dbt/jinja-syntax: \`{{\` is never closed; add \`}}\`
`));

test('of blocks that are never closed the first are told, and what follows is not noise', () => {
  const faultsOf = (text: string, dialect: Dialect = {}): readonly number[] =>
    jinjaFaults(text, scanJinja(text), dialect).map(({ span }) => span.start);
  const [block, count] = ['{% if x %}', 20];
  const first = Array.from({ length: count }, (_, at) => at * block.length);
  expect(faultsOf(block.repeat(count))).toEqual(first);
  expect(faultsOf(block.repeat(1000))).toEqual(first);
  const macro = '{% macro m() %}';
  expect(faultsOf(macro + block.repeat(1000), { cut: ['macro'] })).toHaveLength(count);
});
