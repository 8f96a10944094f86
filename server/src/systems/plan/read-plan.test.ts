import { expect, test } from 'vitest';
import type { PlanItem } from '../../core/plan.ts';
import { garbledPlan } from './fixtures/garbled-plan.ts';
import { isClaimed, openPlan } from './fixtures/open-plan.ts';

test('reads a whole plan whose emoji are garbled', () => {
  expect(isClaimed('/w/notes.md', garbledPlan)).toBe(true);
  const { plan } = openPlan(garbledPlan).model;
  expect(plan.title).toBe('Outstanding Work & Current Aims');
  expect(plan.updated).toBe('March 2026');
  expect(plan.claimedOverall).toBe(68);
  expect(plan.groups).toEqual([
    'Warehouse Search Assistant (NEW)',
    'Sources & Loading',
    'Tests & Quality',
    'Dashboards',
    'Servers & Operation',
    'Debts & Repairs',
  ]);
  expect(tally(plan.items, 'priority')).toEqual({ P0: 6, P1: 11, P2: 9 });
  expect(tally(plan.items, 'status')).toEqual({ planned: 25, 'in-progress': 1 });
  expect(plan.readiness.map(({ claimed }) => claimed)).toEqual([95, 90, 100, 85, 60, 40]);
  expect(plan.readiness[4]).toMatchObject({
    category: 'Charts',
    status: 'in-progress',
    statusText: '🚧 Partial',
    next: 'Dashboard',
  });
  expect(plan.criteria.map(({ done }) => done)).toEqual([false, false, false, false, false]);
  expect(plan.blockers.map(({ text }) => text)).toEqual([
    'Account for the shop database - The owner has to sign',
    'Wishes of the buyers - No list of figures yet',
    'Live server - Offer is not accepted',
  ]);
  expect(plan.risks).toHaveLength(3);
  expect(plan.risks[0]).toMatchObject({
    text: 'Exports change without notice',
    impact: 'High',
    probability: 'Medium',
    mitigation: 'Check the columns, keep samples',
  });
});

test('keeps spans in the raw text and shows it repaired', () => {
  const { model, source } = openPlan(garbledPlan);
  const item = model.plan.items.find(({ title }) => title === 'Connect the live shop database')!;
  expect(item.statusText).toBe('🚧 In Progress');
  expect(source.slice(item.statusSpan)).toBe('ğŸš§ In Progress');
  expect(source.slice(item.location.span)).toBe('Connect the live shop database');
  expect(item.id).toBe('sources-loading/connect-the-live-shop-database');
  for (const criterion of model.plan.criteria) expect(source.slice(criterion.markSpan)).toBe(' ');
});

function tally(items: readonly PlanItem[], key: 'priority' | 'status'): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item[key] ?? ''] = (counts[item[key] ?? ''] ?? 0) + 1;
  return counts;
}

/** Items as `status priority title`. */
function items(text: string): readonly string[] {
  return openPlan(text).model.plan.items.map(
    ({ status, priority = '-', title }) => `${status} ${priority} ${title}`,
  );
}

