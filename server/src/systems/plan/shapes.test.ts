import { expect, test } from 'vitest';
import { isClaimed, openPlan } from './fixtures/open-plan.ts';
import { isListOfWork } from './topics.ts';

/** Items as `status title (note)`, indented under their parents. */
function items(text: string, path?: string): readonly string[] {
  const { plan } = openPlan(text, path).model;
  return plan.items.map(
    ({ status, title, note, parent }) =>
      `${parent === undefined ? '' : '  '}${status} ${title}${note === undefined ? '' : ` (${note})`}`,
  );
}

const shapes: readonly (readonly [name: string, text: string, expected: readonly string[], path?: string])[] = [
  [
    'bullets that begin with a status',
    '# What we have done\n## Loading\n- ✅ **Shop orders**: every night\n- 🚧 Returns\n- ⬜ **Couriers** – once they answer\n',
    ['done Shop orders (every night)', 'in-progress Returns', 'planned Couriers (once they answer)'],
  ],
  [
    'bullets that end with a status',
    '# Work\n## Loading\n- Shop orders ✅\n- Returns ✅ DONE\n- Couriers (in progress)\n- Prices (planned)\n',
    ['done Shop orders', 'done Returns', 'in-progress Couriers', 'planned Prices'],
  ],
  [
    'statuses in brackets before bullets',
    '# Work\n- [COMPLETE] **Loading**: all of it\n- [IN PROGRESS] Models\n',
    ['done Loading (all of it)', 'in-progress Models'],
  ],
  [
    'a roadmap with phases that say how far they are',
    '# Roadmap\n## Phase 1: Loading ✓ (COMPLETE)\n**Goal**: all sources\n\n**Deliverables**:\n- Orders\n- Returns\n  - with reasons\n\n**Success criteria**:\n- it runs\n\n## 🚧 Phase 2: Models\n- Marts\n- Tests ✅\n\n## Notes\n- not work\n',
    ['done Orders', 'done Returns', 'in-progress Marts', 'done Tests'],
  ],
  [
    'a status line below a heading',
    '# Roadmap\n## v1.0\n**Status**: Completed\n- Orders\n## v1.1\n- Returns\n',
    ['done Orders', 'planned Returns'],
  ],
  ['ideas', '# Ideas\n- **Forecast**: of next month\n- Chat with the warehouse\n', ['planned Forecast (of next month)', 'planned Chat with the warehouse']],
  ['a plain to-do list', '# Shop\n* Orders\n\t* from the till\n* Returns\n', ['planned Orders', 'planned Returns'], '/w/TODO.md'],
  ['what is done in a document of what is done', '# Completed tasks\n## May\n- Orders\n- Returns\n', ['done Orders', 'done Returns'], '/w/completed-tasks.md'],
  [
    'numbered goals',
    '# Work of the month\n## Goals\n1. **Orders** - every night\n2. **Returns**\n\n## For the meeting\n1. **Who signs**\n',
    ['planned Orders (every night)', 'planned Returns'],
  ],
  [
    'headings that are tasks',
    '# Work\n## Loading\n### Task 1: Orders ✅\nText.\n### Task 2: Returns\n- **Priority**: P0\n- **Status**: In progress\n- how to do it\n',
    ['done Task 1: Orders', 'in-progress Task 2: Returns'],
  ],
  [
    'tables of components',
    '# Platform plan\n| Component | Status | Version |\n|--|--|--|\n| Postgres | ✅ Operational | 16 |\n| Kafka | 🚧 Partial | 3.7 |\n',
    ['done Postgres', 'in-progress Kafka'],
  ],
  [
    'tables of stages',
    '# Roadmap\n| Stage | State of things | What |\n|--|--|--|\n| 0 – Loading | Complete | all |\n| 1 – Models | In progress | most |\n',
    ['done 0 – Loading', 'in-progress 1 – Models'],
  ],
  [
    'nested boxes',
    '# Tasks\n- [ ] Orders\n  - [x] from the till\n  - [ ] from the web\n',
    ['planned Orders', '  done from the till', '  planned from the web'],
  ],
  [
    'no bullets beside boxes',
    '# Roadmap\n- [ ] Orders\n\nWhat we said:\n- it must be quick\n',
    ['planned Orders'],
  ],
  [
    'check lists beside a table of how things are',
    '# Shop\n## Summary\n| Component | Status |\n|--|--|\n| Loader | ✅ Done |\n| Models | 🚧 Partial |\n\n## Cleanup\n- [ ] Orders\n- [x] Returns\n',
    ['done Loader', 'in-progress Models', 'planned Orders', 'done Returns'],
  ],
  [
    'check lists of phases beside a table of tasks',
    '# Shop\n| Task | Status |\n|--|--|\n| Load | Open |\n\n## Phase B — Models\n- [ ] Marts\n\n## Rollout plan\n### First\n- [ ] Switch\n\n## Before you leave\n- [ ] Windows shut\n',
    ['planned Load', 'planned Marts', 'planned Switch'],
  ],
  [
    'check lists beside a table of tasks in a to-do list',
    '# Shop\n| Task | Status |\n|--|--|\n| Load | Open |\n\n## API\n- [ ] Keys\n',
    ['planned Load', 'planned Keys'],
    '/w/TODO.md',
  ],
  [
    'words before bullets of a list of work',
    '# Backlog\n- Done: first filter\n- In progress: second one\n- Third one: later\n- Done: 5 of 6\n',
    ['done first filter', 'in-progress second one', 'planned Third one: later', 'planned Done: 5 of 6'],
  ],
  [
    'headings whose lines say how they are, and what plain bullets say of them',
    '# Roadmap\n## Path A\n### Map\n**Status**: Done\n**Effort**: 2 days\n- pins\n- lines\n### Calendar\n**Status**: Planned\n**Effort**: 1 day\n- by month\n',
    ['done Map', 'planned Calendar'],
  ],
  [
    'a tick beside a status line that is no legend',
    '# Implementation status\n**Status**: ✅ Ready for testing\n- ✅ Orders\n- ✅ Returns\n',
    ['done Orders', 'done Returns'],
  ],
  [
    'a status with more behind it under a header that says so',
    '# Shop plan\n| Phase | Status | Checked |\n|--|--|--|\n| 1 — Loader | **Done** (commit `558e50d7`, on the last day of May) | by hand |\n| 2 — Guard | Not started | — |\n',
    ['done 1 — Loader', 'planned 2 — Guard'],
  ],
  ['shares with a comma', '# Tasks\n| Task | Status |\n|--|--|\n| Load | 62,5 % |\n', ['in-progress Load']],
  [
    'a table of work whose rows are called otherwise',
    '# Shop plan\n| # | Wave | Priority | Effort | Business Value | Status |\n|--|--|--|--|--|--|\n| 1 | Loader | High | Low | much | ✅ Complete |\n| 2 | Models | Low | Low | more | Planned |\n',
    ['done Loader', 'planned Models'],
  ],
  [
    'counted headings with a status, whatever they are about',
    '# Shop plan\n## Phase 1 ✅\n### 1.1 Metrics endpoint ✅ COMPLETE\nText.\n### 1.2 Health ✅\nText.\n### Metrics ✅\n',
    ['done 1.1 Metrics endpoint', 'done 1.2 Health'],
  ],
  ['no tables of what can be done', '# Sync plan\n| Operation | Captured? |\n|--|--|\n| Insert | ✅ Yes |\n| Delete | ❌ No |\n', []],
  ['no context and nothing related', '# Roadmap\n## Context — where we stand\n- **Heartbeats.** There are none.\n## Related\n- docs/x.md\n## Context engineering\n- Cache prompts\n', ['planned Cache prompts']],
  [
    'no lists of files alone',
    '# Shop backlog\n## Orders\nWhere:\n- `shop/load.py`\n- docs/orders.md (what they are)\n- models/\n- Makefile\n\nWhat:\n- Load orders.csv\n- shop/show.py: show them\n- Makefile\n',
    ['planned Load orders.csv', 'planned shop/show.py: show them', 'planned Makefile'],
  ],
  [
    'no bullets that are a part of a sentence, unless it speaks of work',
    '# Shop roadmap\n## A single source of truth for the orders of all our shops and warehouses\n- Orders\n\nToday the orders are scattered over several files, as nobody may change them:\n- `orders.md`\n- `shop.csv`\n\nThe following improvements are meant for the months that come after the summer:\n- Returns\n',
    ['planned Orders', 'planned Returns'],
  ],
  [
    'tickets of a backlog, which bullets describe',
    '# Shop backlog\n## SHOP-1: Load the orders\n**Effort estimate:** low\n\nScope:\n- all shops\n- all years\n## SHOP-2 - Load the returns\n### Scope\n- all shops\n## EPIC-3: Show\n- Orders\n## GPT-4 support\n- Ask it\n',
    ['planned SHOP-1: Load the orders', 'planned SHOP-2 - Load the returns', 'planned Orders', 'planned Ask it'],
  ],
  [
    'headings of a backlog with a priority below them, where nothing else is a task',
    '# Shop backlog\n## Loading\n### Orders\n**Priority**: High\nText.\n### Returns\n**Priority**: Low\n- by day\n- by shop\n',
    ['planned Orders', 'planned by day', 'planned by shop'],
  ],
  ['no tickets outside of a list of work', '# Shop\n## REQ-1: Load the orders\nText.\n- [ ] Orders\n', ['planned Orders']],
  [
    'tables without a status in a backlog',
    '# Shop backlog\n## Loading\n| ID | Priority | Description |\n|--|--|--|\n| 1 | P0 | Orders |\n| 2 | P1 | ✅ Returns |\n## Models\n| Story | Effort |\n|--|--|\n| Marts (in progress) | 1 d |\n| Tests | |\n## Archive / Done\n| Item | Evidence |\n|--|--|\n| Set up | 1 |\n| 🚧 Wire | 2 |\n',
    ['planned Orders', 'done Returns', 'in-progress Marts', 'planned Tests', 'done Set up', 'in-progress Wire'],
  ],
  [
    'no other tables of a backlog',
    '# Shop backlog\n- Orders\n\n| Sprint | Tasks |\n|--|--|\n| 1 | SHOP-1, SHOP-2 |\n\n| Feature | Here | There |\n|--|--|--|\n| Group | yes | no |\n\n| Item | Value |\n|--|--|\n| Rows | 5 |\n## Current status\n| Item | Count |\n|--|--|\n| a | 1 |\n',
    ['planned Orders'],
  ],
  ['no tables without a status elsewhere', '# Shop plan\n- [ ] Orders\n\n| Item | Effort |\n|--|--|\n| Build | 2 d |\n', ['planned Orders']],
  [
    'ticks beside titles where none stand beside priorities',
    '# Shop plan\n| Task | Priority |\n|--|--|\n| ✅ Orders | P0 |\n| Returns | P1 |\n',
    ['done Orders', 'planned Returns'],
  ],
  ['what is called key and is no legend', '# Roadmap\n## Key features\n- ✅ Pending orders\n- Returns ✅\n## Key deliverables\n- Prices\n', ['done Pending orders', 'done Returns', 'planned Prices']],
  [
    'the name of a bullet behind a symbol and brackets, and before a priority at its end',
    '# Roadmap\n- ⛔ [build] **Load: orders** — all of them\n- [build] **Load: returns** — all of them\n- **Prices**: daily (P0)\n',
    ['blocked [build] Load: orders (all of them)', 'planned [build] Load: returns (all of them)', 'planned Prices (daily)'],
  ],
  [
    'symbols behind a box that say what it cannot, and none that may be a priority',
    '# Tasks\nLegend: 🟦 in progress\n\n- [ ] 🔄 a\n- [ ] ⏸️ b\n- [ ] 🟦 c\n- [ ] 🟡 d\n- [ ] 📋 e\n- [x] 🔄 f\n',
    ['in-progress a', 'blocked b', 'in-progress c', 'planned d', 'planned e', 'done f'],
  ],
  ['no tables that compare', '# Shop plan\n- [ ] Ask\n\n| Feature | Shop | Till |\n|--|--|--|\n| Search | Yes | No |\n| Sort | Yes | Yes |\n| Print | No | No |\n', ['planned Ask']],
  [
    'days of completion',
    '# Completed tasks\n| Task | Completed | By |\n|--|--|--|\n| Orders | 2025-01-01 | Ann |\n| Returns | May 2025 | Bo |\n',
    ['done Orders', 'done Returns'],
  ],
  ['days of completion of some', '# Backlog\n| Task | Done |\n|--|--|\n| Orders | 1.5.2025 |\n| Returns | |\n', ['done Orders', 'planned Returns']],
  ['no criteria', '# Roadmap\n## Loading\nDone when:\n- it runs\n\nAcceptance:\n- all agree\n\n**Scope:**\n- Orders\n', ['planned Orders']],
  ['no benefits', '# Shop plan\n**Benefits**:\n- ✅ Quick\n- ✅ Cheap\n', []],
  ['tasks that are about risks', '# Shop\n## Risk policy: to-dos\n- [ ] Mail\n', ['planned Mail']],
  ['nothing in what only speaks of a backlog', '# Backlog viewer contract\n- rows\n- filters\n', []],
  ['no rules about what to do', '# Tasks\n## Principles\n- ✅ Write tests\n- ❌ Guess\n', []],
  ['no tables of measures', '# Tasks\n| Metric | Value | Status |\n|--|--|--|\n| Rows | 5 | ✅ |\n| Loads | 7 | ✅ |\n', []],
  ['no counts of tasks', '# Tasks\n| Phase | Tasks | Done |\n|--|--|--|\n| A | 5 | 3 |\n| B | 2 | 1 |\n', []],
  [
    'what is struck out and open by all else as dropped',
    '# Tasks\n- [ ] ~~a~~\n- [ ] P1: **~~b~~** (later)\n- [x] ~~c~~\n- [ ] 🚧 ~~d~~\n- [ ] ~~e~~ f\n- [ ] ~~g~~ or ~~h~~\n',
    ['skipped a', 'skipped b (later)', 'done c', 'in-progress d', 'planned e f', 'planned g or h'],
  ],
  [
    'rows that are struck out, unless they say otherwise',
    '# Tasks\n| Task | Priority | Status |\n|--|--|--|\n| ~~a~~ | P1 | Planned |\n| ~~b~~ | P1 | |\n| ~~c~~ | P1 | Done |\n| ~~d~~ | P1 | WIP |\n| e ~~f~~ | P1 | |\n## More tasks\n### Task 1: x\n### ~~Task 2: y~~\n',
    ['skipped a', 'skipped b', 'done c', 'in-progress d', 'unknown e f', 'planned Task 1: x', 'skipped Task 2: y'],
  ],
  [
    'no labels that explain their heading, which is the task',
    "# Backlog\n## Next\n### Hooks\n- **Why**: nothing is linted\n- **Fix**: lint\n### Share\n- Why it would help us: it moves\n## Won't do\n### Coder\n- **Replaced by**: a server\n",
    ['planned Hooks', 'planned Share', 'skipped Coder'],
  ],
  [
    'tasks beside a goal, and those that are called as what explains may be',
    '# Roadmap\n## Phase 1: Shop\n- **Goal**: sell\n- **Orders**: every night\n- ✅ **Goal**: one shop\n## More\n- **Goals**: a page\n- Fix: the login\n- **Notes**: with pictures\n### Phase 2\n- Purpose: sell more\n',
    [
      'planned Orders (every night)',
      'done Goal (one shop)',
      'planned Goals (a page)',
      'planned Fix: the login',
      'planned Notes (with pictures)',
    ],
  ],
  ['no criteria of a heading', '# Backlog\n## Page\n- Criterion: it fits\n## Load\n- Orders\n- Criterion: all are there\n', ['planned Orders']],
  ['what is crossed off a list as done', '# To do\n## Shop\n- ~~a~~\n- b\n- ~~c~~ d\n- ~~e~~ (dropped)\n', ['done a', 'planned b', 'planned c d', 'planned e (dropped)']],
  ['ideas that are struck out as dropped', '# Ideas\n## Shop\n- ~~a~~\n- b\n', ['skipped a', 'planned b']],
  [
    'boxes with other marks than GitHub has',
    '# Tasks\n- [~] a\n- [/] b\n- [-] c\n- [!] d\n- [>] e\n- [?] f\n  - [>] *g*\n',
    ['in-progress a', 'in-progress b', 'skipped c', 'blocked d', 'unknown e', 'unknown f', '  unknown g'],
  ],
  [
    'boxes as the legend has them, in a line or in a list',
    '# Tasks\nLegend: `[>]` in progress, [~] cancelled\n- [>] a\n- [~] b\n- [?] c\n- [x] d\n## Legend\n- [?] on hold\n- [x] done\n',
    ['in-progress a', 'skipped b', 'blocked c', 'done d'],
  ],
  [
    'what says how it is in a section of how things are, and nothing else of it',
    '# Roadmap\n## Current status\n### Loading\n- [x] Orders\n- [ ] Returns\n### Models\n- there are some\n\n| Layer | Status |\n|--|--|\n| Staging | Done |\n| Marts | Planned |\n',
    ['done Orders', 'planned Returns', 'done Staging', 'planned Marts'],
  ],
  [
    'bullets as the line before them has it, and else a counted heading',
    '# Roadmap\n## 2. Released: v0.1\nImplemented:\n\n- Orders\n\nStill not implemented:\n\n- Returns\n\nShipped in May:\n- Prices\n\nTesting:\n- Rows\n## 3. In progress\n- Couriers\n',
    ['done Orders', 'planned Returns', 'done Prices', 'done Rows', 'in-progress Couriers'],
  ],
  ['no status in a heading that only heads a list', '# Roadmap\n## ✅ Completed\n- Orders\n', ['done Orders']],
]; // prettier-ignore

