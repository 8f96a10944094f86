import { expect, test } from 'vitest';
import { withEdits, type PlanEdit } from '../../../core/plan-edit.ts';
import { editedPlan, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

const load = '### Task 1: Load ✅\n\nText.\n\n#### How\n\n- one';
const check = '### Task 2: Check\n\n**Priority**: P1';
const show = '### Task 3: Show (DONE)\n\nMore.';
const planOf = (build: readonly string[], later: readonly string[]): string =>
  `${['# Plan', '## Build', ...build, '## Later', ...later].join('\n\n')}\n`;
const sections = planOf([load, check], [show]);

const cases: readonly (readonly [name: string, edit: PlanEdit, after: string])[] = [
  [
    'moves a heading with all below it up',
    { kind: 'move', item: 'build/task-2-check', place: { kind: 'before', item: 'build/task-1-load' } },
    planOf([check, load], [show]),
  ],
  [
    'moves a heading with all below it down',
    { kind: 'move', item: 'build/task-1-load', place: { kind: 'after', item: 'build/task-2-check' } },
    planOf([check, load], [show]),
  ],
  [
    'moves a heading to the end of another group',
    { kind: 'move', item: 'build/task-1-load', place: { kind: 'end', group: 'Later' } },
    planOf([check], [show, load]),
  ],
  [
    'moves the last heading of a document',
    { kind: 'move', item: 'later/task-3-show', place: { kind: 'after', item: 'build/task-1-load' } },
    planOf([load, show, check], []),
  ],
  [
    'leaves a heading alone that stands there',
    { kind: 'move', item: 'build/task-2-check', place: { kind: 'after', item: 'build/task-1-load' } },
    sections,
  ],
  [
    'removes a heading with all below it',
    { kind: 'remove', item: 'build/task-1-load' },
    planOf([check], [show]),
  ],
  ['removes the last heading', { kind: 'remove', item: 'later/task-3-show' }, planOf([load, check], [])],
  [
    'adds a heading with a sign as its neighbour',
    {
      kind: 'add',
      item: { title: 'new', priority: 'P0', status: 'done' },
      place: { kind: 'after', item: 'build/task-1-load' },
    },
    planOf([load, '### new (P0) ✅', check], [show]),
  ],
  [
    'adds a heading with a word as its neighbour',
    { kind: 'add', item: { title: 'new' }, place: { kind: 'before', item: 'later/task-3-show' } },
    planOf([load, check], ['### new (Planned)', show]),
  ],
  [
    'takes a mark before a heading behind it where it would only decorate',
    { kind: 'add', item: { title: 'new' }, place: { kind: 'end', group: 'Build' } },
    planOf([load, check, '### new 📋'], [show]),
  ],
];

for (const [name, edit, after] of cases) {
  test(name, () => {
    expect(editedPlan(sections, edit)).toBe(after);
    const windows = sections.replaceAll('\n', '\r\n');
    expect(editedPlan(windows, edit)).toBe(after.replaceAll('\n', '\r\n'));
  });
}

test('keeps the gaps between sections as many and as wide as they are', () => {
  const text = '# Plan\n## Build\n### A ✅\n### B ✅\nText\n\n\n### C ✅\n\n## End\n';
  const after = (edit: PlanEdit): string => editedPlan(text, edit);
  expect(after({ kind: 'move', item: 'build/c', place: { kind: 'before', item: 'build/a' } })).toBe(
    '# Plan\n## Build\n### C ✅\n\n\n### A ✅\n### B ✅\nText\n\n## End\n',
  );
  expect(after({ kind: 'move', item: 'build/a', place: { kind: 'after', item: 'build/b' } })).toBe(
    '# Plan\n## Build\n### B ✅\nText\n### A ✅\n\n\n### C ✅\n\n## End\n',
  );
});

test('gives a section the level of its new neighbours, to its last heading', () => {
  const text = '# Plan\n\n## Build\n\n### A ✅\n\n#### How\n\nText\n\n## More\n\n#### B ✅\n';
  const edit: PlanEdit = { kind: 'move', item: 'build/a', place: { kind: 'end', group: 'More' } };
  expect(editedPlan(text, edit)).toBe(
    '# Plan\n\n## Build\n\n## More\n\n#### B ✅\n\n#### A ✅\n\n##### How\n\nText\n',
  );
  expect(editedPlan(text.replace('#### How', '###### How'), edit)).toBe(
    '`A` cannot stand at the level of its new place; move it by hand',
  );
});

test('moves a section to another document, in its line ends', () => {
  const [here, there] = [
    openPlan(sections),
    openPlan('# Other\r\n\r\n## Rest\r\n\r\n### Old ✅\r\n', '/w/o.md'),
  ];
  const edit: PlanEdit = { kind: 'move', item: 'build/task-1-load', place: { kind: 'end', group: 'Rest' } };
  const outcome = plan.editPlan!(here, edit, there);
  if (outcome.kind === 'refused') throw new Error(outcome.message);
  const textOf = ({ source }: typeof here): string =>
    withEdits(
      source.text,
      outcome.edits.filter(({ path }) => path === source.path),
    );
  expect(textOf(here)).toBe(planOf([check], [show]));
  expect(textOf(there)).toBe(
    `# Other\r\n\r\n## Rest\r\n\r\n### Old ✅\r\n\r\n${load.replaceAll('\n', '\r\n')}\r\n`,
  );
});

test.each([
  ['a heading beside a row', '# Plan\n\n## A\n\n### Load (Done)\n\n## B\n\n| Task | Status |\n|--|--|\n| x | Done |\n', '# Plan\n\n## A\n\n## B\n\n| Task | Status |\n|--|--|\n| x | Done |\n| Load | Done |\n'],
  ['a heading beside an entry', '# Plan\n\n## A\n\n### Load ✅\n\n## B\n\n- ✅ x\n', '# Plan\n\n## A\n\n## B\n\n- ✅ x\n- ✅ Load\n'],
  ['an entry beside a heading', '# Plan\n\n## A\n\n- Load ✅ \n\n## B\n\n### x ✅\n', '# Plan\n\n## A\n\n## B\n\n### x ✅\n\n### Load ✅\n'],
  ['a row beside a heading', '# Plan\n\n## A\n\n| Task | Status |\n|--|--|\n| Load | Done |\n\n## B\n\n### ✅ x\n', '# Plan\n\n## A\n\n| Task | Status |\n|--|--|\n\n## B\n\n### ✅ x\n\n### ✅ Load\n'],
  ['a heading with more below it beside a row', '# Plan\n\n## A\n\n### Load (DONE)\n\nText\n\n## B\n\n| Task | Status |\n|--|--|\n| x | Done |\n', 'more than a line belongs to `Load`; move it by hand'],
])('moves %s', (_name, before, after) => {
  expect(editedPlan(before, { kind: 'move', item: 'a/load', place: { kind: 'end', group: 'B' } })).toBe(after);
}); // prettier-ignore

const todo = (...entries: readonly string[]): string => `# To do\n\n${entries.join('\n')}\n`;

test.each<[string, string, PlanEdit, string]>([
  ['counts on behind a new entry', todo('1. Load ✅', '2. Show ✅'), { kind: 'add', item: { title: 'n' }, place: { kind: 'before', item: 'to-do/show' } }, todo('1. Load ✅', '2. n 📋', '3. Show ✅')],
  ['writes a word as its neighbour does', todo('1. Load (done)', '2. Show (done)'), { kind: 'add', item: { title: 'n' }, place: { kind: 'end', group: 'To do' } }, todo('1. Load (done)', '2. Show (done)', '3. n (planned)')],
  ['writes a word in brackets as its neighbour does', todo('- [DONE] Load', '- [WIP] Show'), { kind: 'add', item: { title: 'n', status: 'in-progress' }, place: { kind: 'end', group: 'To do' } }, todo('- [DONE] Load', '- [WIP] Show', '- [WIP] n')],
  ['counts on behind what is gone', todo('3) [ ] a', '4) [ ] b', '5) [ ] c'), { kind: 'remove', item: 'to-do/a' }, todo('3) [ ] b', '4) [ ] c')],
  ['counts anew what changes places', todo('1. [ ] a', '   more', '2. [ ] b', '3. [ ] c'), { kind: 'move', item: 'to-do/a-more', place: { kind: 'after', item: 'to-do/b' } }, todo('1. [ ] b', '2. [ ] a', '   more', '3. [ ] c')],
  ['gives what leaves another list a number', todo('1. [ ] a', '   - [ ] b', '2. [ ] c'), { kind: 'move', item: 'to-do/a-b', place: { kind: 'before', item: 'to-do/c' } }, todo('1. [ ] a', '2. [ ] b', '3. [ ] c')],
  ['leaves numbers alone that do not count', todo('1. [ ] a', '1. [ ] b', '1. [ ] c'), { kind: 'remove', item: 'to-do/a' }, todo('1. [ ] b', '1. [ ] c')],
  ['keeps lines below an entry whose number gets longer', todo(...Array.from({ length: 9 }, (_, at) => `${at + 1}. [ ] t${at}`), '   - [ ] below'), { kind: 'add', item: { title: 'n' }, place: { kind: 'before', item: 'to-do/t8' } }, todo(...Array.from({ length: 8 }, (_, at) => `${at + 1}. [ ] t${at}`), '9. [ ] n', '10. [ ] t8', '    - [ ] below')],
])('%s', (_name, before, edit, after) => {
  expect(editedPlan(before, edit)).toBe(after);
}); // prettier-ignore

test.each([
  ['- [DONE] x\n- ✅ y\n', '- [Planned] x\n- ✅ y\n'],
  ['- [DONE] x\n- [TODO] y\n', '- [TODO] x\n- [TODO] y\n'],
  ['- [DONE] x\n\n| Task | Status |\n|--|--|\n| a | 📋 Planned |\n', '- [Planned] x\n\n| Task | Status |\n|--|--|\n| a | 📋 Planned |\n'],
  ['- [DONE] x\n\n| Task | Status |\n|--|--|\n| a | New |\n', '- [Planned] x\n\n| Task | Status |\n|--|--|\n| a | New |\n'],
])('says planned with a word that is read beside a text: %s', (before, after) => {
  const head = '# To do\n\n';
  const edit: PlanEdit = { kind: 'status', item: 'to-do/x', status: 'planned' };
  expect(editedPlan(head + before, edit)).toBe(head + after);
}); // prettier-ignore

test('says planned behind a heading, before which the sign would only decorate', () => {
  const text = '# Plan\n\n## Build\n\n### ✅ Load\n';
  const edit: PlanEdit = { kind: 'status', item: 'build/load', status: 'planned' };
  expect(editedPlan(text, edit)).toBe(text.replace('✅ Load', 'Load 📋'));
});
