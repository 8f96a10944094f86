import { expect, test } from 'vitest';
import { SourceFile } from '../source-file.ts';
import { yamlPlaceAt } from './yaml-place.ts';

function placeAt(text: string): readonly [kind: string, pointer: string, word: string] | undefined {
  const source = new SourceFile('/w/a.yml', text.replace('<|>', ''));
  const place = yamlPlaceAt(source, text.indexOf('<|>'));
  return place && [place.kind, place.pointer.join('/'), source.slice(place.span)];
}

test.each([
  ['<|>', ['key', '', '']],
  ['a: 1\nb<|>', ['key', '', 'b']],
  ['a<|>bc: 1', ['key', '', 'abc']],
  ['a:\n  <|>', ['key', 'a', '']],
  ['a:\n  b:\n    c: 1\n    <|>', ['key', 'a/b', '']],
  ['a:\n  b:\n    c: 1\n  <|>', ['key', 'a', '']],
  ['a:\n  b:\n    c: 1\n\n# note\n<|>', ['key', '', '']],
  ['a: <|>', ['value', 'a', '']],
  ['a:\n  b: tr<|>ue # note', ['value', 'a/b', 'true']],
  ['a:\n- <|>', ['item', 'a/0', '']],
  ['a:\n  - x: 1\n    y<|>', ['key', 'a/0', 'y']],
  ['a:\n  - x: 1\n  - x: 2\n    y: <|>', ['value', 'a/1/y', '']],
  ['a:\n- x: 1\n- x: 2\n  <|>', ['key', 'a/1', '']],
  ['a:\n- x:\n  - p\n  - q: 1\n    <|>', ['key', 'a/0/x/1', '']],
  ['a:\n- x:\n    y: 1\n    <|>', ['key', 'a/0/x', '']],
  ['a:\n- x: 1\n<|>', ['key', '', '']],
  ['a:\n- - <|>', ['item', 'a/0/0', '']],
  ['"a b":\n  <|>', ['key', 'a b', '']],
  ['a:\r\n  <|>\r\nb: 1\r\n', ['key', 'a', '']],
])('the place of %j is %j', (text, place) => {
  expect(placeAt(text)).toEqual(place);
});

test.each(['a: [<|>]', 'a: b c<|>', '# a<|>', 'a: "b<|>', 'a: <|> b'])(
  'there is no place to tell in %j',
  (text) => {
    expect(placeAt(text)).toBeUndefined();
  },
);
