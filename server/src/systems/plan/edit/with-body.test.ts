import { describe, expect, test } from 'vitest';
import { withEdits, type PlanEdit } from '../../../core/plan-edit.ts';
import { finishAtRandom } from '../fixtures/finish-at-random.ts';
import { editedPlan, openPlan } from '../fixtures/open-plan.ts';
import { plan } from '../index.ts';

const date = '2026-11-29';

/** What becomes of a document and of another one; the sentence that refuses it. */
function both(from: string, to: string, edit: PlanEdit): readonly string[] | string {
  const [here, there] = [openPlan(from), openPlan(to, '/w/completed.md')];
  const outcome = plan.editPlan!(here, edit, there);
  if (outcome.kind === 'refused') return outcome.message;
  return [here, there].map(({ source }) =>
    withEdits(
      source.text,
      outcome.edits.filter(({ path }) => path === source.path),
    ),
  );
}

const complete = (item: string): PlanEdit => ({ kind: 'complete', item, date });

describe('an entry of a list takes along what lies in it', () => {
  const entry = '- [ ] Load\n  All orders.\n\n  - [x] by night\n\n  ```\n  code\n  ```\n';
  const tasks = `# Tasks\n\n${entry}- [ ] Show\n`;
  const left = '# Tasks\n\n- [ ] Show\n';
  const body = '\n\n  - [x] by night\n\n  ```\n  code\n  ```\n';

  test.each<[name: string, from: string, to: string, left: string, after: string]>([
    ['boxes', tasks, '# Completed tasks\n\n- [x] Old\n', left, `# Completed tasks\n\n- [x] Old\n- [x] Load All orders. (${date})${body}`],
    ['other line breaks', tasks, '# Completed tasks\r\n\r\n- [x] Old\r\n', left, `# Completed tasks\n\n- [x] Old\n- [x] Load All orders. (${date})${body}`.replaceAll('\n', '\r\n')],
    ['an empty document', tasks, '', left, `- [x] Load All orders. (${date})${body}`],
    ['numbers', '# Tasks\n\n1. [ ] Load\n   - [x] part\n2. [ ] Show\n', '# Completed tasks\n\n- [x] Old\n', '# Tasks\n\n1. [ ] Show\n', `# Completed tasks\n\n- [x] Old\n- [x] Load (${date})\n  - [x] part\n`],
    ['tabs', '# Tasks\n\n- [ ] Load\n\t- [x] part\n- [ ] Show\n', '# Completed tasks\n\n- [x] Old\n', left, `# Completed tasks\n\n- [x] Old\n- [x] Load (${date})\n\t- [x] part\n`],
    ['a bullet with a sign', '# Tasks\n\n- [ ] Load\n  - why\n- [ ] Show\n', '# Completed\n\n- ✅ **Old**: it works\n', left, `# Completed\n\n- ✅ **Old**: it works\n- ✅ **Load** (${date})\n  - why\n`],
  ])('to finished ones of another document: %s', (_name, from, to, leaves, after) => {
    const item = openPlan(from).model.plan.items[0]!.id;
    expect(both(from, to, complete(item))).toEqual([leaves, after]);
  }); // prettier-ignore

  test('to a list that counts, which goes on counting', () => {
    const from = '# Tasks\n\n- [ ] Load\n  - [x] part\n- [ ] Show\n';
    expect(both(from, '# Completed tasks\n\n1. [x] Old\n', complete('tasks/load'))).toEqual([
      left,
      `# Completed tasks\n\n1. [x] Old\n2. [x] Load (${date})\n   - [x] part\n`,
    ]);
  });

  test('to the finished ones of its own document', () => {
    const from =
      '# Tasks\n\n## Open\n\n- [ ] Load\n  - [x] part\n\n  Why.\n- [ ] Show\n\n## Done\n\n- [x] Old\n';
    expect(editedPlan(from, complete('open/load'))).toBe(
      `# Tasks\n\n## Open\n\n- [ ] Show\n\n## Done\n\n- [x] Old\n- [x] Load (${date})\n  - [x] part\n\n  Why.\n`,
    );
  });

  test('to another document, as it is', () => {
    const from = '# Tasks\n\n- [ ] Load\n  - [ ] part\n- [ ] Show\n';
    const place = { kind: 'end', group: 'Other tasks' } as const;
    expect(both(from, '# Other tasks\n\n* [ ] One\n', { kind: 'move', item: 'tasks/load', place })).toEqual([
      left,
      '# Other tasks\n\n* [ ] One\n* [ ] Load\n  - [ ] part\n',
    ]);
  });

  test('but not where a part of it is open, or a table keeps them', () => {
    const to = '# Completed tasks\n\n- [x] Old\n';
    expect(both('# Tasks\n\n- [ ] Load\n  - [ ] part\n', to, complete('tasks/load'))).toBe(
      '`part` in `Load` is not done; finish or move it first',
    );
    const table = '# Completed\n\n| Task | Status |\n|--|--|\n| Old | ✅ |\n';
    expect(both(tasks, table, complete('tasks/load-all-orders'))).toMatch(
      /^more than a line belongs to `Load.*`, and tasks stand in a table there; move it by hand$/,
    );
  });
});

