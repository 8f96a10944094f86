import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { SettableStatus } from '../../../core/plan-edit.ts';
import { garbledPlan } from '../fixtures/garbled-plan.ts';
import { marked, openPlan } from '../fixtures/open-plan.ts';
import { statusLabels } from '../vocabulary.ts';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly status: SettableStatus;
  readonly after: string;
  /** The first item where absent. */
  readonly id?: string;
}

const head = '# Tasks\n\n';

const cases: readonly Case[] = [
  {
    name: 'without the strike through what is open again',
    before: '- [ ] P1: ~~a~~ (later)\n- [ ] b\n',
    status: 'planned',
    after: '- [ ] P1: a (later)\n- [ ] b\n',
  },
  {
    name: 'beside the strike through what is closed',
    before: '- [ ] ~~a~~\n- [ ] b\n',
    status: 'done',
    after: '- [x] ~~a~~\n- [ ] b\n',
  },
  {
    name: 'not at all where the strike says it',
    before: '## Goals\n1. ~~a~~\n2. b\n',
    status: 'done',
    after: '## Goals\n1. ~~a~~\n2. b\n',
  },
  {
    name: 'without the strike and without a sign, where what is open has none',
    before: '## Goals\n1. ~~a~~\n2. b\n',
    status: 'planned',
    after: '## Goals\n1. a\n2. b\n',
  },
  {
    name: 'in a row without its strike, the columns kept',
    before: '| Task  | Status  |\n|-------|---------|\n| ~~a~~ | Planned |\n| bcdef | Done    |\n',
    status: 'planned',
    after: '| Task  | Status  |\n|-------|---------|\n| a     | Planned |\n| bcdef | Done    |\n',
  },
  {
    name: 'in a row whose strike says it, which is no word for others',
    before: '| Task | Status |\n|--|--|\n| a | Done |\n| ~~b~~ | Planned |\n| c | Blocked |\n',
    status: 'skipped',
    after: '| Task | Status |\n|--|--|\n| a | Skipped |\n| ~~b~~ | Planned |\n| c | Blocked |\n',
  },
  {
    name: 'in the words the document uses for the status elsewhere',
    before: '| Task | Status |\n|--|--|\n| a | Todo |\n| b | Finished |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | Finished |\n| b | Finished |\n',
  },
  {
    name: 'with emoji where the document has some',
    before: '| Task | Status |\n|--|--|\n| a | 📋 Planned |\n',
    status: 'in-progress',
    after: '| Task | Status |\n|--|--|\n| a | 🚧 In Progress |\n',
  },
  {
    name: 'without emoji where it has none, in its case',
    before: '| Task | Status |\n|--|--|\n| a | todo |\n| b | wip |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | done |\n| b | wip |\n',
  },
  {
    name: 'as a share where a share stands',
    before: '| Task | Progress |\n|--|---------:|\n| a |     40 % |\n| b |     Done |\n',
    status: 'done',
    after: '| Task | Progress |\n|--|---------:|\n| a |    100 % |\n| b |     Done |\n',
  },
  {
    name: 'at the right, where the column stands there',
    before: '| Task | Status      |\n|--|------------:|\n| a |        Done |\n| b | In Progress |\n',
    status: 'in-progress',
    after: '| Task | Status      |\n|--|------------:|\n| a | In Progress |\n| b | In Progress |\n',
  },
  {
    name: 'in the middle, taking from both sides',
    before:
      '| Task |   Status  |\n|--|:--------:|\n| a |    Done   |\n| b |    WIP    |\n| c | Cancelled |\n',
    status: 'skipped',
    after: '| Task |   Status  |\n|--|:--------:|\n| a | Cancelled |\n| b |    WIP    |\n| c | Cancelled |\n',
  },
  {
    name: 'without a sign where planned items beside it carry none',
    before: '## Goals\n1. ✅ a\n2. b\n3. c\n',
    status: 'planned',
    after: '## Goals\n1. a\n2. b\n3. c\n',
  },
  {
    name: 'as a symbol alone where it uses symbols alone',
    before: '| Task | Status |\n|--|--|\n| a | ⬜ |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | ✅ |\n',
  },
  {
    name: 'with the symbols of its legend',
    before: '| Symbol | Meaning |\n|--|--|\n| 🔵 | In progress |\n\n| Task | Status |\n|--|--|\n| a | ⬜ |\n',
    status: 'in-progress',
    after: '| Symbol | Meaning |\n|--|--|\n| 🔵 | In progress |\n\n| Task | Status |\n|--|--|\n| a | 🔵 |\n',
  },
  {
    name: 'keeping an aligned table aligned',
    before:
      '| Task | Status         |\n| ---- | -------------- |\n| a    | 📋 Planned     |\n| b    | 🚧 In Progress |\n',
    status: 'done',
    after:
      '| Task | Status         |\n| ---- | -------------- |\n| a    | ✅ Done        |\n| b    | 🚧 In Progress |\n',
  },
  {
    name: 'keeping a blank before the pipe where there is no room',
    before: '| Task | Status |\n| ---- | ------ |\n| a    | Open   |\n',
    status: 'in-progress',
    after: '| Task | Status |\n| ---- | ------ |\n| a    | In Progress |\n',
  },
  {
    name: 'keeping the blanks of a table that is not aligned',
    before: '| Task | Status |\n|--|--|\n| a |  Open   |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a |  Done   |\n',
  },
  {
    name: 'into an empty cell',
    before: '| Task | Status | Owner |\n|--|--|--|\n| a |  | x |\n| b | Done | y |\n',
    status: 'done',
    after: '| Task | Status | Owner |\n|--|--|--|\n| a | Done | x |\n| b | Done | y |\n',
  },
  {
    name: 'into a cell that the row does not have',
    before: '| Task | Owner | Status |\n|--|--|--|\n| a |\n| b | x | Done |\n',
    status: 'done',
    after: '| Task | Owner | Status |\n|--|--|--|\n| a |  | Done |\n| b | x | Done |\n',
  },
  {
    name: 'keeping escaped pipes, CRLF and blanks at line ends',
    before: '| Task | Status | Notes |\r\n|--|--|--|\r\n| a \\| b | Open | c \\| d |  \r\n',
    status: 'done',
    after: '| Task | Status | Notes |\r\n|--|--|--|\r\n| a \\| b | Done | c \\| d |  \r\n',
  },
  {
    name: 'in the last cell of a document that ends with a blank',
    before: '| Task | Status |\n|--|--|\n| a | Open |  ',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | Done |  ',
  },
  {
    name: 'keeping bold statuses bold',
    before: '| Task | Status |\n|--|--|\n| a | **Open** |\n| b | **Done** |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | **Done** |\n| b | **Done** |\n',
  },
  {
    name: 'over a status with more in it, without copying such a one',
    before: '| Task | Status |\n|--|--|\n| a | Blocked by legal |\n| b | Done (May) |\n',
    status: 'done',
    after: '| Task | Status |\n|--|--|\n| a | Done |\n| b | Done (May) |\n',
  },
  {
    name: 'as a tick before the priority',
    before: '| Task | Priority |\n|--|--|\n| a | P0 |\n| b | ✔️ P1 |\n',
    status: 'done',
    after: '| Task | Priority |\n|--|--|\n| a | ✔️ P0 |\n| b | ✔️ P1 |\n',
  },
  {
    name: 'by taking a tick away',
    before: '| Task | Priority |\n|--|--|\n| a | **P0** ✅ |\n',
    status: 'planned',
    after: '| Task | Priority |\n|--|--|\n| a | **P0** |\n',
  },
  { name: 'in a box', before: '- [ ] a\n- [ ] b\n', status: 'done', after: '- [x] a\n- [ ] b\n' },
  { name: 'by emptying a box', before: '- [X] a\n- [ ] b\n', status: 'planned', after: '- [ ] a\n- [ ] b\n' },
  {
    name: 'behind a box for what a box cannot say',
    before: '- [x] a\n- [ ] b\n',
    status: 'in-progress',
    after: '- [ ] 🚧 a\n- [ ] b\n',
  },
  {
    name: 'in a box, taking the symbol away',
    before: '1. [ ] 🚧 **a**\n2. [ ] b\n',
    status: 'done',
    after: '1. [x] **a**\n2. [ ] b\n',
  },
  {
    name: 'in a box as the document does',
    before: '- [ ] a\n- [/] b\n',
    status: 'in-progress',
    after: '- [/] a\n- [/] b\n',
  },
];