const tables: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  [
    'statuses as symbols alone',
    '# Tasks\n| Task | Status |\n|--|--|\n| a | ⬜ |\n| b | 🟡 |\n| c | ✅ |\n| d | 📋 |\n| e | 🚧 |\n| f | ⛔ |\n| g | ⏭️ |\n',
    [
      'planned - a',
      'in-progress - b',
      'done - c',
      'planned - d',
      'in-progress - e',
      'blocked - f',
      'skipped - g',
    ],
  ],
  [
    'words that outweigh symbols, and more words after them',
    '# Tasks\n| Task | Status |\n|--|--|\n| a | ❌ Not started |\n| b | 🔄 To do |\n| c | Blocked by legal |\n| d | **Skipped** |\n| e | Done (2026-01-02) |\n| f | 60% |\n| g | 3/3 |\n| h | Ready for review |\n| i | `wip` |\n',
    [
      'planned - a',
      'planned - b',
      'blocked - c',
      'skipped - d',
      'done - e',
      'in-progress - f',
      'done - g',
      'in-progress - h',
      'in-progress - i',
    ],
  ],
  [
    'priorities in all spellings',
    '# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| a | P0.1 | Done |\n| b | High | Done |\n| c | 🔴 | Done |\n| d | 🔴 High | Done |\n| e | **P1** | Done |\n| f | - | Done |\n| g | p2 | Done |\n',
    ['done P0.1 a', 'done High b', 'done 🔴 c', 'done High d', 'done P1 e', 'done - f', 'done P2 g'],
  ],
  [
    'a tick in the priority cell',
    '# Tasks\n| Task | Priority |\n|--|--|\n| a | ✅ P0 |\n| b | P1 |\n| c | **P2** 🚧 |\n| d | ✅ 🔴 High |\n',
    ['done P0 a', 'planned P1 b', 'in-progress P2 c', 'done High d'],
  ],
  [
    'a number and a description instead of a task column',
    '# Roadmap\n| # | Description | Owner | State |\n|--|--|--|--|\n| 1 | a | x | Open |\n',
    ['planned - a'],
  ],
  [
    'escaped pipes, links, code and line breaks in titles',
    '# Tasks\n| Task | Status |\n|--|--|\n| a \\| b | Done |\n| [c](d) `e` | Done |\n| f<br>g | Done |\n| `h \\| i` | Done |\n',
    ['done - a | b', 'done - c e', 'done - f, g', 'done - h | i'],
  ],
  [
    'no work in legends, sums, separators and group rows',
    '# Tasks\n## Legend\n| Status | Meaning |\n|--|--|\n| 🟡 | Blocked |\n\n## Work\n| Task | Status | Owner |\n|--|--|--|\n| **Phase 1** | | |\n| a | 🟡 | x |\n| … | … | … |\n| Total | 1 | |\n',
    ['blocked - a'],
  ],
  [
    'a legend in a line',
    '# Tasks\nLegend: 🔴 done, 🟢 = to do\n\n| Task | Status |\n|--|--|\n| a | 🔴 |\n| b | 🟢 |\n',
    ['done - a', 'planned - b'],
  ],
  [
    'a table behind a fence that nobody closes',
    '# Tasks\n```sh\nmake\n```\n```\n| Task | Status |\n|--|--|\n| a | Done |\n',
    ['done - a'],
  ],
  ['no table inside a closed fence', '# Tasks\n```\n| Task | Status |\n|--|--|\n| a | Done |\n```\n', []],
  ['no table inside a comment', '# Tasks\n<!--\n| Task | Status |\n|--|--|\n| a | Done |\n-->\n', []],
  [
    'short rows',
    '# Tasks\n| Task | Owner | Status |\n|--|--|--|\n| a |\n| b | x |\n',
    ['unknown - a', 'unknown - b'],
  ],
  [
    'a table without outer pipes and with CRLF',
    '# Tasks\r\n\r\nTask | Status\r\n-----|----\r\na | Done\r\nb | Open\r\n',
    ['done - a', 'planned - b'],
  ],
  ['a table in a quotation', '# Tasks\n> | Task | Status |\n> |--|--|\n> | a | Done |\n', ['done - a']],
  [
    'a byte-order mark and front matter',
    '\uFEFF---\ntitle: Work\n---\n| Task | Status |\n|--|--|\n| a | Done |\n',
    ['done - a'],
  ],
  [
    'a done column',
    '# Tasks\n| Task | Done |\n|--|--|\n| a | yes |\n| b | no |\n| c | [x] |\n| d | [ ] |\n',
    ['done - a', 'planned - b', 'done - c', 'planned - d'],
  ],
];

for (const [name, text, expected] of tables) {
  test(`reads ${name}`, () => {
    expect(items(text)).toEqual(expected);
  });
}

