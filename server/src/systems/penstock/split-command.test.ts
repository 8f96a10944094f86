import { expect, test } from 'vitest';
import { splitCommand } from './split-command.ts';

test.each([
  ['a b  c', ['a', 'b', 'c']],
  [' a ', ['a']],
  [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
  [`a='b c'd`, ['a=b cd']],
  ['a ""', ['a', '']],
  ['a\\ b', ['a b']],
  ['"a\\"b" \'a\\b\'', ['a"b', 'a\\b']],
  ['a\nb', ['a', 'b']],
  ['', []],
])('%j is %j', (text, words) => {
  expect(splitCommand(text)).toMatchObject({ words, openQuote: undefined, shellSigns: [] });
});

test.each([
  ['a && b', ['&&']],
  ['a | b || c', ['|', '||']],
  ['a; b', [';']],
  ['a > out.txt 2>&1', ['>', '2>&1']],
  ['a $HOME ${X} $(date)', ['$HOME', '${X}', '$(date)']],
  ['a "$HOME"', []],
  ['a x=1&y=2 a>b', []],
  ['a -> b', []],
])('the shell signs of %j are %j', (text, signs) => {
  const { shellSigns } = splitCommand(text);
  expect(shellSigns.map((sign) => sign.text)).toEqual(signs);
  for (const sign of shellSigns) expect(text.slice(sign.span.start, sign.span.end)).toBe(sign.text);
});

test.each([
  ["a 'b", 2],
  ['a "b\\"', 2],
])('%j has an open quote at %j', (text, at) => {
  expect(splitCommand(text).openQuote).toBe(at);
});
