import { expect, test } from 'vitest';
import type { Node } from '../tree.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkSchema, type CheckOptions } from './check-schema.ts';
import { unknownKeyword } from './keywords.ts';
import { createSchema } from './schema.ts';

function treeOf(text: string): Node {
  const { tree } = parseYaml(text, { version: '1.1', duplicateKeys: 'last' });
  if (tree === undefined) throw new Error('no tree');
  return tree;
}

/** Each problem as `"text at its span" message`. */
function problemsOf(schema: object, text: string, options?: CheckOptions): readonly string[] {
  const problems = checkSchema(treeOf(text), createSchema(schema, { draft: '07' }), options);
  return problems.map(
    ({ span, message }) => `${JSON.stringify(text.slice(span.start, span.end))} ${message}`,
  );
}

const model = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1 },
    threads: { type: 'integer', minimum: 1 },
    enabled: { anyOf: [{ type: ['boolean', 'null'] }, { type: 'string', pattern: '^\\{.*\\}$' }] },
    tags: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'null' }] },
    columns: { type: 'array', minItems: 1, items: { $ref: '#' } },
    materialized: { anyOf: [{ $ref: '#/definitions/Materialized' }, { type: 'null' }] },
    meta: {
      type: 'object',
      additionalProperties: { type: 'string' },
      propertyNames: { pattern: '^[a-z]+$' },
    },
    code: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
  additionalProperties: false,
  definitions: {
    Materialized: { oneOf: [{ type: 'string', enum: ['table', 'view'] }, { const: 'ephemeral' }] },
  },
};

test('of a key that stands twice the last one counts', () => {
  expect(problemsOf(model, 'name: a\nthreads: many\nthreads: 2\n')).toEqual([]);
  expect(problemsOf(model, 'name: a\nthreads: 2\nthreads: many\n')).toHaveLength(1);
});

test('a mapping may have any number of unknown keys, and any number of mappings one each', () => {
  const keys = Array.from({ length: 30_000 }, (_, at) => `k${at}: x`);
  expect(problemsOf(model, `name: a\n${keys.join('\n')}`)).toHaveLength(30_000);
  const columns = keys.map((key) => `  - ${key}`).join('\n');
  expect(problemsOf(model, `name: a\ncolumns:\n${columns}`)).toHaveLength(60_000);
});

test.each([
  ['nothing wrong', 'name: a\nthreads: 2\nenabled: true\ntags: [x]\nmaterialized: ephemeral', []],
  [
    'a misspelt key is one problem, though the right one is missing',
    'nmae: a',
    ['"nmae" unknown key `nmae`; did you mean `name`?'],
  ],
  [
    'an unknown key',
    'name: a\nowner: b',
    [
      '"owner" unknown key `owner`; remove it, or use one of `threads`, `enabled`, `tags`, `columns`, `materialized`, `meta` or `code`',
    ],
  ],
  ['a missing key, at the first key', 'threads: 2', ['"threads" the key `name` is missing; add it']],
  [
    'a missing key, at the key that owns the mapping',
    'name: a\ncolumns:\n  - {}\n  - threads: 1',
    ['"{}" the key `name` is missing; add it', '"threads" the key `name` is missing; add it'],
  ],
  ['a number for a string', 'name: 3', ['"3" `name` must be a string, not a number; put it in quotes']],
  [
    'a string for a number',
    "name: a\nthreads: '4'",
    ['"4" `threads` must be a whole number, not a string; remove the quotes if it is one'],
  ],
  [
    'a fraction for a whole number',
    'name: a\nthreads: 1.5',
    ['"1.5" `threads` must be a whole number, not a number'],
  ],
  ['a number below the least', 'name: a\nthreads: 0', ['"0" `0` is too small; it must be at least 1']],
  [
    'a template is not spoken of',
    'name: a\nenabled: maybe',
    ['"maybe" `enabled` must be true or false, not a string'],
  ],
  [
    'neither of two kinds',
    'name: a\ntags: 3',
    ['"3" `tags` must be a string or a list, not a number; put it in quotes'],
  ],
  ['an item of the wrong kind', 'name: a\ntags: [x, {y: 1}]', ['"y" this must be a string, not a mapping']],
  [
    'a mapping for a list',
    'name: a\ncolumns:\n  name: b',
    ['"columns" `columns` must be a list, not a mapping; begin each item with `- `'],
  ],
  [
    'an empty value',
    'name:\nmeta:',
    [
      '"name" `name` is empty but must be a string; fill it in or remove the key',
      '"meta" `meta` is empty but must be a mapping; fill it in or remove the key',
    ],
  ],
  ['an empty list', 'name: a\ncolumns: []', ['"columns" `columns` must have at least one item; add one']],
  ['an empty string', "name: ''", ['"name" `name` must not be empty; fill it in']],
  [
    'a value out of an enumeration, near one',
    'name: a\nmaterialized: tabel',
    ['"tabel" `tabel` is no value for `materialized`; did you mean `table`?'],
  ],
  [
    'a value out of an enumeration, near none',
    'name: a\nmaterialized: cube',
    ['"cube" `cube` is no value for `materialized`; it must be one of `table`, `view` or `ephemeral`'],
  ],
  ['a form', 'name: a\ncode: abc', ['"abc" `abc` does not have the form `^[A-Z]{3}$`; correct it']],
  ['a key of the wrong form', 'name: a\nmeta: {OWNER: b}', ['"OWNER" unknown key `OWNER`; remove it']],
  [
    "in an own key's value",
    'name: a\nmeta: {owner: 3}',
    ['"3" `owner` must be a string, not a number; put it in quotes'],
  ],
  ['another kind altogether', '- a', ['"- a" this must be a mapping, not a list']],
])('%s', (_, text, expected) => {
  expect(problemsOf(model, text)).toEqual(expected);
});

