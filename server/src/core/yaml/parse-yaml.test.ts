import { expect, test } from 'vitest';
import { findPair, get, nodeAt, type MapNode, type Node } from '../tree.ts';
import { parseYaml, type YamlOptions } from './parse-yaml.ts';

const dbt: YamlOptions = { version: '1.1', duplicateKeys: 'last' };
const meltano: YamlOptions = { version: '1.2', duplicateKeys: 'refuse' };

/** Each problem as `code "text at its span": message`. */
function problemsOf(text: string, options = dbt): readonly string[] {
  return parseYaml(text, options).problems.map(
    ({ code, span, message, severity }) =>
      `${severity === 'warning' ? 'warning ' : ''}${code} ${JSON.stringify(text.slice(span.start, span.end))}@${span.start}: ${message}`,
  );
}

function treeOf(text: string, options = dbt): Node {
  const { tree } = parseYaml(text, options);
  if (tree === undefined) throw new Error('no tree');
  return tree;
}

/** The text at the span of the node that the path leads to. */
function textAt(text: string, path: readonly string[], options = dbt): string | undefined {
  const node = nodeAt(treeOf(text, options), path);
  return node && text.slice(node.span.start, node.span.end);
}

function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plain);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key.text, plain(value)]));
}

test.each([
  ['plain', 'a: some text  # note', 'some text'],
  ['single quotes', "a: 'it''s'", "it''s"],
  ['double quotes', 'a: "x\\ty"', 'x\\ty'],
  ['literal', 'a: |\n  one\n   two\nb: 1', 'one\n   two'],
  ['folded with a note behind the mark', 'a: >- # note\n  one\n  two\n\n', 'one\n  two'],
  ['several lines', 'a: one\n  two\nb: 1', 'one\n  two'],
  ['block list', 'a:\n  - 1\n  - 2\nb: 1', '- 1\n  - 2'],
  ['flow list', 'a: [1, 2 , ] # x', '[1, 2 , ]'],
  ['flow mapping', 'a: {b: {c: }, d} # x', '{b: {c: }, d}'],
  ['block mapping', 'a:\n  "b": 1\n  c: "2"\nd: 1', '"b": 1\n  c: "2"'],
  ['with tag and anchor', 'a: !!str &x 12', '12'],
  ['windows line ends', 'a: one\r\nb: 2\r\n', 'one'],
  ['behind a byte order mark', '\ufeffa: one', 'one'],
])('the span of a value in %s is what a person would select', (_, text, expected) => {
  expect(textAt(text, ['a'])).toBe(expected);
});

test('nothing stands right behind the mark that asks for it', () => {
  const text = 'a:\nb:   # note\nc:\n  -\n  - {d: , e}\n';
  expect(
    ['a', 'b', 'c/0', 'c/1/d', 'c/1/e'].map((path) => nodeAt(treeOf(text), path.split('/'))?.span.start),
  ).toEqual([2, 5, 21, 29, 33]);
});

test('keys keep the order of the text, and merged ones come last with the spans of their anchor', () => {
  const text = 'base: &base {x: 1, y: 2}\nuse:\n  <<: *base\n  y: 3\n  z: 4\n';
  const use = get(treeOf(text), 'use') as MapNode;
  expect(use.pairs.map(({ key, value }) => [key.text, plain(value)])).toEqual([
    ['y', 3],
    ['z', 4],
    ['x', 1],
  ]);
  expect(findPair(use, 'x')?.key.span).toEqual({ start: 13, end: 14 });
});

test('in a list of merges the first wins, of several merge keys the last', () => {
  expect(plain(get(treeOf('a: &a {k: 1}\nb: &b {k: 2}\nc: {<<: [*a, *b]}'), 'c'))).toEqual({ k: 1 });
  expect(plain(get(treeOf('a: &a {k: 1}\nb: &b {k: 2}\nc:\n  <<: *a\n  <<: *b'), 'c'))).toEqual({ k: 2 });
});

