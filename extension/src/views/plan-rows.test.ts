import { expect, test } from 'vitest';
import type { PlanStatus } from '../../../server/src/core/plan.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { nextOpenTask } from './next-task.ts';
import { planRows, planSummary } from './plan-rows.ts';
import type { Row } from './row.ts';
import { below, flatten, outline } from './test-support/rows.ts';

const uri = 'file:///w/docs/the%20plan.md';

function item(
  title: string,
  line: number,
  status: PlanStatus,
  more: Partial<PlanItemAnswer> = {},
): PlanItemAnswer {
  return {
    id: title,
    title,
    group: 'Load',
    status,
    statusText: '',
    dependencies: [],
    line,
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
    ...more,
  };
}

const plan: PlanAnswer = {
  uri,
  title: 'Plan',
  groups: ['Load', 'Serve'],
  items: [
    item('sources', 3, 'done', { priority: 'P0', effort: 'High' }),
    item('secrets', 4, 'blocked', {
      priority: 'P1',
      dependencies: ['a vault (any)', 'time'],
      statusText: '⛔ Blocked',
    }),
    item('dashboards', 9, 'planned', { group: 'Serve', priority: 'P0' }),
    item('polish', 10, 'planned', { group: 'Serve' }),
  ],
  readiness: [
    { category: 'Security', claimed: 60, status: 'in-progress', statusText: '', next: 'keys', line: 20 },
  ],
  criteria: [
    { text: 'loads daily', done: true, line: 30 },
    { text: 'is watched', done: false, line: 31 },
  ],
  blockers: [{ text: 'no access', line: 40 }],
  risks: [{ text: 'late data', impact: 'High', probability: 'Low', mitigation: 'alerts', line: 50 }],
  updated: undefined,
  claimedOverall: 78,
};

test('shows sections with their progress, then what else the document says', () => {
  expect(outline(planRows([plan], 'section'))).toEqual([
    'Load | 1 of 2 done · 1 blocked',
    '  sources | P0 · High',
    '  secrets | P1',
    'Serve | 0 of 2 done',
    '  dashboards | P0',
    '  polish',
    'Readiness | 78 % claimed',
    '  Security | 60 % claimed · next: keys',
    'Criteria | 1 of 2 met',
    '  loads daily',
    '  is watched',
    'Blockers | 1',
    '  no access',
    'Risks | 1',
    '  late data | Impact High · Probability Low',
  ]);
});

test('groups by priority with what has none last, and by status with what is going on first', () => {
  const groups = (rows: readonly Row[]): readonly string[] => rows.slice(0, 3).map((row) => row.label);
  expect(groups(planRows([plan], 'priority'))).toEqual(['P0', 'P1', 'No Priority']);
  expect(groups(planRows([plan], 'status'))).toEqual(['Blocked', 'Planned', 'Done']);
});

test('gives each document a root where there are several', () => {
  const rows = planRows([plan, { ...plan, uri: 'file:///w/b.md', title: '' }], 'section');
  expect(rows.map((row) => row.label)).toEqual(['Plan', 'b.md']);
  expect(planRows([], 'section')).toEqual([]);
});

test('a task tells its state by icon and in words, and opens its line', () => {
  const [load] = planRows([plan], 'section');
  const [, secrets] = below(load);
  expect(secrets).toMatchObject({
    icon: { id: 'error' },
    spoken: 'secrets, Blocked, P1',
    open: { kind: 'file', uri, line: 4 },
    context: 'planItem',
  });
  expect(secrets?.tooltip).toContain('- Depends on: a vault \\(any\\); time');
  expect(secrets?.tooltip).toContain('[the plan\\.md, line 5](file:///w/docs/the%20plan.md#L5)');
});

test('rows keep their ids when only the status changed, and differ everywhere', () => {
  const ids = (rows: readonly Row[]): readonly string[] => flatten(rows).map(({ id }) => id);
  const before = ids(planRows([plan], 'section'));
  const after = ids(
    planRows(
      [{ ...plan, items: plan.items.map((each) => ({ ...each, status: 'done' as const })) }],
      'section',
    ),
  );
  expect(after).toEqual(before);
  expect(new Set(before).size).toBe(before.length);
});

test('sums up all documents in one line', () => {
  expect(planSummary([plan], 'section')).toBe('1 of 4 done · 1 blocked · by section');
  expect(planSummary([], 'section')).toBe('');
});

test('the next open task is the one below the cursor, and the first again after the last', () => {
  const after = (line: number): string | undefined => nextOpenTask([plan], { uri, line })?.item.title;
  expect([after(0), after(4), after(9), after(10)]).toEqual(['secrets', 'dashboards', 'polish', 'secrets']);
});

test('away from a planning document the next open task is the most urgent one', () => {
  expect(nextOpenTask([plan])?.item.title).toBe('dashboards');
  expect(nextOpenTask([plan], { uri: 'file:///w/x.sql', line: 3 })?.item.title).toBe('dashboards');
  const going = { ...plan, items: [...plan.items, item('going', 99, 'in-progress', { priority: 'P0' })] };
  expect(nextOpenTask([going])?.item.title).toBe('going');
  const later = { ...plan, items: [...plan.items, item('later', 99, 'in-progress', { priority: 'P1' })] };
  expect(nextOpenTask([later])?.item.title).toBe('dashboards');
});

test('nothing is next when everything is done or left out', () => {
  expect(nextOpenTask([{ ...plan, items: [item('a', 1, 'done'), item('b', 2, 'skipped')] }])).toBeUndefined();
});
