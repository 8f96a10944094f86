import { describe, expect, test } from 'vitest';
import type { PlanEdit } from '../../core/plan-edit.ts';
import { SourceFile } from '../../core/source-file.ts';
import { editedPlan, openPlan } from './fixtures/open-plan.ts';
import { planMemory } from './item-memory.ts';
import type { PlanModel } from './model.ts';
import { readPlan } from './read-plan.ts';

const entry = `- [ ] **Task 1: Set up Redis**
  - Priority: High
  - **Effort**: 2 days
  - Owner: Ann
  - Due: May 2026
  - Depends on: Load orders, **Staging**, Services (Redis, Kafka)
`;
const text = `# Tasks\n\n${entry}- [ ] Load orders\n`;

describe('what lies in an entry says of it', () => {
  test('its priority, effort, owner, day and dependencies, and where', () => {
    const { model, source } = openPlan(text);
    const [item, other] = model.plan.items;
    expect(item).toMatchObject({
      id: 'tasks/task-1-set-up-redis',
      priority: 'High',
      effort: '2 days',
      owner: 'Ann',
      due: 'May 2026',
      dependencies: ['Load orders', 'Staging', 'Services (Redis, Kafka)'],
    });
    expect(source.slice(item!.prioritySpan!)).toBe('High');
    expect(item!.dependencySpans!.map((span) => source.slice(span))).toEqual(item!.dependencies);
    expect(other).toMatchObject({ priority: undefined, effort: undefined, dependencies: [] });
    expect(model.plan.items).toHaveLength(2);
  });

  test('what its own line does not say, each thing once, and nothing where it says so', () => {
    const own = `# Tasks
- [ ] P0: Load (@ann, depends on: x)
  - Priority: P1
  - Assignee: Bo
  - Blocked by: y
  - Estimate: 3 d | Deadline: May
  - Effort: 5 d
  - Size: none
- [ ] Show
  - Effort: n/a
  - Effort: 1 d
`;
    expect(openPlan(own).model.plan.items).toMatchObject([
      { priority: 'P0', owner: '@ann', dependencies: ['x'], effort: '3 d', due: 'May' },
      { priority: undefined, effort: undefined },
    ]);
  });

  test('where it lies in the entry directly, and is no box', () => {
    const deep =
      '# Tasks\n- [ ] Load\n  - Details\n    - Effort: 1 d\n  - [ ] Effort: 2 d\n    - Effort: 3 d\n';
    expect(openPlan(deep).model.plan.items.map(({ title, effort }) => [title, effort])).toEqual([
      ['Load', undefined],
      ['Effort: 2 d', '3 d'],
    ]);
  });

  test('also where the entry is a bullet', () => {
    const bullets = '# Roadmap\n\n## Later\n\n- Load\n  - Effort: 1 d\n- ✅ **Show**: it\n  - Owner: Ann\n';
    expect(openPlan(bullets).model.plan.items).toMatchObject([
      { title: 'Load', effort: '1 d' },
      { title: 'Show', note: 'it', owner: 'Ann' },
    ]);
  });

  test('and nothing of what the bullets beside it are', () => {
    const mixed = '# Tasks\n- [ ] Load\n  - Status: WIP 🚧\n- ✅ Show\n';
    expect(openPlan(mixed).model.plan.items).toMatchObject([
      { title: 'Load', status: 'in-progress' },
      { title: 'Show', status: 'done' },
    ]);
  });

  test('and nothing of the heading above it, unless it stands below a label', () => {
    const of = (list: string, title = 'Plan'): unknown =>
      openPlan(`# ${title}\n\n## Build\n\n### Task 1: Load\n\n${list}`).model.plan.items.map(
        ({ title, priority, status }) => [title, priority, status],
      );
    expect(of('- Priority: P1\n- Steps\n  - Priority: P2\n')).toEqual([['Task 1: Load', 'P1', 'planned']]);
    expect(of('- Details:\n  - Priority: P2\n')).toEqual([['Task 1: Load', 'P2', 'planned']]);
    expect(of('- Orders\n  - Status: done\n- Items\n', 'Roadmap')).toEqual([
      ['Orders', undefined, 'done'],
      ['Items', undefined, 'planned'],
    ]);
  });
});

describe('a change', () => {
  const set = (change: { readonly priority: string } | { readonly effort: string }, of = text): string => {
    const item = openPlan(of).model.plan.items[0]!.id;
    return editedPlan(
      of,
      'priority' in change ? { kind: 'priority', item, ...change } : { kind: 'effort', item, ...change },
    );
  };

  test('of priority and effort is written in the line that says it', () => {
    expect(set({ priority: 'P0' })).toBe(text.replace('High', 'P0'));
    expect(set({ effort: '1 h' })).toBe(text.replace('2 days', '1 h'));
    const none = '# Tasks\n\n- [ ] Load\n  - Priority: -\n  - Effort: none\n';
    expect(set({ priority: 'P0' }, none)).toBe(none.replace('Priority: -', 'Priority: P0'));
    expect(set({ effort: '1 h' }, none)).toBe(none.replace('none', '1 h'));
    const own = '# Tasks\n\n- [ ] Load (P1)\n  - Priority: P2\n';
    expect(set({ priority: 'P0' }, own)).toBe(own.replace('(P1)', '(P0)'));
  });

  test('is refused where that would not read back', () => {
    expect(set({ effort: '1 | 2 h' })).toMatch(/^the document would not read back/);
    expect(set({ effort: '' })).toBe(
      'the effort of `Task 1: Set up Redis` is written in a way that cannot be changed from here',
    );
    expect(set({ priority: '' })).toMatch(/^the priority of .* cannot be changed from here$/);
    expect(set({ effort: '1 h' }, '# Tasks\n\n- [ ] Load\n  - Effort: **2** days\n')).toMatch(/from here$/);
  });
});