const packages = {
  items: {
    anyOf: [
      {
        type: 'object',
        required: ['package', 'version'],
        properties: { package: { type: 'string' }, version: {} },
        additionalProperties: false,
      },
      {
        type: 'object',
        required: ['git'],
        properties: { git: { type: 'string' }, revision: { type: 'string' } },
        additionalProperties: false,
      },
      {
        type: 'object',
        required: ['local'],
        properties: { local: { type: 'string' } },
        additionalProperties: false,
      },
    ],
  },
};

test.each([
  ['the branch whose key is there', '- package: a', ['"package" the key `version` is missing; add it']],
  [
    'the branch that knows most',
    '- git: a\n  revison: b',
    ['"revison" unknown key `revison`; did you mean `revision`?'],
  ],
  ['the branch of a misspelt key', '- lcal: a', ['"lcal" unknown key `lcal`; did you mean `local`?']],
  [
    'no branch of an empty mapping',
    '- {}',
    ['"{}" this mapping has no form that is allowed here; give it `package`, `git` or `local`'],
  ],
  ['no mapping', '- a', ['"a" this must be a mapping, not a string']],
])('of several forms %s is explained', (_, text, expected) => {
  expect(problemsOf(packages, text)).toEqual(expected);
});

const output = {
  oneOf: ['duckdb', 'postgres'].map((type) => ({
    type: 'object',
    required: ['type'],
    properties: {
      type: { type: 'string', enum: [type] },
      [type === 'duckdb' ? 'path' : 'host']: { type: 'string' },
    },
    additionalProperties: false,
  })),
};

test.each([
  [
    'a fixed value decides',
    'type: postgres\npath: x',
    ['"path" unknown key `path`; remove it, or use `host`'],
  ],
  [
    'a fixed value that fits none',
    'type: duckbd\npath: x',
    ['"duckbd" `duckbd` is no value for `type`; did you mean `duckdb`?'],
  ],
  ['no fixed value', 'path: x', ['"path" the key `type` is missing; add it']],
])('where a value tells the forms apart, %s', (_, text, expected) => {
  expect(problemsOf(output, text)).toEqual(expected);
});

