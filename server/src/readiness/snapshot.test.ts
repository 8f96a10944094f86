import { expect, test } from 'vitest';
import type { Plan, PlanItem, PlanStatus } from '../core/plan.ts';
import { takeSnapshot, type ProjectState, type ReadinessInput } from './snapshot.ts';

const span = { start: 0, end: 0 };

function item(status: PlanStatus, priority?: string): PlanItem {
  const location = { path: '/w/plan.md', span };
  return {
    id: 'a',
    title: 'a',
    group: 'g',
    status,
    statusText: '',
    priority,
    effort: undefined,
    dependencies: [],
    location,
    statusSpan: span,
  };
}

function plan(parts: Partial<Plan> = {}): Plan {
  return {
    path: '/w/plan.md',
    title: 'Plan',
    items: [],
    groups: [],
    readiness: [],
    criteria: [],
    blockers: [],
    risks: [],
    updated: undefined,
    claimedOverall: undefined,
    role: 'outstanding',
    review: undefined,
    updatedSpan: undefined,
    links: [],
    phases: [],
    facts: [],
    ...parts,
  };
}

function project(title: string, errors: number, warnings = 0): ProjectState {
  return { system: title.toLowerCase(), title, name: 'shop', root: `/w/${title}`, errors, warnings };
}

const criterion = (done: boolean): Plan['criteria'][number] => ({ text: 'c', done, span, markSpan: span });
const claim = (claimed: number): Plan['readiness'][number] => ({
  category: 'x',
  status: 'done',
  statusText: '',
  claimed,
  next: undefined,
  span,
});

const verdicts: readonly (readonly [verdict: string, input: ReadinessInput])[] = [
  [
    'not ready: 2 P0 tasks open, 2 errors in dbt',
    {
      plans: [
        plan({
          items: [item('planned', 'P0'), item('blocked', 'P0.1'), item('done', 'P0'), item('planned', 'P1')],
        }),
      ],
      projects: [project('dbt', 2)],
    },
  ],
  [
    'not ready: 1 P0 task open, 1 blocker',
    { plans: [plan({ items: [item('in-progress', 'P0')], blockers: [{ text: 'b', span }] })], projects: [] },
  ],
  [
    'not ready: 1 Critical task open',
    { plans: [plan({ items: [item('unknown', 'Critical'), item('planned', 'High')] })], projects: [] },
  ],
  [
    'not ready: 2 tasks open',
    { plans: [plan({ items: [item('planned', 'P1'), item('planned')] })], projects: [project('dbt', 0)] },
  ],
  [
    'not ready: 2 criteria open, 1 error in dbt, 3 errors in Meltano',
    {
      plans: [
        plan({
          items: [item('done', 'P0')],
          criteria: [criterion(false), criterion(true), criterion(false)],
        }),
      ],
      projects: [project('dbt', 1), project('Meltano', 1), project('Meltano', 2)],
    },
  ],
  [
    'ready as far as can be seen: 2 tasks done or skipped, configuration valid in 1 project',
    { plans: [plan({ items: [item('done', 'P0'), item('skipped')] })], projects: [project('dbt', 0, 4)] },
  ],
  [
    'claimed only: 1 task done or skipped, and nothing found that could show it',
    { plans: [plan({ items: [item('done')] })], projects: [] },
  ],
  [
    'no planned tasks found, configuration valid in 2 projects',
    { plans: [], projects: [project('dbt', 0), project('Meltano', 0)] },
  ],
  ['nothing to judge: no planning document and no configuration found', { plans: [], projects: [] }],
];

for (const [verdict, input] of verdicts) {
  test(`says '${verdict}'`, () => {
    expect(takeSnapshot(input).verdict).toBe(verdict);
  });
}

test('is ready only where a plan is done and configuration was seen to be valid', () => {
  expect(verdicts.map(([, input]) => takeSnapshot(input).state)).toEqual([
    ...Array.from({ length: 5 }, () => 'not-ready'),
    'ready',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test('counts what a plan claims', () => {
  const items = [
    item('planned', 'P1'),
    item('planned', 'P0'),
    item('done', 'P0'),
    item('skipped'),
    item('unknown'),
  ];
  const read = takeSnapshot({
    plans: [
      plan({
        items,
        readiness: [claim(95), claim(90), claim(50)],
        claimedOverall: 68,
        criteria: [criterion(true), criterion(false)],
      }),
    ],
    projects: [project('dbt', 1, 2), project('Meltano', 0)],
  });
  expect(read.plans[0]).toMatchObject({
    total: 5,
    counts: { planned: 2, 'in-progress': 0, done: 1, blocked: 0, skipped: 1, unknown: 1 },
    open: [
      { priority: '', count: 1 },
      { priority: 'P0', count: 1 },
      { priority: 'P1', count: 1 },
    ],
    claimedOverall: 68,
    tableAverage: 78.3,
    criteria: { done: 1, open: 1 },
  });
  expect(read.evidence.map(({ title, state, errors, warnings }) => [title, state, errors, warnings])).toEqual(
    [
      ['dbt', 'failed', 1, 2],
      ['Meltano', 'passed', 0, 0],
    ],
  );
});
