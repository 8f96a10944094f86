import { expect, test } from 'vitest';
import type { RunEventBody } from '../../../server/src/runs/run-event.ts';
import { Printed } from './printed.ts';

function printed(...bodies: readonly RunEventBody[]): string {
  const all = new Printed();
  for (const body of bodies) all.take({ seq: 0, at: '', run: '', ...body });
  return all.text;
}

const say = (level: 'info' | 'debug' | 'error', text: string, node?: string): RunEventBody => ({
  type: 'output',
  step: '1',
  stream: 'stdout',
  level,
  text,
  ...(node === undefined ? {} : { node }),
});

test('what is said of the thing counts, not what the tool says of itself', () => {
  const text = printed(
    say('info', 'Running with dbt'),
    say('debug', 'begin', 't'),
    say('info', '| id |', 't'),
  );
  expect(text).toBe('| id |');
  expect(printed(say('info', 'Running with dbt'))).toBe('There are no such rows any more.');
});

test('of a step that failed the errors count', () => {
  const failed: RunEventBody = {
    type: 'step-ended',
    step: '1',
    status: 'failed',
    durationMs: 1,
    message: 'why',
  };
  expect(printed(say('info', '| id |', 't'), say('error', 'no such table'), failed)).toBe(
    'no such table\nwhy',
  );
});
