import { expect, test } from 'vitest';
import { findMark } from './marks.ts';
import { readStatus, type Legend } from './vocabulary.ts';

const none: Legend = new Map();

test.each([
  ['High priority 🔴', undefined],
  ['Priority 3: Show the orders 🟡', undefined],
  ['Low risk 🟡', undefined],
  ['Load the orders 🟡', 'in-progress'],
  ['Highlights of the orders 🟡', 'in-progress'],
  ['High priority ✅', 'done'],
  ['⏭️ Next steps', undefined],
  ['⏭️ Phase 3: Reports', undefined],
  ['⏳ Pending', 'planned'],
  ['✅ In progress (most of it)', 'in-progress'],
  ['⏳ Load the orders', 'in-progress'],
  ['2. Loading ✅ OPERATIONAL', 'done'],
  ['Loading ✅ Resolved', 'done'],
  ['Loading ✅ Ready', undefined],
])('reads the status of a heading: %s', (heading, status) => {
  expect(findMark(heading, none, { isHeading: true })?.status).toBe(status);
});

test('what a legend says of a circle holds beside a priority, too', () => {
  const legend = new Map([['🔴', 'blocked' as const]]);
  expect(findMark('High priority 🔴', legend, { isHeading: true })?.status).toBe('blocked');
});

test('an entry that begins with ⏭️ is skipped', () => {
  expect(findMark('⏭️ Load the orders', none)?.status).toBe('skipped');
});

test.each([
  ['in_progress', 'in-progress'],
  ['not_started (waits)', 'planned'],
  ['IN_REVIEW', 'in-progress'],
])('reads words that are joined by underscores: %s', (text, status) => {
  expect(readStatus(text).status).toBe(status);
});

test("a team's own words may have underscores", () => {
  const legend = Object.assign(new Map(), { words: new Map([['in_arbeit', 'in-progress' as const]]) });
  expect(readStatus('in_arbeit', legend)).toMatchObject({ status: 'in-progress', plain: true });
});

test.each([
  ['Load (in progress) (@ann)', 'in-progress', 'Load (@ann)'],
  ['Load ✅ (@ann, due 2026-11-01)', 'done', 'Load (@ann, due 2026-11-01)'],
  ['Load – in progress – @ann', 'in-progress', 'Load – @ann'],
  ['Load ✅ (P1)', 'done', 'Load (P1)'],
  ['Load (@bo) (done) @ann', 'done', 'Load (@bo) @ann'],
  ['⏳ Load (done) (@ann)', 'done', 'Load (@ann)'],
  ['Load (blocked) (blocked by: Staging)', 'blocked', 'Load (blocked by: Staging)'],
  ['Load (in May) (@ann)', undefined, undefined],
])('a mark may stand before what is said beside a title: %s', (text, status, rest) => {
  const mark = findMark(text, none);
  expect([mark?.status, mark?.rest]).toEqual([status, rest]);
});

test('what is deprecated, as a record of decisions says, is not to be done', () => {
  expect(readStatus('Deprecated').status).toBe('skipped');
});
