import { expect, test } from 'vitest';
import { nextItems } from './next-items.ts';
import { claim, planOf, task } from './test-support/readiness.ts';

test('the most urgent that can be begun comes first, and says why', () => {
  const items = [
    task('Small', 0, { priority: 'P2', effort: 'Low' }),
    task('Done', 1, { priority: 'P0', status: 'done' }),
    task('Stuck', 2, { priority: 'P0', status: 'blocked' }),
    task('Later', 3, { priority: 'P0', dependencies: ['`first`'] }),
    task('First', 4, { priority: 'P0', effort: 'High' }),
    task('Begun', 5, { priority: 'P0', status: 'in-progress', dependencies: ['Done', 'a key'] }),
    task('Whole', 6, { priority: 'P0' }),
    task('Part', 7, { parent: 'whole' }),
  ];
  const found = nextItems([planOf(items)], [], 9);
  expect(found.map(({ item, why }) => [item.title, why])).toEqual([
    ['Begun', ['P0', 'in progress']],
    ['First', ['P0', '1 task waits for it', 'high effort']],
    ['Small', ['P2', 'low effort']],
    ['Part', []],
  ]);
  expect(nextItems([planOf(items)], [], 1)).toHaveLength(1);
});

test('what proves itself already only needs to be marked', () => {
  const [one, two] = [task('One', 0, { priority: 'high' }), task('Two', 1, { priority: 'High' })];
  const proven = claim(two, { standing: 'open-but-proven', state: 'passed' });
  const found = nextItems([planOf([one, two])], [proven], 9);
  expect(found.map(({ item, why }) => [item.title, why])).toEqual([
    ['Two', ['High', 'proven already']],
    ['One', ['high']],
  ]);
});

test('of equals the one that takes least, then the one that is written first', () => {
  const items = ['Huge', 'Medium', 'S', 'unheard of'].map((effort, at) => task(effort, at, { effort }));
  const titles = nextItems([planOf([task('Bare', 9), ...items])], [], 9).map(({ item }) => item.title);
  expect(titles).toEqual(['S', 'Medium', 'Huge', 'unheard of', 'Bare']);
});

test('a task that names itself does not wait for itself', () => {
  expect(nextItems([planOf([task('A', 0, { dependencies: ['A'] })])], [], 9)).toHaveLength(1);
});
