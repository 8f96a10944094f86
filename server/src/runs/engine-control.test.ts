import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PipelineEntry, Step } from '../core/step.ts';
import { systemClock } from './clock.ts';
import { isRunning } from './process-table.ts';
import { RunModel } from './run-state.ts';
import { RunQueue } from './run-queue.ts';
import { addRequest, watchRequests, type StepRequest } from './run-requests.ts';
import { printed, record, Workspace, type Recorded, type RunOptions } from './test-support/run-harness.ts';
import { Waiting } from './waiting.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function pipeline(
  entries: Readonly<Record<string, readonly [Step, ...string[]]>>,
  options: RunOptions = {},
): Recorded {
  const steps = Object.entries(entries).map(([id, [step, ...needs]]): PipelineEntry => ({
    id,
    step: step.id,
    needs,
  }));
  const all = Object.values(entries).map(([step]) => step);
  return record(workspace, [workspace.pipeline('p', steps)], all, options);
}

const endless = (id: string): Step => workspace.sh(id, 'echo pid $$; exec sleep 600');
const brief = (id: string): Step => workspace.sh(id, `echo ${id} done`);
const ended =
  (step: string) =>
  (event: { readonly type: string; readonly step?: string }): boolean =>
    event.type === 'step-ended' && event.step === step;

describe('one step is cancelled', () => {
  test('while it runs: it ends, what needs it is skipped, the rest goes on', async () => {
    const run = pipeline({
      a: [endless('a')],
      b: [brief('b'), 'a'],
      c: [workspace.sh('c', 'until [ -e go ]; do sleep 0.02; done; echo c done')],
    });
    await run.until(printed('pid'));
    run.cancelStep('p/a', 'the test says so');
    await run.until(ended('p/a'));
    workspace.write('go', '');
    expect(await run.finished).toBe('cancelled');
    expect(isRunning(Number(run.lines('p/a')[0]!.slice(4)))).toBe(false);
    expect(run.end('p/a')).toMatchObject({ status: 'cancelled', signal: 'SIGINT' });
    expect(run.end('p/b')).toMatchObject({
      status: 'skipped',
      message: 'skipped, because `p/a` was cancelled',
    });
    expect(run.end('p/c')).toMatchObject({ status: 'succeeded' });
  });

  test('while it waits for another one: it never begins', async () => {
    const run = pipeline({ a: [endless('a')], b: [brief('b'), 'a'], c: [brief('c'), 'b'] });
    await run.until(printed('pid'));
    run.cancelStep('b', 'the test says so');
    await run.until(ended('p/b'));
    expect(run.end('p/b')).toMatchObject({ status: 'cancelled', message: 'cancelled before it began' });
    await run.until(ended('p/c'));
    expect(run.end('p/c')).toMatchObject({ status: 'skipped' });
    run.cancelStep('p/a', 'the test says so');
    expect(await run.finished).toBe('cancelled');
  });

  test('while it waits for its turn, or for what another one writes: nobody loses a place', async () => {
    const writes = [workspace.path('warehouse.duckdb')];
    const hold = workspace.sh('hold', 'echo ready; until [ -e go ]; do sleep 0.02; done', { writes });
    const run = pipeline(
      { hold: [hold], b: [workspace.sh('b', 'true', { writes })], c: [brief('c')], d: [brief('d')] },
      { maxParallel: 1 },
    );
    await run.until(printed('ready'));
    await run.until((event) => event.type === 'step-waiting' && event.step === 'p/d');
    run.cancelStep('p/b', 'the test says so');
    run.cancelStep('p/c', 'the test says so');
    await run.until(ended('p/b'));
    await run.until(ended('p/c'));
    workspace.write('go', '');
    expect(await run.finished).toBe('cancelled');
    expect(run.lines('p/d')).toEqual(['d done']);
    expect(run.end('p/hold')).toMatchObject({ status: 'succeeded' });
  });

  test('a step that failed counts more than one that was cancelled; a name that nothing has does nothing', async () => {
    const run = pipeline({ a: [endless('a')], b: [workspace.sh('b', 'exit 3')] });
    await run.until(ended('p/b'));
    run.cancelStep('p/nothing', 'the test says so');
    await run.until(printed('pid'));
    run.cancelStep('p/a', 'the test says so');
    expect(await run.finished).toBe('failed');
  });
});

