import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexFile, outcomeFile, runIdFor } from './run-folder.ts';
import { RunStore } from './run-store.ts';
import { isWanted } from './search-runs.ts';
import { snapshotOf } from './test-support/snapshots.ts';

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-index-'));
  store = new RunStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = Date.parse('2026-11-23T08:32:45.120Z');

/** A run that has ended, as its driver leaves it. */
function leave(at: number, message = 'no such column'): string {
  const id = runIdFor(start + at * 60_000);
  const log = store.logPath(id);
  mkdirSync(dirname(log), { recursive: true });
  const steps = [{ id: 'dbt:build', step: 'dbt:build', title: 'Build', system: 'dbt', needs: [] }];
  const when = new Date(start + at * 60_000).toISOString();
  const events = [
    { type: 'run-started', format: 1, requested: ['dbt:build'], title: 'Build', steps, pid: 1, folder },
    {
      type: 'run-ended',
      status: 'failed',
      durationMs: 4000,
      totals: { succeeded: 1, failed: 2, skipped: 0, warned: 0 },
    },
  ];
  writeFileSync(
    log,
    events.map((event, seq) => `${JSON.stringify({ seq, at: when, run: id, ...event })}\n`).join(''),
  );
  store.keep(
    snapshotOf('9', { 'dbt:build': ['failed', 4000, { orders: ['failed', 3000, message] }] }, { id }),
  );
  return id;
}

test('what the index tells is what the logs tell', async () => {
  const ids = Array.from({ length: 5 }, (_, at) => leave(at));
  const listed = await store.list();
  expect(listed.map(({ id }) => id)).toEqual([...ids].reverse());
  rmSync(indexFile(folder));
  expect(await new RunStore(folder).list()).toEqual(listed);
});

test('a run that is in the index is not read', async () => {
  const id = leave(0);
  rmSync(store.logPath(id));
  expect(await new RunStore(folder).list()).toMatchObject([{ id, status: 'failed', failed: 2 }]);
});

test('lines that are no run are left out, and so are runs that are gone', async () => {
  const id = leave(0);
  const gone = leave(1);
  rmSync(dirname(store.logPath(gone)), { recursive: true });
  writeFileSync(indexFile(folder), `${readFileSync(indexFile(folder), 'utf8')}null\n{"id":"${id}"}\n{"id"`);
  expect((await store.list()).map((run) => run.id)).toEqual([id]);
});

test('an outcome is taken only where it is one, and of this run', () => {
  const id = leave(0);
  expect(store.outcome(id)?.steps[0]?.nodes[0]?.title).toBe('orders');
  for (const broken of [
    '',
    '{}',
    '[]',
    readFileSync(outcomeFile(folder, id), 'utf8').replace('"nodes":[{', '"nodes":[{"message":7},{'),
    readFileSync(outcomeFile(folder, id), 'utf8').replaceAll(id, 'x'),
  ]) {
    writeFileSync(outcomeFile(folder, id), broken);
    expect(store.outcome(id), broken).toBeUndefined();
  }
});

test('nothing is written through a link that lies in the place of a file', () => {
  const id = leave(0);
  const aim = join(folder, 'aim');
  writeFileSync(aim, 'untouched');
  rmSync(outcomeFile(folder, id));
  symlinkSync(aim, outcomeFile(folder, id));
  store.keep(snapshotOf('9', {}, { id }));
  expect(readFileSync(aim, 'utf8')).toBe('untouched');
  expect(store.outcome(id)?.id).toBe(id);
});

test('limits of number, age and size: the oldest go, and the index forgets them', async () => {
  const ids = Array.from({ length: 6 }, (_, at) => leave(at));
  expect(await store.prune({ keep: 5 })).toEqual([ids[0]]);
  const now = start + 3 * 60_000 + 86_400_000;
  expect(await store.prune({ days: 1, now })).toEqual([ids[2], ids[1]]);
  const bytes =
    readFileSync(store.logPath(ids[5]!)).length + readFileSync(outcomeFile(folder, ids[5]!)).length;
  expect(await store.prune({ megabytes: (2 * bytes + 10) / 1_000_000 })).toEqual([ids[3]]);
  expect(readFileSync(indexFile(folder), 'utf8').trim().split('\n')).toHaveLength(2);
  expect((await store.list()).map(({ id }) => id)).toEqual([ids[5], ids[4]]);
});

test('a thousand runs are listed without a look at their logs', async () => {
  const ids = Array.from({ length: 1000 }, (_, at) => leave(at));
  for (const id of ids) rmSync(store.logPath(id));
  expect(await new RunStore(folder).list()).toHaveLength(1000);
});

test('runs are found by state, time, step and words, also of what they ran and said', async () => {
  const id = leave(0, 'Catalog Error: no such table');
  leave(10);
  const [, older] = await store.list();
  const ask = (query: Parameters<typeof isWanted>[0]): boolean =>
    isWanted(query, older!, () => store.outcome(id));
  expect(ask({})).toBe(true);
  expect([ask({ statuses: ['failed', 'cancelled'] }), ask({ statuses: ['succeeded'] })]).toEqual([
    true,
    false,
  ]);
  expect([ask({ since: '2026-11-23' }), ask({ since: '2026-11-24' })]).toEqual([true, false]);
  expect([ask({ until: '2026-11-24' }), ask({ until: '2026-11-23T08' })]).toEqual([true, false]);
  expect([ask({ step: 'dbt:build' }), ask({ step: 'dbt:test' })]).toEqual([true, false]);
  expect([ask({ words: ['catalog', 'ORDERS', 'build'] }), ask({ words: ['catalog', 'customers'] })]).toEqual([
    true,
    false,
  ]);
});
