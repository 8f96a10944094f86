import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command, Step } from '../core/step.ts';
import { fromFsPath } from '../files/node-files.ts';
import { PlacingRunner, type WhereToRun } from './placing-runner.ts';
import { isRunning } from './process-table.ts';
import type { ServicePlace } from './service-runner.ts';
import { printed, record, Workspace, type Recorded } from './test-support/run-harness.ts';

const standIn = fileURLToPath(new URL('../../../test/support/docker-stand-in.mjs', import.meta.url));

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  for (const name of ['image', 'client', 'dbt', 'dbt/models']) mkdirSync(workspace.path(name));
  symlinkSync(standIn, workspace.path('client/docker'));
});
afterEach(() => workspace.remove());

interface World {
  readonly up?: readonly string[];
  readonly held?: readonly string[];
  readonly broken?: boolean;
  readonly where?: WhereToRun;
  readonly docker?: boolean;
  readonly services?: readonly string[];
}

/** Runs a step whose program only the image has. */
function run(script: string, world: World = {}, more: Partial<Command> = {}): Recorded {
  tool(script);
  workspace.write(
    'state.json',
    JSON.stringify({
      up: world.up ?? ['dbt'],
      images: ['example/dbt:1'],
      held: world.held ?? ['example/dbt:1'],
      mounts: { '/project': workspace.path('dbt') },
      path: workspace.path('image'),
      folder: workspace.folder,
      broken: world.broken ?? false,
    }),
  );
  const usual = [workspace.path('client'), process.env['PATH']].join(':');
  const PATH = world.docker === false ? workspace.path('dbt') : usual;
  return record(workspace, [step(more)], [], {
    runner: new PlacingRunner({
      folder: workspace.folder,
      environments: [],
      env: { ...process.env, PATH, DOCKER_STAND_IN: workspace.path('state.json') },
      settleMs: 200,
      client: {
        program: 'docker',
        words: ['compose'],
        pages: { program: 'https://example.com/engine', words: 'https://example.com/plugin' },
      },
      where: world.where ?? 'auto',
      servicesOf: () => (world.services ?? ['dbt']).map(place),
    }),
  });
}

function tool(script: string): void {
  chmodSync(workspace.write('image/dbt-of-the-image', `#!/bin/sh\n${script}\n`), 0o755);
}

function step(more: Partial<Command>): Step {
  return workspace.step('s', {
    executable: { name: 'dbt-of-the-image', install: 'pip install dbt' },
    cwd: fromFsPath(workspace.path('dbt')),
    ...more,
  });
}

function place(service: string): ServicePlace {
  const here = workspace.path('dbt');
  return {
    service,
    project: { folder: workspace.folder, files: [], profiles: [] },
    inside: (path) => (path.startsWith(here) ? `/project${path.slice(here.length)}` : undefined),
    toHost: (path) => (path.startsWith('/project') ? here + path.slice('/project'.length) : undefined),
    mounts: [{ inside: '/project', here }],
  };
}