test('reads check lists as items where the document has no table of tasks', () => {
  const text =
    '# Migration to do\n## Load\n- [x] P0: Copy exports\n- [ ] 🚧 Load them (P1)\n  - [ ] Orders\n- [-] Old format\n- no task\n## Success criteria\n- [ ] it runs\n';
  const { plan } = openPlan(text).model;
  expect(items(text)).toEqual([
    'done P0 Copy exports',
    'in-progress P1 Load them',
    'planned - Orders',
    'skipped - Old format',
  ]);
  expect(plan.groups).toEqual(['Load']);
  expect(plan.criteria).toMatchObject([{ text: 'it runs', done: false }]);
});

test('leaves check lists beside task tables alone unless their heading speaks of tasks', () => {
  const text =
    '# Plan\n## Work\n| Task | Status |\n|--|--|\n| a | Done |\n\n## Form to fill in\n- [ ] name\n\n## Remaining tasks\n- [ ] b\n';
  expect(items(text)).toEqual(['done - a', 'planned - b']);
});

test('tells sections of one title apart, and gives every item an id of its own', () => {
  const table = '| Task | Status |\n|--|--|\n| Test | Done |\n| Test | Open |\n';
  const { plan } = openPlan(`# Plan\n## Loading\n### Tasks\n${table}\n## Models\n### Tasks\n${table}`).model;
  expect(plan.groups).toEqual(['Loading › Tasks', 'Models › Tasks']);
  expect(plan.items.map(({ id }) => id)).toEqual([
    'loading-tasks/test',
    'loading-tasks/test-2',
    'models-tasks/test',
    'models-tasks/test-2',
  ]);
});

test('splits dependencies at commas outside brackets', () => {
  const text =
    '# Tasks\n| Task | Status | Depends on |\n|--|--|--|\n| a | Done | Services (Redis, Kafka), **b** |\n| c | Done | None |\n| d | Done | - |\n';
  expect(openPlan(text).model.plan.items.map(({ dependencies }) => dependencies)).toEqual([
    ['Services (Redis, Kafka)', 'b'],
    [],
    [],
  ]);
});

test('takes no row that sums up the others for a task, whichever cell says so', () => {
  const rows = '| 1 | Orders | 📋 Planned | P0 |\n| **Total** | Phase 1 complete | 20 % complete | |\n';
  const text = `# Tasks\n| # | Task | Status | Priority |\n|--|--|--|--|\n${rows}`;
  expect(openPlan(text).model.plan.items.map(({ title }) => title)).toEqual(['Orders']);
});

test('takes the total from the last row of a readiness table', () => {
  const { plan } = openPlan(
    '# Readiness\n| Area | Completion |\n|--|--|\n| Loading | 80 % |\n| Models | 60% |\n| **Overall** | 70 % |\n',
  ).model;
  expect(plan.readiness.map(({ category, claimed }) => [category, claimed])).toEqual([
    ['Loading', 80],
    ['Models', 60],
  ]);
  expect(plan.claimedOverall).toBe(70);
});

const figures: readonly (readonly [
  text: string,
  updated: string | undefined,
  overall: number | undefined,
])[] = [
  ['**Last updated**: 2026-03-01 · by Ada', '2026-03-01', undefined],
  ['_Last Updated 3 March 2026_', '3 March 2026', undefined],
  ['Updated: yesterday', 'yesterday', undefined],
  ['We last met in May', undefined, undefined],
  ['Overall progress is now at **72.5 %**', undefined, 72.5],
  ['Production readiness: 40%', undefined, 40],
  ['Overall test coverage target: 90%', undefined, undefined],
];

for (const [text, updated, overall] of figures) {
  test(`reads '${text}'`, () => {
    const { plan } = openPlan(`# Tasks\n\n${text}\n`).model;
    expect([plan.updated, plan.claimedOverall]).toEqual([updated, overall]);
  });
}