test('what fits two exclusive forms is told what to choose from', () => {
  const schema = { oneOf: [{ required: ['name', 'job'] }, { required: ['name', 'extractor', 'loader'] }] };
  expect(problemsOf(schema, 'name: a\njob: b\nextractor: c\nloader: d')).toEqual([
    '"name" this can be read in more than one way; give either `job` or `extractor` and `loader`',
  ]);
});

test('keys that no part of a composed schema knows', () => {
  const schema = {
    $defs: { base: { properties: { name: { type: 'string' } } } },
    allOf: [{ $ref: '#/$defs/base' }],
    properties: { kind: {} },
    unevaluatedProperties: false,
  };
  const problems = checkSchema(treeOf('name: a\nkind: b\nkynd: c'), createSchema(schema, { draft: '2020' }));
  expect(problems).toMatchObject([{ keyword: 'unevaluatedProperties', key: 'kynd', pointer: [] }]);
});

test('a problem carries what a fix needs', () => {
  const problems = checkSchema(treeOf('columns:\n  - nmae: a'), createSchema(model, { draft: '07' }));
  expect(problems[1]).toEqual({
    span: { start: 13, end: 17 },
    message: 'unknown key `nmae`; did you mean `name`?',
    keyword: 'additionalProperties',
    pointer: ['columns', '0'],
    key: 'nmae',
    allowed: ['name', 'threads', 'enabled', 'tags', 'columns', 'materialized', 'meta', 'code'],
    suggestion: 'name',
  });
});

test('a scalar that the tool renders first is never wrong', () => {
  const acceptsScalar: NonNullable<CheckOptions['acceptsScalar']> = ({ text }) => text.includes('{{');
  const text = 'name: a\nthreads: "{{ env_var(1) }}"\nmaterialized: "{{ x }}"\ncolumns: "{{ y }}"\ntags: [1]';
  expect(problemsOf(model, text, { acceptsScalar })).toEqual([
    '"1" this must be a string, not a number; put it in quotes',
  ]);
});

test('an item that stands in a list twice is told of, whatever it is made of', () => {
  expect(
    problemsOf({ uniqueItems: true }, "- a\n- 1\n- {x: 1, y: [2]}\n- '1'\n- a\n- {y: [2], x: 1}"),
  ).toEqual([
    '"a" `a` stands in the list twice; remove one of the two',
    expect.stringContaining('stands in the list twice; remove one of the two'),
  ]);
});

test('a keyword that the walk does not know is named, so that no schema with one is shipped', () => {
  const item = { properties: { list: { contains: true } } };
  for (const json of [item, { definitions: { item }, anyOf: [{ $ref: '#/definitions/item' }] }])
    expect(unknownKeyword(createSchema(json, { draft: '07' }))).toBe('contains');
});

test('a schema that refers to itself ends', () => {
  expect(
    problemsOf({ definitions: { a: { $ref: '#/definitions/a' } }, $ref: '#/definitions/a' }, 'x: 1'),
  ).toEqual([]);
  const nested = { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#' } }] };
  expect(problemsOf(nested, `${'['.repeat(300)}1${']'.repeat(300)}`)).toEqual([
    '"1" this must be a string or a list, not a number; put it in quotes',
  ]);
});

test('unions inside unions cost what they hold, not what they multiply to', () => {
  let schema: object = { type: 'object', required: ['x'] };
  for (let depth = 0; depth < 14; depth++) {
    const below = schema;
    schema = {
      anyOf: [1, 2, 3].map((at) => ({
        type: 'object',
        properties: { a: below },
        required: ['a'],
        minProperties: at > 2 ? 2 : 1,
      })),
    };
  }
  expect(problemsOf(schema, `${'{a: '.repeat(14)}{}${'}'.repeat(14)}`)).toHaveLength(1);
});

test('every fault of a long list is told, also where several branches were looked at', () => {
  const schema = { type: 'array', items: { anyOf: [{ $ref: '#/definitions/a' }, { type: 'integer' }] }, definitions: { a: { type: 'object', properties: { n: { type: 'array', items: { type: 'integer' } } } } } }; // prettier-ignore
  const item = '- n: [x, 1, y]\n';
  expect(problemsOf(schema, item.repeat(20_000))).toHaveLength(40_000);
});
