import { describe, expect, test } from 'vitest';
import type { SettableStatus } from '../../../core/plan-edit.ts';
import { withEdits } from '../../../core/plan-edit.ts';
import { editedPlan, marked, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

const list = (entry: string): string => `# Roadmap\n\n## Now\n\n${entry}`;
const first = (text: string): readonly unknown[] => {
  const { title, status, statusText } = openPlan(text).model.plan.items[0]!;
  return [title, status, statusText];
};

describe('a line in an entry says', () => {
  test.each([
    ['what an empty box cannot', '- [ ] Load\n  - Status: In progress\n', 'in-progress', '[ ] In progress'],
    ['what an empty box cannot, in bold letters', '- [ ] Load\n  - **State**: ⛔ **blocked** by legal\n', 'blocked', '[ ] ⛔ blocked by legal'],
    ['that it is dropped', '- [ ] Load\n  - Status: deferred\n', 'skipped', '[ ] deferred'],
    ['nothing that two states can', '- [ ] Load\n  - Status: Done\n', 'planned', '[ ]'],
    ['nothing against a tick', '- [x] Load\n  - Status: In progress\n', 'done', '[x]'],
    ['nothing against a symbol', '- [ ] 🚧 Load\n  - Status: blocked\n', 'in-progress', '[ ] 🚧'],
    ['nothing in words that nobody knows', '- [ ] Load\n  - Status: see below\n', 'planned', '[ ]'],
    ['nothing where it says none', '- [ ] Load\n  - Status: -\n  - Status: blocked\n', 'planned', '[ ]'],
    ['nothing where none is meant', '- [ ] Load\n  - Status: n/a\n', 'planned', '[ ]'],
  ])('%s', (_name, entry, status, text) => {
    expect(first(list(entry))).toEqual(['Load', status, text]);
  }); // prettier-ignore

  test('whatever it says of a bullet without a mark, and nothing of one with a mark', () => {
    expect(first(list('- Load\n  - Status: done\n'))).toEqual(['Load', 'done', 'done']);
    expect(first(list('- Load\n  - Status: who knows\n'))).toEqual(['Load', 'planned', '']);
    expect(first(list('- 🚧 Load\n  - Status: done\n'))).toEqual(['Load', 'in-progress', '🚧']);
  });
});

describe('a status is written in the line, and in the box with it', () => {
  const statuses: readonly SettableStatus[] = ['planned', 'in-progress', 'done', 'blocked', 'skipped'];
  /** The entry with each status. */
  const all = (entry: string): readonly string[] => {
    const id = openPlan(list(entry)).model.plan.items[0]!.id;
    return statuses.map((status) => {
      const text = marked(list(entry), id, status);
      const [read] = openPlan(text).model.plan.items;
      expect(read?.status).toBe(status);
      return text.slice(list('').length);
    });
  };

  test('an empty box', () => {
    expect(all('- [ ] Load\n  - Effort: 2 d\n  - Status: In Progress\n')).toEqual([
      '- [ ] Load\n  - Effort: 2 d\n  - Status: Planned\n',
      '- [ ] Load\n  - Effort: 2 d\n  - Status: In Progress\n',
      '- [x] Load\n  - Effort: 2 d\n  - Status: Done\n',
      '- [ ] Load\n  - Effort: 2 d\n  - Status: Blocked\n',
      '- [ ] Load\n  - Effort: 2 d\n  - Status: Skipped\n',
    ]);
  });

  test('a box that is ticked, one with a symbol, and one that says another thing than the line', () => {
    expect(all('- [x] Load\n  - Status: ✅ done\n')).toEqual([
      '- [ ] Load\n  - Status: 📋 planned\n',
      '- [ ] Load\n  - Status: 🚧 in progress\n',
      '- [x] Load\n  - Status: ✅ done\n',
      '- [ ] Load\n  - Status: ⛔ blocked\n',
      '- [ ] Load\n  - Status: ⏭️ skipped\n',
    ]);
    expect(all('- [ ] 🚧 Load\n  - Status: Blocked\n')).toEqual([
      '- [ ] Load\n  - Status: Planned\n',
      '- [ ] Load\n  - Status: In Progress\n',
      '- [x] Load\n  - Status: Done\n',
      '- [ ] Load\n  - Status: Blocked\n',
      '- [ ] Load\n  - Status: Skipped\n',
    ]);
    expect(all('- [x] Load\n  - Status: In Progress\n')[2]).toBe('- [x] Load\n  - Status: Done\n');
  });

  test('a bullet, with and without a mark', () => {
    expect(all('- Load\n  - **Status**: **todo**\n')).toEqual([
      '- Load\n  - **Status**: **todo**\n',
      '- Load\n  - **Status**: **in progress**\n',
      '- Load\n  - **Status**: **done**\n',
      '- Load\n  - **Status**: **blocked**\n',
      '- Load\n  - **Status**: **skipped**\n',
    ]);
    expect(all('- 🚧 Load\n  - Status: WIP\n')).toEqual([
      '- 📋 Load\n  - Status: Planned\n',
      '- 🚧 Load\n  - Status: WIP\n',
      '- ✅ Load\n  - Status: Done\n',
      '- ⛔ Load\n  - Status: Blocked\n',
      '- ⏭️ Load\n  - Status: Skipped\n',
    ]);
  });

  test('as another line says it', () => {
    const others = '- [x] Show\n  - Status: Finished\n';
    expect(all(`- [ ] Load\n  - Status: WIP\n${others}`)[2]).toBe(
      `- [x] Load\n  - Status: Finished\n${others}`,
    );
  });

  test('and a line that says none stays', () => {
    expect(all('- [ ] Load\n  - Status: see below\n')[2]).toBe('- [x] Load\n  - Status: see below\n');
  });

  test('and nothing is written where marks hide it', () => {
    const text = list('- [ ] Load\n  - Status: **in** progress\n');
    expect(marked(text, 'now/load', 'done')).toBe(
      'the status of `Load` is written in a way that cannot be changed from here',
    );
  });
});

describe('an entry that goes', () => {
  const entry = '- [ ] Load\n  - Status: In progress\n';

  test('is finished with its line', () => {
    const here = openPlan(list(entry));
    const edit = { kind: 'complete', item: 'now/load', date: '2026-11-29' } as const;
    for (const [kept, bullet] of [
      ['- [x] Old\n', '- [x] Load (2026-11-29)'],
      ['- ✅ **Old**\n', '- ✅ **Load** (2026-11-29)'],
    ] as const) {
      const there = openPlan(`# Completed\n\n${kept}`, '/w/completed.md');
      const outcome = plan.editPlan!(here, edit, there);
      const edits =
        outcome.kind === 'edits' ? outcome.edits.filter(({ path }) => path !== '/w/tasks.md') : [];
      expect(withEdits(there.source.text, edits)).toBe(`# Completed\n\n${kept}${bullet}\n  - Status: Done\n`);
    }
  });

  test('says its status once among other entries, and in the column of a table', () => {
    const move = (group: string) =>
      ({ kind: 'move', item: 'to-do/load', place: { kind: 'end', group } }) as const;
    const head = `# Plan\n\n## To do\n\n${entry}- [ ] Show\n`;
    const table = '\n## Table\n\n| Task | Status |\n|--|--|\n| Old | Open |\n';
    expect(editedPlan(`${head}${table}`, move('Table'))).toBe(
      `# Plan\n\n## To do\n\n- [ ] Show\n${table}| Load | In Progress |\n`,
    );
    const there = openPlan('# Other tasks\n\n- [ ] One\n', '/w/other.md');
    const outcome = plan.editPlan!(openPlan(head), move('Other tasks'), there);
    const edits = outcome.kind === 'edits' ? outcome.edits.filter(({ path }) => path === '/w/other.md') : [];
    expect(withEdits(there.source.text, edits)).toBe(`# Other tasks\n\n- [ ] One\n${entry}`);
  });
});