describe('a pause', () => {
  test('before a step: it waits until it may go on, and holds nothing meanwhile', async () => {
    const run = pipeline(
      { a: [brief('a')], b: [brief('b'), 'a'], c: [brief('c'), 'a'] },
      { pauseBefore: ['p/b'], maxParallel: 1 },
    );
    await run.until((event) => event.type === 'step-paused');
    await run.until(ended('p/c'));
    const model = new RunModel('r');
    const apply = (): void =>
      run.events.forEach((event, seq) =>
        model.apply({ seq, at: new Date(0).toISOString(), run: 'r', ...event }),
      );
    apply();
    expect(model.snapshot().steps[1]).toMatchObject({ id: 'p/b', status: 'waiting', pause: 'reached' });
    run.proceed('p/b');
    expect(await run.finished).toBe('succeeded');
    expect(
      run.events.flatMap((event) => ('step' in event && event.step === 'p/b' ? [event.type] : [])),
    ).toEqual(['pause-set', 'step-paused', 'pause-set', 'step-started', 'output', 'step-ended']);
    apply();
    expect(model.snapshot().steps[1]).not.toHaveProperty('pause');
  });

  test('that is set while the run runs, by the name of the step, and taken back before it is reached', async () => {
    const hold = workspace.sh('hold', 'echo ready; until [ -e go ]; do sleep 0.02; done');
    const run = pipeline({ hold: [hold], b: [brief('b'), 'hold'] });
    await run.until(printed('ready'));
    run.pause('hold');
    run.pause('b');
    run.pause('b');
    run.proceed('b');
    workspace.write('go', '');
    expect(await run.finished).toBe('succeeded');
    expect(run.events.filter(({ type }) => type === 'pause-set')).toEqual([
      { type: 'pause-set', step: 'p/b', on: true },
      { type: 'pause-set', step: 'p/b', on: false },
    ]);
    expect(run.events.some(({ type }) => type === 'step-paused')).toBe(false);
  });

  test('ends with the run', async () => {
    const run = pipeline({ a: [brief('a')] }, { pauseBefore: ['a'] });
    await run.until((event) => event.type === 'step-paused');
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(run.end('p/a')).toMatchObject({ status: 'skipped' });
  });
});

describe('over several runs', () => {
  test('so many steps run at one time, and each has its turn', async () => {
    const script = `
      const fs = require('node:fs');
      fs.writeFileSync('now-' + process.pid, '');
      console.log(fs.readdirSync('.').filter((name) => name.startsWith('now-')).length);
      const wait = setInterval(() => {
        if (!fs.existsSync('go')) return;
        clearInterval(wait);
        fs.rmSync('now-' + process.pid);
      }, 5);`;
    const runs = Array.from({ length: 5 }, (_, at) =>
      record(workspace, [workspace.node(`s${at}`, script)], [], { queue: new RunQueue(workspace.folder, 2) }),
    );
    const seen = (): readonly number[] => runs.flatMap((run, at) => run.lines(`s${at}`).map(Number));
    await Promise.all(
      runs.map((run) => run.until(({ type }) => type === 'output' || type === 'step-waiting')),
    );
    expect(seen()).toHaveLength(2);
    workspace.write('go', '');
    expect(await Promise.all(runs.map((run) => run.finished))).toEqual(
      Array.from({ length: 5 }, () => 'succeeded'),
    );
    expect(Math.max(...seen())).toBe(2);
  });

  test('a place whose process is gone is taken over, and one that cannot be kept is had', async () => {
    mkdirSync(workspace.path('.penstock/locks'), { recursive: true });
    workspace.write('.penstock/locks/turn-0.lock', JSON.stringify({ pid: 2 ** 30, since: 0, holder: 'x' }));
    const waiting = new Waiting(systemClock);
    const leave = await new RunQueue(workspace.folder, 1).enter('s', () => expect.unreachable(), waiting);
    leave!();
    workspace.write('in-the-way', '');
    const nowhere = new RunQueue(workspace.path('in-the-way'), 1);
    expect(await nowhere.enter('s', () => expect.unreachable(), waiting)).toBeTypeOf('function');
  });

  test('who waits for a turn can be cancelled', async () => {
    const queue = new RunQueue(workspace.folder, 1);
    const first = record(workspace, [endless('first')], [], { queue });
    await first.until(printed('pid'));
    const second = record(workspace, [brief('second')], [], { queue });
    await second.until((event) => event.type === 'step-waiting');
    second.cancel('the test says so');
    expect(await second.finished).toBe('cancelled');
    first.cancel('the test says so');
    await first.finished;
  });
});

test('requests arrive in order, once each, and only those that are some', async () => {
  const file = workspace.path('requests.jsonl');
  const seen: StepRequest[] = [];
  let enough = (): void => {};
  const all = new Promise<void>((resolve) => (enough = resolve));
  const watching = watchRequests(file, (request) => {
    seen.push(request);
    if (seen.length === 3) enough();
  });
  addRequest(file, { ask: 'pause', step: 'a' });
  workspace.write(
    'requests.jsonl',
    `${workspace.read('requests.jsonl')}null\n{"ask":"dance","step":"a"}\n{"ask":"cancel"}\n`,
  );
  addRequest(file, { ask: 'continue', step: 'ä' });
  addRequest(file, { ask: 'cancel', step: 'b' });
  await all;
  watching.dispose();
  expect(seen).toEqual([
    { ask: 'pause', step: 'a' },
    { ask: 'continue', step: 'ä' },
    { ask: 'cancel', step: 'b' },
  ]);
});
