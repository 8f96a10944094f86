import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../core/source-file.ts';
import type { PlanEdit, SettableStatus } from '../../core/plan-edit.ts';
import { editedPlan, isClaimed, marked, openPlan } from './fixtures/open-plan.ts';
import { planMemory } from './item-memory.ts';
import { readPlan } from './read-plan.ts';

const board = `# Shop board

## Backlog

- [ ] Load returns
- [ ] 🚧 Load stores

## Doing

- [ ] Load orders (@ann)
  - [ ] Read them
  - [x] Type them

## Blocked (0)

## ✅ Done

- [x] Load customers
`;

const statuses = (text: string): readonly string[] =>
  openPlan(text).model.plan.items.map(({ title, status }) => `${title}: ${status}`);

describe('a column of a board says', () => {
  test('what an empty box in it is; what lies in a card says it by itself', () => {
    expect(statuses(board)).toEqual([
      'Load returns: planned',
      'Load stores: in-progress',
      'Load orders: in-progress',
      'Read them: planned',
      'Type them: done',
      'Load customers: done',
    ]);
  });

  test('that a card is done where nobody ticks what is there', () => {
    expect(statuses(board.replace('[x] Load customers', '[ ] Load customers'))).toContain(
      'Load customers: done',
    );
    expect(statuses(`${board}- [ ] Load baskets\n`)).toContain('Load baskets: planned');
  });

  test('nothing against a tick or a line of the card', () => {
    const text = board
      .replace('- [ ] Load orders', '- [x] Load orders')
      .replace('- [ ] Load returns\n', '- [ ] Load returns\n  - Status: blocked\n');
    expect(statuses(text)).toContain('Load orders: done');
    expect(statuses(text)).toContain('Load returns: blocked');
  });

  test('what bullets without boxes are, whatever the document is called', () => {
    const text = '# Shop\n\n## Ready\n\n- Load returns\n\n## In review\n\n- Load orders\n\n## Done\n\n- Load customers\n\n## Planned\n';
    expect(statuses(text)).toEqual([
      'Load returns: planned',
      'Load orders: in-progress',
      'Load customers: done',
    ]);
  }); // prettier-ignore

  test('its meaning in the words of a team', () => {
    const text = '# Laden\n\n## Offen\n\n- [ ] Laden\n\n## In Arbeit\n\n- [ ] Zeigen\n';
    const words = { planned: ['offen'], 'in-progress': ['in arbeit'] };
    const { items } = openPlan(text, '/w/tasks.md', words).model.plan;
    expect(items.map(({ status }) => status)).toEqual(['planned', 'in-progress']);
  });
});

test.each(['None', '_None yet_', '(none)', 'No tasks in progress.', 'Nothing to do', '_No open items at the moment_'])(
  'a bullet that says that there is none is no card: %s',
  (none) => {
    const text = `# Backlog\n\n## Doing\n\n- ${none}\n\n## Done\n\n- No customers without orders\n`;
    expect(statuses(text)).toEqual(['No customers without orders: done']);
  },
); // prettier-ignore

describe('no board are', () => {
  test.each([
    ['headings of which only one is a status for sure', '## Testing\n\n- [ ] Load\n\n## To do\n\n- [ ] Show\n'],
    ['columns that all say the same', '## To do\n\n- [ ] Load\n\n## Backlog\n\n- [ ] Show\n'],
    ['a heading that says more than a status', '## Phase 1 🚧\n\n- [ ] Load\n\n## Done\n\n- [x] Show\n'],
    ['headings of different levels', '## Done\n\n- [x] Show\n\n### In progress\n\n- [ ] Load\n'],
    ['sections with tables', '## In progress\n\n| Task | Status |\n|--|--|\n| Load | Planned |\n\n## Done\n\n- [x] Show\n'],
  ])('%s', (_name, text) => {
    const { plan, columns } = openPlan(`# Tasks\n\n${text}`).model;
    expect(columns).toEqual([]);
    expect(plan.items.find(({ title }) => title === 'Load')?.status).toBe('planned');
  }); // prettier-ignore
});

test('a card keeps its id from column to column', () => {
  const { items } = openPlan(board).model.plan;
  expect(items.map(({ id }) => id)).toContain('shop-board/load-orders');
  const moved = marked(board, 'shop-board/load-orders', 'planned');
  expect(
    openPlan(moved)
      .model.plan.items.map(({ id }) => id)
      .toSorted(),
  ).toEqual(items.map(({ id }) => id).toSorted());
});