function asked(): readonly (readonly string[])[] {
  const lines = readFileSync(workspace.path('asked.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}

const started = (run: Recorded): unknown => run.events.find(({ type }) => type === 'step-started');

test('what this machine does not have runs in its service that is up, and says so', async () => {
  const ran = run('echo "$1 in $(pwd)"; exit 3', {}, { args: ['build'] });
  expect(await ran.finished).toBe('failed');
  expect(ran.lines('s')).toEqual([`build in ${workspace.path('dbt')}`]);
  expect(ran.end('s')).toMatchObject({ status: 'failed', exitCode: 3 });
  expect(started(ran)).toMatchObject({
    command: expect.arrayContaining(['compose', 'exec', '-T', '--workdir', '/project', 'dbt']),
    in: {
      service: 'dbt',
      how: 'exec',
      because: expect.stringContaining('`dbt-of-the-image` was not found on this machine'),
      mounts: [{ inside: '/project', here: workspace.path('dbt') }],
    },
  });
});

test('of several services that would do, one that is up is taken', async () => {
  const ran = run('echo hello', { services: ['dbt', 'dbt-docs'], up: ['dbt-docs'] });
  expect(await ran.finished).toBe('succeeded');
  expect(started(ran)).toMatchObject({ in: { service: 'dbt-docs', how: 'exec' } });
});

test('where the service is down, a container of its own runs it and goes with it', async () => {
  const ran = run('echo hello', { up: [] });
  expect(await ran.finished).toBe('succeeded');
  expect(ran.lines('s')).toEqual(['hello']);
  expect(started(ran)).toMatchObject({
    command: expect.arrayContaining(['run', '--rm', '--entrypoint', 'sh']),
    in: { how: 'run' },
  });
});

test('what is here runs here, unless the service is asked for', async () => {
  const here = run('', {}, { executable: { name: 'sh', install: '' }, args: ['-c', 'echo here'] });
  expect(await here.finished).toBe('succeeded');
  expect(started(here)).not.toHaveProperty('in');
  const there = run(
    '',
    { where: 'service' },
    { executable: { name: 'sh', install: '' }, args: ['-c', 'true'] },
  );
  expect(await there.finished).toBe('succeeded');
  expect(started(there)).toMatchObject({ in: { service: 'dbt', because: 'that was asked for' } });
});

test('what has no service runs here, and what shall run here is not looked for elsewhere', async () => {
  const echo = { executable: { name: 'sh', install: '' }, args: ['-c', 'echo here'] };
  expect(await run('', { where: 'service', services: [] }, echo).finished).toBe('succeeded');
  const ran = run('', { where: 'local' });
  expect(await ran.finished).toBe('not-started');
  expect(ran.end('s').message).toContain('`dbt-of-the-image` was not found');
  expect(ran.end('s').message).not.toContain('service');
});

test('variables go in by name: no value stands in the command', async () => {
  const ran = run(
    'echo "$WAREHOUSE_PASSWORD $PYTHONUNBUFFERED"',
    {},
    { env: { WAREHOUSE_PASSWORD: 'hunter2' } },
  );
  expect(await ran.finished).toBe('succeeded');
  expect(ran.lines('s')).toEqual(['hunter2 1']);
  expect(JSON.stringify(asked())).not.toContain('hunter2');
});

test('paths are those of the container inside, and those of the workspace in what is told', async () => {
  const own = workspace.path('dbt/out');
  const ran = run(
    `echo "$@"; echo '/project/models/orders.sql:3: error: no such column'; echo '/usr/lib/x.py:9: error: no'`,
    {},
    { args: [`--target-path=${own}`, own, 'models/orders.sql'] },
  );
  await ran.finished;
  expect(ran.lines('s')[0]).toBe('--target-path=/project/out /project/out models/orders.sql');
  expect(ran.events.filter(({ type }) => type === 'problem')).toEqual([
    expect.objectContaining({ path: workspace.path('dbt/models/orders.sql'), line: 3 }),
  ]);
});

const trapping = `trap 'echo interrupted; exit 7' INT; echo "ready $$"; while :; do sleep 0.05; done`;

test.each([['exec', ['dbt']] as const, ['run', []] as const])(
  'a cancel reaches the process inside (%s)',
  async (_, up) => {
    const ran = run(trapping, { up }, { cancel: [{ signal: 'SIGINT', waitMs: 60_000 }] });
    await ran.until(printed('ready'));
    ran.cancel('a test wants it');
    expect(await ran.finished).toBe('cancelled');
    expect(ran.lines('s')).toContain('interrupted');
    const pid = Number(ran.lines('s')[0]!.split(' ')[1]);
    expect(isRunning(pid)).toBe(false);
    const signals = ran.events.flatMap((event) => (event.type === 'cancelling' ? [event.signal] : []));
    expect(signals[0]).toBe('SIGINT');
  },
);

test('what ignores signals inside, and what it left behind there, is killed', async () => {
  const ran = run(
    `trap '' INT TERM; (trap '' INT TERM; exec setsid sleep 600) & echo "ready $$ $!"; while :; do sleep 0.05; done`,
  );
  await ran.until(printed('ready'));
  ran.cancel('a test wants it');
  expect(await ran.finished).toBe('cancelled');
  const [, ...pids] = ran.lines('s')[0]!.split(' ');
  expect(pids.map((pid) => isRunning(Number(pid)))).toEqual([false, false]);
});

test('without docker it is said what is missing, and how to get either', async () => {
  const ran = run('', { docker: false });
  expect(await ran.finished).toBe('not-started');
  expect(ran.end('s').message).toMatch(
    /^`dbt-of-the-image` was not found on this machine \(.*\); install it with: pip install dbt\. It could run in the service `dbt`, but `docker` was not found \(.*\); install it as https:/u,
  );
});

test('an engine that does not answer is told in its own words', async () => {
  const ran = run('', { broken: true, where: 'service' });
  expect(await ran.finished).toBe('not-started');
  expect(ran.end('s').message).toBe(
    'docker could not tell which services are up: Cannot connect to the Docker daemon',
  );
});

test('an image that is not here is not downloaded', async () => {
  const ran = run('', { up: [], held: [], where: 'service' });
  expect(await ran.finished).toBe('not-started');
  expect(ran.end('s').message).toBe(
    'the service `dbt` is down and `example/dbt:1` is not on this machine; start it with: docker compose up -d dbt',
  );
  expect(asked().some((words) => words.includes('run'))).toBe(false);
});
