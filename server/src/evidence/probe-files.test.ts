import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Probe } from '../core/evidence.ts';
import type { LastRun, RunHistory } from '../core/last-run.ts';
import { age, evidenceOf, files, here, hour, noRuns } from './test-support/evidence-of.ts';

test('a file is there, fresh enough, or not', async () => {
  files({ 'data/a.csv': 'a', 'data/b.csv': 'b', 'data/deep/c.csv': 'c', 'notes.txt': '' });
  const file = (atLeast: number, ...patterns: readonly string[]): Probe => ({
    kind: 'file',
    patterns,
    atLeast,
  });
  expect(await evidenceOf(file(1, 'notes.txt'))).toMatchObject({ state: 'passed', seen: 'it is there' });
  expect(await evidenceOf(file(2, 'data/*.csv'))).toMatchObject({ state: 'passed', seen: '2 files' });
  expect(await evidenceOf(file(3, '**/*.csv'))).toMatchObject({ state: 'passed', seen: '3 files' });
  expect(await evidenceOf(file(3, 'data/*.csv'))).toMatchObject({ state: 'failed', seen: '2 of 3 files' });
  expect(await evidenceOf(file(1, 'gone/*.csv'))).toMatchObject({ state: 'failed', seen: 'no file' });
  age('notes.txt', 5 * hour);
  expect(await evidenceOf(file(1, 'notes.txt'), { more: { maxAgeMs: hour } })).toMatchObject({
    state: 'stale',
    expected: 'a file at `notes.txt`, at most 60 minutes old',
    seen: 'it is there, 5 hours old',
  });
});

