import { expect, test } from 'vitest';
import { readinessViewOf, levelOf, type ShownReadiness } from './readiness-view-of.ts';
import {
  answer,
  category,
  check,
  claim,
  counts,
  manifestUri,
  nowMs,
  planOf,
  planUri,
  task,
  written,
} from './test-support/readiness.ts';

function shown(
  told = answer(),
  plans = [planOf([])],
  more: { readonly trusted?: boolean } = {},
): ShownReadiness {
  return readinessViewOf({ title: 'w', answer: told, plans, trusted: true, ...more });
}

test('the sentence holds the verdict, what is claimed and what is proven', () => {
  const total = { counts: counts({ passed: 1 }), passedWeight: 1, weight: 2, proven: 54 };
  const categories = [category('A', { claimed: 60 }), category('B', { claimed: 75 }), category('C')];
  const told = answer({ total, categories });
  expect(shown(told).view.sentence).toBe('Not ready: 2 P0 tasks open, 68 % claimed, 54 % proven');
  expect(shown(told, [planOf([], { claimedOverall: 70 })]).view.claimed).toBe(70);
  expect(shown(answer()).view.sentence).toBe('Not ready: 2 P0 tasks open');
});

test('rows know places by names alone, and the names lead to the lines', () => {
  const exports = written('exports', 'failed', 4, { where: 'data', whereUri: 'file:///w/data' });
  const told = answer({ checks: [exports], categories: [category('Loading', { claimed: 85 })] });
  const plan = planOf([], {
    readiness: [{ category: 'Loading', claimed: 85, status: 'planned', statusText: '', line: 40 }],
    blockers: [{ text: 'no access', line: 50 }],
  });
  const { view, places } = shown(told, [plan]);
  const lineOf = (place: string | undefined): unknown => {
    const found = place === undefined ? undefined : places.get(place);
    return found && [found.uri, found.range.start.line];
  };
  expect(lineOf(view.checks[0]!.place)).toEqual([manifestUri, 4]);
  expect(lineOf(view.checks[0]!.wherePlace)).toEqual(['file:///w/data', 0]);
  expect(lineOf(view.categories[0]!.place)).toEqual([planUri, 40]);
  expect(lineOf(view.blockers[0]!.place)).toEqual([planUri, 50]);
  expect(JSON.stringify(view)).not.toContain('file:');
});

test('a category counts its checks, and tells how old its oldest evidence is', () => {
  const checks = [
    check('a', 'passed', { checkedMs: nowMs, sinceMs: nowMs - 9_000 }),
    check('b', 'failed', { checkedMs: nowMs - 1_000 }),
    // Looked for in vain: that is no evidence.
    check('c', 'unknown', { checkedMs: nowMs - 99_000 }),
  ];
  const told = answer({
    checks,
    categories: [
      category('A', {
        checks: ['a', 'b', 'c'],
        counts: counts({ passed: 1, failed: 1, unknown: 1, waived: 2 }),
      }),
      category('B', { checks: [] }),
    ],
  });
  const [first, second] = shown(told).view.categories;
  expect(first).toMatchObject({ passed: 1, counting: 3, oldestMs: nowMs - 9_000 });
  expect(second).not.toHaveProperty('oldestMs');
});

test('what contradicts its evidence is told, what is ticked and fails first', () => {
  const [ticked, open] = [task('Load', 3, { status: 'done' }), task('Show', 4)];
  const items = [
    claim(open, { standing: 'open-but-proven', state: 'passed', checks: ['b'], kind: 'criterion' }),
    claim(ticked, { standing: 'ticked-but-failing', state: 'failed', checks: ['a', 'b'] }),
  ];
  const told = answer({ items, checks: [check('a', 'failed', { items: ['load'] }), check('b', 'passed')] });
  const { view, items: meant } = shown(told, [planOf([ticked, open])]);
  expect(view.contradictions.map(({ title, standing, why }) => [title, standing, why])).toEqual([
    ['Load', 'ticked-but-failing', ['done, but `a` failed']],
    ['Show', 'open-but-proven', ['planned, but everything that would prove it passed']],
  ]);
  expect(view.contradictions.map(({ kind }) => kind)).toEqual(['task', 'criterion']);
  expect(meant.get(view.contradictions[0]!.id)).toEqual({ uri: planUri, item: 'load' });
  expect(view.checks[0]!.items).toEqual(['Load']);
});

test('the trend is told as it is, and what is at risk in sentences', () => {
  const points = [{ atMs: 1, passed: 1, checks: 2, done: 3, tasks: 4 }];
  const moved = [{ category: 'A', what: 'proven' as const, from: 10, to: 20 }];
  const atRisk = [
    { check: 'a', why: 'got-worse' as const, sinceMs: nowMs - 3 * 3_600_000 },
    { check: 'c', why: 'got-worse' as const, sinceMs: nowMs },
    { check: 'b', why: 'waiver-ends' as const, until: '2026-12-01' },
  ];
  expect(shown(answer({ trend: { points, moved, atRisk } })).view).toMatchObject({
    trend: points,
    moved,
    atRisk: ['`a` got worse 3 hours ago', '`c` got worse just now', 'The waiver of `b` ends on 2026-12-01'],
  });
});

test('waivers count the days that are left by the calendar', () => {
  const waiver = (until?: string) => ({
    check: 'a',
    reason: 'r',
    uri: manifestUri,
    range: task('', 1).range,
    ...(until === undefined ? {} : { until }),
  });
  const told = answer({
    waivers: [waiver('2026-11-29'), waiver('2026-12-01'), waiver('2026-11-01'), waiver()],
  });
  expect(shown(told).view.waivers.map(({ daysLeft }) => daysLeft)).toEqual([0, 2, -28, undefined]);
});

test('what costs more is said in words, and what is lacking is named', () => {
  const checks = [
    written('a', 'unknown', 1, { cost: 'network' }),
    check('b', 'unknown', { cost: 'network' }),
    check('c', 'unknown', { cost: 'command' }),
  ];
  expect(shown(answer({ checks })).view).toMatchObject({
    costly: 'connects to 2 services, starts 1 program',
    lacks: [],
  });
  expect(shown(answer({ checks: [check('d', 'passed')] }), []).view.lacks).toEqual(['plan', 'checks']);
  expect(shown().view).not.toHaveProperty('costly');
});

test('figures of the plan can be written where something else is proven', () => {
  const plan = planOf([], {
    readiness: [{ category: 'A', claimed: 85, status: 'planned', statusText: '', line: 1 }],
  });
  const proving = (proven: number) => answer({ categories: [category('A', { claimed: 85, proven })] });
  expect(shown(proving(50), [plan]).view.hasFigures).toBe(true);
  expect(shown(proving(85), [plan]).view.hasFigures).toBe(false);
});

test.each([
  ['High', 2],
  ['**Low**', 0],
  ['very high', 2],
  ['medium-high', 1],
  ['Likely', 2],
  ['unlikely', 0],
  ['80 %', 2],
  ['10%', 0],
  ['depends', undefined],
  [undefined, undefined],
])('impact and probability are read from their words: %s', (word, level) => {
  expect(levelOf(word)).toBe(level);
});
