import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCalls } from './calls.ts';
import { scanJinja } from './jinja.ts';

/** The literal first arguments of all `ref` calls. */
function refsIn(text: string): readonly (string | undefined)[] {
  const calls = scanJinja(text).flatMap((block) => [...findCalls(block.tokens)]);
  return calls.filter((call) => call.name.text === 'ref').map((call) => call.arguments[0]?.literal?.text);
}

const cases: readonly (readonly [name: string, text: string, refs: readonly (string | undefined)[]])[] = [
  ['an expression', "from {{ ref('a') }}", ['a']],
  ['double quotes and trimmed space', '{%- set x = ref("a") -%}', ['a']],
  ['two in a block', "{{ ref('a') ~ ref('b') }}", ['a', 'b']],
  ['a call in a call', "{{ star(from=ref('a'), except=['x']) }}", ['a']],
  ['a Jinja comment', "{# {{ ref('a') }} #} {{ ref('b') }}", ['b']],
  ['a SQL comment, which dbt renders', "-- {{ ref('a') }}", ['a']],
  ['raw text', "{% raw %}{{ ref('a') }}{% endraw %}{{ ref('b') }}", ['b']],
  ['raw text with trimmed space', "{%- raw -%}{{ ref('a') }}{%- endraw -%}{{ ref('b') }}", ['b']],
  ['braces in a string', "{{ '}}' ~ ref('a') }}", ['a']],
  ['a dictionary of dictionaries', "{{ {'x': {'y': 1}} }}{{ ref('a') }}", ['a']],
  ['quotes in quotes', `{{ ref("a") ~ "it's" }}{{ ref('b') }}`, ['a', 'b']],
  ['a name that is computed', "{{ ref('a' ~ suffix) }}{{ ref(name) }}", [undefined, undefined]],
  [
    'a string over lines',
    '{{ config(post_hook="delete from {{ this }}\n where x = 1") }}{{ ref(\'a\') }}',
    ['a'],
  ],
  ['a block that is not closed', "{{ ref('a')\n{{ ref('b') }}", ['a', 'b']],
  ['a bracket that is missing', "{{ ref('a' }}{{ ref('b') }}", ['a', 'b']],
  ['a quote that is missing', "{{ ref('a }}\njoin {{ ref('b') }}", ['a', 'b']],
  ['a quote that is missing, bracket there', "{{ ref('a) }}\njoin {{ ref('b') }}", ['a', 'b']],
  ['a quote and braces that are missing', "{{ ref('a\njoin {{ ref('b') }}", ['a', 'b']],
  ['nothing but an opening', '{{', []],
  ['a comment that is not closed', "{# {{ ref('a') }}", []],
];

test.each(cases)('reads the calls of %s', (_name, text, refs) => {
  expect(refsIn(text)).toEqual(refs);
});

test('tells where a name stands, without its quotes', () => {
  const text = "select * from {{ ref('orders') }}";
  const [call] = [...findCalls(scanJinja(text)[0]!.tokens)];
  const { start, end } = call!.arguments[0]!.literal!.span;
  expect(text.slice(start, end)).toBe('orders');
});

test('reads any text, and every span lies in it', () => {
  const part = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    "'",
    '"',
    '\\',
    '\n',
    'ref(',
    ')',
    'raw',
    'endraw',
    ' ',
    'a',
    ',',
    '{',
    '}',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      let last = 0;
      for (const { span, tokens } of scanJinja(text)) {
        expect(span.start).toBeGreaterThanOrEqual(last);
        expect(span.end).toBeLessThanOrEqual(text.length);
        for (const token of tokens) expect(text.slice(token.span.start, token.span.end)).toBe(token.text);
        last = span.end;
      }
    }),
  );
});

test.each(["{{ '\\'\n", "{{ ref('a\n", '{{ "{{', '{% raw %}', "{{ ((((((('", '{{ f(f(f(f(f('])(
  'reads a long text of %j in one pass',
  (part) => {
    expect(scanJinja(part.repeat(50_000)).length).toBeGreaterThan(0);
  },
);
