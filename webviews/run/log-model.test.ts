import { expect, test } from 'vitest';
import { LogModel } from './log-model.ts';
import type { LogLine } from './protocol.ts';

function line(text: string, rest: Partial<LogLine> = {}): LogLine {
  return { at: 0, step: 'dbt', level: 'info', kind: 'output', text, ...rest };
}

function texts(log: LogModel): string[] {
  return log.text() === '' ? [] : log.text().split('\n');
}

test('lines are appended in batches, and lines sent twice are taken once', () => {
  const log = new LogModel();
  expect(log.append(0, [line('a'), line('b')])).toBe(true);
  expect(log.append(1, [line('b'), line('c')])).toBe(true);
  expect(texts(log)).toEqual(['a', 'b', 'c']);
});

test('a batch that leaves a gap is refused', () => {
  const log = new LogModel();
  log.append(0, [line('a')]);
  expect(log.append(3, [line('d')])).toBe(false);
  expect(texts(log)).toEqual(['a']);
});

test('a batch from 0 starts the log anew', () => {
  const log = new LogModel();
  log.append(0, [line('old'), line('older')]);
  log.append(0, [line('new')]);
  expect(texts(log)).toEqual(['new']);
});

test('the level filter hides what is less severe, never Penstock’s own lines', () => {
  const log = new LogModel();
  log.setFilter({ level: 'warn' });
  log.append(0, [line('info'), line('warn', { level: 'warn' }), line('$ dbt build', { kind: 'command' })]);
  log.append(3, [line('error', { level: 'error' }), line('debug', { level: 'debug' })]);
  expect(texts(log)).toEqual(['warn', '$ dbt build', 'error']);
  log.setFilter({ level: 'debug' });
  expect(log.shownCount).toBe(5);
});

test('lines of one node or one step can be shown alone', () => {
  const log = new LogModel();
  log.append(0, [line('load', { step: 'meltano' }), line('a', { node: 'a' }), line('b', { node: 'b' })]);
  log.setFilter({ level: 'debug', step: 'dbt' });
  expect(texts(log)).toEqual(['a', 'b']);
  log.setFilter({ level: 'debug', step: 'dbt', node: 'b' });
  expect(texts(log)).toEqual(['b']);
  expect(log.indexAt(0)).toBe(2);
  expect(log.findFirst('dbt', 'b')).toBe(0);
});

test('the first line of a node is its first error where it has one', () => {
  const log = new LogModel();
  log.append(0, [line('start', { node: 'a' }), line('broken', { node: 'a', level: 'error' })]);
  expect(log.findFirst('dbt', 'a')).toBe(1);
  expect(log.findFirst('dbt', undefined)).toBe(0);
  expect(log.findFirst('dbt', 'other')).toBeUndefined();
});

test('a plain search takes every character literally, whatever the case, and sees through colours', () => {
  const log = new LogModel();
  log.append(0, [line('cost (a.b)'), line('cost axb'), line('CO\u001b[31mST (A.B)')]);
  log.setSearch({ text: 'cost (a.b)', regex: false });
  expect(log.hitCount).toBe(2);
  expect(log.rangesIn('xcost (a.b)')).toEqual([{ start: 1, end: 11 }]);
});

test('a search goes on in lines that come later', () => {
  const log = new LogModel();
  log.setSearch({ text: 'error', regex: false });
  log.append(0, [line('no error'), line('fine')]);
  log.append(2, [line('another error')]);
  expect(log.hitCount).toBe(2);
});

test('next and previous go round the corner, the first next to where the person looks', () => {
  const log = new LogModel();
  log.append(
    0,
    ['x', 'a', 'x', 'b', 'x'].map((text) => line(text)),
  );
  log.setSearch({ text: 'x', regex: false });
  expect(log.step(1, 1)).toBe(2);
  expect(log.step(1, 0)).toBe(4);
  expect(log.step(1, 0)).toBe(0);
  expect(log.step(-1, 0)).toBe(4);
  expect(log.currentHit).toBe(2);
});

test('a broken regular expression is a message, and one that hits the empty text ends', () => {
  const log = new LogModel();
  log.append(0, [line('xx')]);
  log.setSearch({ text: '(', regex: true });
  expect(log.searchProblem).toMatch(/Invalid regular expression/);
  expect(log.hitCount).toBe(0);
  log.setSearch({ text: 'y*', regex: true });
  expect(log.searchProblem).toBeUndefined();
  expect(log.hitCount).toBe(0);
  log.setSearch({ text: '^x{2}$', regex: true });
  expect(log.hitCount).toBe(1);
});

test('hits are counted among the lines shown', () => {
  const log = new LogModel();
  log.append(0, [line('x'), line('x', { level: 'error' })]);
  log.setSearch({ text: 'x', regex: false });
  log.setFilter({ level: 'error' });
  expect(log.hitCount).toBe(1);
  expect(log.step(1, 0)).toBe(0);
});

test('the longest line gives the width, as far as it is drawn', () => {
  const log = new LogModel();
  log.append(0, [line('\u001b[31mred\u001b[0m'), line('longer')]);
  expect(log.columns).toBe(6);
  log.append(2, [line('x'.repeat(1_000_000))]);
  expect(log.columns).toBe(5000);
});