test('an alias is the anchored node itself', () => {
  const tree = treeOf('a: &x [1]\nb: *x');
  expect(get(tree, 'b')).toBe(get(tree, 'a'));
});

test.each(['', '\n\n', '# only a note\n', '---\n', '\ufeff'])('%j has no tree and no problem', (text) => {
  expect(parseYaml(text, dbt)).toEqual({ problems: [] });
});

test.each([
  [
    'an unclosed quote',
    'a: "x\nb: 1\n',
    `yaml/syntax "\\""@3: this quote is not closed; add \`"\` at the end of the text`,
  ],
  [
    'a quote that closes at the next one',
    'a: "x\nb: "y"\n',
    `yaml/syntax "\\""@3: this quote is not closed; add \`"\` at the end of the text`,
  ],
  ['an unclosed bracket', 'a: [1, 2\nb: 3\n', 'yaml/syntax "["@3: this `[` is not closed; add `]`'],
  [
    'an unclosed brace that ends at another',
    'a: {b: 1\nc: {d: 2}\n',
    'yaml/syntax "{"@3: this `{` is not closed; add `}`',
  ],
  [
    'a stray bracket',
    'a: [1]]',
    'yaml/syntax "]"@6: this `]` closes nothing; remove it, or put the text in quotes',
  ],
  ['a tab', 'a:\n\tb: 1', 'yaml/syntax "\\t"@3: a tab cannot indent YAML; use spaces'],
  ['several tabs', 'a:\n\t\tb: 1', 'yaml/syntax "\\t\\t"@3: a tab cannot indent YAML; use spaces'],
  ['a tab that YAML itself allows', '-\ta', 'yaml/syntax "\\t"@1: a tab cannot indent YAML; use spaces'],
  [
    'a second colon',
    'a: b: c',
    'yaml/syntax ":"@4: a second colon stands in this line; put the value in quotes, or begin the inner mapping on the next line',
  ],
  [
    'a key without colon',
    'm:\n  - name: x\n    desc\n    tags: y\n',
    'yaml/syntax "desc"@19: no colon follows `desc`; write `desc:` if it is a key',
  ],
  [
    'a half-typed key at the end',
    'a: 1\nna',
    'yaml/syntax "na"@5: no colon follows `na`; write `na:` if it is a key',
  ],
  [
    'no space behind the colon',
    'a: 1\nb:2\nc: 3',
    'yaml/syntax "b:2"@5: a space is missing behind the colon; write `b: 2`',
  ],
  [
    'a line too deep',
    'a: 1\n  b: 2',
    'yaml/syntax "b"@7: `b` is indented deeper than the value above it; align it with the keys it belongs to',
  ],
  [
    'a line too shallow',
    'a:\n    b: 1\n  c: 2',
    'yaml/syntax "c"@14: the indentation of this line fits no line above it; align it with the lines it belongs to',
  ],
  [
    'a list beside keys',
    'a: 1\n- b',
    'yaml/syntax "-"@5: a list item stands beside keys; indent it below the key it belongs to',
  ],
  [
    "a list on its key's line",
    'a: - b',
    'yaml/syntax "-"@3: a list cannot begin on the line of its key; begin it on the next line',
  ],
  ['an at sign', 'a: @b', 'yaml/syntax "@b"@3: a value cannot begin with `@`; put it in quotes'],
  [
    'an unknown escape',
    'a: "C:\\dir"',
    'yaml/syntax "\\\\d"@6: `\\d` is no escape that YAML can read; double the backslash, or use single quotes',
  ],
  [
    'text behind a quote',
    "a: 'it's'",
    'yaml/syntax "s\'"@7: text stands behind the closing quote; if the quotes belong to the text, put the whole value in double quotes',
  ],
  [
    'a bare template',
    'a: {{ b }}',
    'yaml/unquoted-template "{{ b }}"@3: YAML takes `{{` for the start of two mappings; put the whole value in quotes',
  ],
  [
    'a bare template with more',
    'a: {{ b }}_c',
    'yaml/syntax "{{ b }}_c"@3: YAML takes `{` for the start of a mapping; put the whole value in quotes',
  ],
  [
    'a bare block',
    'a: {% if b %}',
    'yaml/syntax "{% if b %}"@3: YAML takes `{` for the start of a mapping; put the whole value in quotes',
  ],
  ['a missing comma', 'a: ["b" "c"]', 'yaml/syntax "\\"c\\"]"@8: a comma is missing before this; add it'],
  [
    'a merge conflict',
    'a: 1\n<<<<<<< HEAD\nb: 2\n=======\n',
    'yaml/syntax "<<<<<<<"@5: a merge conflict is left in the file; resolve it and remove its marks',
  ],
  [
    'a NUL',
    'a: \0',
    'yaml/syntax "\\u0000"@3: a NUL character stands here, which no YAML file may hold; is this a binary file?',
  ],
  [
    'a control character',
    'a: \u0007',
    'yaml/syntax "\\u0007"@3: the invisible character U+0007 is not allowed in YAML; remove it',
  ],
  [
    'an unknown anchor',
    'a: *b',
    'yaml/unknown-anchor "b"@4: no anchor `&b` stands before this alias; define it above, or quote the text if no alias is meant',
  ],
  [
    'an alias inside its anchor',
    'a: &b [*b]',
    'yaml/recursive-alias "b"@8: the alias `*b` stands inside its own anchor, which would never end; name another anchor',
  ],
  [
    'a second document',
    'a: 1\n---\nb: 2',
    'yaml/several-documents "---"@5: a second document begins here, but only one is read; remove the line, or put the rest in a file of its own',
  ],
  [
    'a merge of nothing',
    '<<:\na: 1',
    'yaml/merge "<<"@0: the merge key `<<` takes a mapping or a list of mappings; name an anchor of one, as in `<<: *defaults`',
  ],
])('%s is one problem, at its cause', (_, text, expected) => {
  expect(problemsOf(text)).toEqual([expected]);
});

