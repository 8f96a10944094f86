import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { waiverEdit, type NewWaiver } from './waiver-edit.ts';

const waiver: NewWaiver = {
  check: 'warehouse',
  reason: 'the office machine is moved: until then',
  by: 'Ada',
  until: '2026-12-24',
};
const written = [{ ...waiver }];
const other = { check: 'a', reason: 'b', until: '2026-01-01' };

function apply(text: string, what = waiver): string {
  const edit = waiverEdit(text, what);
  if (!edit) throw new Error('nothing to write');
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

function read(text: string): { readonly waivers: readonly unknown[] } {
  return parse(text, { schema: 'core' });
}

test.each([
  ['no list yet', 'plan: tasks.md\n', 'plan: tasks.md\n\nwaivers:\n  - check: warehouse\n'],
  ['no last line break', 'plan: tasks.md', 'plan: tasks.md\n\nwaivers:\n  - check: warehouse\n'],
  ['nothing at all', '', 'waivers:\n  - check: warehouse\n'],
  ['an empty list', 'waivers:\nplan: t.md\n', 'waivers:\n  - check: warehouse\n'],
  [
    'an empty list in brackets',
    'waivers: []  # none\nplan: t.md\n',
    'waivers: # none\n  - check: warehouse\n',
  ],
])('%s', (_name, before, start) => {
  const after = apply(before);
  expect(after.startsWith(start), after).toBe(true);
  expect(read(after).waivers).toEqual(written);
  expect(read(after)).toMatchObject(before.includes('plan') ? parse(before.replace(/waivers.*\n/, '')) : {});
});

test.each([
  ['indented', 'waivers:\n  - check: a\n    reason: b\n    until: 2026-01-01\n\n# jobs\npipelines: {}\n'],
  ['at the margin', 'waivers:\n- check: a\n  reason: b\n  until: 2026-01-01\npipelines: {}\n'],
  [
    'with a comment inside',
    'waivers:\n    # why\n    - check: a\n      reason: b\n\n      until: 2026-01-01\n',
  ],
  ['without a last line break', 'waivers:\n  - { check: a, reason: b, until: 2026-01-01 }'],
  [
    'with line ends of Windows',
    'plan: t.md\r\nwaivers:\r\n  - { check: a, reason: b, until: 2026-01-01 }\r\n',
  ],
])('goes behind the last entry: %s', (_name, before) => {
  const after = apply(before);
  expect(read(after).waivers).toEqual([other, ...written]);
  const edit = waiverEdit(before, waiver)!;
  expect(edit.start).toBe(edit.end);
  if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
});

const first = '{ check: a, reason: b, until: 2026-01-01 }';

test.each([
  ['in one line', `waivers: [${first}]\nplan: t.md\n`],
  ['with a comma at the end', `waivers: [${first}, ]  # ours\n`],
  ['over lines', `waivers: [\n    ${first}, # why\n  ]\nplan: t.md\n`],
  ['over lines, without a comma', `waivers:\n  [\n    ${first} # why, and ]\n  ]\n`],
  ['over lines of Windows', `waivers: [\r\n  ${first}\r\n]\r\n`],
  [
    'with signs in quotes',
    "waivers: ['x', { check: a, reason: \"b ] }\", by: it's me, until: 2026-01-01 }]\n",
  ],
])('goes into a list in brackets: %s', (_name, before) => {
  const after = apply(before);
  expect(read(after).waivers).toEqual([...read(before).waivers, ...written]);
  for (const comment of before.match(/#.*/g) ?? []) expect(after).toContain(comment);
  if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
});

test('stands below the entry before it, and beside it where that has no line of its own', () => {
  const added = apply(`waivers: [\n    ${first}, # why\n  ]\n`).split('\n');
  expect(added[1]).toBe(`    ${first}, # why`);
  expect(added[2]).toMatch(/^ {4}\{ check: warehouse, .* \}$/);
  expect(added[3]).toBe('  ]');
  expect(read(apply('waivers: [ ]\n')).waivers).toEqual(written);
  const signs = { ...waiver, reason: 'a, [b]' };
  expect(read(apply(`waivers: [${first}]\n`, signs)).waivers.at(-1)).toEqual(signs);
});

test('a list that is written elsewhere is left to a person', () => {
  expect(waiverEdit('waivers: *others\n', waiver)).toBeUndefined();
  expect(waiverEdit('waivers: [{ check: a\n', waiver)).toBeUndefined();
});

test.each(['no', '12', 'a # b', "it's done", 'a: b', '"x"', 'ends ', 'p@dbt/shop', 'é'])(
  'what is said is read again as it was said: %s',
  (reason) => {
    expect(read(apply('', { ...waiver, reason })).waivers).toEqual([{ ...waiver, reason }]);
  },
);