describe('a section takes along the criteria that stand in it', () => {
  const section = '### Load 🚧\n\n#### Acceptance criteria\n\n- [x] every day\n- [ ] in time';
  const from = `# Plan\n\n## Success criteria\n\n- [ ] first\n\n## Build\n\n${section}\n\n### Show 📋\n\nText.\n`;
  const rest = '# Plan\n\n## Success criteria\n\n- [ ] first\n\n## Build\n\n### Show 📋\n\nText.\n';

  test('to finished ones of another document', () => {
    const to = '# Completed\n\n## Early\n\n### Old ✅\n\nText.\n';
    const outcome = both(from, to, complete('build/load'));
    expect(outcome).toEqual([rest, `${to}\n${section.replace('Load 🚧', `Load (${date}) ✅`)}\n`]);
    expect(
      openPlan(outcome[1]!, '/w/completed.md').model.plan.criteria.map(({ text, done }) => [text, done]),
    ).toEqual([
      ['every day', true],
      ['in time', false],
    ]);
  });

  test('beside another one, there and here', () => {
    const to = '# Other plan\n\n## Later\n\n### One 📋\n\nText.\n';
    const move = (item: string, other: string): PlanEdit => ({
      kind: 'move',
      item,
      place: { kind: 'after', item: other },
    });
    expect(both(from, to, move('build/load', 'later/one'))).toEqual([rest, `${to}\n${section}\n`]);
    const here = from.replace('Text.', '#### Acceptance criteria\n\n- [ ] shown');
    const after = editedPlan(here, move('build/load', 'build/show'));
    expect(openPlan(after).model.plan.criteria.map(({ text }) => text)).toEqual([
      'first',
      'shown',
      'every day',
      'in time',
    ]);
  });
});

/** The same with more: `test/agreement/plan-edits.test.ts`. */
test('entries at random are finished with all that lies in them, and not a byte more changes', () => {
  let entries = 0;
  for (let seed = 0; seed < 40; seed++)
    entries += finishAtRandom(seed, ['entries', 'entries', 'list']).entries;
  expect(entries).toBeGreaterThan(20);
});