for (const [name, text, expected, path] of shapes) {
  test(`reads ${name}`, () => {
    expect(items(text, path)).toEqual(expected);
  });
}

test('tells where a status before and behind a text is written', () => {
  const { model, source } = openPlan(
    '# Work\n- ✅ **Orders**\n- Returns ✅\n- [DONE] Prices\n- Tests (planned)\n',
  );
  expect(model.plan.items.map(({ statusSpan }) => source.slice(statusSpan))).toEqual([
    '✅ ',
    ' ✅',
    'DONE',
    'planned',
  ]);
});

test('reads a garbled tick before a text', () => {
  const { model, source } = openPlan('# Work\n- âœ… **Orders**: all\n- ğŸš§ Returns\n');
  expect(model.plan.items.map(({ status, title }) => [status, title])).toEqual([
    ['done', 'Orders'],
    ['in-progress', 'Returns'],
  ]);
  expect(source.slice(model.plan.items[0]!.statusSpan)).toBe('âœ… ');
});

test('tells the stretches of a road', () => {
  const { plan } = openPlan(
    '# Roadmap\n## Phase 1: Loading (Q1 2026) ✅\n### Sources\n- Orders\n## Phase 2: Models\n**Timeline**: May 2026\n- Marts\n## Notes\n- none\n',
  ).model;
  expect(plan.phases.map(({ title, status, when, groups }) => [title, status, when, groups])).toEqual([
    ['Phase 1: Loading (Q1 2026)', 'done', 'Q1 2026', ['Sources']],
    ['Phase 2: Models', 'unknown', 'May 2026', ['Phase 2: Models']],
  ]);
});