test('a document is a plan by its columns, where they say three things or it is called a board', () => {
  const text = '# Shop\n\n## To do\n\n- Load\n\n## Doing\n\n- Show\n\n## Done\n\n- Read\n';
  expect(isClaimed('/w/docs/shop.md', text)).toBe(true);
  const short = text.replace('## Doing\n\n- Show\n\n', '').replace('- Load\n', '- Load\n- Show\n');
  expect(isClaimed('/w/docs/shop.md', short)).toBe(false);
  expect(isClaimed('/w/docs/shop-board.md', short)).toBe(true);
  expect(isClaimed('/w/README.md', text)).toBe(false);
  // A section of something else.
  const below = text.replace(/^##/gm, '###').replace('# Shop\n', '# Shop\n\n## Status\n');
  expect(isClaimed('/w/docs/shop.md', below)).toBe(false);
});

test('a board without a title is called by its file, and its first heading is a column', () => {
  const { plan } = openPlan('---\n\nkanban-plugin: board\n\n---\n\n## Doing\n\n- [ ] Load\n\n## Done\n\n- [ ] Show\n').model; // prettier-ignore
  expect(plan.title).toBe('tasks.md');
  expect(plan.items.map(({ id, status }) => [id, status])).toEqual([
    ['board/load', 'in-progress'],
    ['board/show', 'done'],
  ]);
});

describe('a status is a column', () => {
  const [returns, stores, orders, customers] = ['returns', 'stores', 'orders', 'customers'].map(
    (name) => `shop-board/load-${name}`,
  ) as [string, string, string, string];
  const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

  test('to which the card goes with all that lies in it', () => {
    expect(marked(board, orders, 'planned')).toBe(
      board
        .replace('- [ ] Load orders (@ann)\n  - [ ] Read them\n  - [x] Type them\n\n', '')
        .replace('Load stores\n', 'Load stores\n- [ ] Load orders (@ann)\n  - [ ] Read them\n  - [x] Type them\n'),
    );
  }); // prettier-ignore

  test('in which it is ticked where it is done, and has no sign', () => {
    expect(lines(marked(board, stores, 'done')).slice(-3)).toEqual([
      '## ✅ Done',
      '- [x] Load customers',
      '- [x] Load stores',
    ]);
    expect(marked(board, customers, 'in-progress')).toContain('[x] Type them\n- [ ] Load customers\n');
  });

  test('also where it is the first one there', () => {
    expect(marked(board, returns, 'blocked')).toBe(
      board
        .replace('- [ ] Load returns\n', '')
        .replace('## Blocked (0)\n', '## Blocked (0)\n\n- [ ] Load returns\n'),
    );
    expect(marked(board.replace('(0)\n\n', '(0)\n'), returns, 'blocked')).toContain(
      '(0)\n\n- [ ] Load returns\n\n## ✅ Done',
    );
    expect(marked(board.replaceAll('\n', '\r\n'), returns, 'blocked')).toContain(
      '(0)\r\n\r\n- [ ] Load returns\r\n\r\n## ✅ Done',
    );
  });

  test('behind what stands in it besides', () => {
    const text = board.replace('## Blocked (0)\n', '## Blocked (0)\n\n**By others**\n');
    expect(marked(text, returns, 'blocked')).toContain('**By others**\n- [ ] Load returns\n\n## ✅ Done');
  });

  test('of its own board', () => {
    const two = board.replace(/^#/gm, '##') + board.replace(/^#/gm, '##').replace('Shop', 'Other');
    const text = `# Tasks\n\n${two}`;
    expect(marked(text, 'other-board/load-orders', 'done')).toMatch(
      /- \[x\] Load customers\n- \[x\] Load orders \(@ann\)\n(?: {2}.*\n){2}$/,
    );
  });

  test('where there is one for it; else a sign says it', () => {
    expect(marked(board, returns, 'skipped')).toContain('- [ ] ⏭️ Load returns\n');
    expect(marked(board.replace('## Blocked (0)\n\n', ''), orders, 'blocked')).toContain('- [ ] ⛔ Load orders');
  }); // prettier-ignore

  test('of bullets, too', () => {
    const text = board.replaceAll(/\[[x ]\] /g, '');
    const at = (status: SettableStatus): string => marked(text, stores, status);
    expect(at('done')).toBe(text.replace('- 🚧 Load stores\n', '').concat('- Load stores\n'));
  });

  test('a part of a card stays in it', () => {
    const id = openPlan(board).model.plan.items.find(({ title }) => title === 'Read them')!.id;
    expect(marked(board, id, 'done')).toBe(board.replace('[ ] Read', '[x] Read'));
  });
});

describe('a card that is moved', () => {
  const edit = (place: (PlanEdit & { kind: 'move' })['place'], item = 'shop-board/load-returns'): string =>
    editedPlan(board, { kind: 'move', item, place });

  test('to another column is what that says', () => {
    expect(edit({ kind: 'before', item: 'shop-board/load-customers' })).toBe(
      board
        .replace('- [ ] Load returns\n', '')
        .replace('- [x] Load customers', '- [x] Load returns\n- [x] Load customers'),
    );
    expect(edit({ kind: 'end', group: 'Blocked (0)' })).toContain('(0)\n\n- [ ] Load returns\n');
  });

  test('within its column stays as it is', () => {
    expect(edit({ kind: 'end', group: 'Backlog' }, 'shop-board/load-returns')).toBe(
      board.replace('- [ ] Load returns\n- [ ] 🚧 Load stores\n', '- [ ] 🚧 Load stores\n- [ ] Load returns\n'),
    );
  }); // prettier-ignore
});

test('a new task is what its column says, unless it is given a status', () => {
  const add = (status?: SettableStatus): string =>
    editedPlan(board, {
      kind: 'add',
      item: { title: 'Load baskets', ...(status === undefined ? {} : { status }) },
      place: { kind: 'end', group: 'Doing' },
    });
  expect(add()).toContain('Type them\n- [ ] Load baskets\n');
  expect(add('done')).toContain('Type them\n- [x] Load baskets\n');
  expect(add('planned')).toBe(
    'below `Doing` a task without a mark is in progress, not planned; add it with the status `in progress`, or to another section',
  );
});

test('edits of columns are read as the whole would be', () => {
  let source = new SourceFile('/w/tasks.md', board, new SourceFile('/w/tasks.md', ''));
  const edits = [
    ['## Doing', '## Blocked by others'],
    ['## Blocked by others', '## In review'],
    ['# Shop board', '# Other board'],
    ['## Backlog', '## Someday'],
    ['[x] Load customers', '[ ] Load customers'],
    ['[ ] Load customers', '[x] Load customers'],
    ['## Someday', '## Planned'],
  ] as const;
  for (const [was, is] of edits) {
    source = new SourceFile(source.path, source.text.replace(was, is), source);
    expect(readPlan(source.path, source.text, undefined, planMemory(source)), is).toEqual(
      readPlan(source.path, source.text),
    );
  }
});
