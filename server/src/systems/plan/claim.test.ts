import { expect, test } from 'vitest';
import { isClaimed, openPlan } from './fixtures/open-plan.ts';

const tasks = '| Task | Priority | Status |\n|--|--|--|\n| Load | P0 | Planned |\n| Test | P1 | Done |\n';
const checks = '- [ ] one\n- [x] two\n- [ ] three\n';

const plans: readonly (readonly [name: string, path: string, text: string])[] = [
  ['a table of tasks with their status', '/w/notes.md', `# Shop\n\n${tasks}`],
  [
    'items with a state and an owner',
    '/w/q3.md',
    '# Q3\n\n| Item | State | Owner |\n|--|--|--|\n| Load | Open | x |\n',
  ],
  ['check lists under a title that speaks of a roadmap', '/w/x.md', `# Product Roadmap\n## Q1\n${checks}`],
  ['check lists in a file that is named so', '/w/TODO.md', `# Shop\n${checks}`],
  [
    'a readiness table',
    '/w/ready.md',
    '# Production readiness\n| Area | Status | Completion |\n|--|--|--|\n| a | Ready | 95% |\n| b | Partial | 40% |\n',
  ],
  ['a table being begun', '/w/tasks.md', '# Tasks\n| Task | Status |\n|--|--|\n'],
  ['headings that are tasks, without any list', '/w/log.md', '# Completed tasks\n\n## A ✅\n\n## B ✅\n'],
  ['a README that is a plan', '/w/planning/README.md', `# Outstanding tasks\n${tasks}`],
  [
    'a table alone in a roadmap of another language',
    '/w/roadmap.zh.md',
    '# 路线图\n\n| 条目 | 状态 |\n|--|--|\n| 报告 | ✅ |\n| 渲染 | 🚧 |\n',
  ],
  [
    'a table in a file of completed tasks',
    '/w/completed.md',
    '# Completed tasks\n| Task | Date |\n|--|--|\n| one | 2026-05-01 |\n',
  ],
  ['one box in a file of completed tasks', '/w/completed-tasks.md', '# Completed\n- [x] one\n'],
  ['one bullet in a file of completed tasks', '/w/completed-tasks.md', '# Completed tasks\n- one\n'],
  [
    'bullets under a title that says what is done',
    '/w/x.md',
    '# Completed\n\n- one\n  of many\n- two\nlines\n',
  ],
  [
    'bullets by the month in a file that says so',
    '/w/done.md',
    '---\na: b\n---\n# Shop\n\n## May 2026\n- one\n\n## April\n1. two\n',
  ],
  [
    'a table of when what was done',
    '/w/x.md',
    '# Completed\n\n| Task | Completed on |\n|--|--|\n| one | 2026-05-01 |\n',
  ],
  [
    'one bullet and text under a title that speaks of tasks',
    '/w/x.md',
    '# Completed tasks\n\nIt was hard.\n\n- one\n',
  ],
  ['a title alone in a file of completed tasks', '/w/completed.md', '# Shop\n'],
  ['its first task', '/w/completed.md', '# Shop\n\n- [x] one\n'],
  ['a title alone that says so', '/w/x.md', '\n# Completed tasks\n\nWhat is done\nmoves here.\n'],
  ['one box in a to-do list', '/w/docs/TODO.md', '# Shop\n- [ ] one\n'],
  ['a plan that an assistant keeps', '/w/.tool/plans/load.md', `# Plan: Load\n${tasks}`],
  ['tasks of commands', '/w/docs/commands/tasks.md', `# Tasks\n${tasks}`],
  ['a report of how far the work is', '/w/IMPLEMENTATION_STATUS.md', '# Shop\n- ✅ Load\n- 🚧 Test\n'],
  ['a head that ends within a row', '/w/notes.md', `# Work\n\n${tasks}| Rest | P`],
];

for (const [name, path, text] of plans) {
  test(`takes ${name}`, () => {
    expect(isClaimed(path, text)).toBe(true);
  });
}