test('tells phases that are counted with letters', () => {
  const { plan } = openPlan('# Roadmap\n## Phase A\n- a\n## Phase B — Models\n- b\n## Phase in\n- c\n').model;
  expect(plan.phases.map(({ title }) => title)).toEqual(['Phase A', 'Phase B — Models']);
});

test.each([
  ['/w/spatial-complete-design.md', '# Spatial indexing', 'outstanding'],
  ['/w/MIGRATION_COMPLETE.md', '# Migration', 'completed'],
  ['/w/x.md', '# Complete guide', 'outstanding'],
  ['/w/x.md', '# Migration complete!', 'completed'],
  ['/w/TODO-archive.md', '# Shop', 'completed'],
])('takes %s with the title %j for %s', (path, title, role) => {
  expect(openPlan(`${title}\n- [ ] a\n`, path).model.plan.role).toBe(role);
});

test.each([
  ['ROADMAP-2026', true],
  ['product_roadmap_v2', true],
  ['Roadmap Data Platform', true],
  ['Ideas for later', true],
  ['To-Do List', true],
  ['Shop: backlog (Q3)', true],
  ['Backlog projection viewer', false],
  ['Real idea intake', false],
  ['Things we do', false],
])('tells whether %j is a list of work: %s', (name, expected) => {
  expect(isListOfWork(name)).toBe(expected);
});

