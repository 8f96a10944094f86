import fc from 'fast-check';

const plainWords = fc.constantFrom(
  'name',
  'stg_orders',
  'two words',
  "it's",
  'a "b" c',
  'a#b',
  'a:b',
  'http://x/y?z',
  'é ü 😀',
  '~',
  'null',
  'yes',
  'No',
  'on',
  'true',
  '012',
  '0x1F',
  '1_000',
  '1:30',
  '-1.5',
  '.5',
  '1e3',
  '.inf',
  '-.INF',
  '.nan',
  '2026-11-23',
  '-x',
  '?x',
  '--',
  '1.0.0',
);
const quoted = fc.constantFrom(
  "''",
  '""',
  "'it''s'",
  '"a\\n\\u00e9"',
  '"# no note"',
  "'{{ ref(''x'') }}'",
  '"two\n      lines"',
  "'two\n\n      lines'",
);
const flow = fc.constantFrom(
  '[]',
  '{}',
  '[a, b]',
  '[a, [b, {c: d}], ]',
  '{a: 1, "b": [x]}',
  '{a, b: }',
  '[a: b, c]',
  '{"a":1}',
  '[ a ,b ]',
  '[a,\n      b]',
  '{a: b,\n      c: d}',
);
const marked = fc.constantFrom('!!str 12', '!!int "3"', '&one x', '!!null ""', '&two [x, y]');
const value = fc.oneof(
  { weight: 4, arbitrary: plainWords },
  { weight: 2, arbitrary: quoted },
  { weight: 2, arbitrary: flow },
  { weight: 1, arbitrary: marked },
  { weight: 1, arbitrary: fc.constant('') },
);
const key = fc.constantFrom('name', 'columns', 'x.y', "'quoted key'", '"k"', 'yes', '1', 'two words', 'é');
const note = fc.constantFrom('', '', '', ' # note');

/** Lines of a block at indentation 0; who holds it indents them. */
const block: fc.Memo<readonly string[]> = fc.memo((depth) => {
  const leaf = fc.oneof(mapOf(inline), seqOf(inline), blockScalar);
  return depth <= 1
    ? leaf
    : fc.oneof(
        { weight: 1, arbitrary: leaf },
        { weight: 3, arbitrary: mapOf(below(depth)) },
        { weight: 2, arbitrary: seqOf(below(depth)) },
      );
});
const inline = fc
  .tuple(value, note)
  .map(
    ([text, remark]) =>
      ({ kind: 'inline', lines: [text === '' ? remark.trimStart() : text + remark] }) as const,
  );
const below = (depth: number): fc.Arbitrary<Held> =>
  fc.oneof(
    inline,
    block(depth - 1).map((lines) => ({ kind: 'below', lines }) as const),
  );
const blockScalar = fc
  .tuple(
    key,
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+'),
    fc.array(fc.constantFrom('text', '  deeper', '# no note', '', 'more: text'), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([name, mark, lines]) => [
    `${name}: ${mark}`,
    '  first',
    ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
  ]);

interface Held {
  readonly kind: 'inline' | 'below';
  readonly lines: readonly string[];
}

function mapOf(held: fc.Arbitrary<Held>): fc.Arbitrary<readonly string[]> {
  const pairs = fc.array(fc.tuple(key, held, note), { minLength: 1, maxLength: 4 });
  return pairs.map((each) =>
    each.flatMap(([name, { kind, lines }, remark]) =>
      kind === 'inline' ? [`${name}: ${lines[0]}`.trimEnd()] : [`${name}:${remark}`, ...lines.map(indent)],
    ),
  );
}

function seqOf(held: fc.Arbitrary<Held>): fc.Arbitrary<readonly string[]> {
  const items = fc.array(held, { minLength: 1, maxLength: 4 });
  return items.map((each) =>
    each.flatMap(({ lines }) => [`- ${lines[0]}`.trimEnd(), ...lines.slice(1).map(indent)]),
  );
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** YAML as people write it, and as they do not: well-formed for the most part. */
export const sound = fc
  .tuple(
    block(4),
    fc.constantFrom('', '\n', '# head\n', '---\n', '\ufeff', '# a\n\n# b\n'),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, head, lineEnd, endsOpen]) =>
    (head + lines.join('\n') + (endsOpen ? '' : '\n')).replaceAll('\n', lineEnd),
  );

/** What breaks a text, or turns what stands there into something else. */
export const junk = fc.constantFrom(
  '\t',
  ':',
  ': ',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  '- ',
  '#',
  ',',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '\n',
  '\n  ',
  '---',
  '\0',
  '{{',
  '}}',
  '<<: ',
);
