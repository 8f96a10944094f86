import { expect, test } from 'vitest';
import { correctSchema, type Correction } from './correct-schema.ts';

const schema = {
  properties: { a: { type: 'string', enum: ['x', 'y'] }, 'b/c': { required: ['d', 'e'] } },
  anyOf: [{ type: 'string' }, { type: 'number' }],
};

test.each<[string, Omit<Correction, 'why'>, object]>([
  [
    'replaces',
    { at: '/properties/a/type', replace: ['string', 'null'] },
    { properties: { a: { type: ['string', 'null'] } } },
  ],
  ['adds', { at: '/properties/new', replace: true }, { properties: { new: true } }],
  [
    'merges',
    { at: '/properties/a', merge: { type: 'number', title: 't' } },
    { properties: { a: { type: 'number', title: 't', enum: ['x', 'y'] } } },
  ],
  [
    'merges deeply',
    { at: '', merge: { properties: { z: {} } } },
    { properties: { z: {}, a: { type: 'string' } } },
  ],
  ['takes keys out', { at: '/properties/a', remove: ['enum'] }, { properties: { a: { type: 'string' } } }],
  [
    'takes strings out of a list',
    { at: '/properties/b~1c/required', remove: ['d'] },
    { properties: { 'b/c': { required: ['e'] } } },
  ],
  [
    'goes through every key and index',
    { at: '/anyOf/*/type', replace: 'boolean' },
    { anyOf: [{ type: 'boolean' }, { type: 'boolean' }] },
  ],
])('a correction %s', (_, correction, expected) => {
  const before = structuredClone(schema);
  expect(correctSchema(schema, [{ ...correction, why: 'a test' }])).toMatchObject(expected);
  expect(schema).toEqual(before);
});

test('a key taken out is gone', () => {
  expect(
    correctSchema(schema, [{ at: '/properties/*', remove: ['enum'], why: 'a test' }]),
  ).not.toHaveProperty('properties.a.enum');
});

test.each<Omit<Correction, 'why'>>([
  { at: '/definitions/x', merge: {} },
  { at: '/properties/nope/type', replace: 1 },
  { at: '/properties/a', remove: ['nope'] },
  { at: '/properties/b~1c/required', remove: ['nope'] },
])('a correction that matches nothing throws: $at', (correction) => {
  expect(() => correctSchema(schema, [{ ...correction, why: 'the tool takes it' }])).toThrow(
    /matches nothing in the schema: the tool takes it/,
  );
});