describe('a list that is written with blank lines stays so', () => {
  const loose = '# Tasks\n\n- [ ] a\n\n- [ ] b\n\n  more\n\n- [ ] c\n\n## Other\n\n- [ ] d\n';

  test.each<[name: string, edit: PlanEdit, after: string]>([
    ['the first entry goes', { kind: 'remove', item: 'tasks/a' }, '# Tasks\n\n- [ ] b\n\n  more\n\n- [ ] c\n\n## Other\n\n- [ ] d\n'],
    ['the last entry goes', { kind: 'remove', item: 'tasks/c' }, '# Tasks\n\n- [ ] a\n\n- [ ] b\n\n  more\n\n## Other\n\n- [ ] d\n'],
    ['the last line goes', { kind: 'remove', item: 'other/d' }, '# Tasks\n\n- [ ] a\n\n- [ ] b\n\n  more\n\n- [ ] c\n\n## Other\n'],
    ['an entry moves down', { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/b' } }, '# Tasks\n\n- [ ] b\n\n  more\n\n- [ ] a\n\n- [ ] c\n\n## Other\n\n- [ ] d\n'],
    ['an entry moves up', { kind: 'move', item: 'tasks/c', place: { kind: 'before', item: 'tasks/a' } }, '# Tasks\n\n- [ ] c\n\n- [ ] a\n\n- [ ] b\n\n  more\n\n## Other\n\n- [ ] d\n'],
    ['an entry is there already', { kind: 'move', item: 'tasks/a', place: { kind: 'before', item: 'tasks/b' } }, loose],
    ['an entry comes', { kind: 'add', item: { title: 'new' }, place: { kind: 'end', group: 'Tasks' } }, '# Tasks\n\n- [ ] a\n\n- [ ] b\n\n  more\n\n- [ ] c\n\n- [ ] new\n\n## Other\n\n- [ ] d\n'],
    ['one comes to a list of one', { kind: 'add', item: { title: 'new' }, place: { kind: 'end', group: 'Other' } }, `${loose}- [ ] new\n`],
  ])('%s', (_name, edit, after) => {
    expect(editedPlan(loose, edit)).toBe(after);
    expect(editedPlan(loose.replaceAll('\n', '\r\n'), edit)).toBe(after.replaceAll('\n', '\r\n'));
  }); // prettier-ignore

  test('in a quotation', () => {
    const text = '# Tasks\n\n> - [ ] a\n>\n> - [ ] b\n>\n> - [ ] c\n';
    expect(
      editedPlan(text, { kind: 'move', item: 'tasks/a', place: { kind: 'after', item: 'tasks/b' } }),
    ).toBe('# Tasks\n\n> - [ ] b\n>\n> - [ ] a\n>\n> - [ ] c\n');
  });
});

describe('an entry whose text stands some blanks behind its bullet', () => {
  const text =
    '# Tasks\n\n-   [ ] Load\n    all\n\n    -   [x] part\n\n    why\n-   [ ] Show\n\n## Later\n\n1.  [ ] Mail\n';
  const body = '\n\n    -   [x] part\n\n    why\n';

  test('moves as it is', () => {
    const moved = editedPlan(text, {
      kind: 'move',
      item: 'tasks/load-all',
      place: { kind: 'after', item: 'tasks/show' },
    });
    expect(moved).toBe(`# Tasks\n\n-   [ ] Show\n-   [ ] Load\n    all${body}\n## Later\n\n1.  [ ] Mail\n`);
  });

  test('moves to a list that counts', () => {
    const moved = editedPlan(text, {
      kind: 'move',
      item: 'tasks/load-all',
      place: { kind: 'end', group: 'Later' },
    });
    expect(moved).toBe(
      '# Tasks\n\n-   [ ] Show\n\n## Later\n\n1.  [ ] Mail\n2.   [ ] Load\n     all\n\n     -   [x] part\n\n     why\n',
    );
  });

  test('is finished', () => {
    expect(both(text, '# Completed tasks\n\n-   [x] Old\n', complete('tasks/load-all'))).toEqual([
      '# Tasks\n\n-   [ ] Show\n\n## Later\n\n1.  [ ] Mail\n',
      `# Completed tasks\n\n-   [x] Old\n-   [x] Load all (${date})${body}`,
    ]);
  });
});
