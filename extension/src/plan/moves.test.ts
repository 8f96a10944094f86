import { expect, test } from 'vitest';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { dropOf, stepOf } from './moves.ts';

const uri = 'file:///w/plan.md';

function item(id: string, line: number, group = 'A'): PlanItemAnswer {
  const at = { line, character: 0 };
  const range = { start: at, end: at };
  return { id, title: id, group, status: 'planned', statusText: '', dependencies: [], line, range };
}

const [a, b, c, d] = [item('a', 1), item('b', 2), item('c', 3), item('d', 9, 'B')];
const task = (each: PlanItemAnswer, of = uri) => ({ uri: of, item: each });

test('a task takes the place of the one it is dropped on', () => {
  expect(dropOf([task(c)], task(a), 'section')).toEqual([
    { uri, edits: [{ kind: 'move', item: 'c', place: { kind: 'before', item: 'a' } }] },
  ]);
  expect(dropOf([task(a)], task(c), 'section')).toEqual([
    { uri, edits: [{ kind: 'move', item: 'a', place: { kind: 'after', item: 'c' } }] },
  ]);
});

test('several keep their order, wherever they are dropped', () => {
  const order = (target: PlanItemAnswer, ...tasks: PlanItemAnswer[]) =>
    dropOf(
      tasks.map((each) => task(each)),
      task(target),
      'section',
    )[0]!.edits.map((edit) => 'item' in edit && edit.item);
  expect(order(c, b, a)).toEqual(['b', 'a']);
  expect(order(d, b, a)).toEqual(['a', 'b']);
});

test('on a section they go to its end, on a status or a priority they get it', () => {
  const on = (grouping: 'section' | 'priority' | 'status', key: string) =>
    dropOf([task(a)], { uri, grouping, key }, grouping)[0]!.edits;
  expect(on('section', 'B')).toEqual([{ kind: 'move', item: 'a', place: { kind: 'end', group: 'B' } }]);
  expect(on('status', 'done')).toEqual([{ kind: 'status', item: 'a', status: 'done' }]);
  expect(on('priority', 'P1')).toEqual([{ kind: 'priority', item: 'a', priority: 'P1' }]);
});

test('a task of another document goes to the one it is dropped in', () => {
  const other = 'file:///w/done.md';
  expect(dropOf([task(a)], task(d, other), 'section')).toEqual([
    { uri, toUri: other, edits: [{ kind: 'move', item: 'a', place: { kind: 'before', item: 'd' } }] },
  ]);
});

test('a task dropped on itself or on a criterion stays', () => {
  expect(dropOf([task(a)], task(a), 'section')).toEqual([]);
  expect(dropOf([task(a)], { uri, criterion: 'x', nth: 0, done: false }, 'section')).toEqual([]);
});

test('a task moves by one place within its section, and no further', () => {
  const plan = { uri, items: [a, b, d] } as unknown as PlanAnswer;
  expect(stepOf(plan, b, 'up')).toEqual({ kind: 'move', item: 'b', place: { kind: 'before', item: 'a' } });
  expect(stepOf(plan, a, 'down')).toEqual({ kind: 'move', item: 'a', place: { kind: 'after', item: 'b' } });
  expect([stepOf(plan, b, 'down'), stepOf(plan, a, 'up')]).toEqual([undefined, undefined]);
});
