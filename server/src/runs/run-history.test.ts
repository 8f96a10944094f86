import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromFsPath } from '../files/node-files.ts';
import { logFile, runIdFor } from './run-folder.ts';
import type { NodeStatus } from '../core/step.ts';
import type { RunEventBody } from './run-event.ts';
import { createRunHistory } from './run-history.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'penstock-history-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Told {
  readonly minute: number;
  readonly status: NodeStatus;
  readonly node?: string;
  readonly cwd?: string;
  readonly pid?: number;
  readonly isOver?: boolean;
  readonly requested?: readonly string[];
}

/** The log of a run with one node. */
function write({
  minute,
  status,
  node = 'model.shop.a',
  cwd = 'dbt',
  pid = 1,
  isOver = true,
  requested = ['dbt:build'],
}: Told): void {
  const start = Date.parse(`2026-11-23T08:${minute}:00.000Z`);
  const run = runIdFor(start);
  const steps = [{ id: 's', step: 'dbt:build', title: 'Build', system: 'dbt', needs: [] }];
  const bodies: RunEventBody[] = [
    { type: 'run-started', format: 1, requested, title: 'B', steps, pid, folder },
    { type: 'step-started', step: 's', command: ['dbt'], cwd: join(folder, cwd), pid },
    { type: 'node-started', step: 's', node, title: 'a', what: 'model' },
    ...(isOver
      ? ([
          { type: 'node-ended', step: 's', node, status, durationMs: 5, message: 'said' },
          { type: 'step-ended', step: 's', status: 'failed', durationMs: 7 },
          { type: 'run-ended', status: 'succeeded', durationMs: 9 },
        ] as const)
      : []),
  ];
  const file = logFile(folder, run);
  mkdirSync(dirname(file), { recursive: true });
  const lines = bodies.map((body, seq) =>
    JSON.stringify({ seq, at: new Date(start + seq).toISOString(), run, ...body }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
}

const project = (): { root: string } => ({ root: fromFsPath(join(folder, 'dbt')) });

test('what served until somebody ended it did what it was to do', async () => {
  const run = runIdFor(Date.parse('2026-11-23T08:10:00.000Z'));
  const steps = [{ id: 's', step: 'streamlit:run/app.py', title: 'App', system: 'streamlit', needs: [] }];
  const bodies: readonly RunEventBody[] = [
    {
      type: 'run-started',
      format: 1,
      requested: ['streamlit:run/app.py'],
      title: 'A',
      steps,
      pid: 1,
      folder,
    },
    { type: 'step-started', step: 's', command: ['streamlit'], cwd: join(folder, 'dbt'), pid: 1 },
    { type: 'step-ended', step: 's', status: 'cancelled', stopped: true, durationMs: 7 },
    { type: 'run-ended', status: 'cancelled', stopped: true, durationMs: 9 },
  ];
  const file = logFile(folder, run);
  mkdirSync(dirname(file), { recursive: true });
  const head = { at: '2026-11-23T08:10:00.000Z', run };
  writeFileSync(file, bodies.map((body, seq) => `${JSON.stringify({ seq, ...head, ...body })}\n`).join(''));
  const history = createRunHistory({});
  expect(await history.lastOfStep(project(), 'streamlit:run/app.py')).toMatchObject({ status: 'succeeded' });
});

test('the newest run that a thing took part in, of the project it is in', async () => {
  const history = createRunHistory({});
  expect(await history.last(project(), 'model.shop.a')).toBeUndefined();
  write({ minute: 10, status: 'failed' });
  write({ minute: 11, status: 'succeeded', node: 'model.shop.b' });
  write({ minute: 12, status: 'succeeded', cwd: 'other' });
  expect(await history.last(project(), 'model.shop.a')).toEqual({
    status: 'failed',
    at: '2026-11-23T08:10:00.002Z',
    durationMs: 5,
    message: 'said',
    by: 'dbt:build',
  });
  write({ minute: 13, status: 'warned' });
  expect((await history.last(project(), 'model.shop.a'))?.status).toBe('warned');
});

test('an id may go on behind a dot, and a broken log tells nothing', async () => {
  write({ minute: 10, status: 'failed', node: 'test.shop.unique_a_id.0123' });
  const broken = logFile(folder, runIdFor(Date.parse('2026-11-23T09:00:00Z')));
  mkdirSync(dirname(broken), { recursive: true });
  writeFileSync(broken, '{"type":"run-started","format":99}\n');
  const history = createRunHistory({});
  expect((await history.last(project(), 'test.shop.unique_a_id'))?.status).toBe('failed');
  expect(await history.last(project(), 'test.shop.unique_a')).toBeUndefined();
});

test('what is running now, until it has ended', async () => {
  const history = createRunHistory({});
  write({ minute: 10, status: 'failed', pid: process.pid, isOver: false });
  expect((await history.last(project(), 'model.shop.a'))?.status).toMatch(/running|skipped/);
  write({ minute: 10, status: 'failed' });
  write({ minute: 11, status: 'succeeded' });
  expect((await history.last(project(), 'model.shop.a'))?.status).toBe('succeeded');
});

test('secrets of the environment and given ones are masked', () => {
  const history = createRunHistory({ DB_PASSWORD: 'hunter-hunter' });
  expect(history.masking(project(), ['other-secret'])('with hunter-hunter and other-secret')).toBe(
    'with *** and ***',
  );
});

test('a step that ran in the folder of its project, and a pipeline', async () => {
  const history = createRunHistory({});
  write({ minute: 10, status: 'succeeded' });
  write({ minute: 11, status: 'failed', cwd: 'other' });
  expect(await history.lastOfStep(project(), 'dbt:build@dbt')).toEqual({
    status: 'failed',
    at: '2026-11-23T08:10:00.001Z',
    durationMs: 7,
    by: 'dbt:build',
  });
  expect(await history.lastOfStep(project(), 'dbt:test')).toBeUndefined();
  write({ minute: 12, status: 'succeeded', requested: ['pipeline:daily'] });
  expect(await history.lastOfStep({ root: fromFsPath(folder) }, 'pipeline:daily')).toEqual({
    status: 'succeeded',
    at: '2026-11-23T08:12:00.000Z',
    durationMs: 9,
    by: 'pipeline:daily',
  });
  expect((await history.lastOfStep(project(), 'dbt:build'))?.at).toBe('2026-11-23T08:12:00.001Z');
});