test('a key that stands twice is what its tool makes of it', () => {
  const text = 'a: 1\nb: 2\na: 3';
  expect(problemsOf(text)).toEqual([
    'warning yaml/duplicate-key "a"@10: the key `a` stands twice in this mapping and only the last one counts; remove or rename one of the two',
  ]);
  expect(problemsOf(text, meltano)).toEqual([
    'yaml/duplicate-key "a"@10: the key `a` stands twice in this mapping; remove or rename one of the two',
  ]);
  expect(plain(get(treeOf(text), 'a'))).toBe(3);
  const many = Array.from({ length: 20 }, (_, at) => `k${at}: 1`).join('\n');
  expect(problemsOf(`${many}\nk7: 2`)).toHaveLength(1);
  expect(problemsOf(many)).toEqual([]);
});

test.each([
  [
    'a key being typed',
    'models:\n  - name: a\n    desc\n  - name: b\n',
    { models: [{ name: 'a', desc: null }, { name: 'b' }] },
  ],
  [
    'an open quote',
    'models:\n  - name: "a\n    tags: [x]\n  - name: b\n',
    { models: [{ name: 'a', tags: ['x'] }, { name: 'b' }] },
  ],
  ['an open bracket', 'a: [x, y\nb: 1\n', { a: ['x', 'y'], b: 1 }],
  ['a stray tab', 'a: 1\n\tb: 2\nc: 3\n', { a: 1, b: 2, c: 3 }],
  ['a bare template', 'a: {{ x }}\nb: 1\n', { a: '{{ x }}', b: 1 }],
  ['a second colon', 'a: 1\nb: c: d\ne: 2\n', { a: 1, b: 'c  d', e: 2 }],
])('%s leaves the rest of the tree', (_, text, expected) => {
  expect(plain(treeOf(text))).toEqual(expected);
});

