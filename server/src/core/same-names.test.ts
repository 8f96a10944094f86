import { expect, test } from 'vitest';
import { FactIndex } from './fact-index.ts';
import type { Definition, Fact, Hole, Use } from './facts.ts';

const define = (name: string, start: number, more: Partial<Definition> = {}): Definition => ({
  fact: 'definition',
  namespace: 'toy.thing',
  scope: '',
  name,
  span: { start, end: start + name.length },
  what: 'thing',
  ...more,
});

const use = (name: string, start: number, more: Partial<Use> = {}): Use => ({
  fact: 'use',
  namespaces: ['toy.thing'],
  scope: '',
  name,
  span: { start, end: start + name.length },
  role: 'plain',
  ...more,
});

const hole: Hole = { fact: 'hole', namespace: 'toy.thing', scope: '', reason: 'the file is broken' };

/** Every reading follows every other. */
const readings: readonly (readonly [name: string, make: () => readonly Fact[]])[] = [
  ['first', () => [define('a', 0, { about: 'One.' }), use('b', 10), use('b', 20)]],
  ['moved', () => [define('a', 5, { about: 'One.' }), use('b', 15), use('b', 25)]],
  ['said otherwise', () => [define('a', 5, { about: 'Two.' }), use('b', 15), use('b', 25, { role: 'soft' })]],
  ['said less', () => [define('a', 5), use('b', 15), use('b', 25)]],
  ['with another meaning', () => [define('a', 5, { data: { kind: 'x' } }), use('b', 15), use('b', 25)]],
  ['behind a hole', () => [define('a', 0, { about: 'One.' }), hole, use('b', 10), use('b', 20)]],
  ['behind another hole', () => [define('a', 0), { ...hole, reason: 'gone' }, use('b', 10), use('b', 20)]],
  [
    'behind a hole that ends',
    () => [
      define('a', 0),
      { ...hole, until: { namespace: 'toy.thing', scope: '', name: 'b' } },
      use('b', 10),
      use('b', 20),
    ],
  ],
  ['renamed', () => [define('c', 0, { about: 'One.' }), use('b', 10), use('b', 20)]],
  ['other kinds', () => [use('a', 0), define('b', 10), use('b', 20)]],
  ['shorter', () => [define('a', 0, { about: 'One.' }), use('b', 10)]],
  ['empty', () => []],
];

const pairs = readings.flatMap(([from, before]) =>
  readings.map(([to, after]) => [from, to, before, after] as const),
);

test.each(pairs)(
  'facts that are %s and then %s are filed as if they had been read so at once',
  (_, __, before, after) => {
    const index = new FactIndex();
    index.add('/other', [use('a', 0), use('b', 0), define('b', 3, { exclusive: false })]);
    index.add('/file', before());
    expect(seen(index)).toEqual(seen(filed(before())));
    index.replace('/file', after());
    expect(seen(index)).toEqual(seen(filed(after())));
  },
);

test('facts that are told again, the very same objects, are filed as they now are, those among them that say something else, too', () => {
  const index = new FactIndex();
  const [a, b, c] = [define('a', 0), { ...hole }, use('b', 10)] as const;
  index.replace('/file', [define('a', 0), { ...hole }, use('b', 10)]);
  for (let time = 0; time < 3; time++) index.replace('/file', [a, b, c]);
  index.news.listen('/file');
  const said = [a, { ...hole }, use('b', 12, { about: 'New.' })];
  expect(index.replace('/file', said)).toEqual([]);
  expect([...index.news.of('/file')!].map((fact) => 'about' in fact && fact.about)).toEqual(['New.']);
  expect(seen(index).own).toEqual(seen(filed(said)).own);
  const other = { ...hole, reason: 'another' };
  index.replace('/file', [a, other, c]);
  expect(index.holes('toy.thing', '').map(({ reason }) => reason)).toEqual(['another']);
  index.replace('/file', [a, other, define('b', 3)]);
  expect(index.isDefined({ namespace: 'toy.thing', scope: '', name: 'b' })).toBe(true);
});

test('a name is told when its meaning changed or a hole opened over it, and not when it only moved', () => {
  const [first, moved, otherwise, , meaning, behindHole] = readings.map(([, make]) => make);
  const told = (before: readonly Fact[], after: readonly Fact[]): readonly string[] => {
    const index = new FactIndex();
    index.add('/file', before);
    return index.replace('/file', after).map(({ name }) => name);
  };
  expect(told(first!(), moved!())).toEqual([]);
  expect(told(first!(), otherwise!())).toEqual([]);
  expect(told(first!(), meaning!())).toEqual(['a']);
  expect(told(first!(), behindHole!())).toEqual(expect.arrayContaining(['a', 'b']));
});

function filed(facts: readonly Fact[]): FactIndex {
  const index = new FactIndex();
  index.add('/other', [use('a', 0), use('b', 0), define('b', 3, { exclusive: false })]);
  index.add('/file', facts);
  return index;
}

function seen(index: FactIndex): { readonly own: unknown; readonly names: unknown; readonly holes: unknown } {
  const inOrder = (facts: readonly Fact[]): readonly string[] =>
    facts.map((fact) => JSON.stringify(sorted(fact))).toSorted();
  const keys = ['a', 'b', 'c'].map((name) => ({ namespace: 'toy.thing', scope: '', name }));
  return {
    own: inOrder(index.of('/file')),
    names: keys.map((key) => [
      inOrder(index.definitions(key)),
      inOrder(index.uses(key)),
      index.isDefined(key),
    ]),
    holes: inOrder(index.holes('toy.thing', '')),
  };
}

function sorted(fact: Fact): object {
  return Object.fromEntries(Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