/** What is asked by somebody without rights; whoever has them all gives them up for as long. */
async function withoutRights<T>(ask: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid!(65_534);
  try {
    return await ask();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}

test('what may not be read is no gap, and a folder no file', async () => {
  files({ 'data/a.csv': 'a', 'data/b.csv': 'bad', 'locked/a.csv': 'a' });
  chmodSync(here(), 0o755);
  const file = (pattern: string): Probe => ({ kind: 'file', patterns: [pattern], atLeast: 1 });
  const report: Probe = {
    kind: 'artifact',
    patterns: ['locked/a.csv'],
    made: 'run it',
    judge: (found) => {
      const isBad = found.some(({ text }) => text === 'bad');
      return { state: isBad ? 'failed' : 'passed', expected: 'good', seen: `${found.length} read` };
    },
  };
  chmodSync(join(here(), 'locked'), 0o000);
  const locked = { state: 'unknown', seen: 'it may not be read' };
  await withoutRights(async () => {
    expect(await evidenceOf(file('locked/a.csv'))).toMatchObject(locked);
    expect(await evidenceOf(file('**/c.csv'))).toMatchObject(locked);
    expect(await evidenceOf(file('**/a.csv'))).toMatchObject({ state: 'passed' });
    expect(await evidenceOf(report)).toMatchObject(locked);
    expect(await evidenceOf({ ...report, patterns: ['**/a.csv'] })).toMatchObject({
      state: 'unknown',
      expected: 'good',
      seen: '1 read; more of it may not be read',
      where: `${here()}/locked`,
      next: 'give whoever asks the right to read it, or correct the path',
    });
    expect(await evidenceOf({ ...report, patterns: ['**/*.csv'] })).toMatchObject({ state: 'failed' });
  });
  chmodSync(join(here(), 'locked'), 0o755);
  const folder = { seen: 'a folder', next: 'name the files in it, as `data/*`' };
  expect(await evidenceOf(file('data/'))).toMatchObject({ state: 'failed', ...folder });
  expect(await evidenceOf({ ...report, patterns: ['data'] })).toMatchObject({ state: 'unknown', ...folder });
});

test('what a tool left behind is judged by who knows it', async () => {
  files({ 'out/a.json': 'good', 'out/b.json': 'bad', 'src/x.sql': '' });
  age('out/a.json', 3 * hour);
  const probe: Probe = {
    kind: 'artifact',
    patterns: ['out/*.json'],
    made: 'run it',
    beside: ['src/*.sql'],
    judge: (found, { beside }) => ({
      state: found.some(({ text }) => text === 'bad') ? 'failed' : 'passed',
      expected: 'good',
      seen: `${found.length} and ${beside.length}`,
    }),
  };
  expect(await evidenceOf(probe)).toMatchObject({ state: 'failed', seen: '2 and 1' });
  expect(await evidenceOf({ ...probe, patterns: ['out/a.json'] })).toMatchObject({ state: 'passed' });
  expect(
    await evidenceOf({ ...probe, patterns: ['out/a.json'] }, { more: { maxAgeMs: hour } }),
  ).toMatchObject({
    state: 'stale',
    seen: '1 and 1, 3 hours old',
  });
  expect(await evidenceOf({ ...probe, newest: true })).toMatchObject({ seen: '1 and 1', state: 'failed' });
  expect(await evidenceOf({ ...probe, headBytes: 2, patterns: ['out/b.json'] })).toMatchObject({
    state: 'passed',
  });
  expect(await evidenceOf({ ...probe, patterns: ['gone.json'] })).toMatchObject({
    state: 'unknown',
    next: 'run it',
  });
});

test('a database is read as a tool keeps it', async () => {
  files({ 'broken.db': 'no database' });
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(join(here(), 'a.db'));
  database.exec("CREATE TABLE runs (name TEXT, state TEXT); INSERT INTO runs VALUES ('a', 'FAIL')");
  database.close();
  const probe = (file: string, sql = 'SELECT state FROM runs'): Probe => ({
    kind: 'database',
    file,
    unless: 'OTHER_DATABASE',
    made: 'run it',
    sql,
    judge: (rows) => ({
      state: rows[0]?.['state'] === 'FAIL' ? 'failed' : 'passed',
      expected: 'a',
      seen: 'b',
      sinceMs: 5,
    }),
  });
  expect(await evidenceOf(probe('a.db'))).toMatchObject({ state: 'failed' });
  expect(await evidenceOf(probe('a.db', "SELECT 'x' AS state"))).toMatchObject({ state: 'passed' });
  expect(await evidenceOf(probe('a.db', "SELECT 'x' AS state"), { more: { maxAgeMs: hour } })).toMatchObject({
    state: 'stale',
  });
  expect(await evidenceOf(probe('a.db', 'SELECT x FROM gone'))).toMatchObject({ state: 'unknown' });
  expect(await evidenceOf(probe('broken.db'))).toMatchObject({ state: 'unknown' });
  expect(await evidenceOf(probe('gone.db'))).toMatchObject({ state: 'unknown', next: 'run it' });
});

test('a step’s last run counts with its age', async () => {
  const run = (status: LastRun['status'], ageMs: number, message?: string): RunHistory => ({
    ...noRuns,
    lastOfStep: async () => ({
      status,
      at: new Date(Date.now() - ageMs).toISOString(),
      durationMs: 1500,
      ...(message === undefined ? {} : { message }),
    }),
  });
  const probe: Probe = { kind: 'ran', step: 'pipeline:daily' };
  const more = { maxAgeMs: 24 * hour };
  expect(await evidenceOf(probe, { history: run('succeeded', hour), more })).toMatchObject({
    state: 'passed',
    seen: 'it succeeded in 1.5 s',
  });
  expect(await evidenceOf(probe, { history: run('succeeded', 72 * hour), more })).toMatchObject({
    state: 'stale',
    next: 'run it: `penstock run pipeline:daily`',
  });
  expect(await evidenceOf(probe, { history: run('failed', hour, 'no disk\nmore') })).toMatchObject({
    state: 'failed',
    seen: 'it failed: no disk',
  });
  expect(await evidenceOf(probe, { history: run('warned', hour) })).toMatchObject({ state: 'warning' });
  expect(await evidenceOf(probe)).toMatchObject({ state: 'unknown', seen: 'it never ran here' });
});
