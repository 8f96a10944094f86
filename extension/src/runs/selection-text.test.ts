import { expect, test } from 'vitest';
import { choicesFor, describeReading, fragmentOf, withChoice } from './selection-text.ts';

test.each([
  ['', ''],
  ['ord', 'ord'],
  ['+ord', 'ord'],
  ['2+ord', 'ord'],
  ['@ord', 'ord'],
  ['tag:daily ord', 'ord'],
  ['tag:daily,+stg', 'stg'],
  ['orders+ ', ''],
])('what is being typed in %j is %j', (text, fragment) => {
  expect(fragmentOf(text)).toBe(fragment);
});

test.each([
  ['ord', 'orders', 'orders'],
  ['+ord', 'orders', '+orders'],
  ['tag:daily,2+st', 'stg_orders', 'tag:daily,2+stg_orders'],
  ['+exp', '+exposure:sales', '+exposure:sales'],
  ['exp', '+exposure:sales', '+exposure:sales'],
  ['orders+ ', 'tag:daily', 'orders+ tag:daily'],
])('%j with the choice %j becomes %j', (text, choice, completed) => {
  expect(withChoice(text, choice)).toBe(completed);
});

test('choices hold what is being typed; those that begin with it come first', () => {
  const choices = ['fct_orders', 'orders', 'tag:daily'].map((text) => ({ text, group: 'x', detail: '' }));
  const shown = (text: string): readonly string[] => choicesFor(text, choices).map((each) => each.text);
  expect(shown('tag:daily +ORD')).toEqual(['orders', 'fct_orders']);
  expect(shown('')).toHaveLength(3);
});

test('a reading is counted by kind and named; of what is not certain it is said why', () => {
  const thing = (what: string, name: string) => ({ what, name });
  expect(
    describeReading({ things: [thing('model', 'a'), thing('test', 'b'), thing('test', 'c')], doubts: [] }),
  ).toEqual({
    count: '3: 1 model, 2 tests',
    names: 'a, b, c',
  });
  expect(describeReading({ things: [], doubts: [] })).toEqual({ count: 'nothing', names: '' });
  const many = Array.from({ length: 10 }, (_, at) => thing('model', `m${at}`));
  expect(describeReading({ things: many, doubts: [] })).toEqual({
    count: '10 models',
    names: 'm0, m1, m2, m3, m4, m5, m6, m7, and 2 more',
  });
  expect(describeReading({ things: [thing('seed', 'a')], doubts: ['some tags are computed'] })).toEqual({
    count: 'perhaps 1 seed',
    names: 'Not certain: some tags are computed',
  });
});
