import { expect, test } from 'vitest';
import type { NodeSnapshot, RunSnapshot, RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunSummary } from '../../../server/src/runs/run-store.ts';
import type { Row } from './row.ts';
import { progressText, runRows, statusText, type RunForRow } from './runs-rows.ts';

const now = new Date(2026, 10, 23, 12, 0, 31);
const startedAt = new Date(2026, 10, 23, 12, 0, 0).toISOString();

function summary(id: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    title: `title of ${id}`,
    requested: [id],
    status: 'succeeded',
    startedAt,
    durationMs: 42_000,
    failed: 0,
    steps: 1,
    ...more,
  };
}

function node(name: string, more: Partial<NodeSnapshot> = {}): NodeSnapshot {
  return { node: name, title: name, what: 'model', status: 'succeeded', startedAt, ...more };
}

function step(nodes: readonly NodeSnapshot[], more: Partial<RunStepSnapshot> = {}): RunStepSnapshot {
  return {
    id: 's1',
    step: 'x:build',
    title: 'build',
    system: 'x',
    needs: [],
    status: 'failed',
    nodes,
    ...more,
  };
}

function snapshot(steps: readonly RunStepSnapshot[], more: Partial<RunSnapshot> = {}): RunSnapshot {
  const totals = { succeeded: 0, failed: 0, skipped: 0, warned: 0 };
  return {
    id: 'r',
    title: 'r',
    requested: ['x:build'],
    status: 'running',
    startedAt,
    cancelling: false,
    totals,
    steps,
    ...more,
  };
}

function run(of: RunSummary, steps: readonly RunStepSnapshot[] = [], live?: RunSnapshot): RunForRow {
  return {
    folder: 'file:///w',
    summary: of,
    ...(live ? { live } : {}),
    snapshot: () => Promise.resolve(snapshot(steps)),
  };
}

async function childrenOf(row: Row | undefined): Promise<readonly Row[]> {
  return typeof row?.children === 'function' ? row.children() : (row?.children ?? []);
}

const show = (row: Row): string => `${row.label} | ${row.description ?? ''}`;

test('shows what runs first, then the rest by day', async () => {
  const runs = [
    run(summary('daily', { status: 'failed', failed: 2 })),
    run(
      summary('build', { status: 'running' }),
      [],
      snapshot([step([node('a'), node('b', { status: 'running' })], { status: 'running', total: 40 })]),
    ),
    run(summary('old', { startedAt: new Date(2026, 10, 22, 9, 5).toISOString(), status: 'cancelled' })),
  ];
  const rows = runRows(runs, now);
  expect(rows.map(show)).toEqual(['build | 1/40 · 12:00', 'Today | 1 run · 1 failed', 'Yesterday | 1 run']);
  expect((await childrenOf(rows[1])).map(show)).toEqual(['daily | 2 failed · 42.0 s · 12:00']);
  expect((await childrenOf(rows[2])).map(show)).toEqual(['old | cancelled · 42.0 s · 09:05']);
  expect(rows.map(({ context, expanded }) => [context, expanded])).toEqual([
    ['runningRun', true],
    ['runDay', true],
    ['runDay', false],
  ]);
});

test('a run shows what was set for it, what may fail, and whether it can be resumed', async () => {
  const parameters = { scope: 'marts', days: '7' };
  const runs = [
    run(summary('a', { status: 'failed', failed: 1, steps: 3, parameters }), [
      step([], { status: 'failed', allowed: true, attempt: 2 }),
      step([], { id: 's2', title: 'slow', status: 'failed', timedOut: true, exitCode: 130 }),
      step([], { id: 's3', title: 'load', status: 'skipped', reusedFrom: 'before' }),
    ]),
    run(summary('b', { status: 'failed', failed: 1 })),
    run(summary('c', { allowedFailures: 1, steps: 3 })),
  ];
  const [today] = runRows(runs, now);
  const rows = await childrenOf(today);
  expect(rows.map(show)).toEqual([
    'a | 1 failed · 42.0 s · 12:00 · scope = marts, days = 7',
    'b | 1 failed · 42.0 s · 12:00',
    'c | succeeded, 1 allowed to fail · 42.0 s · 12:00',
  ]);
  expect(rows.map(({ context }) => context)).toEqual(['resumableRun', 'endedRun', 'endedRun']);
  expect(rows[2]?.icon?.id).toBe('warning');
  expect((await childrenOf(rows[0])).map(show)).toEqual([
    'build | failed, as it may · attempt 2',
    'slow | failed · timed out · exit 130',
    'load | succeeded before',
  ]);
});

