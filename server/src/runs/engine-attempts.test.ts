import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PipelineEntry, Step } from '../core/step.ts';
import type { RunEventBody } from './run-event.ts';
import { printed, record, Workspace, type RunOptions } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

/** Fails until it was tried so often. */
function failsUntil(attempt: number): Step {
  return workspace.node(
    'flaky',
    `const fs = require('node:fs');
     fs.appendFileSync('tries', 'x');
     const tries = fs.readFileSync('tries', 'utf8').length;
     console.log('try ' + tries);
     process.exit(tries < ${attempt} ? 3 : 0);`,
  );
}

function entry(step: Step, more: Partial<PipelineEntry> = {}): PipelineEntry {
  return { id: step.id, step: step.id, needs: [], ...more };
}

function run(
  entries: readonly PipelineEntry[],
  steps: readonly Step[],
  options?: RunOptions,
): ReturnType<typeof record> {
  return record(workspace, [workspace.pipeline('p', entries)], steps, options);
}

const typesOf = (events: readonly RunEventBody[], type: string): readonly RunEventBody[] =>
  events.filter((event) => event.type === type);

describe('retries', () => {
  test('a step is tried again, each attempt is told, and what needs it goes on', async () => {
    const after = workspace.node('after', 'console.log("after")');
    const recorded = run(
      [
        entry(failsUntil(3), { retries: { count: 2, delayMs: 10, backoff: 3 } }),
        entry(after, { needs: ['flaky'] }),
      ],
      [failsUntil(3), after],
    );
    expect(await recorded.finished).toBe('succeeded');
    expect(typesOf(recorded.events, 'step-started')).toMatchObject([
      { step: 'p/flaky', attempt: 1 },
      { step: 'p/flaky', attempt: 2 },
      { step: 'p/flaky', attempt: 3 },
      { step: 'p/after' },
    ]);
    expect(typesOf(recorded.events, 'step-retrying')).toMatchObject([
      { attempt: 1, attempts: 3, delayMs: 10, exitCode: 3 },
      { attempt: 2, attempts: 3, delayMs: 30, exitCode: 3 },
    ]);
    expect(recorded.lines('p/flaky')).toEqual(['try 1', 'try 2', 'try 3']);
    expect(typesOf(recorded.events, 'step-ended')).toHaveLength(2);
  });

  test('the last attempt decides, and only its end is the step’s', async () => {
    const recorded = run(
      [entry(failsUntil(9), { retries: { count: 1, delayMs: 0, backoff: 1 } })],
      [failsUntil(9)],
    );
    expect(await recorded.finished).toBe('failed');
    expect(readFileSync(workspace.path('tries'), 'utf8')).toBe('xx');
    expect(recorded.end('p/flaky')).toMatchObject({ status: 'failed', exitCode: 3 });
    expect(recorded.events.at(-1)).toMatchObject({ totals: { failed: 1, succeeded: 0 } });
  });

  test('while it pauses another step has its turn, and a cancel ends the pause', async () => {
    const other = workspace.node('other', 'console.log("other")');
    const recorded = run(
      [entry(failsUntil(2), { retries: { count: 1, delayMs: 600_000, backoff: 1 } }), entry(other)],
      [failsUntil(2), other],
      { maxParallel: 1 },
    );
    await recorded.until((event) => event.type === 'step-ended' && event.step === 'p/other');
    await recorded.until((event) => event.type === 'step-retrying');
    recorded.cancel('enough');
    expect(await recorded.finished).toBe('cancelled');
    expect(recorded.end('p/flaky')).toMatchObject({
      status: 'cancelled',
      message: 'cancelled before it was tried again',
    });
  });
});

