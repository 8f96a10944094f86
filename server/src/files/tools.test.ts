import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTool } from './tools.ts';

const dbt = { executable: 'dbt', distributions: ['dbt-core', 'dbt'] };
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-tools-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, text = '#!/bin/sh\n'): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, 0o755);
  return full;
}

function environment(path: string, distribution: string): string {
  const program_ = program(`${path}/bin/dbt`);
  mkdirSync(join(folder, path, 'lib/python3.12/site-packages', `${distribution}.dist-info`), {
    recursive: true,
  });
  writeFileSync(join(folder, path, 'pyvenv.cfg'), '');
  return program_;
}

function find(
  project: string,
  extra: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): ReturnType<typeof findTool> {
  return findTool(dbt, join(folder, project), folder, extra, env);
}

describe('finding a tool', () => {
  test('the nearest environment wins, with its version', () => {
    environment('.venv', 'dbt_core-1.10.0');
    const near = environment('transform/.venvs/dbt', 'Dbt.Core-1.12.0');
    expect(find('transform')).toMatchObject({
      path: near,
      source: 'from transform/.venvs/dbt',
      version: '1.12.0',
    });
    expect(find('.')).toMatchObject({ source: 'from .venv', version: '1.10.0' });
  });

  test('the order is setting, project, VIRTUAL_ENV, PATH', () => {
    const set = environment('elsewhere', 'dbt_core-1.9.0');
    const own = environment('p/.venv-dbt', 'dbt_core-1.10.0');
    const active = environment('active', 'dbt_core-1.11.0');
    const path = program('usr/bin/dbt');
    const env = { VIRTUAL_ENV: join(folder, 'active'), PATH: dirname(path) };
    expect(find('p', ['elsewhere'], env)).toMatchObject({ path: set, version: '1.9.0' });
    expect(find('p', [], env)).toMatchObject({ path: own });
    expect(find('q', [], env)).toMatchObject({ path: active, source: 'from VIRTUAL_ENV', version: '1.11.0' });
    expect(find('q', [], { PATH: dirname(path) })).toEqual({
      path,
      source: 'from PATH',
      searched: ['the PATH'],
    });
  });

  test('a setting may name the environment, its bin folder or the program', () => {
    const path = environment('tools', 'dbt_core-1.12.0');
    for (const named of ['tools', 'tools/bin', 'tools/bin/dbt', join(folder, 'tools')]) {
      expect(find('.', [named]).path).toBe(path);
    }
    expect(find('.', ['tools/bin'])).toMatchObject({ version: '1.12.0' });
  });

  test('the environment named after the tool comes before its neighbours', () => {
    environment('.venvs/airflow', 'dbt_core-1.5.0');
    const path = environment('.venvs/dbt', 'dbt_core-1.12.0');
    expect(find('.').path).toBe(path);
  });

  test('the version of a script on the PATH is found through its link', () => {
    const real = environment('share/tools/dbt-core', 'dbt_core-1.12.3');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(real, join(folder, 'bin/dbt'));
    expect(find('.', [], { PATH: join(folder, 'bin') })).toMatchObject({
      version: '1.12.3',
      path: join(folder, 'bin/dbt'),
    });
  });

  test('the version of a script on the PATH is found through its first line', () => {
    environment('venvs/dbt core', 'dbt_core-1.12.4');
    program('bin/dbt', `#!/bin/sh\n'''exec' "${folder}/venvs/dbt core/bin/python3" "$0" "$@"\n' '''\n`);
    program('bin2/dbt', `#!${folder}/plain/bin/python3.12\nimport sys\n`);
    environment('plain', 'dbt-1.0');
    expect(find('.', [], { PATH: join(folder, 'bin') })).toMatchObject({ version: '1.12.4' });
    expect(find('.', [], { PATH: join(folder, 'bin2') })).toMatchObject({ version: '1.0' });
  });

  test('what is missing is said with every place it was looked for', () => {
    mkdirSync(join(folder, 'p/.venv/bin'), { recursive: true });
    writeFileSync(join(folder, 'p/.venv/bin/dbt'), 'not executable');
    mkdirSync(join(folder, 'venv/bin/dbt'), { recursive: true });
    expect(find('p', ['nowhere'], { PATH: '/no/such:/place' })).toEqual({
      path: undefined,
      searched: ['nowhere', 'p/.venv', 'venv', 'the PATH'],
    });
  });

  test('a project outside the folder is looked at alone', () => {
    const path = environment('outer/.venv', 'dbt_core-1.12.0');
    mkdirSync(join(folder, 'inner'));
    expect(findTool(dbt, join(folder, 'outer'), join(folder, 'inner'), [], {}).path).toBe(path);
  });

  test('a path stands for itself', () => {
    const path = program('p/scripts/load.sh');
    const query = { executable: './scripts/load.sh', distributions: [] };
    expect(findTool(query, join(folder, 'p'), folder, [], {}).path).toBe(path);
    expect(findTool({ ...query, executable: './gone' }, folder, folder, [], {}).path).toBeUndefined();
  });
});