test('what served until somebody ended it was stopped, and nothing is left to resume', async () => {
  const server = step([], { status: 'cancelled', stopped: true });
  const stopped = run(summary('app', { status: 'cancelled', stopped: true, steps: 2 }), [server]);
  const [row] = await childrenOf(runRows([stopped], now)[0]);
  expect([row?.description, row?.icon?.id, row?.context]).toEqual([
    'stopped · 42.0 s · 12:00',
    'stop-circle',
    'endedRun',
  ]);
  expect((await childrenOf(row)).map(show)).toEqual(['build | stopped']);
});

test('a run leads to its steps and those to what failed, with file and line', async () => {
  const steps = [
    step(
      [
        node('good'),
        node('bad', { status: 'failed', message: 'no column *x*', path: '/w/models/bad one.sql', line: 7 }),
      ],
      { exitCode: 1, durationMs: 3_000 },
    ),
    step([], { id: 's2', title: 'docs', status: 'skipped' }),
  ];
  const [today] = runRows([run(summary('r', { status: 'failed' }), steps)], now);
  const [row] = await childrenOf(today);
  const stepRows = await childrenOf(row);
  expect(stepRows.map(show)).toEqual(['build | failed · exit 1 · 3.0 s', 'docs | skipped']);
  const [bad, ...others] = await childrenOf(stepRows[0]);
  expect(others).toEqual([]);
  expect(bad).toMatchObject({
    label: 'bad',
    open: { kind: 'file', uri: 'file:///w/models/bad%20one.sql', line: 6 },
  });
  expect(bad?.tooltip).toContain('no column \\*x\\*');
});

test('every state is told by shape and in words', async () => {
  const states = ['succeeded', 'failed', 'cancelled', 'not-started', 'interrupted'] as const;
  const [today] = runRows(
    states.map((status, index) => run(summary(String(index), { status }))),
    now,
  );
  const rows = await childrenOf(today);
  expect(new Set(rows.map(({ icon }) => icon?.id)).size).toBe(states.length);
  expect(rows.map(({ spoken }) => spoken?.split(', ')[1])).toEqual([
    'Succeeded',
    'Failed',
    'Cancelled',
    'Could Not Start',
    'Interrupted',
  ]);
});

test('progress counts what ended, against the total where the tool said one', () => {
  const nodes = [node('a'), node('b', { status: 'failed' }), node('c', { status: 'running' })];
  expect(progressText(snapshot([step(nodes, { status: 'running', total: 3 })]))).toBe('2/3');
  expect(progressText(snapshot([step(nodes, { status: 'running' })]))).toBe('2 done');
  expect(progressText(snapshot([step([], { status: 'running' })]))).toBe('');
  expect(progressText(snapshot([step(nodes, { status: 'succeeded' })]))).toBe('');
});

test('the status bar says what runs, how far it got and for how long', () => {
  const building = {
    summary: summary('x:build', { status: 'running' }),
    live: snapshot([step([node('a')], { status: 'running', total: 40 })]),
  };
  expect(statusText([building], now.getTime())).toBe('$(sync~spin) Penstock: x:build 1/40 · 0:31');
  expect(statusText([], now.getTime())).toBeUndefined();
  expect(statusText([building, building], now.getTime())).toBe('$(sync~spin) Penstock: 2 runs · 0:31');
});

test('a pipeline tells the step it is at, and a cancelled run that it is ending', () => {
  const daily = summary('r', { status: 'running', requested: ['pipeline:daily'] });
  const live = snapshot([step([], { status: 'running' })]);
  expect(statusText([{ summary: daily, live }], now.getTime())).toBe(
    '$(sync~spin) Penstock: pipeline:daily · x:build · 0:31',
  );
  expect(statusText([{ summary: daily, live: { ...live, cancelling: true } }], now.getTime())).toContain(
    'cancelling',
  );
});

test('a name cannot draw an icon or fill the status bar', () => {
  const text = statusText(
    [{ summary: summary('r', { status: 'running', requested: [`$(flame)${'x'.repeat(90)}`] }) }],
    now.getTime(),
  );
  expect(text).toContain('$ (flame)');
  expect(text?.length).toBeLessThan(110);
});
