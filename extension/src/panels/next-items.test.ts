import { expect, test } from 'vitest';
import { nextItems } from './next-items.ts';
import { claim, planOf, planUri, task } from './test-support/readiness.ts';

test('what is next stands in the order of the server, each task with its reasons', () => {
  const first = task('First', 4, { priority: 'P0', effort: 'High', next: [1] });
  const ref = { uri: planUri, id: first.id, title: first.title };
  const items = [
    task('Small', 0, { effort: 'Low', next: [2] }),
    task('Done', 1, { priority: 'P0', status: 'done' }),
    first,
    task('Begun', 5, { priority: 'P0', status: 'in-progress', next: [0] }),
    task('Later', 6, { blockedBy: [ref] }),
    task('Latest', 7, { blockedBy: [ref] }),
  ];
  const found = nextItems([planOf(items)], [], 9);
  expect(found.map(({ item, why }) => [item.title, why])).toEqual([
    ['Begun', ['P0', 'in progress']],
    ['First', ['P0', '2 tasks wait for it', 'high effort']],
    ['Small', ['low effort']],
  ]);
  expect(nextItems([planOf(items)], [], 1)).toHaveLength(1);
});

test('what proves itself already only needs to be marked', () => {
  const one = task('One', 0, { priority: 'P1', next: [0] });
  const proven = claim(one, { standing: 'open-but-proven', state: 'passed' });
  expect(nextItems([planOf([one])], [proven], 9)[0]!.why).toEqual(['P1', 'proven already']);
});
