import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../core/log.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { compose } from '../systems/compose/index.ts';
import { dbt } from '../systems/dbt/index.ts';
import { env } from '../systems/env/index.ts';
import { meltano } from '../systems/meltano/index.ts';
import { runEnvironment, type EnvironmentJson } from './environment.ts';
import { openFolder, openWorkspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function put(name: string, text: string, mode = 0o644): string {
  mkdirSync(dirname(workspace.path(name)), { recursive: true });
  writeFileSync(workspace.path(name), text);
  chmodSync(workspace.path(name), mode);
  return workspace.path(name);
}

async function told(
  format: 'text' | 'json',
  variables: NodeJS.ProcessEnv = {},
): Promise<{ readonly status: number; readonly out: string }> {
  const systems = [dbt, meltano, compose, env];
  let out = '';
  const io = { out: (text: string) => void (out += text), err() {}, cwd: workspace.folder };
  const open = { systems, log: silentLog };
  const host = {
    systems,
    io,
    openWorkspace: (folder: string) => openWorkspace({ ...open, folder }),
    openFolder: (folder: string) => openFolder({ ...open, folder }),
  };
  const status = await runEnvironment({ format, environments: [], env: variables }, host);
  return { status, out };
}

async function projects(variables: NodeJS.ProcessEnv = {}): Promise<EnvironmentJson['projects']> {
  const { out } = await told('json', variables);
  return (JSON.parse(out) as EnvironmentJson).projects;
}

function dbtProject(): void {
  put('transform/dbt_project.yml', 'name: shop\nversion: "1"\nprofile: shop\n');
  put('transform/models/a.sql', "select '{{ env_var('REGION') }}' as a, '{{ env_var('UNSET') }}' as b\n");
}

test('the program, its version and interpreter, the profiles, the variables by name alone', async () => {
  dbtProject();
  put('transform/.venv/bin/dbt', '#!/bin/sh\n', 0o755);
  put('transform/.venv/bin/python', '', 0o755);
  put('transform/.venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.12.3\n');
  put('transform/.venv/lib/python3.12/site-packages/dbt_core-1.12.0.dist-info/METADATA', '');
  put('transform/profiles.yml', 'shop: { target: dev, outputs: { dev: { type: duckdb } } }\n');
  put('.env', 'REGION=very-secret\n');
  const [project] = await projects({ HOME: '/nowhere', UNUSED: 'x' });
  expect(project).toEqual({
    system: 'dbt',
    name: 'shop',
    folder: workspace.path('transform'),
    executable: {
      name: 'dbt',
      path: workspace.path('transform/.venv/bin/dbt'),
      source: 'from transform/.venv',
      version: '1.12.0',
      searched: ['transform/.venv'],
    },
    checkedBy: { version: '1.12.0', source: 'from transform/.venv' },
    interpreter: { path: workspace.path('transform/.venv/bin/python'), version: '3.12.3' },
    services: [],
    runs: 'local',
    files: [
      {
        what: 'profiles',
        path: workspace.path('transform/profiles.yml'),
        because: 'it lies in the project',
      },
    ],
    variables: [
      { name: 'REGION', inEnvironment: false, setIn: [workspace.path('.env')] },
      { name: 'UNSET', inEnvironment: false, setIn: [] },
    ],
  });
  const { status, out } = await told('text', { REGION: 'very-secret' });
  expect(status).toBe(0);
  expect(out).not.toContain('very-secret');
  expect(out.split('\n')).toEqual([
    'dbt project shop in transform',
    '  dbt 1.12.0     transform/.venv/bin/dbt, from transform/.venv',
    '  python 3.12.3  transform/.venv/bin/python',
    '  runs           on this machine',
    '  profiles       transform/profiles.yml, because it lies in the project',
    '  REGION         set in the environment, .env',
    '  UNSET          read, and set nowhere that is known',
    '',
  ]);
});

test('profiles: the variable decides alone, then the project, then the home', async () => {
  dbtProject();
  const home = put('home/.dbt/profiles.yml', '');
  const files = async (variables: NodeJS.ProcessEnv): Promise<unknown> =>
    (await projects(variables))[0]?.files;
  const HOME = workspace.path('home');
  expect(await files({ HOME })).toEqual([
    { what: 'profiles', path: home, because: "it lies in the user's home" },
  ]);
  expect(await files({ HOME, DBT_PROFILES_DIR: '../elsewhere' })).toEqual([
    {
      what: 'profiles',
      path: null,
      because: '`DBT_PROFILES_DIR` names its folder, and it is not there',
    },
  ]);
});

test('what is missing is said with the command that installs it; status 1, and 0 where a service has it', async () => {
  dbtProject();
  const missing = await told('text', { PATH: '/no/such' });
  expect(missing.status).toBe(1);
  expect(missing.out).toContain('not found (looked in the PATH)');
  expect(missing.out).toContain('python -m pip install dbt-core');
  expect(missing.out).toContain('nowhere: the tool is missing');
  expect(missing.out).not.toContain('checked by');
  put('requirements.txt', 'dbt-core==1.10.2\n');
  const pinned = await told('text', { PATH: '/no/such' });
  expect(pinned.out).toMatch(/^  checked by +1\.10\.2, from \.\.\/requirements\.txt$/m);
  put('compose.yaml', 'services:\n  dbt:\n    image: example/dbt:1\n    volumes: [./transform:/project]\n');
  const served = await told('json', { PATH: '/no/such' });
  expect(served.status).toBe(0);
  expect((JSON.parse(served.out) as EnvironmentJson).projects[0]).toMatchObject({
    runs: 'service',
    services: ['dbt'],
    executable: { path: null },
  });
});

test('where nothing is known, that is said', async () => {
  expect(await told('text')).toEqual({ status: 0, out: 'No project whose tool is known was found here.\n' });
});

test('a file that is missing is told from the folder, too', async () => {
  put('meltano.yml', 'version: 1\ndefault_environment: dev\n');
  expect((await told('text')).out).toContain('none: there is none at .env\n');
});

test("a path elsewhere that holds the folder's own path is told whole", async () => {
  dbtProject();
  const home = `/elsewhere${workspace.folder}`;
  expect((await told('text', { HOME: home })).out).toContain(
    `there is none at transform/profiles.yml, ${home}/.dbt`,
  );
});
