import { describe, expect, test } from 'vitest';
import { withEdits, type PlanEdit } from '../../../core/plan-edit.ts';
import { editedPlan, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

const list = (entry: string): string => `# Plan\n\n## To do\n\n- [ ] ${entry}\n- [ ] Other\n`;

describe('a priority beside a title', () => {
  /** The entry after its task was given a priority, and after it lost it. */
  const ranked = (entry: string): readonly string[] => {
    const { id } = openPlan(list(entry)).model.plan.items[0]!;
    return ['P0', ''].map((priority) => {
      const edited = editedPlan(list(entry), { kind: 'priority', item: id, priority });
      return edited.startsWith('#') ? edited.split('\n')[4]!.slice('- [ ] '.length) : edited;
    });
  };

  test.each([
    ['Load (@ann, P1, due 2026-11-01)', 'Load (@ann, P0, due 2026-11-01)', 'Load (@ann, due 2026-11-01)'],
    ['Load (P1, @ann)', 'Load (P0, @ann)', 'Load (@ann)'],
    ['Load (@ann P1)', 'Load (@ann P0)', 'Load (@ann)'],
    ['Load (P1) (@ann)', 'Load (P0) (@ann)', 'Load (@ann)'],
    ['Load – P1 @ann', 'Load – P0 @ann', 'Load @ann'],
    ['Fix P1 alarms (depends on: x; **P1**)', 'Fix P1 alarms (depends on: x; **P0**)', 'the document would not read back as it is meant; make this change by hand'],
    ['P1: @ann: load', 'P0: @ann: load', '@ann: load'],
    ['Load (@ann)', 'Load (@ann) (P0)', 'Load (@ann)'],
    ['Load – depends on x', 'Load – depends on x (P0)', 'Load – depends on x'],
  ])('%s', (entry, set, taken) => {
    expect(ranked(entry)).toEqual([set, taken]);
  }); // prettier-ignore
});

describe('what a task waits for', () => {
  const place = { kind: 'end', group: 'To do' } as const;

  test('is written beside the title of a new entry', () => {
    const item = { title: 'Mail', priority: 'P1', dependencies: ['Load', 'Services (Redis, Kafka)'] };
    const added = '- [ ] Mail (P1) (depends on: Load, Services (Redis, Kafka))\n';
    expect(editedPlan(list('Load'), { kind: 'add', item, place })).toBe(`${list('Load')}${added}`);
    const odd = { title: 'Mail', dependencies: ['Load. It'] };
    expect(editedPlan(list('Load'), { kind: 'add', item: odd, place })).toMatch(/would not read back/);
  });

  test('goes with a row that moves to a list', () => {
    const table = '\n## Table\n\n| Task | Status | Needs |\n|--|--|--|\n| Old | Open | |\n';
    expect(
      editedPlan(`${list('Load')}${table}| Mail | Open | Load, [Other](x.md) |\n`, {
        kind: 'move',
        item: 'table/mail',
        place,
      }),
    ).toBe(`${list('Load')}- [ ] Mail (depends on: Load, [Other](x.md))\n${table}`);
  });
});

describe('a mark before what is said beside a title', () => {
  const backlog = (entry: string): string => `# Backlog\n\n## Load\n\n- ${entry}\n- ✅ Other\n`;

  test.each([
    ['Load (in progress) (@ann)', 'Load (done) (@ann)', 'in progress'],
    ['Load ⛔ (@ann, due 2026-11-01)', 'Load ✅ (@ann, due 2026-11-01)', ' ⛔'],
    ['**Load** – in progress – @ann', '**Load** – done – @ann', 'in progress'],
    ['Load (blocked) (**blocked** by: Other; blocked)', 'Load (done) (**blocked** by: Other; blocked)', 'blocked'],
  ])('is written in its place: %s', (entry, done, written) => {
    const { item } = openPlan(backlog(entry)).model.entries[0]!;
    expect(item.title).toBe('Load');
    expect(backlog(entry).slice(item.statusSpan.start, item.statusSpan.end)).toBe(written);
    expect(editedPlan(backlog(entry), { kind: 'status', item: item.id, status: 'done' })).toBe(backlog(done));
  }); // prettier-ignore

  test('is left behind where the task goes among boxes, and beside it nothing is', () => {
    const boxes = '\n## Boxes\n\n- [ ] Old\n';
    const place = { kind: 'end', group: 'Boxes' } as const;
    expect(
      editedPlan(backlog('Load ✅ (@ann, P1)') + boxes, { kind: 'move', item: 'load/load', place }),
    ).toBe(`# Backlog\n\n## Load\n\n- ✅ Other\n${boxes}- [x] Load (@ann, P1)\n`);
  });

  test('or around it: a strike, which goes where the task is open again', () => {
    const struck = backlog('~~Load~~ (@ann) – P1');
    const { item } = openPlan(struck).model.entries[0]!;
    expect(item).toMatchObject({ title: 'Load', status: 'done', owner: '@ann', priority: 'P1' });
    expect(editedPlan(struck, { kind: 'status', item: item.id, status: 'blocked' })).toBe(
      backlog('⛔ Load (@ann) – P1'),
    );
  });

  test('also in a cell of a table that has no column for it', () => {
    const table = (title: string): string => `# Backlog\n\n| Task | Owner |\n|--|--|\n| ${title} | |\n`;
    const { item } = openPlan(table('Load 🚧 (@ann)')).model.entries[0]!;
    expect(item).toMatchObject({ title: 'Load (@ann)', status: 'in-progress' });
    expect(editedPlan(table('Load 🚧 (@ann)'), { kind: 'status', item: item.id, status: 'done' })).toBe(
      table('Load ✅ (@ann)'),
    );
  });
});

describe('when a task was done', () => {
  const backlog = (entry: string): string => `# Backlog\n\n## Load\n\n- ${entry}\n- 🚧 Other\n`;
  const boxes = (entry: string): string => `# To do\n\n- ${entry}\n- [ ] Other\n`;

  test.each([
    ['Load (done 2026-11-03 by @ann)', 'Load (in progress by @ann)'],
    ['Load (done, 2026-11-03)', 'Load (in progress)'],
    ['Load ✅ 2026-11-03', 'Load 🚧'],
    ['**Load** – completed Nov 3, 2026', '**Load** – In Progress'],
    ['✅ **Load** (@ann, 2026-11-03)', '🚧 **Load** (@ann, 2026-11-03)'],
    ['✅ Load (completed 2026-11-03)', '🚧 Load (completed 2026-11-03)'],
  ])('goes with the mark that says it, and nothing else: %s', (entry, open) => {
    const { item } = openPlan(backlog(entry)).model.entries[0]!;
    expect(item).toMatchObject({ title: 'Load', status: 'done' });
    expect(item.finished).toMatch(/2026/);
    const edited = editedPlan(backlog(entry), { kind: 'status', item: item.id, status: 'in-progress' });
    expect(edited).toBe(backlog(open));
  });

  test('a sign before what says it stays, lest nothing says that it is open', () => {
    const text = '# Backlog\n\n## Load\n\n- ✅ Load (done 2026-11-03)\n- Other\n';
    const edited = editedPlan(text, { kind: 'status', item: 'load/load', status: 'planned' });
    expect(edited).toBe(text.replace('✅', '📋'));
  });

  test('a day beside an owner is by when it is due until then', () => {
    const open = boxes('[ ] Load (@ann, 2026-11-03)');
    const done = editedPlan(open, { kind: 'status', item: 'to-do/load', status: 'done' });
    expect(openPlan(open).model.plan.items[0]).toMatchObject({ title: 'Load', due: '2026-11-03' });
    expect(done).toBe(open.replace('[ ] Load', '[x] Load'));
    expect(openPlan(done).model.plan.items[0]).toMatchObject({ title: 'Load', finished: '2026-11-03' });
  });

  test('a day alone says it among what is finished, whatever the box says', () => {
    const done = (box: string): string => `# Completed\n\n- [${box}] Load (2026-11-03)\n`;
    for (const box of ['x', ' '])
      expect(openPlan(done(box)).model.plan.items[0]).toMatchObject({
        id: 'completed/load',
        finished: '2026-11-03',
      });
    expect(editedPlan(done('x'), { kind: 'status', item: 'completed/load', status: 'planned' })).toBe(
      done(' '),
    );
    const elsewhere = openPlan(boxes('[x] Load (2026-11-03)')).model.plan.items[0]!;
    expect([elsewhere.title, elsewhere.finished]).toEqual(['Load (2026-11-03)', undefined]);
  });

  test("signs of Obsidian's tasks are kept, and a priority is written as one", () => {
    const signed = boxes('[ ] Load ⏫ 🔁 every week 🆔 ab12 📅 2026-11-02 #ops');
    expect(editedPlan(signed, { kind: 'status', item: 'to-do/load', status: 'done' })).toBe(
      signed.replace('[ ] Load', '[x] Load'),
    );
    expect(editedPlan(signed, { kind: 'priority', item: 'to-do/load', priority: 'Low' })).toBe(
      signed.replace('⏫', '🔽'),
    );
    expect(editedPlan(signed, { kind: 'priority', item: 'to-do/load', priority: '' })).toBe(
      signed.replace(' ⏫', ''),
    );
    expect(editedPlan(signed, { kind: 'priority', item: 'to-do/load', priority: 'P1' })).toMatch(
      /signs can say Highest, High, Medium, Low, Lowest$/,
    );
  });
});

describe('an entry that goes elsewhere', () => {
  const table =
    '\n## Table\n\n| Task | Status | Who | Depends on | Deadline | Prio |\n|--|--|--|--|--|--|\n| Old | Open | | | | |\n';
  const bare = '\n## Table\n\n| Task | Status |\n|--|--|\n| Old | Open |\n';
  const toTable: PlanEdit = { kind: 'move', item: 'to-do/load', place: { kind: 'end', group: 'Table' } };

  test('fills the columns of a table with what stands beside its title', () => {
    const before = list('Load (@ann, P1, depends on: Other; due 2026-11-01)');
    expect(editedPlan(before + table, toTable)).toBe(
      `# Plan\n\n## To do\n\n- [ ] Other\n${table}| Load | Open | @ann | Other | 2026-11-01 | P1 |\n`,
    );
  });

  test('stays where a table has no column for it', () => {
    expect(editedPlan(list('Load (@ann)') + bare, toTable)).toBe(
      'the table has no column for `Owner` of `Load`; add one to it',
    );
    expect(editedPlan(list('Load (depends on Other)') + bare, toTable)).toBe(
      'the table has no column for `dependencies` of `Load`; add one to it',
    );
  });

  test('keeps what stands beside its title among boxes, bullets and what is finished', () => {
    const entry = 'Load (@ann, P1, depends on: Other; due 2026-11-01)';
    const moved = `- ✅ Old\n- 📋 ${entry}\n`;
    expect(
      editedPlan(`${list(entry)}\n## Bullets\n\n- ✅ Old\n`, {
        kind: 'move',
        item: 'to-do/load',
        place: { kind: 'end', group: 'Bullets' },
      }),
    ).toBe(`# Plan\n\n## To do\n\n- [ ] Other\n\n## Bullets\n\n${moved}`);
    for (const home of ['- [x] Old\n', '| Task | Status |\n|--|--|\n| Old | ✅ |\n', '### Old ✅\n']) {
      const here = openPlan(list(entry));
      const there = openPlan(`# Completed\n\n${home}`, '/w/completed.md');
      const edit: PlanEdit = { kind: 'complete', item: 'to-do/load', date: '2026-11-29' };
      const outcome = plan.editPlan!(here, edit, there);
      const edits =
        outcome.kind === 'edits' ? outcome.edits.filter(({ path }) => path !== here.source.path) : [];
      expect(withEdits(there.source.text, edits)).toContain(`${entry} `);
    }
  });
});
