import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../server/src/runs/run-event.ts';
import { RunModel } from '../../../server/src/runs/run-state.ts';
import { TestEvents, testsIn } from './test-events.ts';

const find = (cwd: string, name: string): string | undefined =>
  cwd === '/w/dbt' && ['unique_orders_id', 'unit_test.shop.orders.adds'].includes(name) ? name : undefined;

const step = 'dbt:build';
const bodies: readonly RunEventBody[] = [
  {
    type: 'run-started',
    format: 1,
    requested: [step],
    title: 'Build',
    steps: [{ id: step, step, title: 'Build', system: 'dbt', needs: [] }],
    pid: 1,
    folder: '/w',
  },
  { type: 'step-started', step, command: ['dbt', 'build'], cwd: '/w/dbt', pid: 2 },
  { type: 'node-started', step, node: 'model.shop.orders', title: 'orders', what: 'model' },
  { type: 'node-ended', step, node: 'model.shop.orders', status: 'succeeded' },
  { type: 'node-started', step, node: 'test.shop.u.1', title: 'unique_orders_id', what: 'test' },
  { type: 'output', step, node: 'test.shop.u.1', stream: 'stdout', level: 'debug', text: 'select' },
  { type: 'output', step, node: 'test.shop.u.1', stream: 'stdout', level: 'error', text: 'Failure' },
  {
    type: 'node-ended',
    step,
    node: 'test.shop.u.1',
    status: 'failed',
    durationMs: 20,
    message: 'Got 2 results, configured to fail if != 0\n',
    rowsStep: 'dbt:show/unique_orders_id',
  },
  // Told again when the run is over, with the file.
  { type: 'node-ended', step, node: 'test.shop.u.1', status: 'failed', path: '/w/dbt/models/_p.yml' },
  { type: 'node-started', step, node: 'unit_test.shop.orders.adds', title: 'adds', what: 'unit test' },
  { type: 'node-ended', step, node: 'unit_test.shop.orders.adds', status: 'succeeded', durationMs: 5 },
  { type: 'node-started', step, node: 'test.shop.other.2', title: 'not_listed', what: 'test' },
  { type: 'node-ended', step, node: 'test.shop.other.2', status: 'succeeded' },
  { type: 'step-ended', step, status: 'failed', exitCode: 1, durationMs: 100 },
  { type: 'run-ended', status: 'failed', durationMs: 100 },
];
const events = bodies.map((body, seq): RunEvent => ({
  seq,
  at: `2026-11-23T10:00:0${seq % 10}Z`,
  run: 'r',
  ...body,
}));

const failure = {
  test: 'unique_orders_id',
  cwd: '/w/dbt',
  status: 'failed',
  durationMs: 20,
  message: 'Got 2 results, configured to fail if != 0',
  rowsStep: 'dbt:show/unique_orders_id',
};
const success = { test: 'unit_test.shop.orders.adds', cwd: '/w/dbt', status: 'succeeded', durationMs: 5 };

test('tells how tests go while the run goes on, each end once', () => {
  const read = new TestEvents(find);
  expect(events.flatMap((event) => read.take(event))).toEqual([
    { kind: 'started', test: 'unique_orders_id' },
    { kind: 'output', text: 'Failure', test: 'unique_orders_id' },
    { kind: 'ended', ...failure },
    { kind: 'started', test: 'unit_test.shop.orders.adds' },
    { kind: 'ended', ...success },
  ]);
  expect(read.fault).toBe('');
});

test('tells how they went of a run that is over', () => {
  const model = new RunModel('r');
  for (const event of events) model.apply(event);
  expect(testsIn(model.snapshot(), find)).toEqual([failure, success]);
});

test('what kept tests from being run is told in the words of the tool', () => {
  const read = new TestEvents(find);
  const say = (body: RunEventBody): void =>
    void read.take({ seq: 0, at: '2026-11-23T10:00:00Z', run: 'r', ...body });
  say({ type: 'node-started', step, node: 'parse', title: 'read the project', what: 'project' });
  say({ type: 'node-ended', step, node: 'parse', status: 'failed', message: 'no such macro\n' });
  say({ type: 'step-ended', step, status: 'failed', durationMs: 1, message: 'dbt is missing' });
  expect(read.fault).toBe('no such macro\n\ndbt is missing');
  expect(read.wasCancelled).toBe(false);
  say({ type: 'cancelling', signal: 'SIGINT', reason: 'asked' });
  expect(read.wasCancelled).toBe(true);
});