test('reads a legend that stands in a list', () => {
  const text =
    '# Tasks\n- **Priority**: P0 first\n- **Status**: ⬜ Not Started, 🟦 In Progress, ❌ Blocked\n\n| Task | Status |\n|--|--|\n| a | 🟦 |\n| b | ❌ |\n';
  expect(items(text)).toEqual(['in-progress - a', 'blocked - b']);
});

test('reads risks that are a list, and success metrics as criteria', () => {
  const text =
    '# Tasks\n- [ ] a\n## Risk mitigation\n- **High**: late files\n## Success metrics\n- [x] fast\n';
  const { plan } = openPlan(text).model;
  expect(plan.risks.map((risk) => risk.text)).toEqual(['High: late files']);
  expect(plan.criteria.map(({ text: words, done }) => [words, done])).toEqual([['fast', true]]);
  expect(plan.items).toHaveLength(1);
});

test('leaves out blockers, risks and criteria that say that they are over', () => {
  const { plan } = openPlan(`# Plan

## Blockers
- Access to the warehouse
- ✅ Contract with the vendor
- ~~Server in the rack~~ (resolved)
- Licence – resolved on Monday
- [DONE] The key
- Closed: the port
- Waiting for legal (resolved 2026-10-02)
- Buffers – fixed size of all

| Blocker | Status | Owner |
|---|---|---|
| The network | Resolved | Ann |
| The disk | 🔴 Open | Bo |
| The rack | ✅ | Bo |
| ~~The lamp~~ | Open | Bo |

## Success criteria
- [ ] All tests pass
- [ ] ~~The old report is gone~~
- [x] ~~The docs are there~~

## Risks
- Data loss
- ~~The vendor leaves~~

| Risk | Impact | Status |
|---|---|---|
| Too slow | High | 🟢 |
| Too dear | Low | Closed |
| Too late | Low | Mitigated |
`).model;
  expect(plan.blockers.map(({ text }) => text)).toEqual([
    'Access to the warehouse',
    'Buffers – fixed size of all',
    'The disk',
  ]);
  expect(plan.criteria.map(({ text, done }) => [text, done])).toEqual([
    ['All tests pass', false],
    ['The docs are there', true],
  ]);
  expect(plan.risks.map(({ text }) => text)).toEqual(['Data loss', 'Too slow', 'Too late']);
});

test('leaves out blockers that are none, resolved or ticked', () => {
  const text =
    '# Plan\n## Blockers\n- Access\n- [x] Contract\n- None so far\n## Resolved blockers\n- Server\n';
  expect(openPlan(text).model.plan.blockers.map((blocker) => blocker.text)).toEqual(['Access']);
});

const bad: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['a table of pipes', `# Tasks\n${'|'.repeat(500)}\n${'|-'.repeat(500)}\n`],
  ['a header alone', '# Tasks\n| Task | Status |\n|--|--|'],
  ['a row being typed', '# Tasks\n| Task | Status |\n|--|--|\n| a |'],
  [
    'deep nesting',
    `# Tasks\n${Array.from({ length: 2000 }, (_, at) => `${' '.repeat(2 * at)}- [ ] x`).join('\n')}`,
  ],
  ['many quotation marks', `# Tasks\n${'> '.repeat(20_000)}x`],
  ['some quotation marks', `# Tasks\n${'> '.repeat(40)}x`],
  ['half a surrogate pair', '# Tasks\n| Task | Status |\n|--|--|\n| a | \ud83d |\n'],
];

for (const [name, text] of bad) {
  test(`copes with ${name}`, () => {
    expect(openPlan(text).model.plan.path).toBe('/w/tasks.md');
  });
}

test('reads the beginning of a document that is too long, and says so', () => {
  const row = `| ${'x'.repeat(100)} | Done |\n`;
  const file = openPlan(`# Tasks\n| Task | Status |\n|--|--|\n${row.repeat(11_000)}`);
  expect(file.model.plan.items.length).toBeGreaterThan(8000);
  expect(file.model.plan.items.length).toBeLessThan(11_000);
  expect(file.problems).toMatchObject([{ code: 'plan/too-long', severity: 'information' }]);
});