test.each([
  ['a list closed at the margin', 'a: [\n  b,\nc\n]\nd: 1\n', { a: ['b', 'c'], d: 1 }],
  ['a mapping closed at the margin', 'x:\n  a: {\n  b: 1\n  }\n  d: 1\n', { x: { a: { b: 1 }, d: 1 } }],
  ['a quote that goes on at the margin', 'a: "one\ntwo"\nd: 1\n', { a: 'one two', d: 1 }],
])('%s is read as PyYAML reads it, with the spans of the text', (_, text, expected) => {
  expect(problemsOf(text)).toEqual([]);
  const tree = treeOf(text) as MapNode;
  expect(plain(tree)).toEqual(expected);
  const { key, value } = findPair(nodeAt(tree, 'x' in expected ? ['x'] : []), 'd')!;
  expect([text.slice(key.span.start, key.span.end), text.slice(value.span.start, value.span.end)]).toEqual([
    'd',
    '1',
  ]);
});

test('dbt strips a properties file, so its first line may be indented', () => {
  const text = '\n  models:\n  - name: a\n\t\n';
  expect(problemsOf(text, { ...dbt, strip: true })).toEqual([]);
  expect(textAt(text, ['models', '0', 'name'], { ...dbt, strip: true })).toBe('a');
  expect(problemsOf(text)).not.toEqual([]);
});

test('an alias bomb is one problem and no tree, found without unfolding it', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 30; at++)
    lines.push(`a${at}: &a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join(', ')}]`);
  const { tree, problems } = parseYaml(lines.join('\n'), dbt);
  expect(tree).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['yaml/alias-bomb']);
});

test('many honest aliases are no bomb', () => {
  const text = `base: &base {a: 1, b: [1, 2, 3]}\n${Array.from({ length: 5000 }, (_, at) => `k${at}:\n  <<: *base\n  own: ${at}\n`).join('')}`;
  expect(problemsOf(text)).toEqual([]);
  expect(plain(get(treeOf(text), 'k4999'))).toEqual({ own: 4999, a: 1, b: [1, 2, 3] });
});

test.each([
  ['brackets', '['.repeat(100_000)],
  ['closed brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['braces', '{a: '.repeat(100_000)],
  ['indentation', Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ['brackets behind a fault', `b: @x\na: ${'['.repeat(100_000)}`],
])('a depth bomb of %s is one problem', (_, text) => {
  const { problems } = parseYaml(text, dbt);
  expect(problems).toHaveLength(1);
  expect(problems[0]!.span.start).toBeLessThan(problems[0]!.span.end);
});

test('ten megabytes are read', () => {
  const text =
    'models:\n' +
    '  - name: a_model\n    description: "Some words about it"\n    tags: [a, b]\n'.repeat(150_000);
  expect(text.length).toBeGreaterThan(10_000_000);
  const { tree, problems } = parseYaml(text, dbt);
  expect(problems).toEqual([]);
  expect(get(tree, 'models')).toMatchObject({ kind: 'seq', items: { length: 150_000 } });
});

test('no tag but the standard ones for PyYAML, any for ruamel', () => {
  expect(problemsOf('a: !env X')).toEqual([
    'yaml/tag "!env"@3: the tag `!env` is not known here; remove it, or quote the text if no tag is meant',
  ]);
  expect(problemsOf('a: !env X', meltano)).toEqual([]);
  expect(plain(treeOf('a: !!str 012'))).toEqual({ a: '012' });
  expect(plain(treeOf('%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 012'))).toEqual({ a: '012' });
});

test('a mapping as a key is an error for PyYAML and a warning for ruamel', () => {
  expect(problemsOf('? {a: 1}\n: b')).toEqual([
    'yaml/complex-key "{"@2: a mapping or a list cannot be a key here; write a plain name, or quote the text',
  ]);
  expect(problemsOf('a: {{ b }}', meltano)).toEqual([
    'warning yaml/unquoted-template "{{ b }}"@3: YAML takes `{{` for the start of two mappings; put the whole value in quotes',
  ]);
});
