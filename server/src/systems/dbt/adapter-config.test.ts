import { expect, test } from 'vitest';
import adapters from '../../../schemas/dbt/adapters.json' with { type: 'json' };
import { besides, materializationsOf, strategiesOf, typeInWords } from './adapter-config.ts';
import { credentialsOf } from './adapter-credentials.ts';

const names = Object.keys(adapters) as (keyof typeof adapters)[];

test('the adapters that are known are those whose packages are read', () => {
  expect(Object.keys(strategiesOf).toSorted()).toEqual(names);
  expect(Object.keys(besides).filter((each) => !Object.hasOwn(adapters, each))).toEqual([]);
});

test.each(names)('%s reads what is said that it reads besides its own class', (name) => {
  const { config, reads } = adapters[name];
  const said = besides[name] ?? [];
  expect(said.filter((key) => !(reads as readonly string[]).includes(key))).toEqual([]);
  expect(said.filter((key) => Object.hasOwn(config, key))).toEqual([]);
});

test.each(names)('%s has the materializations and strategies that are said of it', (name) => {
  const { materializations, strategies } = adapters[name];
  expect((materializationsOf[name] ?? []).toSorted()).toEqual(materializations);
  // Where its macros decide, nothing is extracted.
  if (strategies.length > 0) expect(strategiesOf[name]?.toSorted()).toEqual(strategies);
});

test.each(names)('of the credentials of %s every key, need and alias is known', (name) => {
  const { credentials, required, aliases } = adapters[name];
  const known = credentialsOf(name)!;
  const { properties } = known.schema.json as { readonly properties: object };
  // All credentials have the two.
  const inherited = ['database', 'schema'];
  expect(
    Object.keys(properties)
      .filter((key) => !inherited.includes(key))
      .toSorted(),
  ).toEqual(
    Object.keys(credentials)
      .filter((key) => !inherited.includes(key))
      .toSorted(),
  );
  expect(known.aliases).toEqual(aliases);
  expect(known.required).toEqual(expect.arrayContaining(required));
});

test.each([
  ['str', 'a string'],
  ['Optional[Union[List[str], str]]', 'a list or a string'],
  ['Optional[Union[Dict[str, Any], int]]', 'a mapping or a whole number'],
  ['bool', 'true or false'],
  ['Optional[list[str]]', 'a list'],
])('%s in words: %s', (type, words) => {
  expect(typeInWords(type)).toBe(words);
});
