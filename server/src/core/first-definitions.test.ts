import { expect, test } from 'vitest';
import type { Definition, Located } from './facts.ts';
import { FirstDefinitions } from './first-definitions.ts';

const at = (path: string, start: number, more: Partial<Definition> = {}): Located<Definition> => ({
  fact: 'definition',
  namespace: 'n',
  scope: '',
  name: 'a',
  what: 'thing',
  span: { start, end: start + 1 },
  ...more,
  path,
});

test('the first by file and place goes before all others that exclude it', () => {
  const first = at('/w/a', 5);
  const [second, third] = [at('/w/a', 9), at('/w/b', 0)];
  const [free, grouped] = [at('/w/a', 0, { exclusive: false }), at('/w/a', 1, { group: 'g' })];
  const firsts = new FirstDefinitions({ definitions: () => [third, second, free, grouped, first] });
  expect([first, second, third, free, grouped].map((each) => firsts.before(each))).toEqual([
    undefined,
    first,
    first,
    undefined,
    undefined,
  ]);
});

test('of many definitions of one name the first is looked for once', () => {
  const all = Array.from({ length: 100 }, (_, start) => at('/w/a', start));
  let asked = 0;
  const firsts = new FirstDefinitions({ definitions: () => (asked++, all) });
  expect(all.map((each) => firsts.before(each))).toEqual([undefined, ...all.slice(1).map(() => all[0])]);
  expect(asked).toBe(1);
});
