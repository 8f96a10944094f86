import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MadeItems, MadeOfTexts } from './made-items.ts';

test('whatever becomes of a list, what is made of its items is right, and made once while they stay in place', () => {
  const pool = Array.from({ length: 6 }, (_, at) => ({ at }));
  const list = fc.array(fc.constantFrom(...pool), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 6 }), (lists) => {
      const items = new MadeItems<object, { readonly of: object }>();
      let before: readonly { readonly of: object }[] = [];
      for (const each of lists) {
        const made = items.of(each, (of) => ({ of }));
        expect(made.map(({ of }) => of)).toEqual(each);
        expect(items.of([...each], (of) => ({ of }))).toBe(made);
        if (before[0]?.of === made[0]?.of) expect(made[0]).toBe(before[0]);
        before = made;
      }
    }),
  );
});

test('only the item that is another is made anew', () => {
  const [a, b, c, d] = [{}, {}, {}, {}];
  const items = new MadeItems<object, object>();
  const before = items.of([a, b, c], (item) => ({ item }));
  const after = items.of([a, d, b, c], (item) => ({ item }));
  expect([after[0], after[2], after[3]].every((each, at) => each === before[at])).toBe(true);
  expect(items.of([a, c], (item) => ({ item }))).toEqual([{ item: a }, { item: c }]);
});

test('what is made of texts is made anew when one of them is another, or gone', () => {
  const joined = new MadeOfTexts<{ readonly text: string }>();
  const join = (texts: readonly string[]): { readonly text: string } =>
    joined.of(texts, (all) => ({ text: all.join(' ') }));
  const first = join(['a', 'b']);
  expect(join(['a', 'b'])).toBe(first);
  expect(join(['a', 'c'])).toEqual({ text: 'a c' });
  expect(join(['a'])).toEqual({ text: 'a' });
});
