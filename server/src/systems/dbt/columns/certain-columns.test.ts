import { expect, test } from 'vitest';
import { certainColumns, certainSeedColumns } from './certain-columns.ts';

test.for([
  [
    'names and aliases',
    'select a, t.b, c as d, f(e) g, t.h i, 1 j, case when x then y end k from t',
    'a b d g i j k',
  ],
  ['quoted names', 'select "A", `b c`, x as "D e" from t', 'A|b c|D e'],
  [
    'values of Jinja under a name',
    "select {{ cents('a') }} as b, {{ x }} / 2 as c, f({{ y }}) as d",
    'b c d',
  ],
  [
    'a string that Jinja writes into',
    'select \'{{ var("a") }}\' as b, c from t where d >= \'{{ var("e") }}\'',
    'b c',
  ],
  [
    'a comment that Jinja stands in',
    'select a, -- see {{ x }}, and more\n b /* or {{ y }} c, */ from t',
    'a b',
  ],
  [
    'a star of a CTE',
    'with a as (select x, y from t), b as (select *, 1 as z from a) select * from b',
    'x y z',
  ],
  ['a star but for some', 'with a as (select x, y from t) select * exclude (x) from a', 'y'],
  ['a star of what stands in brackets', 'select q.* from (select x from t) as q join r on true', 'x'],
  ['the first of a union', 'select a from t union all select b from u', 'a'],
  [
    'branches behind the list',
    'select a from t {% if is_incremental() %} where b > (select max(b) from {{ this }}) {% endif %}',
    'a',
  ],
  [
    'branches in a CTE that gives no names',
    'with a as (select {% if x %} b {% endif %} as c from t) select d from a',
    'd',
  ],
] as const)('a query gives its columns: %s', ([, text, columns]) => {
  expect(certainColumns(text)).toEqual(columns.split(columns.includes('|') ? '|' : ' '));
});

test.for([
  ['a star of a relation', "select a, r.* from {{ ref('r') }} r"],
  ['a star of a table', 'select * from t'],
  [
    'a star of two CTEs of one name',
    'with {% if x %} a as (select 1 b), {% else %} a as (select 1 c), {% endif %} d as (select 1 as e) select * from a',
  ],
  ['a name that Jinja writes', 'select {{ x }}, b from t'],
  ['a part of a name', 'select a as {{ x }}_b from t'],
  ['a quoted part of a name', 'select a as "{{ x }}", b from t'],
  ['what may end with a comma', 'select {{ more }} a as b from t'],
  ['branches in the list', 'select a, {% if x %} b {% else %} c {% endif %} from t'],
  ['a loop in the list', 'select a {% for b in c %}, d{% endfor %} from t'],
  ['branches of the whole', '{% if x %} select a from t {% else %} select b from t {% endif %}'],
  ['a macro', '{{ pivoted() }}'],
  ['a value without a name', 'select a, count(*) from t'],
  ['a cast', 'select a::int from t'],
  ['a collation', 'select a collate nocase from t'],
  ['a union by name', 'select a from t union all by name select b from u'],
  ['a pivot', 'select * from (select a from t) pivot (sum(a) for a in (1))'],
  ['a struct', 'select as value a from t'],
  ['nothing', ''],
] as const)('a query does not say its columns: %s', ([, text]) => {
  expect(certainColumns(text)).toBeUndefined();
});

test('a seed’s first line says its columns where commas divide it', () => {
  expect(certainSeedColumns('\uFEFFid,"full name",Größe\r\n1,a,b\n')).toEqual(['id', 'full name', 'Größe']);
  for (const text of ['', 'id;name\n', 'id\tname\n', 'id,,name\n', '"a,b",c\n'])
    expect(certainSeedColumns(text)).toBeUndefined();
});