describe('an entry that goes', () => {
  const id = 'tasks/task-1-set-up-redis';

  test('takes the lines along', () => {
    expect(editedPlan(text, { kind: 'remove', item: id })).toBe('# Tasks\n\n- [ ] Load orders\n');
    expect(
      editedPlan(text, { kind: 'move', item: id, place: { kind: 'after', item: 'tasks/load-orders' } }),
    ).toBe(`# Tasks\n\n- [ ] Load orders\n${entry}`);
    const finished = `- [x] **Task 1: Set up Redis** (2026-11-29)\n${entry.slice(entry.indexOf('\n') + 1)}`;
    expect(
      editedPlan(`${text}\n## Done\n\n- [x] Old\n`, { kind: 'complete', item: id, date: '2026-11-29' }),
    ).toBe(`# Tasks\n\n- [ ] Load orders\n\n## Done\n\n- [x] Old\n${finished}`);
  });

  test('is not removed with more than such lines', () => {
    expect(
      editedPlan(text.replace('  - Owner', '  - [ ] part\n  - Owner'), { kind: 'remove', item: id }),
    ).toMatch(/^other entries lie below/);
  });

  const list = '## List\n\n- [ ] Load\n  - Priority: P1\n  - Effort: 2 d\n  - Assigned to: Ann\n';
  const head = '# Plan\n\n';
  const toTable: PlanEdit = { kind: 'move', item: 'list/load', place: { kind: 'end', group: 'Table' } };

  test('fills the columns of a table with what they say', () => {
    const table =
      '\n## Table\n\n| Task | Status | P | Estimate | Lead |\n|--|--|--|--|--|\n| Old | Open | | | |\n';
    const other = '- [ ] Show\n';
    expect(
      editedPlan(`${head}${list.replace('List', 'To do')}${other}${table}`, {
        ...toTable,
        item: 'to-do/load',
      }),
    ).toBe(`${head}## To do\n\n${other}${table}| Load | Open | P1 | 2 d | Ann |\n`);
  });

  test.each([
    ['no column is there for one of them', list, 'the table has no column for `effort` of `Load`; add one to it'],
    ['they say more', `${list}  - Status: done\n`, 'more than a line belongs to `Load`, and tasks stand in a table there; move it by hand'],
    ['other lines stand among them', `${list}\n  Why.\n`, 'more than a line belongs to `Load`, and tasks stand in a table there; move it by hand'],
  ])('stays where %s', (_name, from, refused) => {
    const table = '\n## Table\n\n| Task | Status | Priority | Owner |\n|--|--|--|--|\n| Old | Open | | |\n';
    const move = { ...toTable, item: 'to-do/load' };
    expect(editedPlan(`${head}${from.replace('List', 'To do')}${table}`, move)).toBe(refused);
    expect(editedPlan(`${head}${from.replace('List', 'To do')}${table.replace('Table', 'Done')}`, { kind: 'complete', item: 'to-do/load', date: '2026-11-29' })).toBe(refused);
  }); // prettier-ignore
});

test('edits of the lines, and of what stands before them, are read as the whole would be, and other entries stay', () => {
  const read = (source: SourceFile): PlanModel =>
    readPlan(source.path, source.text, undefined, planMemory(source));
  let source = new SourceFile('/w/tasks.md', `${text}${entry}`, new SourceFile('/w/tasks.md', ''));
  let last = read(source);
  const edits: readonly (readonly [was: string, is: string])[] = [
    ['High', 'Highest'],
    ['- Priority', '- No priority'],
    ['# Tasks', '# All tasks'],
    ['- No priority', '-  Priority'],
    ['  - Owner', '  - Note: see it\n  - Owner'],
    ['  - Owner', '    - Owner'],
    ['Load orders,', 'Load the orders,'],
    ['- [ ] **Task', '- [x] **Task'],
    ['  - **Effort**', '  - [ ] **Effort**'],
    ['Redis**\n', 'Redis** (@bo)\n'],
  ];
  for (const [was, is] of edits) {
    source = new SourceFile(source.path, source.text.replace(was, is), source);
    const before = last.entries.map(({ span }) => span);
    last = read(source);
    expect(last, is).toEqual(readPlan(source.path, source.text));
    expect(last.entries.at(-1)!.span).toBe(before.at(-1));
  }
});
