import { expect, test } from 'vitest';
import { GramFinder } from './gram-finder.ts';

test('words are found wherever they stand, in any case, by their first four characters', () => {
  const finder = new GramFinder(['secret', 'token', 'Key_1', 'ab', 'tokyo']);
  expect(finder.find('nothing of the kind')).toBeUndefined();
  expect(finder.find('a SECRET')).toEqual(new Set([0]));
  expect(finder.find('secrtoken')).toEqual(new Set([0, 1]));
  expect(finder.find('my key_2, abc, and a tok')).toEqual(new Set([2]));
  expect(finder.find('')).toBeUndefined();
});

test('after a word of three any character may stand, or none; a word may be one that begins a line', () => {
  const finder = new GramFinder(['abc', '\nstart']);
  for (const text of ['abcd', 'x abc!', 'abc', 'abc✓']) expect(finder.find(text)).toEqual(new Set([0]));
  expect(finder.find('start of it')).toEqual(new Set([1]));
  expect(finder.find('a start of it')).toBeUndefined();
});

test('nothing before a word hides it', () => {
  const finder = new GramFinder(['needle']);
  for (let code = 0; code < 0xffff; code += 7)
    expect(finder.find(`${String.fromCharCode(code).repeat(5)}needle`)).toBeDefined();
});
