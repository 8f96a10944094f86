import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { waiverRemoval } from './waiver-removal.ts';

function without(text: string, check: string): string {
  const piece = waiverRemoval(text, text.indexOf(check));
  if (!piece) throw new Error('nothing to remove');
  return text.slice(0, piece.start) + piece.text + text.slice(piece.end);
}

test.each([
  [
    'the first of two',
    'waivers:\n  - check: first\n    reason: x\n  - check: other\n    reason: y\nplan: t.md\n',
    'waivers:\n  - check: other\n    reason: y\nplan: t.md\n',
  ],
  [
    'the last of two, with a comment behind',
    'waivers:\n- check: other\n  reason: y\n- reason: |\n    - no\n    yes\n  check: first\n\n# jobs\nplan: t.md\n',
    'waivers:\n- check: other\n  reason: y\n\n# jobs\nplan: t.md\n',
  ],
  [
    'the only one, with the key and the gap above it',
    'plan: t.md\n\nwaivers:\n  - check: first\n    reason: x\n',
    'plan: t.md\n',
  ],
  [
    'the only one above something else',
    'waivers:\n  - check: first\n    until: 2026-12-24\n\nplan: t.md\n',
    'plan: t.md\n',
  ],
  [
    'the only one, beside a comment, which stays',
    'waivers:\n  # why we may\n  - check: first\nplan: t.md\n',
    'waivers:\n  # why we may\nplan: t.md\n',
  ],
  [
    'the last line, which nothing ends',
    'waivers:\n  - { check: other }\n  - { check: first }',
    'waivers:\n  - { check: other }\n',
  ],
  [
    'line ends of Windows',
    'plan: t.md\r\n\r\nwaivers:\r\n  - check: first\r\n    reason: x\r\n',
    'plan: t.md\r\n',
  ],
  [
    'the first in brackets',
    'waivers: [{ check: first, reason: "a, b" }, { check: other }]\n',
    'waivers: [{ check: other }]\n',
  ],
  [
    'the last in brackets',
    'waivers: [{ check: other }, { check: first }] # both\n',
    'waivers: [{ check: other }] # both\n',
  ],
  ['the only one in brackets', 'waivers: [ { check: first }, ]\n', 'waivers: [ ]\n'],
  [
    'the last of brackets with lines',
    'waivers: [\n  { check: other, reason: "[x" },\n  { reason: x,\n    check: first },\n]\nplan: t.md\n',
    'waivers: [\n  { check: other, reason: "[x" },\n]\nplan: t.md\n',
  ],
])('takes out %s, and nothing else', (_name, before, after) => {
  expect(without(before, 'first')).toBe(after);
  const left = parse(before) as { waivers: readonly { check: string }[]; plan?: string };
  const others = left.waivers.filter(({ check }) => check !== 'first');
  const read = parse(after) as { waivers?: readonly unknown[] | null } | null;
  expect(read?.waivers ?? []).toEqual(others);
});

test('where it cannot be told which lines it is, nothing goes', () => {
  expect(waiverRemoval('plan: t.md\n', 2)).toBeUndefined();
  expect(waiverRemoval('waivers: *all\n', 10)).toBeUndefined();
  expect(waiverRemoval('checks: { first: {} }\nwaivers:\n  - check: first\n', 10)).toBeUndefined();
});
