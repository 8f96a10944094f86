import { expect, test } from 'vitest';
import type { Node } from '../tree.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { describeAt, keyNamesAt, keysAt, valuesAt } from './describe-schema.ts';
import { createSchema } from './schema.ts';

const schema = createSchema(
  {
    type: 'object',
    properties: {
      outputs: {
        description: 'Where it writes.',
        type: 'object',
        additionalProperties: { oneOf: [{ $ref: '#/definitions/Duck' }, { $ref: '#/definitions/Postgres' }] },
      },
      models: { type: 'array', items: { $ref: '#/definitions/Model' } },
      hidden: false,
    },
    required: ['models'],
    definitions: {
      Duck: {
        type: 'object',
        required: ['type'],
        properties: {
          type: { enum: ['duckdb'] },
          path: { type: 'string', description: 'The file.', default: ':memory:' },
        },
      },
      Postgres: {
        type: 'object',
        required: ['type'],
        properties: { type: { enum: ['postgres'] }, host: { type: 'string' } },
      },
      Model: {
        allOf: [{ properties: { name: { type: 'string' } } }],
        properties: {
          enabled: { anyOf: [{ type: ['boolean', 'null'] }, { type: 'string', pattern: '^\\{.*\\}$' }] },
          kind: {
            oneOf: [
              { const: 'table', description: 'Stored.' },
              { const: 'view', description: 'Not stored.' },
            ],
            description: 'How it is made.',
          },
          tags: { anyOf: [{ type: 'array' }, { type: 'null' }] },
          config: { $ref: '#/definitions/Config' },
        },
      },
      Config: { type: 'object', deprecated: true },
    },
  },
  { draft: '07' },
);

function treeOf(text: string): Node | undefined {
  return parseYaml(text, { version: '1.1', duplicateKeys: 'last' }).tree;
}

test('the keys of a mapping, with what a completion wants to know', () => {
  expect(keysAt(schema, undefined, [])).toEqual([
    {
      name: 'outputs',
      required: false,
      holds: 'mapping',
      description: 'Where it writes.',
      type: 'a mapping',
    },
    { name: 'models', required: true, holds: 'list', type: 'a list' },
  ]);
  expect(keysAt(schema, undefined, ['models', '0'])).toMatchObject([
    { name: 'enabled', holds: 'scalar', type: 'true or false' },
    { name: 'kind', holds: 'scalar', description: 'How it is made.', enum: ['table', 'view'] },
    { name: 'tags', holds: 'list' },
    { name: 'config', holds: 'mapping', deprecated: true },
    { name: 'name', holds: 'scalar' },
  ]);
});

test.each([
  ['both forms where nothing is written', '', ['type', 'path', 'host']],
  ['the form a fixed value names', 'outputs: {dev: {type: postgres}}', ['type', 'host']],
  ['the form a key belongs to', 'outputs: {dev: {path: x}}', ['type', 'path']],
  ['both where the value is half typed', 'outputs: {dev: {type: }}', ['type', 'path', 'host']],
])('the keys of %s', (_, text, expected) => {
  expect(keysAt(schema, treeOf(text), ['outputs', 'dev']).map(({ name }) => name)).toEqual(expected);
  expect([...keyNamesAt(schema, treeOf(text), ['outputs', 'dev'])]).toEqual(expected);
});

test('values are enumerations, constants, and true and false', () => {
  expect(valuesAt(schema, undefined, ['outputs', 'dev', 'type'])).toEqual([
    { value: 'duckdb' },
    { value: 'postgres' },
  ]);
  expect(valuesAt(schema, treeOf('models: [{kind: ta}]'), ['models', '0', 'kind'])).toEqual([
    { value: 'table', description: 'Stored.' },
    { value: 'view', description: 'Not stored.' },
  ]);
  expect(valuesAt(schema, undefined, ['models', '3', 'enabled']).map(({ value }) => value)).toEqual([
    'true',
    'false',
  ]);
  expect(valuesAt(schema, undefined, ['models', '0', 'name'])).toEqual([]);
});

test('a hover says what the schema says, or nothing', () => {
  expect(describeAt(schema, undefined, ['outputs', 'dev', 'path'])).toEqual({
    description: 'The file.',
    type: 'a string',
    default: '":memory:"',
  });
  expect(describeAt(schema, undefined, ['nowhere', 'at', 'all'])).toBeUndefined();
});
