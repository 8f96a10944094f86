import { expect, test } from 'vitest';
import { withEdits, type PlanEdit, type SettableStatus } from '../../../core/plan-edit.ts';
import { garbledPlan } from '../fixtures/garbled-plan.ts';
import { editedPlan, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

interface Case {
  readonly name: string;
  readonly edit: PlanEdit;
  readonly before: string;
  readonly after: string;
}

const head = '# Tasks\n\n';
const table = `${head}| Task | Priority | Effort | Status |\n|--|--|--|--|\n| a | **P0** | High | Todo |\n| b | **P1** | Low | Done |\n| c | P2 |  | WIP |\n`;
const row = (name: string, text: string): string => table.replace(new RegExp(`^\\| ${name} .*$`, 'm'), text);
const aligned = `${head}| Task   | Priority | Status      |\n| ------ | -------- | ----------- |\n| a      | P0       | Todo        |\n| 日本   | P1       | Done        |\n`;
const list = `${head}- [ ] P0: a\n  - [ ] a1\n    more of a1\n- [x] b\n\n  a paragraph\n* [ ] c\n`;

const cases: readonly Case[] = [
  {
    name: 'a priority as the document writes it elsewhere',
    edit: { kind: 'priority', item: 'tasks/a', priority: 'P2' },
    before: table,
    after: row('a', '| a | P2 | High | Todo |'),
  },
  {
    name: 'a priority in the manner of another one',
    edit: { kind: 'priority', item: 'tasks/b', priority: 'P3' },
    before: table,
    after: row('b', '| b | **P3** | Low | Done |'),
  },
  {
    name: 'no priority',
    edit: { kind: 'priority', item: 'tasks/a', priority: '' },
    before: aligned,
    after: aligned.replace('| P0       |', '|          |'),
  },
  {
    name: 'a priority in a word of the document',
    edit: { kind: 'priority', item: 'tasks/a', priority: 'Now' },
    before: table.replace('P2', 'Now'),
    after: row('a', '| a | Now | High | Todo |').replace('P2', 'Now'),
  },
  {
    name: 'a priority in a word that is known',
    edit: { kind: 'priority', item: 'tasks/a', priority: 'Medium' },
    before: table,
    after: row('a', '| a | Medium | High | Todo |'),
  },
  {
    name: 'an effort into an empty cell',
    edit: { kind: 'effort', item: 'tasks/c', effort: '2 | 3 days' },
    before: table,
    after: row('c', '| c | P2 | 2 \\| 3 days | WIP |'),
  },
  {
    name: 'a priority into a check list',
    edit: { kind: 'priority', item: 'tasks/b', priority: 'P1' },
    before: list,
    after: list.replace('[x] b', '[x] P1: b'),
  },
  {
    name: 'another priority in a check list',
    edit: { kind: 'priority', item: 'tasks/a', priority: 'P2' },
    before: list,
    after: list.replace('P0: a', 'P2: a'),
  },
  {
    name: 'another priority behind a dash in a check list',
    edit: { kind: 'priority', item: 'tasks/a', priority: 'P2' },
    before: '# Tasks\n- [ ] a — P0\n- [ ] b\n',
    after: '# Tasks\n- [ ] a — P2\n- [ ] b\n',
  },
  {
    name: 'no priority behind a dash in a check list',
    edit: { kind: 'priority', item: 'tasks/a', priority: '' },
    before: '# Tasks\n- [ ] a — P0\n- [ ] b\n',
    after: '# Tasks\n- [ ] a\n- [ ] b\n',
  },
  {
    name: 'a symbol in front of a priority that stays one',
    edit: { kind: 'status', item: 'tasks/a', status: 'in-progress' },
    before: list,
    after: list.replace('P0: a', '🚧 P0: a'),
  },
  {
    name: 'a row before another one',
    edit: { kind: 'move', item: 'tasks/c', place: { kind: 'before', item: 'tasks/a' } },
    before: table.trimEnd(),
    after: `${head}| Task | Priority | Effort | Status |\n|--|--|--|--|\n| c | P2 |  | WIP |\n| a | **P0** | High | Todo |\n| b | **P1** | Low | Done |`,
  },
  {
    name: 'a row behind another one, with its blanks and line ends',
    edit: { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/b' } },
    before: '# Tasks\r\n\r\n| Task | Status |\r\n|--|--|\r\n| a | Todo |  \r\n| b | Done |\r\n\r\nEnd\r\n',
    after: '# Tasks\r\n\r\n| Task | Status |\r\n|--|--|\r\n| b | Done |\r\n| a | Todo |  \r\n\r\nEnd\r\n',
  },
  {
    name: 'a row into a table with other columns',
    edit: { kind: 'move', item: 'x/a', place: { kind: 'end', group: 'Y' } },
    before:
      '# X\n| Task | Status | Priority |\n|--|--|--|\n| a | Todo | P0 |\n\n# Y\n| Priority | Task   | Owner | Status |\n| -------- | ------ | ----- | ------ |\n| P1       | b      | me    | Done   |\n\nEnd\n',
    after:
      '# X\n| Task | Status | Priority |\n|--|--|--|\n\n# Y\n| Priority | Task   | Owner | Status |\n| -------- | ------ | ----- | ------ |\n| P1       | b      | me    | Done   |\n| P0       | a      |       | Todo   |\n\nEnd\n',
  },
  {
    name: 'an entry with all that lies in it',
    edit: { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/c' } },
    before: list,
    after: `${head}- [x] b\n\n  a paragraph\n* [ ] c\n* [ ] P0: a\n  - [ ] a1\n    more of a1\n`,
  },
  {
    name: 'an entry into another one',
    edit: { kind: 'move', item: 'tasks/b', place: { kind: 'before', item: 'tasks/p0-a-a1-more-of-a1' } },
    before: list,
    after: `${head}- [ ] P0: a\n  - [x] b\n\n    a paragraph\n  - [ ] a1\n    more of a1\n* [ ] c\n`,
  },
  {
    name: 'a new row, aligned',
    edit: {
      kind: 'add',
      item: { title: 'new | one', status: 'in-progress', priority: 'P1' },
      place: { kind: 'end', group: 'Tasks' },
    },
    before: aligned,
    after: `${aligned}| new \\| one | P1       | in progress |\n`.replace('in progress', 'In Progress'),
  },
  {
    name: 'a new entry',
    edit: { kind: 'add', item: { title: 'new', priority: 'P1' }, place: { kind: 'before', item: 'tasks/c' } },
    before: list,
    after: list.replace('* [ ] c', '* [ ] P1: new\n* [ ] c'),
  },
  {
    name: 'nothing in place of a row',
    edit: { kind: 'remove', item: 'tasks/b' },
    before: table,
    after: table.replace('| b | **P1** | Low | Done |\n', ''),
  },
  {
    name: 'a ticked criterion',
    edit: { kind: 'criterion', criterion: 'runs', done: true },
    before: `${table}\n## Success criteria\n- [ ] **runs**\n`,
    after: `${table}\n## Success criteria\n- [x] **runs**\n`,
  },
  {
    name: 'the last of two criteria that read the same',
    edit: { kind: 'criterion', criterion: 'runs', nth: 1, done: true },
    before: `${table}\n## Success criteria\n- [ ] runs\n- [ ] runs\n`,
    after: `${table}\n## Success criteria\n- [ ] runs\n- [x] runs\n`,
  },
  {
    name: 'an overall percentage in a heading',
    edit: { kind: 'overall', percent: 78.3 },
    before: `${table}\n### Overall Readiness: **68% Complete**\n`,
    after: `${table}\n### Overall Readiness: **78.3% Complete**\n`,
  },
  {
    name: 'the percentage of an area, aligned',
    edit: { kind: 'category', category: 'Loading', percent: 100 },
    before: `${table}\n## Readiness\n| Area        | Done | Next |\n| ----------- | ---- | ---- |\n| **Loading** | 85%  | x    |\n`,
    after: `${table}\n## Readiness\n| Area        | Done | Next |\n| ----------- | ---- | ---- |\n| **Loading** | 100% | x    |\n`,
  },
  {
    name: 'the month of the last update where there is a month',
    edit: { kind: 'updated', date: '2026-11-29' },
    before: `# T\n\n*Last Updated: July 2025 | Review: Weekly*\n${table}`,
    after: `# T\n\n*Last Updated: November 2026 | Review: Weekly*\n${table}`,
  },
  {
    name: 'the day of the last update in the front matter',
    edit: { kind: 'updated', date: '2026-11-29' },
    before: `---\nupdated: "2025-01-02"\n---\n${table}`,
    after: `---\nupdated: "2026-11-29"\n---\n${table}`,
  },
  {
    name: 'the day of the last update below the title where there is none',
    edit: { kind: 'updated', date: '2026-11-29' },
    before: table,
    after: table.replace('# Tasks\n', '# Tasks\n\n*Last Updated: 2026-11-29*\n'),
  },
  {
    name: 'a finished task into the section of the finished ones',
    edit: { kind: 'complete', item: 'tasks/a', date: '2026-11-29' },
    before: `${table}\n## Completed\n| Task | Completed on | Status |\n|--|--|--|\n| old | 2026-01-01 | ✅ |\n`,
    after: `${table.replace('| a | **P0** | High | Todo |\n', '')}\n## Completed\n| Task | Completed on | Status |\n|--|--|--|\n| old | 2026-01-01 | ✅ |\n| a | 2026-11-29 | Done |\n`,
  },
];

for (const { name, edit, before, after } of cases) {
  test(`writes ${name}`, () => {
    expect(editedPlan(before, edit)).toBe(after);
  });
}

const refused: readonly (readonly [message: string, edit: PlanEdit, text: string])[] = [
  [
    'there is no place for an effort where `b` is written',
    { kind: 'effort', item: 'tasks/b', effort: 'High' },
    list,
  ],
  [
    'a list can say the priorities P0 to P9, not `High`',
    { kind: 'priority', item: 'tasks/b', priority: 'High' },
    list,
  ],
  [
    'there is no priority `anything`; use P1, P2 as the document does, or P0 to P9, Critical, High, Medium or Low',
    { kind: 'priority', item: 'tasks/a', priority: ' anything' },
    `${head}| Task | Priority | Status |\n|--|--|--|\n| a | P2 | Todo |\n| b | P1 | Todo |\n| c | P2 | Todo |\n`,
  ],
  [
    'there is no priority `P10`; use P0 to P9, Critical, High, Medium or Low',
    { kind: 'add', item: { title: 'b', priority: 'P10' }, place: { kind: 'end', group: 'Tasks' } },
    `${head}| Task | Priority | Status |\n|--|--|--|\n| a | | Todo |\n`,
  ],
  [
    'there is no priority `anything`; use Now as the document does, or P0 to P9, Critical, High, Medium or Low',
    { kind: 'priority', item: 'tasks/b', priority: 'anything' },
    `${head}### b 🚧\n\n**Priority**: Now\n`,
  ],
  [
    'there is no priority `anything`; use Now as the document does, or P0 to P9, Critical, High, Medium or Low',
    { kind: 'priority', item: 'tasks/b', priority: 'anything' },
    `${head}- [ ] b\n  - Priority: Now\n`,
  ],
  [
    'a list can say the priorities P0 to P9, not `anything`',
    { kind: 'priority', item: 'tasks/b', priority: 'anything' },
    list,
  ],
  [
    'the table of `a` has no column for a priority; add one to it',
    { kind: 'priority', item: 'tasks/a', priority: 'P1' },
    `${head}| Task | Status |\n|--|--|\n| a | Todo |\n`,
  ],
  [
    'the table has no column for `effort` of `a`; add one to it',
    { kind: 'move', item: 'tasks/a', place: { kind: 'end', group: 'Y' } },
    `${table}\n## Y\n| Task | Priority | Status |\n|--|--|--|\n| y | P1 | Done |\n`,
  ],
  ['other entries lie below `a`; move or remove them first', { kind: 'remove', item: 'tasks/a' }, list],
  [
    '`a` cannot move to a place inside of itself',
    { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/p0-a-a1-more-of-a1' } },
    list,
  ],
  [
    'the document has no section `Z` with tasks',
    { kind: 'add', item: { title: 'x' }, place: { kind: 'end', group: 'Z' } },
    table,
  ],
  ['`soon` is no day; write it as 2026-11-29', { kind: 'updated', date: 'soon' }, table],
  ['120 is no percentage; use 0 to 100', { kind: 'overall', percent: 120 }, table],
  [
    'no document or section keeps finished tasks; write one, or name the document that they go to',
    { kind: 'complete', item: 'tasks/a', date: '2026-11-29' },
    table,
  ],
];

for (const [message, edit, text] of refused) {
  test(`says '${message}'`, () => {
    expect(editedPlan(text, edit)).toBe(message);
  });
}

const finished: readonly (readonly [name: string, before: string, after: string])[] = [
  ['a table, the newest first', '# Completed\n| Task | Status |\n|--|--|\n| y | Done (2026-02-01) |\n| x | Done (2026-01-01) |\n', '# Completed\n| Task | Status |\n|--|--|\n| a | Done (2026-11-29) |\n| y | Done (2026-02-01) |\n| x | Done (2026-01-01) |\n'],
  ['a list of bullets', '# Completed work\n\n- ✅ **Old**: it works\n\nEnd\n', '# Completed work\n\n- ✅ **Old**: it works\n- ✅ **a** (2026-11-29) (P0)\n\nEnd\n'],
  ['a document without any', '# Completed work\n', '# Completed work\n\n- [x] a (2026-11-29) (P0)\n'],
]; // prettier-ignore

for (const [name, before, after] of finished) {
  test(`moves a finished task to another document: ${name}`, () => {
    const here = openPlan(table);
    const there = openPlan(before, '/w/completed.md');
    const edit: PlanEdit = { kind: 'complete', item: 'tasks/a', date: '2026-11-29' };
    const outcome = plan.editPlan!(here, edit, there);
    if (outcome.kind === 'refused') throw new Error(outcome.message);
    const textOf = (path: string, text: string): string =>
      withEdits(
        text,
        outcome.edits.filter((each) => each.path === path),
      );
    expect(textOf('/w/tasks.md', table)).toBe(table.replace('| a | **P0** | High | Todo |\n', ''));
    expect(textOf('/w/completed.md', before)).toBe(after);
  });
}

test('moves a row of a garbled document as it is written', () => {
  const garbled = garbledPlan.split('\n');
  const from = garbled.findIndex((line) => line.includes('Load only changed orders'));
  const to = garbled.findIndex((line) => line.includes('Publish the weekly report'));
  const after = editedPlan(garbledPlan, {
    kind: 'move',
    item: 'sources-loading/load-only-changed-orders',
    place: { kind: 'after', item: 'dashboards/publish-the-weekly-report' },
  });
  const expected = garbled.toSpliced(to + 1, 0, garbled[from]!).toSpliced(from, 1);
  expect(after).toBe(expected.join('\n'));
});

const german = '# Aufgaben\n\n| Task | Status |\n|--|--|\n| Laden | erledigt |\n| Zeigen | offen |\n';

test('writes what a team says of statuses, and reads it back', () => {
  const words = { done: ['erledigt'], planned: ['offen'], blocked: ['wartet'] };
  const edited = (status: SettableStatus): string =>
    editedPlan(german, { kind: 'status', item: 'aufgaben/zeigen', status }, words);
  expect(edited('done')).toBe(german.replace('offen', 'erledigt'));
  expect(edited('blocked')).toBe(german.replace('offen', 'wartet'));
  const capitals = german.replace('erledigt', 'Erledigt').replace('offen', 'Offen');
  const edit = { kind: 'status', item: 'aufgaben/zeigen', status: 'blocked' } as const;
  expect(editedPlan(capitals, edit, words)).toBe(capitals.replace('Offen', 'Wartet'));
});

test.each([
  ['* Half thing (in progress)', '* Half thing (P0) (in progress)'],
  ['* Half thing ✅', '* Half thing (P0) ✅'],
  ['* ✅ Half thing', '* ✅ Half thing (P0)'],
  ['* [DONE] Half thing', '* [DONE] Half thing (P0)'],
])('gives %s a priority where it is read back', (before, after) => {
  const text = `# Tasks\n\n${before}\n* ✅ Other\n`;
  const edit: PlanEdit = { kind: 'priority', item: 'tasks/half-thing', priority: 'P0' };
  expect(editedPlan(text, edit)).toBe(text.replace(before, after));
});

test.each(['**Priority**: P1', '- Priority: P1', '- **Priority:** P1 '])(
  'gives a heading another priority where it says one below: %s',
  (line) => {
    const text = `# Tasks\n\n## Build\n### Task 1: Load ✅\n${line}\n\n### Task 2: Test ✅\n`;
    const edit: PlanEdit = { kind: 'priority', item: 'build/task-1-load', priority: 'P0' };
    expect(editedPlan(text, edit)).toBe(text.replace('P1', 'P0'));
  },
);

test('leaves a heading alone that says no priority', () => {
  const text = '# Tasks\n\n## Build\n### Task 1: Load ✅\n\n### Task 2: Test ✅\n';
  expect(editedPlan(text, { kind: 'priority', item: 'build/task-1-load', priority: 'P0' })).toContain(
    'written in a way that cannot be changed from here',
  );
});

test('writes the mark that a legend has for a box', () => {
  const text = '# Tasks\nLegend: [~] in progress, [>] blocked\n\n- [ ] Load\n';
  const edit = { kind: 'status', item: 'tasks/load' } as const;
  expect(editedPlan(text, { ...edit, status: 'in-progress' })).toBe(text.replace('[ ]', '[~]'));
  expect(editedPlan(text, { ...edit, status: 'blocked' })).toBe(text.replace('[ ]', '[>]'));
  expect(editedPlan(text, { ...edit, status: 'skipped' })).toBe(text.replace('[ ]', '[ ] ⏭️'));
});

test('gives a bullet a box where it moves among boxes, and takes a box away among bullets', () => {
  const text = '# Work\n## A\n- ✅ Load\n- ✅ Test\n## B\n- [ ] Show\n- [ ] Tell\n';
  const move = (item: string, group: string): string =>
    editedPlan(text, { kind: 'move', item, place: { kind: 'end', group } });
  expect(move('a/load', 'B')).toBe(text.replace('- ✅ Load\n', '').replace('Tell\n', 'Tell\n- [x] Load\n'));
  expect(move('b/show', 'A')).toBe(text.replace('- [ ] Show\n', '').replace('Test\n', 'Test\n- 📋 Show\n'));
});

test('says why a heading cannot go away that criteria stand below', () => {
  const text =
    '# Tasks\n## Build\n### Task 1: Load ✅\n**Acceptance:**\n- [ ] it runs\n### Task 2: Test ✅\n';
  expect(editedPlan(text, { kind: 'remove', item: 'build/task-1-load' })).toBe(
    'criteria, risks or the like stand below `Task 1: Load`; move or remove them first',
  );
});

const plainTables = `# Backlog

## Loading

| Story     | Effort |
| --------- | ------ |
| Orders    | 1 d    |
| ✅ Prices |        |

## Done

| Item | Evidence |
|--|--|
| Set up | 1 |
`;

test.each<[PlanEdit, from: string, to: string]>([
  [{ kind: 'status', item: 'loading/orders', status: 'done' }, '| Orders    |', '| ✅ Orders |'],
  [{ kind: 'status', item: 'loading/prices', status: 'planned' }, '| ✅ Prices |', '| Prices    |'],
  [{ kind: 'status', item: 'done/set-up', status: 'planned' }, '| Set up |', '| 📋 Set up |'],
  [
    { kind: 'add', item: { title: 'New' }, place: { kind: 'end', group: 'Done' } },
    '| Set up | 1 |\n',
    '| Set up | 1 |\n| New |  |\n',
  ],
  [
    { kind: 'add', item: { title: 'New', status: 'done' }, place: { kind: 'after', item: 'loading/orders' } },
    '| 1 d    |\n',
    '| 1 d    |\n| ✅ New    |        |\n',
  ],
])('writes beside the titles of a table that has no column for the status: %j', (edit, from, to) => {
  expect(editedPlan(plainTables, edit)).toBe(plainTables.replace(from, to));
});

test('finishes a row of a table that has no column for the status, with its day', () => {
  const edit: PlanEdit = { kind: 'complete', item: 'loading/prices', date: '2026-11-30' };
  expect(editedPlan(plainTables, edit)).toBe(
    plainTables
      .replace('| ✅ Prices |        |\n', '')
      .replace('| Set up | 1 |\n', '| Set up | 1 |\n| Prices (2026-11-30) |  |\n'),
  );
});

test.each<PlanEdit>([
  { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/a' } },
  { kind: 'move', item: 'tasks/b', place: { kind: 'end', group: 'Tasks' } },
  { kind: 'status', item: 'tasks/b', status: 'done' },
])('leaves a document as it is where it says so already: %j', (edit) => {
  const text = '# Tasks\n- [ ] a\n- [x] b\n';
  expect(editedPlan(text, edit)).toBe(text);
});

test('marks a bullet that only the line before its list says the status of', () => {
  const text = '# Roadmap\n\n## Released: v1\n\nImplemented:\n\n- Load\n\nStill not implemented:\n\n- Test\n';
  const edit: PlanEdit = { kind: 'status', item: 'released-v1/load', status: 'planned' };
  expect(editedPlan(text, edit)).toBe(text.replace('- Load', '- 📋 Load'));
});

test('adds a bullet to a section that says what its tasks are, and says why where it is to be something else', () => {
  const text = '# Roadmap\n\n## In progress\n\n- Write\n\n## Done\n\n- Read\n';
  const add = (status?: SettableStatus): string =>
    editedPlan(text, {
      kind: 'add',
      item: { title: 'Test', ...(status ? { status } : {}) },
      place: { kind: 'end', group: 'In progress' },
    });
  expect(add()).toBe(text.replace('- Write\n', '- Write\n- Test\n'));
  expect(add('in-progress')).toBe(add());
  expect(add('planned')).toBe(
    'below `In progress` a task without a mark is in progress, not planned; add it with the status `in progress`, or to another section',
  );
});

test.each([
  [
    { kind: 'end', group: 'Shipped' },
    '`Load` is planned and has no mark of its own, and below `Shipped` that means done; give it the status `done` first, or complete it',
  ],
  [
    { kind: 'before', item: 'in-progress/write' },
    '`Load` is planned and has no mark of its own, and below `In progress` that means in progress; give it the status `in progress` first',
  ],
] as const)('says why a bullet of no mark cannot go where it would mean something else: %j', (place, why) => {
  const text = `# Roadmap\n\n## Later\n\n- Load\n- Test\n\n## In progress\n\n- Write\n- Read\n\n## Shipped\n\n- ✅ Set up\n- ✅ Begin\n`;
  const edit: PlanEdit = { kind: 'move', item: 'later/load', place };
  expect(editedPlan(text, edit)).toContain(why);
  const marked = editedPlan(text, { kind: 'status', item: 'later/load', status: 'done' });
  expect(editedPlan(marked, { ...edit, place: { kind: 'end', group: 'Shipped' } })).toBe(
    text.replace('- Load\n', '').replace('- ✅ Begin\n', '- ✅ Begin\n- ✅ Load\n'),
  );
});
