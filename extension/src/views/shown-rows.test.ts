import { expect, test } from 'vitest';
import type { Row } from './row.ts';
import { ShownRows } from './shown-rows.ts';

const task = (id: string, label = id): Row => ({ id, label });
const group = (id: string, ...children: readonly Row[]): Row => ({ id, label: id, children });

/** Looks into all rows, as a view does in which all are open. */
async function open(
  rows: ShownRows<unknown>,
  below?: Awaited<ReturnType<typeof rows.children>>[number],
): Promise<readonly string[]> {
  const told: string[] = [];
  for (const shown of await rows.children(below)) {
    told.push(shown.row.label);
    if ('children' in shown.row) told.push(...(await open(rows, shown)).map((label) => `  ${label}`));
  }
  return told;
}

async function changed(
  before: readonly Row[],
  after: readonly Row[],
): Promise<readonly string[] | undefined> {
  let now = before;
  const rows = new ShownRows(() => now);
  await open(rows);
  now = after;
  const told = rows.refresh()?.map(({ row }) => row.id);
  // Whoever asks afterwards is told what there is now.
  expect(await open(rows)).toEqual(await open(new ShownRows(() => after)));
  return told;
}

const plan = [group('Load', task('a'), task('b')), group('Serve', task('c'))];

test('a row that says something else is drawn again, and no other', async () => {
  expect(await changed(plan, plan)).toEqual([]);
  expect(await changed(plan, [group('Load', task('a'), task('b', 'other')), plan[1]!])).toEqual(['b']);
  expect(await changed(plan, [{ ...plan[0]!, description: '1 of 2' }, plan[1]!])).toEqual(['Load']);
});

test.each([
  ['its words', { description: 'P0' }],
  ['its icon', { icon: { id: 'pass' } }],
  ['its line', { open: { kind: 'file', uri: 'file:///a.md', line: 4 } }],
  ['its menu', { context: 'planItem' }],
  ['what is said of it when somebody points at it', { tooltip: 'more' }],
  ['what a screen reader says', { spoken: 'more' }],
  ['its mark', { mark: { letter: 'R', color: 'red', text: 'ready' } }],
  ['that rows can be below it', { children: [] }],
] as const)('a row is drawn again for %s', async (_, more) => {
  expect(await changed([task('a')], [{ ...task('a'), ...more }])).toEqual(['a']);
});

test('where rows come or go, the one above them is drawn again, or all', async () => {
  expect(await changed(plan, [group('Load', task('b')), plan[1]!])).toEqual(['Load']);
  expect(await changed(plan, [group('Load', task('b'), task('a')), plan[1]!])).toEqual(['Load']);
  expect(await changed(plan, [plan[1]!])).toBeUndefined();
});

test('that others stand below a row is told once, until somebody looks there', async () => {
  let label = 'a';
  const rows = new ShownRows(() => [group('Load', task(label))]);
  const [load] = await rows.children();
  await rows.children(load);
  label = 'b';
  expect(rows.refresh()).toEqual([load]);
  label = 'c';
  expect(rows.refresh()).toEqual([]);
  expect((await rows.children(load)).map(({ row }) => row.id)).toEqual(['c']);
  label = 'd';
  expect(rows.refresh()).toEqual([load]);
});

test('what nobody has looked into is not made', () => {
  let made = 0;
  const rows = new ShownRows(() => [
    {
      id: 'a',
      label: 'a',
      get children() {
        made++;
        return [];
      },
    },
  ]);
  return rows.children().then(() => {
    expect(rows.refresh()).toEqual([]);
    expect(made).toBe(0);
  });
});

test('what is made when somebody asks is asked for again', async () => {
  const run: Row = { id: 'run', label: 'run', children: async () => [task('step')] };
  expect(await changed([run], [{ ...run }])).toEqual(['run']);
});

test('a row is the same object while it stands below the same one, and knows what it stands for now', async () => {
  let label = 'a';
  const rows = new ShownRows(() => [group('Load', { ...task('t', label), data: label })]);
  const [load] = await rows.children();
  const [before] = await rows.children(load);
  label = 'b';
  expect(rows.refresh()).toEqual([before]);
  expect(before!.data).toBe('b');
  expect(await rows.children(load)).toEqual([before]);
  expect((await rows.children(load))[0]).toBe(before);
  expect(before!.parent).toBe(load);
});
