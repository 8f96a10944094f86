import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../server/src/runs/run-event.ts';
import { logLinesOf } from './log-lines-of.ts';

function textsOf(body: RunEventBody): string[] {
  const event: RunEvent = { seq: 0, at: '2026-11-23T08:32:40.000Z', run: 'r1', ...body };
  return logLinesOf(event).map(({ kind, level, text }) => `${kind} ${level}: ${text}`);
}

test('output keeps its level and its node', () => {
  const event: RunEvent = {
    seq: 0,
    at: '2026-11-23T08:32:40.000Z',
    run: 'r1',
    type: 'output',
    step: '1',
    stream: 'stderr',
    level: 'warn',
    text: 'careful',
    node: 'm',
  };
  const at = Date.parse(event.at);
  expect(logLinesOf(event)).toEqual([
    { at, step: '1', level: 'warn', kind: 'output', text: 'careful', node: 'm' },
  ]);
});

test.each<[RunEventBody, string[]]>([
  [
    {
      type: 'step-started',
      step: '1',
      command: ['/venvs/dbt/bin/dbt', 'build', '--vars', '{a: 1}'],
      cwd: '/',
      pid: 1,
    },
    [`command info: $ dbt build --vars ${process.platform === 'win32' ? '"{a: 1}"' : "'{a: 1}'"}`],
  ],
  [
    { type: 'step-ended', step: '1', status: 'succeeded', exitCode: 0, durationMs: 5230 },
    ['note info: Ended with exit code 0 after 5.2 s'],
  ],
  [
    { type: 'step-ended', step: '1', status: 'failed', exitCode: 1, durationMs: 900, message: 'two\nlines' },
    ['note error: Failed with exit code 1 after 0.9 s: two', 'note error: lines'],
  ],
  [
    {
      type: 'step-ended',
      step: '1',
      status: 'not-started',
      durationMs: 0,
      message: '`dbt` is not installed',
    },
    ['note error: Could not start: `dbt` is not installed'],
  ],
  [
    { type: 'step-ended', step: '1', status: 'cancelled', signal: 'SIGTERM', durationMs: 10_000 },
    ['note info: Cancelled by SIGTERM after 10.0 s'],
  ],
  [{ type: 'cancelling', signal: 'SIGINT', reason: 'asked for' }, ['note warn: Sent SIGINT: asked for']],
  [{ type: 'progress', step: '1', node: 'm', records: 5 }, []],
])('%j', (body, lines) => {
  expect(textsOf(body)).toEqual(lines);
});
