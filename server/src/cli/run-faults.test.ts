import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../runs/clock.ts';
import { endLeftBehind, findLeftBehind } from '../runs/left-behind.ts';
import { openProcesses } from '../runs/process-record.ts';
import { birthOf, isRunning } from '../runs/process-table.ts';
import { processesFile } from '../runs/run-folder.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { drive, driverArguments, logOf, startDriver, untilSaid } from './test-support/driver.ts';

let workspace: Workspace;
let store: RunStore;
beforeEach(() => {
  workspace = new Workspace();
  store = new RunStore(workspace.folder);
});
afterEach(() => workspace.remove());

const quick = [{ signal: 'SIGINT', waitMs: 300 }] as const;

/** Runs a step, kills its driver, and gives the run's id and the pids that the step told. */
async function killedDriver(
  script: string,
): Promise<{ readonly run: string; readonly pids: readonly number[] }> {
  const child = startDriver(workspace, [workspace.sh('test:long', script)], ['test:long']);
  const out = await untilSaid(child, '  ready');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const [summary] = await store.list();
  expect(summary).toMatchObject({ status: 'interrupted' });
  return { run: summary!.id, pids: [...out.matchAll(/ {2}pid (\d+)/g)].map(([, pid]) => Number(pid)) };
}

describe('the driver is killed', () => {
  const script = `trap '' INT; echo pid $$; (sleep 600 & echo pid $!); sh -c 'echo pid $$; echo ready; exec sleep 600' & wait; sleep 600`;

  test('what it leaves behind is found, ended by the next run, and its log says so', async () => {
    const { run, pids } = await killedDriver(script);
    expect(pids.filter((pid) => isRunning(pid))).toHaveLength(3);
    const [left] = findLeftBehind({ folder: workspace.folder, store });
    expect(left).toMatchObject({ run, step: 'test:long' });
    expect(left!.processes.map(({ pid }) => pid)).toEqual(expect.arrayContaining([...pids]));
    await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    expect(pids.filter((pid) => isRunning(pid))).toEqual([]);
    expect(findLeftBehind({ folder: workspace.folder, store })).toEqual([]);
    expect(logOf(workspace, run).at(-1)).toMatchObject({
      type: 'left-behind',
      step: 'test:long',
      signal: 'SIGKILL',
    });
    expect(await store.list()).toMatchObject([{ status: 'interrupted' }]);
  });

  test('the next run ends it before it begins', async () => {
    const { run, pids } = await killedDriver('echo pid $$; echo ready; exec sleep 600');
    const next = await drive(workspace, [workspace.sh('test:next', 'true')], ['test:next']);
    expect(next.status).toBe(0);
    expect(next.err).toBe(`penstock run: ends what run ${run} left of test:long: sleep (${pids[0]})\n`);
    expect(isRunning(pids[0]!)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'what left the group of a leader that is gone is found by its mark',
    async () => {
      const { pids } = await killedDriver(
        `setsid sh -c 'echo pid $$; echo own $PPID; echo ready; exec sleep 600' & wait`,
      );
      const begun = (await store.list())[0]!;
      const leader = logOf(workspace, begun.id).find((event) => event.type === 'step-started')!.pid;
      process.kill(leader, 'SIGKILL');
      while (isRunning(leader)) await new Promise((resolve) => setTimeout(resolve, 10));
      await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
      expect(pids.map((pid) => isRunning(pid))).toEqual([false]);
    },
  );

  test('a process that only got the pid is never touched', async () => {
    const { run, pids } = await killedDriver('echo pid $$; echo ready; exec sleep 600');
    await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    expect(isRunning(pids[0]!)).toBe(false);
    const bystander = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    await once(bystander, 'spawn');
    const born = birthOf(bystander.pid!)!;
    for (const other of [{ born: born.replace(/\d+$/, '1') }, {}, { born: 'another boot 1' }])
      writeFileSync(
        processesFile(workspace.folder, run),
        `${JSON.stringify({ step: 'test:long', pid: bystander.pid, mark: 'PENSTOCK_STEP_MARK=x', ...other })}\nnull\n{"pid"`,
        { flag: 'a' },
      );
    await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    expect(isRunning(bystander.pid!)).toBe(true);
    expect(existsSync(processesFile(workspace.folder, run))).toBe(false);
    bystander.kill('SIGKILL');
  });

  test('what a step that has ended left running on purpose stays', async () => {
    const daemon = workspace.sh('test:daemon', 'sleep 600 >/dev/null 2>&1 & echo pid $!');
    const child = startDriver(
      workspace,
      [daemon, workspace.sh('test:long', 'echo ready; exec sleep 600')],
      ['test:daemon', 'test:long'],
    );
    const out = await untilSaid(child, '  ready');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const pid = Number(/ {2}pid (\d+)/.exec(out)![1]);
    await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('what it left in a service is not touched, nor is its record, by who cannot ask services', async () => {
    const { run, pids } = await killedDriver('echo pid $$; echo ready; exec sleep 600');
    const record = processesFile(workspace.folder, run);
    const inside = { service: 'dbt', project: { folder: workspace.folder, files: [], profiles: [] } };
    const left = `${JSON.stringify({ step: 'test:long', pid: 1, mark: 'PENSTOCK_STEP_MARK=x', inside })}\n`;
    writeFileSync(record, left, { flag: 'a' });
    const end = () => endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    await end();
    expect(isRunning(pids[0]!)).toBe(false);
    expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual(JSON.parse(left));
    const { ino } = statSync(record);
    await end();
    expect(statSync(record).ino).toBe(ino);
    expect(logOf(workspace, run).filter(({ type }) => type === 'left-behind')).toHaveLength(1);
  });

  test('a service of a record that is no name of one is never handed to a client', async () => {
    const { run } = await killedDriver('echo pid $$; echo ready; exec sleep 600');
    const record = processesFile(workspace.folder, run);
    const project = { folder: workspace.folder, files: [], profiles: [] };
    const mark = 'PENSTOCK_STEP_MARK=x';
    const evil = [
      { mark, inside: { service: '--privileged', project } },
      { mark, inside: { service: 'dbt', container: '-v', project } },
      { mark, inside: { service: 'dbt', project: { ...project, files: 'x' } } },
      { mark: "PENSTOCK_STEP_MARK=x' /proc; rm -rf '/", inside: { service: 'dbt', project } },
    ];
    const lines = evil.map((each) => `${JSON.stringify({ step: 's', pid: 1, ...each })}\n`);
    writeFileSync(record, lines.join(''), { flag: 'a' });
    expect(openProcesses(record).flatMap(({ inside }) => inside ?? [])).toEqual([]);
    await endLeftBehind({ folder: workspace.folder, store, clock: systemClock, stages: quick });
    expect(existsSync(record)).toBe(false);
  });

  test('a run that ends leaves no record of its processes', async () => {
    await drive(workspace, [workspace.sh('test:hello', 'true')], ['test:hello']);
    const [summary] = await store.list();
    expect(existsSync(processesFile(workspace.folder, summary!.id))).toBe(false);
  });
});

test('the process that started the driver is killed: the run goes on to its end', async () => {
  workspace.write(
    'steps.json',
    JSON.stringify([workspace.sh('test:long', 'until [ -e go ]; do sleep 0.02; done; echo done')]),
  );
  const starter = spawn(
    process.execPath,
    [
      '-e',
      `const [program, ...args] = JSON.parse(process.argv[1]);
       require('node:child_process').spawn(process.execPath, [program, ...args], { detached: true, stdio: ['ignore', 'ignore', 'ignore'] });
       setInterval(() => {}, 1000);`,
      JSON.stringify(driverArguments(['test:long'], { format: 'json', runId: '20261123-083245-120' })),
    ],
    { cwd: workspace.folder, stdio: 'ignore' },
  );
  const started = (): boolean => store.summary('20261123-083245-120')?.status === 'running';
  while (!started()) await new Promise((resolve) => setTimeout(resolve, 20));
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  const over = new Promise((resolve) => store.follow('20261123-083245-120', () => {}, resolve));
  workspace.write('go', '');
  expect(await over).toEqual({ kind: 'ended' });
  expect(await store.list()).toMatchObject([{ status: 'succeeded' }]);
  // It still writes to the folder, which goes with the test: how the run ended, and the index of runs.
  const [head] = logOf(workspace, '20261123-083245-120');
  while (isRunning((head as RunEvent & { type: 'run-started' }).pid))
    await new Promise((resolve) => setTimeout(resolve, 20));
});

describe('the log cannot be written', () => {
  const canMount =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync('unshare', ['-m', 'true']).status === 0;

  test.runIf(canMount)(
    'because the disk is full: the run goes on, says so once, and what is there can be read',
    async () => {
      workspace.write(
        'steps.json',
        JSON.stringify([
          workspace.sh(
            'test:much',
            'for i in $(seq 3000); do echo "line $i of a run that fills the disk"; done; echo all said',
          ),
        ]),
      );
      mkdirSync(workspace.path('.penstock'));
      // A disk of a few pages, in a namespace of its own, so that it is gone with its user.
      const script = `mount -t tmpfs -o size=64k none .penstock && "$@"; status=$?; cp -r .penstock kept; exit $status`;
      const args = [
        '-m',
        'sh',
        '-c',
        script,
        'sh',
        process.execPath,
        ...driverArguments(['test:much'], { runId: '20261123-083245-120' }),
      ];
      const run = spawnSync('unshare', args, { cwd: workspace.folder, encoding: 'utf8' });
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('  all said\n');
      expect(
        run.stderr.match(/the run's log cannot be written, the run goes on without: ENOSPC/g),
      ).toHaveLength(1);
      mkdirSync(workspace.path('read'));
      symlinkSync('../kept', workspace.path('read/.penstock'));
      const kept = new RunStore(workspace.path('read'));
      const events: RunEvent[] = [];
      for await (const event of kept.read('20261123-083245-120')) events.push(event);
      expect(events.slice(0, 100).map((event) => event.seq)).toEqual(
        Array.from({ length: 100 }, (_, at) => at),
      );
    },
  );

  test('because a limit of file sizes is reached', async () => {
    const file = workspace.path('full');
    const script = `
      import { EventLog } from ${JSON.stringify(new URL('../runs/event-log.ts', import.meta.url).href)};
      process.on('SIGXFSZ', () => {});
      const log = new EventLog({ run: 'r', file: process.argv[1], clock: { now: () => 0, after: () => () => {} }, onProblem: (message) => console.log(message) });
      for (let at = 0; at < 1000; at++) log.write({ type: 'output', step: 's', stream: 'stdout', level: 'info', text: 'x'.repeat(500) });
      log.close();
      console.log('the run goes on');`;
    const run = spawnSync(
      'sh',
      ['-c', 'ulimit -f 64; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', script, file],
      { encoding: 'utf8' },
    );
    expect(run.stdout).toMatch(
      /^the run's log cannot be written, the run goes on without: EFBIG.*\nthe run goes on\n$/,
    );
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines.slice(0, -1)) expect(JSON.parse(line)).toMatchObject({ type: 'output' });
  });

  test('because its folder may not be written', async () => {
    const runs = join(workspace.folder, '.penstock', 'runs');
    mkdirSync(runs, { recursive: true });
    workspace.write('steps.json', '');
    chmodSync(workspace.folder, 0o755);
    chmodSync(runs, 0o555);
    // Root may write everywhere, so somebody else runs it.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(workspace.path('steps.json'), 65534, 65534);
    const how = isRoot ? { uid: 65534, gid: 65534 } : {};
    const run = await drive(workspace, [workspace.sh('test:hello', 'echo hello')], ['test:hello'], {}, how);
    chmodSync(runs, 0o755);
    expect(run.status).toBe(0);
    expect(run.out).toContain('  hello\n');
    expect(run.err).toMatch(/this run will not be in the history: EACCES/);
  });
});
