import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Interpreter } from '../core/step.ts';
import { isRunning } from './process-table.ts';
import { plainInterpreter } from './safe-interpreter.ts';
import { printed, record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

describe('cancel', () => {
  const alive = (pids: readonly number[]): readonly number[] => pids.filter((pid) => isRunning(pid));
  const pidsOf = (lines: readonly string[]): readonly number[] =>
    lines.flatMap((line) => (line.startsWith('pid ') ? [Number(line.slice(4))] : []));

  test('ends children and grandchildren', async () => {
    const script = `
      echo pid $$
      sh -c 'echo pid $$; sh -c "echo pid \\$\\$; echo ready; sleep 60; true"; true' &
      wait`;
    const run = record(workspace, [workspace.sh('tree', script), workspace.sh('after', 'echo never')]);
    await run.until(printed('ready'));
    const pids = pidsOf(run.lines('tree'));
    expect(alive(pids)).toHaveLength(3);
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pids)).toEqual([]);
    expect(run.end('tree').status).toBe('cancelled');
    expect(run.end('after')).toMatchObject({ status: 'skipped' });
    const reached = pids.map((pid) => expect.objectContaining({ pid }) as object);
    expect(run.events).toContainEqual({
      type: 'cancelling',
      signal: 'SIGINT',
      reason: 'the test says so',
      step: 'tree',
      processes: expect.arrayContaining(reached) as object,
    });
  });

  test('goes on to harder signals when they are ignored', async () => {
    const script = `
      process.on('SIGINT', () => console.log('ignored SIGINT'));
      process.on('SIGTERM', () => console.log('ignored SIGTERM'));
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const run = record(workspace, [workspace.node('stubborn', script)]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    const said = run.events.flatMap((event) =>
      event.type === 'cancelling' ? [`${event.signal}: ${event.reason}`] : [],
    );
    expect(said).toEqual([
      'SIGINT: the test says so',
      'SIGTERM: it had not ended 0.3 s after SIGINT',
      'SIGKILL: it had not ended 0.3 s after SIGTERM',
    ]);
    expect(run.lines('stubborn')).toEqual(['ready', 'ignored SIGINT', 'ignored SIGTERM']);
    expect(run.end('stubborn')).toMatchObject({ status: 'cancelled', signal: 'SIGKILL' });
  });

  test('what serves until somebody ends it is stopped, not broken off', async () => {
    const server = `console.log('ready'); setInterval(() => {}, 1000);`;
    const steps = [workspace.sh('before', 'true'), workspace.node('server', server, { serves: true })];
    const run = record(workspace, steps);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(run.end('server')).toMatchObject({ status: 'cancelled', stopped: true });
    expect(run.events.at(-1)).toMatchObject({
      type: 'run-ended',
      stopped: true,
      totals: { succeeded: 1, failed: 0, skipped: 0, warned: 0, stopped: 1 },
    });
  });

  test('a run in which something else was broken off, too, is cancelled', async () => {
    const server = `console.log('ready'); setInterval(() => {}, 1000);`;
    const steps = [workspace.node('server', server, { serves: true }), workspace.sh('after', 'true')];
    const run = record(workspace, steps);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    await run.finished;
    expect(run.end('server')).toMatchObject({ stopped: true });
    expect(run.events.at(-1)).not.toHaveProperty('stopped');
  });

  test('what serves and ends by itself has not been stopped', async () => {
    const run = record(workspace, [workspace.sh('server', 'exit 3', { serves: true })]);
    expect(await run.finished).toBe('failed');
    expect(run.end('server')).not.toHaveProperty('stopped');
  });

  test('what the cancel broke off has not failed', async () => {
    const interpreter: Interpreter = {
      line: (_stream, text) =>
        text === 'ready'
          ? plainInterpreter.line('stdout', text)
          : [{ kind: 'node-ended', node: text, status: 'failed', message: 'interrupted' }],
    };
    const script = `
      process.on('SIGINT', () => { console.log('broken off'); process.exit(2); });
      setInterval(() => {}, 1000);
      console.log('really failed');
      console.log('ready');`;
    const run = record(workspace, [workspace.node('tool', script)], [], { interpreter });
    await run.until(printed('ready'));
    run.cancel('the test says so');
    await run.finished;
    const nodes = run.events.filter((event) => event.type === 'node-ended');
    expect(nodes.map((event) => `${event.node}: ${event.status}`)).toEqual([
      'really failed: failed',
      'broken off: skipped',
    ]);
    expect(run.events.at(-1)).toMatchObject({ totals: { failed: 1, skipped: 1 } });
  });

  test('asked again it does not wait', async () => {
    const cancel = [
      { signal: 'SIGINT', waitMs: 3_600_000 },
      { signal: 'SIGKILL', waitMs: 100 },
    ] as const;
    const script = `process.on('SIGINT', () => console.log('no')); setInterval(() => {}, 1000); console.log('ready');`;
    const run = record(workspace, [workspace.node('stubborn', script, { cancel })]);
    await run.until(printed('ready'));
    run.cancel('first');
    await run.until(printed('no'));
    run.cancel('second');
    expect(await run.finished).toBe('cancelled');
    expect(run.end('stubborn').signal).toBe('SIGKILL');
  });

  test('a child that outlives its parent is ended, too', async () => {
    const child = `trap '' INT; echo pid $$; echo ready; while true; do sleep 0.1; done`;
    const run = record(workspace, [
      workspace.node(
        'parent',
        `
      process.on('SIGINT', () => process.exit(0));
      require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(child)}], { stdio: 'inherit' });
      `,
      ),
    ]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pidsOf(run.lines('parent')))).toEqual([]);
    expect(run.end('parent')).toMatchObject({ status: 'cancelled', exitCode: 0 });
  });

  test('a child that left the group is ended, too', async () => {
    const child = `console.log('pid ' + process.pid); console.log('ready'); setInterval(() => {}, 1000)`;
    const run = record(workspace, [
      workspace.node(
        'parent',
        `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true });
      setInterval(() => {}, 1000);`,
      ),
    ]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pidsOf(run.lines('parent')))).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('a child that left everything is ended, too', async () => {
    // In a session of its own, and its parent is gone before anybody looks.
    const child = `trap '' INT; echo pid $$; echo ready; while true; do sleep 0.1; done`;
    const run = record(workspace, [
      workspace.sh('parent', `(setsid sh -c "$CHILD" &) ; sleep 600`, { env: { CHILD: child } }),
    ]);
    await run.until(printed('ready'));
    run.cancel('the test says so');
    expect(await run.finished).toBe('cancelled');
    expect(alive(pidsOf(run.lines('parent')))).toEqual([]);
  });

  test('waits as long as the clock says, not longer', async () => {
    const script = `process.on('SIGINT', () => console.log('no')); setInterval(() => {}, 1000); console.log('ready');`;
    let now = Date.parse('2026-11-23T08:00:00Z');
    const timers: { readonly at: number; readonly callback: () => void }[] = [];
    const clock = {
      now: () => now,
      after: (delayMs: number, callback: () => void) => {
        const timer = { at: now + delayMs, callback };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    };
    const cancel = [{ signal: 'SIGINT', waitMs: 10_000 }] as const;
    const run = record(workspace, [workspace.node('slow', script, { cancel })], [], { clock });
    await run.until(printed('ready'));
    run.cancel('the test says so');
    await run.until(printed('no'));
    expect(timers.map((timer) => timer.at - now)).toEqual([10_000]);
    now += 10_000;
    timers[0]!.callback();
    expect(await run.finished).toBe('cancelled');
    expect(run.end('slow')).toMatchObject({ signal: 'SIGKILL', durationMs: 10_000 });
    expect(run.events.at(-1)).toMatchObject({ type: 'run-ended', durationMs: 10_000 });
    expect(timers).toEqual([]);
  });
});
