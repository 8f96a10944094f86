import { expect, test } from 'vitest';
import { compileSearch, Matcher } from './log-search.ts';

const plain = { text: '', regex: false, matchCase: false, wholeWord: false };
const matcher = new Matcher();

function hits(search: Partial<typeof plain>, ...texts: readonly string[]): readonly boolean[] | undefined {
  return matcher.hits(compileSearch({ ...plain, ...search }), texts);
}

test('a plain search takes every character literally, whatever the case', () => {
  expect(hits({ text: 'cost (a.b)' }, 'cost (a.b)', 'cost axb', 'COST (A.B)')).toEqual([true, false, true]);
  expect(hits({ text: 'Cost', matchCase: true }, 'cost', 'Cost')).toEqual([false, true]);
});

test('a whole word has no letters beside it', () => {
  expect(hits({ text: 'row', wholeWord: true }, 'rows', 'a row.', 'arrow', 'row')).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(hits({ text: 'a|b', regex: true, wholeWord: true }, 'ab', 'a', 'xb', 'b')).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test('where it hits is told in order, and an expression that hits the empty text ends', () => {
  const search = compileSearch({ ...plain, text: 'x*', regex: true });
  expect(matcher.ranges(search, ['axxbx'])).toEqual([
    [
      { start: 1, end: 3 },
      { start: 4, end: 5 },
    ],
  ]);
});

test('a broken expression is a problem, also one that brackets around it would mend', () => {
  expect(compileSearch({ ...plain, text: '(', regex: true })).toMatchObject({ kind: 'problem' });
  expect(compileSearch({ ...plain, text: 'a)(b', regex: true, wholeWord: true })).toMatchObject({
    kind: 'problem',
  });
  expect(compileSearch(plain)).toEqual({ kind: 'none' });
});

test('an expression that would take hours is given up', () => {
  const text = `${'a'.repeat(60)}b`;
  expect(hits({ text: '(a+)+$', regex: true }, text)).toBeUndefined();
  const search = compileSearch({ ...plain, text: '(a+)+$', regex: true });
  expect(matcher.ranges(search, [text, 'a'])).toEqual([[], []]);
});