const others: readonly (readonly [name: string, path: string, text: string])[] = [
  ['a title alone of something else', '/w/notes.md', '# Notes\n'],
  ['a title of which only a word speaks of what is done', '/w/x.md', '# How releases are done here\n'],
  ['a text about what was completed', '/w/completed.md', '# Completed\n\nIt was hard.\n\nAnd long.\n'],
  [
    'a page about a state',
    '/w/states/completed.md',
    '# Completed\n\nThe order was paid.\n\n- Stock is booked\n- No other state follows\n',
  ],
  [
    'a page that a sentence leads into',
    '/w/completed.md',
    '# Completed\n\nAn order is completed when\n\n- it is paid\n',
  ],
  ['text below its bullets', '/w/done.md', '# Done\n\n- it is paid\n\nThat is all.\n'],
  ['two columns of a board that nobody calls so', '/w/x.md', '# Done\n- one\n\n# Doing\n- two\n'],
  ['an archive of anything', '/w/archive.md', '# Archive\n- [Letter](letter.md)\n- Note of May\n'],
  ['a title of several words', '/w/x.md', '# How it was done\n- by hand\n- at night\n'],
  [
    'values under a title that says what is done',
    '/w/x.md',
    '# Completed\n\n| Metric | Value |\n|--|--|\n| rows | 5 |\n',
  ],
  ['a README under such a title', '/w/README.md', '# Done\n- one\n- two\n'],
  ['a list in the folder of a tool', '/w/.tool/done.md', '# Done\n- one\n'],
  ['a title alone in the folder of a tool', '/w/.tool/completed.md', '# Completed\n'],
  ['a README with a check list', '/w/README.md', `# Shop\n## To do\n${checks}`],
  ['a README with a table of tasks below its text', '/w/README.md', `# Shop\n## Roadmap\n${tasks}`],
  [
    'a table of features',
    '/w/docs/features.md',
    '# Features\n| Feature | Status |\n|--|--|\n| Login | Supported |\n',
  ],
  [
    'a table of services with their state',
    '/w/ops.md',
    '# Services\n| Service | Status | Port |\n|--|--|--|\n| api | Live | 80 |\n',
  ],
  [
    'an export of runs',
    '/w/runs.md',
    '# Runs\n\n## pipeline:quick: failed\n\n| Step | Outcome | Took |\n| --- | --- | ---: |\n| one | succeeded | 0.1 s |\n| two | failed | 0.1 s |\n',
  ],
  [
    'a legend',
    '/w/style.md',
    '# Marks\n| Status | Meaning |\n|--|--|\n| ✅ | Done |\n| 🚧 | In progress |\n',
  ],
  [
    'statuses of another kind',
    '/w/http.md',
    '# Codes\n| Item | Status |\n|--|--|\n| ok | 200 |\n| lost | 404 |\n',
  ],
  [
    'what only speaks of a backlog',
    '/w/graph_backlog_viewer_contract.md',
    '# Graph Backlog Viewer Contract\n- a\n- b\n- c\n',
  ],
  ['what only speaks of an idea', '/w/0154_idea_to_spec_gate.md', '# Idea to Spec Gate\n- a\n- b\n- c\n'],
  ['one box in a note', '/w/notes.md', '# Tasks\n- [ ] one\n'],
  ['what tells an assistant of a project', '/w/CLAUDE.md', `# Shop\n${tasks}`],
  ['a check list in a guide', '/w/guide.md', `# How to set up\n${checks}`],
  ['a form for pull requests', '/w/.github/pull_request_template.md', `# Tasks\n${tasks}${checks}`],
  ['a change log', '/w/CHANGELOG.md', `# Plan\n${tasks}`],
  ['a template in its folder', '/w/docs/templates/tasks.md', `# Tasks\n${tasks}`],
  ['a template by its name', '/w/docs/plan-template.md', `# Plan\n${tasks}`],
  ['a skill of an assistant', '/w/.tool/skills/tasks/SKILL.md', `# Task skill\n${tasks}`],
  ['a command of an assistant', '/w/app/.tool/commands/plan/tasks.md', `# Tasks\n${tasks}`],
  ['a template', '/w/{{name}}/tasks.md', `# Tasks\n${tasks}`],
  ['tasks inside a code block', '/w/howto.md', `# How to write tasks\n\n\`\`\`md\n${tasks}\`\`\`\n`],
  ['a plan that is not Markdown', '/w/tasks.txt', `# Tasks\n${tasks}`],
  ['a title with headings alone', '/w/plan.md', '# The plan\n\n## Why\n\nWe do it.\n\n## How\n'],
  ['a title alone', '/w/plan.md', '# The plan\n\nWe do it.\n'],
  ['nothing', '/w/tasks.md', ''],
];

for (const [name, path, text] of others) {
  test(`leaves ${name} alone`, () => {
    expect(isClaimed(path, text)).toBe(false);
  });
}

test('reads no file that is not Markdown', () => {
  const opened: string[] = [];
  for (const path of ['/w/a.sql', '/w/b.yml', '/w/CHANGELOG.md'])
    isClaimed(path, { slice: () => opened.push(path) } as never);
  expect(opened).toEqual([]);
});

test('looks at no folder that the workspace lies in', () => {
  const root = '/home/.work/agents/templates/shop';
  expect(isClaimed(`${root}/docs/tasks.md`, `# Tasks\n${checks}`, root)).toBe(true);
  expect(isClaimed(`${root}/completed.md`, '# Completed\n', root)).toBe(true);
  expect(isClaimed(`${root}/.tool/completed.md`, '# Completed\n', root)).toBe(false);
  expect(isClaimed(`${root}/templates/tasks.md`, `# Tasks\n${tasks}`, root)).toBe(false);
});

test('bullets below a heading that is a task tell of it, in a document that a title alone calls completed', () => {
  const titles = (text: string): readonly string[] =>
    openPlan(`# Completed\n\n${text}`, '/w/log.md').model.plan.items.map(({ title }) => title);
  expect(titles('### Load ✅\n\n- every night\n- all orders\n')).toEqual(['Load']);
  expect(titles('### May\n\n- Load\n- Show\n')).toEqual(['Load', 'Show']);
});
