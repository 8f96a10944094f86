import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning } from '../runs/process-table.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { drive, logOf, startDriver, untilSaid, type Driver } from './test-support/driver.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

const start = (...args: Tail<Parameters<typeof startDriver>>): Driver => startDriver(workspace, ...args);
const run = (...args: Tail<Parameters<typeof drive>>): ReturnType<typeof drive> => drive(workspace, ...args);
const log = (id: string): readonly RunEvent[] => logOf(workspace, id);
type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

const stubborn = `process.on('SIGINT', () => console.log('no')); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')`;

test('text: the command, the output as it came, the result; status 0', async () => {
  const { status, out } = await run([workspace.sh('test:hello', 'echo hello; echo oh >&2')], ['test:hello']);
  expect(
    out
      .replace(/\d{8}-\S+/, 'ID')
      .replace(/\d\.\d s/g, 'TIME')
      .split('\n')
      .sort(),
  ).toEqual(
    [
      'run ID',
      "▶ test:hello  /bin/sh -c 'echo hello; echo oh >&2'".replace(
        '/bin/sh',
        /▶ test:hello {2}(\S+)/.exec(out)![1]!,
      ),
      '  hello',
      '  oh',
      '✓ test:hello  TIME  succeeded',
      '✓ run succeeded: 1 succeeded  TIME',
      '',
    ].sort(),
  );
  expect(status).toBe(0);
});