test('reads who does an item, when it is due, when it was done, and what is said of it', () => {
  const text =
    '# Tasks\n| Task | Owner | Due date | Status | Completed on | Notes |\n|--|--|--|--|--|--|\n| a | Ada | May 2026 | Done | 2026-05-02 | with care |\n| b | - | | Open | | |\n';
  const [first, second] = openPlan(text).model.plan.items;
  expect(first).toMatchObject({ owner: 'Ada', due: 'May 2026', finished: '2026-05-02', note: 'with care' });
  expect(Object.keys(second!)).not.toContain('owner');
});

test('reads who does an entry of a list, and when it is due, beside its title', () => {
  const text =
    '# Tasks\n- [ ] load the orders (@ann, due 2026-11-01)\n- [ ] P1: test them @bo\n- ✅ **Seeds**: loaded @ann\n';
  const [first, second, third] = openPlan(text).model.plan.items;
  expect(first).toMatchObject({
    title: 'load the orders',
    owner: '@ann',
    due: '2026-11-01',
  });
  expect(second).toMatchObject({ title: 'test them', owner: '@bo', priority: 'P1' });
  expect(third).toMatchObject({ title: 'Seeds', owner: '@ann', status: 'done' });
});

test('tells which items are parts of which', () => {
  const { items: found } = openPlan('# Tasks\n- [ ] a\n  - [ ] b\n    - [ ] c\n  - [ ] d\n- [ ] e\n').model
    .plan;
  expect(found.map(({ id, parent }) => [id, parent])).toEqual([
    ['tasks/a', undefined],
    ['tasks/a-b', 'tasks/a'],
    ['tasks/b-c', 'tasks/a-b'],
    ['tasks/a-d', 'tasks/a'],
    ['tasks/e', undefined],
  ]);
});

test('tells where each dependency is written', () => {
  const { model, source } = openPlan(
    '# Tasks\n| Task | Status | Depends on |\n|--|--|--|\n| a | Done | Kafka, **b**, Kafka |\n',
  );
  expect(model.plan.items[0]!.dependencySpans!.map((span) => source.slice(span))).toEqual([
    'Kafka',
    'b',
    'Kafka',
  ]);
});

test('reads how often a plan is gone through', () => {
  const { model, source } = openPlan('# Tasks\n\n*Last Updated: July 2025 | Review: Weekly*\n');
  expect(model.plan.review?.text).toBe('Weekly');
  expect(source.slice(model.plan.review!.span)).toBe('Weekly');
  expect(source.slice(model.plan.updatedSpan!)).toBe('July 2025');
});

test('finds the files that a plan names', () => {
  const { model, source } = openPlan(
    '# Tasks\nSee [the roadmap](../ROADMAP.md#now), **docs/a.md**, `sql/x.sql`, [web](https://x.io/a/b.md), src/**/*.ts and [it][it].\n\n[it]: ideas.md\n\n```\nnot/this.md\n```\n',
  );
  const found = model.plan.links.map(({ target, kind, span }) => [kind, target, source.slice(span)]);
  expect(found).toEqual([
    ['link', '../ROADMAP.md', '../ROADMAP.md'],
    ['text', 'docs/a.md', 'docs/a.md'],
    ['text', 'sql/x.sql', 'sql/x.sql'],
    ['link', 'ideas.md', 'ideas.md'],
  ]);
});

test.each([
  ['/w/outstanding-tasks.md', 'Tasks', 'outstanding'],
  ['/w/completed-tasks.md', 'What we did', 'completed'],
  ['/w/notes.md', 'Ideas for later', 'ideas'],
  ['/w/ROADMAP.md', 'Shop', 'roadmap'],
  ['/w/tasks.md', 'Shop', 'outstanding'],
])('takes %s under the title %s for %s', (path, title, role) => {
  expect(openPlan(`# ${title}\n`, path).model.plan.role).toBe(role);
});
