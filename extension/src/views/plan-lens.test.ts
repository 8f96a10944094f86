import { expect, test } from 'vitest';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';
import { planLenses } from './plan-lens.ts';

const text = [
  '# Tasks',
  '',
  '| Task | Status |',
  '|------|:------:|',
  '| Run `dbt:build/orders` every day | Todo |',
  '| Load by dbt:build | Done |',
  '',
  '# More',
  '- [ ] with pipeline:daily, then look',
];

function item(title: string, line: number, group: string, status: 'planned' | 'done' = 'planned') {
  const at = { line, character: 0 };
  return {
    id: title,
    title,
    group,
    status,
    statusText: '',
    dependencies: [],
    line,
    range: { start: at, end: at },
  };
}

const plan = {
  uri: 'file:///w/plan.md',
  groups: ['Tasks', 'More'],
  items: [item('a', 4, 'Tasks'), item('b', 5, 'Tasks', 'done'), item('c', 8, 'More')],
} as unknown as PlanAnswer;

const steps = ['dbt:build', 'dbt:build/orders', 'pipeline:daily'].map((id) => ({
  id,
  folderUri: 'file:///w',
  detail: '',
}));

test('stands above a table and a list, and above open tasks that name a step', () => {
  const lenses = planLenses(plan, (line) => text[line] ?? '', steps);
  expect(lenses.map(({ line, title }) => `${line} ${title}`)).toEqual([
    '2 $(checklist) 1 of 2 done',
    '2 $(edit) Mark…',
    '2 $(add) Add…',
    '8 $(checklist) 0 of 1 done',
    '8 $(edit) Mark…',
    '8 $(add) Add…',
    '4 $(play) Run dbt:build/orders',
    '8 $(play) Run pipeline:daily',
  ]);
});