for (const { name, before, status, after, id } of cases) {
  test(`writes a status ${name}`, () => {
    const first = id ?? openPlan(head + before).model.plan.items[0]!.id;
    expect(marked(head + before, first, status)).toBe(head + after);
    expect(openPlan(head + after).model.plan.items.find((item) => item.id === first)?.status).toBe(status);
  });
}

test('the sign beside a title and its strike are one edit of the cell', () => {
  const table = (cell: string): string =>
    `# Backlog\n| Task     | Owner |\n|----------|-------|\n| ${cell} | Ann   |\n`;
  expect(marked(table('✅ ~~a~~'), 'backlog/a', 'in-progress')).toBe(table('🚧 a    '));
});

test('keeps to the garbled spelling of a garbled document', () => {
  const id = 'sources-loading/load-only-changed-orders';
  const row = (status: string): string =>
    `| Load only changed orders | **P1** | Medium | ${status} | Change dates in exports |`;
  for (const [status, written] of [
    ['in-progress', 'ğŸš§ In Progress'],
    ['done', 'âœ… Done'],
    ['blocked', 'ğŸš« Blocked'],
    ['skipped', '⏭️ Skipped'],
  ] as const) {
    const legend = status === 'blocked' ? 'Legend: ğŸš« blocked\n\n' : '';
    expect(marked(legend + garbledPlan, id, status)).toBe(
      legend + garbledPlan.replace(row('ğŸ“‹ Planned'), row(written)),
    );
  }
});

