import { expect, test } from 'vitest';
import { openPlan } from './fixtures/open-plan.ts';
import type { Plan } from '../../core/plan.ts';
import { overallOf } from '../../core/plan.ts';

function planOf(text: string): Plan {
  return openPlan(text).model.plan;
}

test('a column of grades says how risky the rows are, and names no risk', () => {
  const { items, risks } = planOf(
    '# Shop plan\n| Item | Status | Risk |\n|--|--|--|\n| Load the orders | Open | 🔴 High |\n| Build the marts | Done | Low–Medium |\n| Show them | Open | n/a |\n',
  );
  expect(items.map(({ title, status }) => `${status} ${title}`)).toEqual([
    'planned Load the orders',
    'done Build the marts',
    'planned Show them',
  ]);
  expect(risks).toEqual([]);
});

test('a column of risks stays one where a risk begins with a grade', () => {
  const { risks } = planOf(
    '# Shop plan\n| Risk | Impact |\n|--|--|\n| Low disk space | High |\n| Medium | High |\n',
  );
  expect(risks.map(({ text }) => text)).toEqual(['Low disk space', 'Medium']);
});

test('what says more of a blocker or a risk is none by itself', () => {
  const { blockers, risks } = planOf(
    '# Shop plan\n## Blockers\n- No access to the till\n- Effort: two days\n- **Action**: ask the owner\n\n## Risks\n- Exports change\n- Mitigation: check the columns\n- Rollback plan: last copy\n- Fixed prices: nobody keeps them\n',
  );
  expect(blockers.map(({ text }) => text)).toEqual(['No access to the till']);
  expect(risks.map(({ text }) => text)).toEqual(['Exports change', 'Fixed prices: nobody keeps them']);
});

test('what is missing blocks, and none is none', () => {
  const { blockers, risks } = planOf(
    '# Shop plan\n## Blockers\n- No test server\n- No known blockers\n- No blocking issues at the moment.\n- None so far\n\n## Risks\n- No copy of the orders\n- No major risks\n',
  );
  expect(blockers.map(({ text }) => text)).toEqual(['No test server']);
  expect(risks.map(({ text }) => text)).toEqual(['No copy of the orders']);
});

test('steps that a table only numbers are called by the title beside the number', () => {
  const { items, readiness } = planOf(
    '# Shop status\n## Progress\n| Step | Title | Status | Progress |\n|--|--|--|--|\n| 01 | Load | ✅ Complete | 100% |\n| 02 | Model | Open | 0% |\n',
  );
  expect(items.map(({ title, status }) => `${status} ${title}`)).toEqual(['done Load', 'planned Model']);
  expect(readiness).toEqual([]);
});

test('areas that a table only numbers are called by the name beside the number', () => {
  const { readiness } = planOf(
    '# Shop plan\n## Progress\n| Phase | Name | Status | Completion |\n|--|--|--|--|\n| 0 | Load | Done | 100% |\n| 1 | Model | Open | 20% |\n',
  );
  expect(readiness.map(({ category, claimed }) => `${category} ${claimed}`)).toEqual([
    'Load 100',
    'Model 20',
  ]);
});

test('a table that counts tasks names none', () => {
  const text = (header: string): string =>
    `# Shop status\n## Progress\n| Milestone | ${header} | Status | Progress |\n|--|--|--|--|\n| Load | 4 | Done | 100% |\n| Model | 6 | Open | 50% |\n`;
  expect(planOf(text('Tasks')).items).toEqual([]);
  expect(planOf(text('Tasks')).readiness.map(({ category }) => category)).toEqual(['Load', 'Model']);
});

test('a table of how things are lists no tasks where most of it says no status', () => {
  const table = (...states: readonly string[]): string =>
    `# Shop plan\n## Current state\n| Item | State |\n|--|--|\n${states.map((state, at) => `| Part ${at} | ${state} |\n`).join('')}`;
  expect(planOf(table('1.4.2', 'MIT', 'Partial')).items).toEqual([]);
  expect(planOf(table('Done', 'MIT', 'Partial')).items).toHaveLength(3);
});

test.each([
  ['what most percentages follow from', ['3/3 | 100%', '1/1 | 100%', '0/4 | 0%'], 50],
  ['counts that some percentages do not follow from', ['3/3 | 100%', '1/1 | 100%', '0/4 | 50%'], undefined],
  ['counts of something else', ['1/9 | 100%', '2/9 | 50%', '9/9 | 0%'], 50],
])('weighs the rows of a readiness table by %s', (_, rows, overall) => {
  const { readiness } = planOf(
    `# Shop readiness\n| Area | Steps | Progress |\n|--|--|--|\n${rows.map((row, at) => `| Area ${at} | ${row} |\n`).join('')}`,
  );
  expect(overallOf(readiness)).toBe(overall);
});