test('reads criteria below a heading of their kind', () => {
  const { plan } = openPlan(
    '# Roadmap\n- [ ] a\n## Success metrics\n### Product metrics\n- **Code**:\n  - [ ] no warnings\n  - [x] 80 % covered\n',
  ).model;
  expect(plan.criteria.map(({ text, done }) => [text, done])).toEqual([
    ['no warnings', false],
    ['80 % covered', true],
  ]);
  expect(plan.items.map(({ title }) => title)).toEqual(['a']);
});

test('makes a short title of a long sentence', () => {
  const { plan } = openPlan(
    `# Ideas\n- Ask the couriers for their files. ${'They will say no. '.repeat(8)}\n`,
  ).model;
  expect(plan.items[0]!.title).toBe('Ask the couriers for their files');
  expect(plan.items[0]!.note).toMatch(/^They will say no/);
});

test.each([
  ['/w/ROADMAP.md', '# Shop\n## 2026\n- a\n- b\n- c\n', true],
  ['/w/docs/x.md', '# Product roadmap\n- a\n- b\n- c\n', true],
  ['/w/TODO.md', '# Shop\n- a\n- b\n- c\n', true],
  ['/w/IDEAS.md', 'One day we will.\n', false],
  ['/w/.tool/roadmap.md', '# How to\n- a\n- b\n- c\n', false],
  ['/w/README.md', '# Shop\n## Roadmap\n- a\n- b\n- c\n', false],
  ['/w/x.md', '# Shop\nSee the roadmap.\n- a\n- b\n- c\n', false],
])('takes %s with %j for a plan: %s', (path, text, expected) => {
  expect(isClaimed(path, text)).toBe(expected);
});

test.each([
  ['Review: every two weeks', 'every two weeks'],
  ['**Next Review**: 2026-05-27', '2026-05-27'],
  ['Code review: check the assumptions', undefined],
  ['This document is reviewed monthly', 'monthly'],
])('reads the review of %j', (text, expected) => {
  expect(openPlan(`# Tasks\n\n${text}\n`).model.plan.review?.text).toBe(expected);
});

test('bullets that say a status are tasks beside boxes, too, save those that lie in one', () => {
  const boxes = '# Tasks\n\n- [ ] load the orders\n- [x] load the seeds\n';
  const read = ['planned load the orders', 'done load the seeds'];
  expect(items(`${boxes}- ✅ **Seeds**: tested\n- 🚧 Test the orders\n`)).toEqual([
    ...read,
    'done Seeds (tested)',
    'in-progress Test the orders',
  ]);
  expect(items(`${boxes}  - ✅ from the share\n- 🚧 Test the orders\n`)).toEqual(read);
  expect(items(`${boxes}- see the notes\n- ask Ann\n- ✅ all is well\n`)).toEqual(read);
});
