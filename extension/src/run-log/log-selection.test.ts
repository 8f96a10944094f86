import { expect, test } from 'vitest';
import type { LogLine, LogQuery } from '../../../webviews/run/protocol.ts';
import { LineTable } from './line-table.ts';
import { LogSelection } from './log-selection.ts';

const everything: LogQuery = {
  level: 'debug',
  folded: [],
  search: { text: '', regex: false, matchCase: false, wholeWord: false },
  onlyMatching: false,
};
const searching: LogQuery = { ...everything, search: { ...everything.search, text: 'x' } };

function line(rest: Partial<LogLine> = {}): LogLine {
  return { at: 0, step: 'dbt', level: 'info', kind: 'output', text: '', ...rest };
}

function select(lines: readonly Partial<LogLine>[], query: Partial<LogQuery> = {}) {
  const table = new LineTable();
  const add = (more: readonly Partial<LogLine>[]): void => {
    for (const each of more) table.add(line(each), 0);
  };
  add(lines);
  const selection = new LogSelection(table, { ...everything, ...query });
  selection.update();
  return { selection, add, shown: () => selection.numbers(0, 100) };
}

test('the level filter hides what is less grave, never Penstock’s own lines', () => {
  const { shown, selection, add } = select([{}, { level: 'warn' }, { kind: 'command' }], { level: 'warn' });
  expect(shown()).toEqual([1, 2]);
  add([{ level: 'error' }, { level: 'debug' }]);
  selection.update();
  expect(shown()).toEqual([1, 2, 3]);
  selection.setQuery(everything);
  selection.update();
  expect(selection.shownCount).toBe(5);
});

test('lines of one step or one node are shown alone', () => {
  const lines = [{ step: 'meltano' }, { node: 'a' }, { node: 'b' }];
  expect(select(lines, { step: 'dbt' }).shown()).toEqual([1, 2]);
  const { shown, selection } = select(lines, { step: 'dbt', node: 'b' });
  expect(shown()).toEqual([2]);
  expect(selection.positionOf(2)).toBe(0);
  expect(selection.positionOf(1)).toBeUndefined();
  expect(selection.nearestTo(1)).toBe(0);
});

test('of a folded step its first line stands, of a folded node too, and both say how many they hide', () => {
  const lines = [{}, { node: 'a' }, { step: 'other' }, { node: 'a' }, { node: 'b' }, { node: 'a' }];
  const node = select(lines, { folded: ['dbt\na'] });
  expect(node.shown()).toEqual([0, 1, 2, 4]);
  expect(node.selection.foldOf(1)).toBe('dbt\na');
  expect(node.selection.foldOf(4)).toBe('dbt\nb');
  expect(Object.fromEntries(node.selection.takeFolds())).toMatchObject({ 'dbt\na': 2 });
  const step = select(lines, { folded: ['dbt'] });
  expect(step.shown()).toEqual([0, 2]);
  expect(Object.fromEntries(step.selection.takeFolds())).toEqual({ dbt: 4 });
  step.add([{ node: 'b' }]);
  step.selection.update();
  expect(step.shown()).toEqual([0, 2]);
  expect(step.selection.takeFolds()).toEqual([['dbt', 5]]);
});

test('what has one line cannot be folded', () => {
  const { selection } = select([{}, { step: 'other' }, { step: 'other' }]);
  expect(selection.takeFolds()).toEqual([['other', 1]]);
  expect(selection.takeFolds()).toEqual([]);
});

test('the first line of a node is its first error where it has one, of a step its first line', () => {
  const { selection } = select([{ step: 'other' }, { node: 'a' }, { node: 'a', level: 'error' }]);
  expect(selection.firstOf('dbt', 'a')).toBe(2);
  expect(selection.firstOf('dbt', undefined)).toBe(1);
  expect(selection.firstOf('dbt', 'b')).toBeUndefined();
});

test('hits are counted among the lines shown, as far as the search has come, round the corner', () => {
  const { selection, shown } = select([{}, { level: 'error' }, {}, { level: 'error' }], searching);
  for (const hit of [true, true, false]) selection.takeSearched(hit);
  selection.update();
  expect(shown()).toEqual([0, 1, 2, 3]);
  expect(selection.hitCount).toBe(2);
  selection.takeSearched(true);
  selection.setQuery({ ...searching, level: 'error' });
  selection.update();
  expect(selection.hitCount).toBe(2);
  expect(selection.hitFrom(-1, 1)).toEqual({ hit: 0, position: 0 });
  expect(selection.hitFrom(1, 1)).toEqual({ hit: 0, position: 0 });
  expect(selection.hitFrom(0, -1)).toEqual({ hit: 1, position: 1 });
});

test('only matching lines are shown where that is asked for, and folds hide none of them', () => {
  const { selection, shown } = select([{}, {}, {}], { ...searching, onlyMatching: true, folded: ['dbt'] });
  expect(shown()).toEqual([]);
  for (const hit of [false, true, true]) selection.takeSearched(hit);
  selection.update();
  expect(shown()).toEqual([1, 2]);
  selection.forgetHits();
  expect(shown()).toEqual([]);
  expect(selection.searched).toBe(0);
});

test('very many lines are taken some at a time', () => {
  const { selection } = select([{ step: 'a' }, { step: 'a' }, { step: 'b' }]);
  selection.setQuery({ ...everything, step: 'b' });
  expect([selection.update(2), selection.taken, selection.shownCount]).toEqual([false, 2, 0]);
  expect([selection.update(2), selection.taken, selection.shownCount]).toEqual([true, 3, 1]);
});