test('has no edit where the item has the status, and none to offer for what is not there', () => {
  const text = `${head}| Task | Status |\n|--|--|\n| a | 60% |\n`;
  expect(marked(text, 'tasks/a', 'in-progress')).toBe(text);
  expect(marked(text, 'tasks/b', 'done')).toBe(
    'the task `tasks/b` is no longer in the document; look at the plan anew',
  );
});

const statuses = ['planned', 'in-progress', 'done', 'blocked', 'skipped'] as const;
const spellings = [
  '📋 Planned',
  '🚧 In Progress',
  '✅',
  'Done',
  '⬜',
  '**WIP**',
  'Blocked by x',
  'todo',
  '60 %',
  '',
  'âœ… Ready',
  'ğŸš§ Partial',
  'Frobbed',
];
const blanks = fc.constantFrom('', ' ', '  ', '\t', '    ');
const word = fc.constantFrom(
  'load',
  'a \\| b',
  '`x`',
  '**bold**',
  'ğŸ” find',
  '[l](u)',
  'Ünï',
  '🚀 go',
  'x_y',
);

const row = fc.record({
  title: fc.array(word, { minLength: 1, maxLength: 3 }),
  status: fc.constantFrom(...spellings),
  note: word,
  pads: fc.array(blanks, { minLength: 6, maxLength: 6 }),
  tail: fc.constantFrom('', '  '),
});
const table = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 6 }),
  isFirst: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isAligned: fc.boolean(),
});

type Table = typeof table extends fc.Arbitrary<infer T> ? T : never;

function render({ rows, isFirst, lineEnd, isAligned }: Table): string {
  const cellsOf = (title: string, status: string, note: string): readonly string[] =>
    isFirst ? [status, title, note] : [title, note, status];
  const width = isAligned ? 24 : 0;
  const lines = rows.map(({ title, status, note, pads, tail }, at) => {
    const cells = cellsOf(`${title.join(' ')} ${at}`, status, note).map((cell, column) => {
      const padded = isAligned ? ` ${cell} `.padEnd(width) : `${pads[column]}${cell}${pads[column + 3]}`;
      return padded;
    });
    return `|${cells.join('|')}|${tail}`;
  });
  const header = `|${cellsOf('Task', 'Status', 'Notes')
    .map((cell) => ` ${cell} `.padEnd(width))
    .join('|')}|`;
  return ['# Tasks', '', header, '|---|---|---|', ...lines, '', 'After | it', ''].join(lineEnd);
}

test('changes nothing outside the cell, and what it wrote is read back', () => {
  fc.assert(
    fc.property(table, fc.nat(), fc.constantFrom(...statuses), (drawn, at, status) => {
      const text = render(drawn);
      const { model } = openPlan(text);
      expect(model.entries).toHaveLength(drawn.rows.length);
      const entry = model.entries[at % drawn.rows.length]!;
      const after = marked(text, entry.item.id, status);
      if (entry.slot.kind !== 'cell') throw new Error('every row has a status cell');
      const { start, end } = entry.slot.room;
      expect(after.slice(0, start)).toBe(text.slice(0, start));
      expect(after.slice(after.length - (text.length - end))).toBe(text.slice(end));
      const read = openPlan(after).model.plan.items;
      expect(read[at % drawn.rows.length]!.status).toBe(status);
      expect(read.map(({ id }) => id)).toEqual(model.plan.items.map(({ id }) => id));
      const others = (items: typeof read): readonly string[] =>
        items.filter(({ id }) => id !== entry.item.id).map((item) => item.statusText);
      expect(others(read)).toEqual(others(model.plan.items));
    }),
    { seed: 26, numRuns: 400 },
  );
});

test('every default label says its status', () => {
  for (const status of statuses) {
    const { symbol, word: label } = statusLabels[status];
    const read = openPlan(`# Tasks\n| Task | Status |\n|--|--|\n| a | ${symbol} |\n| b | ${label} |\n`).model
      .plan.items;
    expect(read.map((item) => item.status)).toEqual([status, status]);
  }
});
