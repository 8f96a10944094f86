import { expect, test } from 'vitest';
import {
  aboutNothing,
  type Check,
  type EvidenceState,
  type Judgement,
  type Waiver,
} from '../core/evidence.ts';
import type { Plan } from '../core/plan.ts';
import { nextEntry, noHistory, readEntry, withEntry, type HistoryEntry } from './history.ts';
import { takeSnapshot, type ReadinessSnapshot } from './snapshot.ts';
import { trendOf } from './trend.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-01T12:00:00Z');
const location = { path: '/w/penstock.yaml', span: { start: 0, end: 0 } };

/** A snapshot of checks by their states, all in one category; `undefined` is what nobody has looked at. */
function snapshot(
  dayOfMonth: number,
  states: Readonly<Record<string, Judgement['state'] | undefined>>,
): ReadinessSnapshot {
  const nowMs = start + dayOfMonth * day;
  const checks = Object.keys(states).map((id): Check => ({
    id,
    title: id,
    probe: { kind: 'file', patterns: [id], atLeast: 1 },
    about: { ...aboutNothing, categories: ['Loading'] },
    weight: 1,
    folder: '/w',
    location,
  }));
  const answers = new Map(
    Object.entries(states).flatMap(([id, state]) =>
      state
        ? [[id, { judgement: { state, expected: '', seen: '' }, checkedMs: nowMs, durationMs: 1 }] as const]
        : [],
    ),
  );
  return takeSnapshot({ plans: [] as readonly Plan[], projects: [], checks, answers, nowMs });
}

function record(snapshots: readonly ReadinessSnapshot[]): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (const each of snapshots) {
    const entry = nextEntry(entries, each);
    if (entry) entries.push(entry);
  }
  return entries;
}

test('a line tells what changed, and nothing is written where nothing did', () => {
  const entries = record([
    snapshot(0, { a: 'failed', b: 'passed' }),
    snapshot(1, { a: 'failed', b: 'passed' }),
    snapshot(2, { a: 'passed', b: undefined }),
    snapshot(3, { a: 'passed' }),
  ]);
  expect(entries).toEqual([
    {
      format: 1,
      at: '2026-11-01T12:00:00.000Z',
      checks: { a: 'failed', b: 'passed' },
      categories: { Loading: { claimed: null, proven: 50 } },
    },
    { format: 1, at: '2026-11-03T12:00:00.000Z', checks: { a: 'passed' } },
    {
      format: 1,
      at: '2026-11-04T12:00:00.000Z',
      checks: { b: null },
      categories: { Loading: { claimed: null, proven: 100 } },
    },
  ]);
  expect([...entries.reduce(withEntry, noHistory).checks]).toEqual([['a', 'passed']]);
});

test('the trend is what was known after each change', () => {
  const entries = record([
    snapshot(0, { a: 'failed', b: 'passed', c: 'failed', d: 'not-applicable' }),
    snapshot(9, { a: 'passed', b: 'passed', c: 'failed', d: 'not-applicable' }),
    snapshot(10, { a: 'passed', b: 'failed', c: 'warning', d: 'not-applicable' }),
  ]);
  const waiver = { check: 'b', reason: 'later', by: undefined, until: '2026-11-14', location };
  const trend = trendOf(entries, { waivers: [waiver], nowMs: start + 11 * day });
  expect(trend.points.map(({ passed, checks }) => [passed, checks])).toEqual([
    [1, 3],
    [2, 3],
    [2, 3],
  ]);
  expect(trend.moved).toEqual([{ category: 'Loading', what: 'proven', from: 33, to: 66 }]);
  expect(trend.atRisk).toEqual([
    { check: 'b', why: 'got-worse', sinceMs: start + 10 * day },
    { check: 'b', why: 'waiver-ends', until: '2026-11-14' },
  ]);
});

test('what is long ago, or well again, is no risk', () => {
  const states: readonly EvidenceState[] = ['passed', 'failed', 'passed'];
  const well = record(states.map((state, at) => snapshot(at, { a: state as Judgement['state'] })));
  expect(trendOf(well, { waivers: [], nowMs: start + 3 * day }).atRisk).toEqual([]);
  const old = record([snapshot(0, { a: 'passed' }), snapshot(1, { a: 'failed' })]);
  expect(trendOf(old, { waivers: [], nowMs: start + 30 * day })).toMatchObject({ atRisk: [], moved: [] });
  expect(trendOf([], { waivers: [], nowMs: start })).toEqual({ points: [], moved: [], atRisk: [] });
});

test('what a wrong clock dated ahead is as old as what came after it', () => {
  const [first, ahead, last] = record([
    snapshot(0, { a: 'passed' }),
    snapshot(1, { a: 'failed' }),
    snapshot(2, { a: 'passed' }),
  ]);
  const wrong = { ...ahead!, at: '2031-01-01T00:00:00.000Z' };
  const trend = trendOf([first!, wrong, last!], { waivers: [], nowMs: start + 3 * day });
  expect(trend.points.map(({ atMs }) => (atMs - start) / day)).toEqual([0, 2, 2]);
  const now = trendOf([first!, wrong], { waivers: [], nowMs: start + 3 * day });
  expect(now.atRisk).toEqual([{ check: 'a', why: 'got-worse', sinceMs: start + 3 * day }]);
});

test('a waiver of what passes is not missed when it ends', () => {
  const waiver: Waiver = { check: 'a', reason: 'x', by: 'Ada', until: '2026-11-04', location };
  const risksOf = (state: Judgement['state']) =>
    trendOf(record([snapshot(0, { a: state })]), { waivers: [waiver], nowMs: start + day }).atRisk;
  expect(risksOf('passed')).toEqual([]);
  expect(risksOf('failed')).toMatchObject([{ check: 'a', why: 'waiver-ends' }]);
});

test('lines of another format, or cut off, are passed over', () => {
  expect(readEntry('{"format":1,"at":"2026-11-01T12:00:00.000Z"}')).toEqual({
    format: 1,
    at: '2026-11-01T12:00:00.000Z',
  });
  expect(readEntry('{"format":2,"at":"2026-11-01T12:00:00.000Z"}')).toBeUndefined();
  expect(readEntry('{"format":1,"at":"2026-1')).toBeUndefined();
  expect(readEntry('{"format":1}')).toBeUndefined();
});
