import { expect, test } from 'vitest';
import type { RunEventBody } from './run-event.ts';
import { RunModel } from './run-state.ts';

/** Events a second apart. */
function model(...bodies: readonly RunEventBody[]): RunModel {
  const made = new RunModel('r');
  bodies.forEach((body, seq) => {
    const at = new Date(Date.parse('2026-11-23T08:00:00Z') + seq * 1000).toISOString();
    made.apply({ seq, at, run: 'r', ...body });
  });
  return made;
}

const heads = ['a', 'b'].map((id) => ({
  id,
  step: `t:${id}`,
  title: id,
  system: 't',
  needs: id === 'b' ? ['a'] : [],
}));
const started: RunEventBody = {
  type: 'run-started',
  format: 1,
  requested: ['t:a', 't:b'],
  title: 'a, b',
  steps: heads,
  pid: 1,
  folder: '/w',
};
const stepStarted: RunEventBody = {
  type: 'step-started',
  step: 'a',
  command: ['a', '-x'],
  cwd: '/w',
  pid: 2,
};

test('an empty run is a run that has said nothing', () => {
  expect(new RunModel('r').snapshot()).toMatchObject({
    id: 'r',
    status: 'running',
    startedAt: '',
    steps: [],
    cancelling: false,
  });
});

test('what a run says of its steps beforehand stays with them', () => {
  const [a, b] = model({
    ...started,
    steps: [
      { ...heads[0]!, digest: '1f' },
      { ...heads[1]!, digest: '2f', onlyFailed: true },
    ],
  }).snapshot().steps;
  expect(a).toMatchObject({ id: 'a', digest: '1f' });
  expect(a).not.toHaveProperty('onlyFailed');
  expect(b).toMatchObject({ id: 'b', digest: '2f', onlyFailed: true });
});

test('a run from its first event to its last', () => {
  const run = model(
    started,
    { type: 'step-waiting', step: 'a', reason: 'waits for x' },
    stepStarted,
    { type: 'node-started', step: 'a', node: 'n', title: 'N', what: 'model', path: '/w/n.sql', total: 2 },
    { type: 'progress', step: 'a', node: 'stream', records: 7 },
    { type: 'output', step: 'a', stream: 'stdout', level: 'info', text: 'hello' },
    {
      type: 'node-ended',
      step: 'a',
      node: 'n',
      status: 'failed',
      durationMs: 1500,
      message: 'bad',
      path: '/w/n.sql',
      line: 3,
    },
    { type: 'step-ended', step: 'a', status: 'failed', exitCode: 1, durationMs: 5000 },
    {
      type: 'step-ended',
      step: 'b',
      status: 'skipped',
      durationMs: 0,
      message: 'skipped, because `a` failed',
    },
    { type: 'run-ended', status: 'failed', durationMs: 9000 },
  ).snapshot();
  expect(run).toEqual({
    id: 'r',
    title: 'a, b',
    requested: ['t:a', 't:b'],
    status: 'failed',
    cancelling: false,
    startedAt: '2026-11-23T08:00:00.000Z',
    endedAt: '2026-11-23T08:00:09.000Z',
    durationMs: 9000,
    totals: { succeeded: 0, failed: 1, skipped: 1, warned: 0 },
    steps: [
      {
        ...heads[0],
        status: 'failed',
        startedAt: '2026-11-23T08:00:02.000Z',
        durationMs: 5000,
        exitCode: 1,
        command: ['a', '-x'],
        cwd: '/w',
        total: 2,
        nodes: [
          {
            node: 'n',
            title: 'N',
            what: 'model',
            status: 'failed',
            startedAt: '2026-11-23T08:00:03.000Z',
            durationMs: 1500,
            message: 'bad',
            path: '/w/n.sql',
            line: 3,
          },
          // Nobody said how it ended; its step failed.
          {
            node: 'stream',
            title: 'stream',
            what: '',
            status: 'failed',
            startedAt: '2026-11-23T08:00:04.000Z',
            durationMs: 3000,
            records: 7,
          },
        ],
      },
      { ...heads[1], status: 'skipped', durationMs: 0, message: 'skipped, because `a` failed', nodes: [] },
    ],
  });
});

test('a step that waits says for what, until it starts', () => {
  const waiting = model(started, { type: 'step-waiting', step: 'a', reason: 'waits for x' });
  expect(waiting.snapshot().steps[0]).toMatchObject({ status: 'waiting', waitingFor: 'waits for x' });
  expect(
    model(started, { type: 'step-waiting', step: 'a', reason: 'x' }, stepStarted).snapshot().steps[0],
  ).not.toHaveProperty('waitingFor');
});

test('cancelling is told until the run has ended', () => {
  const events: readonly RunEventBody[] = [
    started,
    stepStarted,
    { type: 'cancelling', signal: 'SIGINT', reason: 'x', step: 'a' },
  ];
  expect(model(...events).snapshot().cancelling).toBe(true);
  const ended = model(...events, { type: 'run-ended', status: 'cancelled', durationMs: 1 }).snapshot();
  expect(ended).toMatchObject({ cancelling: false, status: 'cancelled' });
});

test('an interrupted run ends with its last sign of life', () => {
  const run = model(started, stepStarted, {
    type: 'node-started',
    step: 'a',
    node: 'n',
    title: 'N',
    what: 'model',
  });
  run.interrupt();
  expect(run.snapshot()).toMatchObject({ status: 'interrupted', durationMs: 2000 });
  const [first, ...others] = run.snapshot().steps;
  expect(first).toMatchObject({ status: 'interrupted', durationMs: 1000, nodes: [{ status: 'skipped' }] });
  expect(others.map(({ status }) => status)).not.toContain('interrupted');
  const waiting = model(started, { type: 'step-waiting', step: 'a', reason: 'waits for x' });
  waiting.interrupt();
  expect(waiting.snapshot().steps[0]).toMatchObject({ status: 'interrupted' });
  expect(waiting.snapshot().steps[0]).not.toHaveProperty('durationMs');
  const ended = model(started, { type: 'run-ended', status: 'succeeded', durationMs: 1 });
  ended.interrupt();
  expect(ended.snapshot().status).toBe('succeeded');
});

test('a snapshot stays as it was', () => {
  const run = model(started, stepStarted, { type: 'progress', step: 'a', node: 'n', records: 1 });
  const before = run.snapshot();
  run.apply({ seq: 9, at: '', run: 'r', type: 'progress', step: 'a', node: 'n', records: 2 });
  run.apply({ seq: 9, at: '', run: 'r', type: 'step-ended', step: 'a', status: 'succeeded', durationMs: 1 });
  expect(before.steps[0]).toMatchObject({ status: 'running', nodes: [{ records: 1, status: 'running' }] });
});

test('events of steps that the run does not have are left out', () => {
  const run = model(started, { type: 'step-ended', step: 'zzz', status: 'failed', durationMs: 1 });
  expect(run.snapshot().steps.map((step) => step.status)).toEqual(['pending', 'pending']);
});