test('json: what is printed is what is kept, the end comes last; status 1', async () => {
  const steps = [workspace.sh('test:bad', 'echo before; exit 4'), workspace.sh('test:after', 'true')];
  const { status, out } = await run(steps, ['test:bad', 'test:after'], { format: 'json' });
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  expect(events).toEqual(log(events[0]!.run));
  expect(events.map((event) => event.type)).toEqual([
    'run-started',
    'step-started',
    'output',
    'step-ended',
    'step-ended',
    'run-ended',
  ]);
  expect(events.map((event) => event.seq)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(events.at(-1)).toMatchObject({ status: 'failed' });
  expect(status).toBe(1);
});

test('an unknown step: what was meant; status 2, and no trace in the history', async () => {
  const steps = [workspace.sh('test:job/load', 'true')];
  const { status, out, err } = await run(steps, ['test:job/laod'], { format: 'json' });
  expect(err).toBe('penstock run: there is no step `test:job/laod`; did you mean `test:job/load`?\n');
  expect(JSON.parse(out)).toMatchObject({ type: 'run-ended', status: 'not-started' });
  expect(status).toBe(2);
  expect(await new RunStore(workspace.folder).list()).toEqual([]);
});

test('a missing executable: how to install it; status 2', async () => {
  const steps = [
    workspace.step('test:x', { executable: { name: 'no-such-tool', install: 'pip install no-such-tool' } }),
  ];
  const { status, out } = await run(steps, ['test:x']);
  expect(out).toContain(
    'could not start, `no-such-tool` was not found (looked in the PATH); install it with: pip install no-such-tool',
  );
  expect(status).toBe(2);
});

test('Ctrl-C cancels, once more is harder; status 130', async () => {
  const cancel = [
    { signal: 'SIGINT', waitMs: 3_600_000 },
    { signal: 'SIGKILL', waitMs: 100 },
  ] as const;
  const child = start([workspace.node('test:stubborn', stubborn, { cancel })], ['test:stubborn']);
  await untilSaid(child, '\n  ready');
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await untilSaid(child, '\n  no');
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  const [summary] = await new RunStore(workspace.folder).list();
  const signals = log(summary!.id).filter((event) => event.type === 'cancelling');
  expect(signals.map((event) => `${event.signal} ${event.reason}`)).toEqual([
    'SIGINT Ctrl-C was pressed',
    'SIGKILL Ctrl-C was pressed once more',
  ]);
});

test('another process finds the run, follows it and cancels it', async () => {
  const store = new RunStore(workspace.folder);
  const child = start([workspace.sh('test:long', 'echo ready; exec sleep 600')], ['test:long'], {
    runId: '20261123-083245-120',
  });
  await untilSaid(child, '\n  ready');
  const [summary] = await store.list();
  expect(summary).toMatchObject({ id: '20261123-083245-120', status: 'running', pid: child.pid });
  const types: string[] = [];
  const over = new Promise((resolve) =>
    store.follow(summary!.id, (events) => types.push(...events.map((event) => event.type)), resolve),
  );
  await store.cancel(summary!.id);
  expect(await over).toEqual({ kind: 'ended' });
  expect(types).toEqual(['run-started', 'step-started', 'output', 'cancelling', 'step-ended', 'run-ended']);
  expect(await store.list()).toMatchObject([{ status: 'cancelled' }]);
  expect((await run([], [], { steps: ['x'], runId: '20261123-083245-120' })).status).toBe(2);
});

test('a driver that is killed leaves an interrupted run and a lock that the next one takes over', async () => {
  const writes = [workspace.path('warehouse.duckdb')];
  const steps = [
    workspace.sh('test:long', 'echo pid $$; exec sleep 600', { writes }),
    workspace.sh('test:next', 'echo done', { writes }),
  ];
  const child = start(steps, ['test:long']);
  await untilSaid(child, '\n  pid');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const [summary] = await new RunStore(workspace.folder).list();
  expect(summary).toMatchObject({ status: 'interrupted' });
  expect(await run(steps, ['test:next'])).toMatchObject({ status: 0 });
});

test('a reader that goes away does not stop the run', async () => {
  const script = 'echo first; sleep 0.2; for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.02; done';
  const child = start([workspace.sh('test:talk', script)], ['test:talk']);
  const ended = once(child, 'exit');
  await untilSaid(child, '\n  first');
  child.stdout.destroy();
  expect((await ended)[0]).toBe(0);
  const [summary] = await new RunStore(workspace.folder).list();
  expect(log(summary!.id).filter((event) => event.type === 'output')).toHaveLength(10);
});

test('secrets of .env files, variables and options reach neither the terminal nor the log', async () => {
  workspace.write('.env', 'WAREHOUSE=aK9-zzQ2-plm\nDB_PASSWORD=sommer\nREGION=eu-west-1\n');
  const script = 'echo it is aK9-zzQ2-plm in eu-west-1 and sommer or $STEP_TOKEN';
  const step = workspace.sh('test:leak', script, {
    env: { STEP_TOKEN: 'tok-12345' },
    args: ['-c', script, '--password', 'x1'],
  });
  const { out } = await run([step], ['test:leak']);
  expect(out).toContain('it is *** in eu-west-1 and *** or ***');
  const [summary] = await new RunStore(workspace.folder).list();
  const kept = readFileSync(new RunStore(workspace.folder).logPath(summary!.id), 'utf8');
  for (const secret of ['aK9-zzQ2-plm', 'sommer', 'tok-12345', '"x1"']) {
    expect(out).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
});

test('where nothing can be written the run goes on and says so', async () => {
  workspace.write('.penstock', 'in the way');
  const { status, out, err } = await run(
    [workspace.sh('test:hello', 'echo hello', { writes: [workspace.path('x')] })],
    ['test:hello'],
  );
  expect(status).toBe(0);
  expect(out).toContain('  hello\n');
  expect(err).toMatch(/^penstock run: this run will not be in the history: E/);
});

test('a closed terminal ends the run', async () => {
  const child = start([workspace.sh('test:long', 'echo pid $$; exec sleep 600')], ['test:long']);
  await untilSaid(child, '\n  pid');
  const [summary] = await new RunStore(workspace.folder).list();
  const ended = once(child, 'exit');
  child.kill('SIGHUP');
  await ended;
  const begun = log(summary!.id).find((event) => event.type === 'step-started');
  expect(isRunning(begun!.pid)).toBe(false);
  expect(log(summary!.id).at(-1)).toMatchObject({ type: 'run-ended', status: 'cancelled' });
});

test('the folder of the state is kept out of git', async () => {
  await run([workspace.sh('test:hello', 'true')], ['test:hello']);
  expect(readFileSync(join(workspace.folder, '.penstock', '.gitignore'), 'utf8')).toBe('*\n');
});
