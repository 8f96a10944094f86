import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from '../runs/process-table.ts';
import { processesFile } from '../runs/run-folder.ts';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { logOf, untilSaid, type Driver } from './test-support/driver.ts';

const program = fileURLToPath(new URL('../penstock.ts', import.meta.url));
const standIn = fileURLToPath(new URL('../../../test/support/docker-stand-in.mjs', import.meta.url));

/** Goes on until it is interrupted where it builds, and is done at once where it is asked for anything else. */
const tool = `#!/bin/sh
case " $* " in *' build '*) ;; *) echo 'Error in /project/models/orders.sql:3'; exit 0;; esac
echo "ready $$"
while :; do sleep 0.1; done
`;

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
  for (const name of ['client', 'image', 'dbt', 'dbt/models']) mkdirSync(workspace.path(name));
  symlinkSync(standIn, workspace.path('client/docker'));
  chmodSync(workspace.write('image/dbt', tool), 0o755);
  workspace.write('dbt/dbt_project.yml', 'name: shop\nversion: "1"\nprofile: shop\n');
  workspace.write('dbt/models/orders.sql', 'select 1 as id');
  workspace.write(
    'compose.yaml',
    'services:\n  dbt:\n    image: example/dbt:1\n    volumes: [./dbt:/project]\n',
  );
  standing({ up: ['dbt'] });
});
afterEach(() => workspace.remove());

function standing({ up }: { readonly up: readonly string[] }): void {
  const { folder } = workspace;
  const state = {
    up,
    folder,
    images: ['example/dbt:1'],
    held: ['example/dbt:1'],
    mounts: { '/project': workspace.path('dbt') },
    path: workspace.path('image'),
    broken: false,
  };
  workspace.write('state.json', JSON.stringify(state));
}

function start(...args: readonly string[]): Driver {
  return spawn(process.execPath, [program, ...args], {
    cwd: workspace.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      HOME: workspace.folder,
      PATH: [workspace.path('client'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      DOCKER_STAND_IN: workspace.path('state.json'),
    },
  });
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, status: child.exitCode };
}

/** Kills a driver, and its client of the service with it: nobody is left who knows of the tool inside. */
async function killedDriver(): Promise<{ readonly run: string; readonly pid: number }> {
  const child = start('run', 'dbt:build');
  const said = await untilSaid(child, 'ready');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = new RunStore(workspace.folder);
  const [summary] = await store.list();
  const started = logOf(workspace, summary!.id).find((event) => event.type === 'step-started');
  process.kill(started!.pid, 'SIGKILL');
  return { run: summary!.id, pid: Number(/ready (\d+)/.exec(said)![1]) };
}

describe.each([
  ['a service that is up', ['dbt']],
  ['a container of its own', []],
] as const)('in %s', (_, up) => {
  beforeEach(() => standing({ up }));

  test('what a killed driver left is ended by the next run, and its log says so', async () => {
    const { run: killed, pid } = await killedDriver();
    expect(isRunning(pid)).toBe(true);
    const next = await run('run', 'dbt:run');
    expect(next.status).toBe(0);
    expect(next.err).toContain(
      `penstock run: ends what run ${killed} left of dbt:build in the service dbt: `,
    );
    expect(logOf(workspace, killed).at(-1)).toMatchObject({
      type: 'left-behind',
      step: 'dbt:build',
      service: 'dbt',
      signal: 'SIGINT',
    });
    expect(existsSync(processesFile(workspace.folder, killed))).toBe(false);
    expect(isRunning(pid)).toBe(false);
  });
});

test('where the engine does not answer, what was left is remembered until it does', async () => {
  const { run: killed, pid } = await killedDriver();
  const state = readFileSync(workspace.path('state.json'), 'utf8');
  workspace.write('state.json', state.replace('"broken":false', '"broken":true'));
  await run('run', '--in=local', 'dbt:run');
  expect(isRunning(pid)).toBe(true);
  expect(existsSync(processesFile(workspace.folder, killed))).toBe(true);
  workspace.write('state.json', state);
  await run('run', '--in=local', 'dbt:run');
  expect(isRunning(pid)).toBe(false);
});

test("a terminal shows the workspace's files for those of the container; the log holds what was printed", async () => {
  const { out } = await run('run', 'dbt:run');
  expect(out).toContain(`  Error in ${workspace.path('dbt/models/orders.sql')}:3\n`);
  const [summary] = await new RunStore(workspace.folder).list();
  const texts = logOf(workspace, summary!.id).flatMap((event) =>
    event.type === 'output' ? [event.text] : [],
  );
  expect(texts).toContain('Error in /project/models/orders.sql:3');
});

describe('a check that runs a command', () => {
  beforeEach(() =>
    workspace.write(
      'dbt/penstock.yaml',
      'checks:\n  versions:\n    title: dbt answers\n    run: dbt --version\n',
    ),
  );

  test('runs it in the service where its tool lives', async () => {
    const { out } = await run('readiness', '--commands', '--format', 'json');
    expect(checkIn(out)).toMatchObject({
      state: 'passed',
      expected: '`dbt --version` ends with 0 in the service `dbt`',
    });
  });

  test('makes no container where the service is down', async () => {
    standing({ up: [] });
    const { out } = await run('readiness', '--commands', '--format', 'json');
    expect(checkIn(out)).toMatchObject({
      state: 'unknown',
      seen: expect.stringMatching(
        /^`dbt` was not found on this machine \(.*\)\. It could run in the service `dbt`, but the service `dbt` is down; start it with: docker compose up -d dbt$/u,
      ),
    });
    expect(readFileSync(workspace.path('asked.jsonl'), 'utf8')).not.toContain('"run"');
  });

  function checkIn(out: string): unknown {
    const { checks } = JSON.parse(out) as { readonly checks: readonly { readonly title: string }[] };
    return checks.find(({ title }) => title === 'dbt answers');
  }
});
