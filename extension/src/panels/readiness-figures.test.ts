import { expect, test } from 'vitest';
import { figureEdits, figuresOf } from './readiness-figures.ts';
import { answer, category, counts, planOf, planUri } from './test-support/readiness.ts';

const row = (name: string, claimed: number) =>
  ({ category: name, claimed, status: 'planned', statusText: '', line: 1 }) as const;
const total = { counts: counts({ passed: 1, failed: 3 }), passedWeight: 1, weight: 4, proven: 25 };
const proven = answer({
  categories: [category('A', { proven: 50, counts: counts({ passed: 1, failed: 1 }) }), category('B')],
  total,
});

test('figures that differ from what is proven are offered, and the overall percentage with them', () => {
  const plan = planOf([], { readiness: [row('A', 90), row('B', 71)], claimedOverall: 80 });
  expect(figuresOf(proven, [plan])).toEqual([
    { uri: planUri, category: 'A', claimed: 90, percent: 50, because: '1 of 2 checks passed' },
    { uri: planUri, claimed: 80, percent: 61, because: 'what the table then sums up to' },
  ]);
});

test('without a table the overall percentage is what all checks prove', () => {
  expect(figuresOf(proven, [planOf([], { claimedOverall: 80 })])).toEqual([
    { uri: planUri, claimed: 80, percent: 25, because: '1 of 4 checks passed' },
  ]);
});

test.each([
  ['a document that claims none', planOf([], { readiness: [row('B', 71), row('C', 60)] })],
  [
    'a table of which nothing is proven',
    planOf([], { readiness: [row('B', 71), row('C', 60)], claimedOverall: 9 }),
  ],
  ['figures that agree', planOf([], { readiness: [row('A', 50), row('B', 70)], claimedOverall: 60 })],
])('offers nothing for %s', (_name, plan) => {
  expect(figuresOf(proven, [plan])).toEqual([]);
});

test('writes what was chosen, the sum of what is then written, and the day', () => {
  const plan = planOf([], {
    readiness: [row('A', 90), row('B', 71)],
    claimedOverall: 80,
    updated: '1 November 2026',
  });
  const [a, overall] = figuresOf(proven, [plan]);
  expect(figureEdits(plan, [a!, overall!], '2026-11-29')).toEqual([
    { kind: 'category', category: 'A', percent: 50 },
    { kind: 'overall', percent: 61 },
    { kind: 'updated', date: '2026-11-29' },
  ]);
  expect(figureEdits(plan, [overall!], '2026-11-29')[0]).toEqual({ kind: 'overall', percent: 81 });
  expect(figureEdits(plan, [], '2026-11-29')).toEqual([]);
  expect(figureEdits({ ...plan, updated: undefined }, [a!], '2026-11-29')).toHaveLength(1);
});