describe('timeouts', () => {
  const endless = 'console.log("begun"); setInterval(() => {}, 1000)';

  test('a step that takes too long is ended and says so; what needs it is skipped', async () => {
    const slow = workspace.node('slow', endless);
    const after = workspace.node('after', '');
    const recorded = run(
      [entry(slow, { timeoutMs: 1_000 }), entry(after, { needs: ['slow'] })],
      [slow, after],
    );
    expect(await recorded.finished).toBe('failed');
    expect(recorded.end('p/slow')).toMatchObject({
      status: 'failed',
      timedOut: true,
      message: 'timed out after 1 s',
    });
    expect(typesOf(recorded.events, 'cancelling')).toMatchObject([
      { signal: 'SIGINT', reason: 'timed out after 1 s', timedOut: true, step: 'p/slow' },
    ]);
    expect(recorded.end('p/after')).toMatchObject({ status: 'skipped' });
  });

  test('a step that ends well on the signal was late all the same', async () => {
    const polite = workspace.node('polite', `process.on('SIGINT', () => process.exit(0)); ${endless}`);
    const recorded = run([entry(polite, { timeoutMs: 1_500 })], [polite]);
    expect(await recorded.finished).toBe('failed');
    expect(recorded.end('p/polite')).toMatchObject({ status: 'failed', timedOut: true, exitCode: 0 });
  });

  test('each attempt has the time anew', async () => {
    const slow = workspace.node('slow', endless);
    const retries = { count: 1, delayMs: 0, backoff: 1 };
    const recorded = run([entry(slow, { timeoutMs: 800, retries })], [slow]);
    expect(await recorded.finished).toBe('failed');
    expect(typesOf(recorded.events, 'step-retrying')).toMatchObject([{ message: 'timed out after 0.8 s' }]);
    expect(recorded.end('p/slow')).toMatchObject({ timedOut: true });
  });

  test('who was cancelled before is not late', async () => {
    const slow = workspace.node('slow', endless);
    const recorded = run([entry(slow, { timeoutMs: 600_000 })], [slow]);
    await recorded.until(printed('begun'));
    recorded.cancel('enough');
    expect(await recorded.finished).toBe('cancelled');
    expect(recorded.end('p/slow')).not.toHaveProperty('timedOut');
  });
});

describe('a step that may fail', () => {
  test('fails, the pipeline goes on, and the run says so', async () => {
    const bad = workspace.node('bad', 'process.exit(4)');
    const after = workspace.node('after', '');
    const recorded = run(
      [entry(bad, { allowFailure: true }), entry(after, { needs: ['bad'] })],
      [bad, after],
    );
    expect(await recorded.finished).toBe('succeeded');
    expect(recorded.end('p/bad')).toMatchObject({ status: 'failed', allowed: true, exitCode: 4 });
    expect(recorded.end('p/after')).toMatchObject({ status: 'succeeded' });
    expect(recorded.events.at(-1)).toMatchObject({ status: 'succeeded', allowedFailures: ['p/bad'] });
  });

  test('does not hide another failure', async () => {
    const bad = workspace.node('bad', 'process.exit(4)');
    const worse = workspace.node('worse', 'process.exit(5)');
    const recorded = run([entry(bad, { allowFailure: true }), entry(worse)], [bad, worse]);
    expect(await recorded.finished).toBe('failed');
  });

  test('may also lack its program', async () => {
    const missing = workspace.step('missing', { executable: { name: 'no-such-program', install: 'x' } });
    const recorded = run([entry(missing, { allowFailure: true })], [missing]);
    expect(await recorded.finished).toBe('succeeded');
    expect(recorded.end('p/missing')).toMatchObject({ status: 'not-started', allowed: true });
  });
});

test('no more steps run at one time than may, and as many as may do', async () => {
  const script = `const fs = require('node:fs');
    fs.writeFileSync('running-' + process.pid, '');
    const count = () => fs.readdirSync('.').filter((name) => name.startsWith('running-')).length;
    let most = 0;
    const end = Date.now() + 1500;
    const look = () => {
      most = Math.max(most, count());
      if (Date.now() < end) return setTimeout(look, 20);
      console.log(most);
      fs.unlinkSync('running-' + process.pid);
    };
    look();`;
  const steps = Array.from({ length: 5 }, (_, at) => workspace.node(`s${at}`, script));
  const recorded = run(
    steps.map((step) => entry(step)),
    steps,
    { maxParallel: 2 },
  );
  expect(await recorded.finished).toBe('succeeded');
  const seen = steps.flatMap(({ id }) => recorded.lines(`p/${id}`)).map(Number);
  expect(Math.max(...seen)).toBe(2);
});
