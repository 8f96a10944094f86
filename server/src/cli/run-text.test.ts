import { expect, test } from 'vitest';
import type { RunEventBody } from '../runs/run-event.ts';
import { RunText } from './run-text.ts';

function print(bodies: readonly RunEventBody[], colours = false): readonly string[] {
  const printer = new RunText({ cwd: '/w', colours });
  return bodies
    .map((body, seq) => printer.of({ seq, at: '', run: 'r', ...body }))
    .filter((text) => text !== '');
}

const begin = (step: string): RunEventBody => ({
  type: 'step-started',
  step,
  command: ['dbt', 'a b'],
  cwd: '/w',
  pid: 1,
});
const output = (text: string, more: object = {}): RunEventBody => ({
  type: 'output',
  step: 'a',
  stream: 'stdout',
  level: 'info',
  text,
  ...more,
});

test('nodes by title, failures with their message and place', () => {
  const text = print([
    begin('a'),
    { type: 'node-started', step: 'a', node: 'model.x.n', title: 'stg_n', what: 'model' },
    { type: 'node-ended', step: 'a', node: 'model.x.n', status: 'succeeded', durationMs: 412 },
    {
      type: 'node-ended',
      step: 'a',
      node: 'm',
      status: 'failed',
      durationMs: 61_000,
      message: 'Database Error\n  no column',
      path: '/w/models/m.sql',
      line: 7,
    },
    { type: 'node-ended', step: 'a', node: 'k', status: 'skipped', durationMs: 0 },
  ]);
  expect(text).toEqual([
    "▶ a  dbt 'a b'",
    '  ✓ stg_n  0.4 s',
    '  ✗ m  1 min 1 s\n      Database Error\n        no column\n      models/m.sql:7',
    '  ⊘ k',
  ]);
});

test('what a tool says again of a node that failed is left out, and its place is told', () => {
  const ended: RunEventBody = {
    type: 'node-ended',
    step: 'a',
    node: 'test.x.t',
    status: 'failed',
    durationMs: 223,
    message: 'Got 2 results, configured to fail if != 0',
  };
  const text = print([
    begin('a'),
    { type: 'node-started', step: 'a', node: 'test.x.t', title: 'unique_n', what: 'test' },
    output('careful', { node: 'test.x.t', level: 'warn' }),
    ended,
    { ...ended, path: '/w/models/m.yml' },
    { ...ended, path: '/w/models/m.yml' },
    output('[ERROR]: in test unique_n (models/m.yml)', { node: 'test.x.t', level: 'error' }),
    output('  Got 2 results, configured to fail if != 0', { node: 'test.x.t', level: 'error' }),
    output('something else', { node: 'test.x.t', level: 'error' }),
    output('Got 2 results, configured to fail if != 0', { level: 'error' }),
  ]);
  expect(text.slice(1)).toEqual([
    '  careful',
    '  ✗ unique_n  0.2 s\n      Got 2 results, configured to fail if != 0',
    '  ✗ unique_n: models/m.yml',
    '  something else',
    '  Got 2 results, configured to fail if != 0',
  ]);
});

test('the reason that stands right above is not told again', () => {
  const said = output('target-x | IOError: no such folder', { node: 'n', level: 'error' });
  const ended: RunEventBody = {
    type: 'node-ended',
    step: 'a',
    node: 'n',
    status: 'failed',
    message: 'Loader failed (exit code 1): IOError: no such folder',
  };
  const loader = output('Loader failed', { node: 'n', level: 'error' });
  expect(print([begin('a'), said, loader, ended]).slice(1)).toEqual([
    '  target-x | IOError: no such folder',
    '  Loader failed',
    '  ✗ n\n      Loader failed (exit code 1)',
  ]);
  // Where something else stands between, it is.
  expect(print([begin('a'), said, output('other'), ended]).at(-1)).toBe(
    '  ✗ n\n      Loader failed (exit code 1): IOError: no such folder',
  );
});

test('a node that fails in a second try is told again', () => {
  const ended: RunEventBody = { type: 'node-ended', step: 'a', node: 'n', status: 'failed', message: 'no' };
  const again: RunEventBody = {
    type: 'step-retrying',
    step: 'a',
    attempt: 1,
    attempts: 2,
    delayMs: 0,
    durationMs: 1,
  };
  expect(print([begin('a'), ended, again, begin('a'), ended]).filter((line) => line.includes('✗'))).toEqual([
    '  ✗ n\n      no',
    '  ✗ n\n      no',
  ]);
});

test('noise is left out: debugging, and what a node says of itself', () => {
  const text = print([
    output('x', { level: 'debug' }),
    output('1 of 2 OK', { node: 'n' }),
    output('careful', { node: 'n', level: 'warn' }),
  ]);
  expect(text).toEqual(['  careful']);
});

test('lines of steps that run together say whose they are', () => {
  expect(print([begin('a'), begin('b'), output('x')]).at(-1)).toBe('  a | x');
});

test('a program cannot move the cursor; its colours pass only where colours are shown', () => {
  const line = output('\u001b]0;title\u0007\u001b[31mred\u001b[0m\u001b[2J\u0008!');
  expect(print([line])).toEqual(['  red!']);
  expect(print([line], true)).toEqual(['  \u001b[31mred\u001b[0m!']);
});

test('a server that somebody ended was stopped', () => {
  const totals = { succeeded: 0, failed: 0, skipped: 0, warned: 0, stopped: 1 };
  expect(
    print([
      {
        type: 'step-ended',
        step: 'app',
        status: 'cancelled',
        stopped: true,
        signal: 'SIGTERM',
        durationMs: 100,
      },
      { type: 'run-ended', status: 'cancelled', stopped: true, durationMs: 100, totals },
    ]),
  ).toEqual(['■ app  0.1 s  stopped, ended by SIGTERM', '■ run stopped: 1 stopped  0.1 s']);
});

test('the end counts', () => {
  const totals = { succeeded: 37, failed: 1, skipped: 2, warned: 0 };
  expect(print([{ type: 'run-ended', status: 'failed', durationMs: 42_000, totals }])).toEqual([
    '✗ run failed: 37 succeeded, 1 failed, 2 skipped  42.0 s',
  ]);
});
