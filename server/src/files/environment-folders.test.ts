import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTool } from './tools.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-environments-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text = ''): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

function find(env: NodeJS.ProcessEnv, project = 'p'): ReturnType<typeof findTool> {
  return findTool({ executable: 'dbt', distributions: ['dbt-core'] }, join(folder, project), folder, [], env);
}

/** As Poetry names what it makes. */
function poetryName(project: string, python: string): string {
  const hash = createHash('sha256').update(join(folder, project)).digest('base64url').slice(0, 8);
  return `shop-${hash}-py${python}`;
}

test('Poetry keeps its environments elsewhere; the newest Python wins, other projects do not count', () => {
  put('p/pyproject.toml');
  const at = (name: string): string => `home/.cache/pypoetry/virtualenvs/${name}/bin/dbt`;
  put(at(poetryName('other', '3.14')));
  put(at(poetryName('p', '3.9')));
  const newest = put(at(poetryName('p', '3.12')));
  const env = { HOME: join(folder, 'home') };
  if (process.platform === 'linux')
    expect(find(env)).toMatchObject({
      path: newest,
      source: `from Poetry (${poetryName('p', '3.12')})`,
    });
});

test('Poetry: a place of its own, by variable or `poetry.toml`', () => {
  put('p/pyproject.toml');
  const own = put(`p/envs/${poetryName('p', '3.12')}/bin/dbt`);
  expect(find({}).path).toBeUndefined();
  put('p/poetry.toml', '[virtualenvs]\ncreate = true\npath = "envs"\n\n[other]\npath = "no"\n');
  expect(find({}).path).toBe(own);
  const variable = put(`elsewhere/${poetryName('p', '3.12')}/bin/dbt`);
  expect(find({ POETRY_VIRTUALENVS_PATH: join(folder, 'elsewhere') }).path).toBe(variable);
});

test('uv: the environment that its variable names, for projects alone', () => {
  const path = put('p/.uv/bin/dbt');
  const env = { UV_PROJECT_ENVIRONMENT: '.uv' };
  expect(find(env).path).toBeUndefined();
  put('p/pyproject.toml');
  expect(find(env)).toMatchObject({ path, source: 'from UV_PROJECT_ENVIRONMENT' });
});

test('conda: the environment that `environment.yml` names, then the active one', () => {
  const named = put('conda/envs/shop/bin/dbt');
  const active = put('conda/envs/base/bin/dbt');
  put(
    'home/.conda/environments.txt',
    `${join(folder, 'conda/envs/base')}\n${join(folder, 'conda/envs/shop')}\n`,
  );
  const env = { HOME: join(folder, 'home'), CONDA_PREFIX: join(folder, 'conda/envs/base') };
  mkdirSync(join(folder, 'p'));
  expect(find(env)).toMatchObject({ path: active, source: 'from CONDA_PREFIX' });
  put('p/environment.yml', 'name: shop\ndependencies: [python]\n');
  expect(find(env)).toMatchObject({ path: named, source: 'from conda (shop, by environment.yml)' });
});

test('the order: own folder, Poetry, conda, VIRTUAL_ENV, CONDA_PREFIX, PATH, where uv and pipx put programs', () => {
  put('p/pyproject.toml');
  put('p/environment.yml', 'name: shop\n');
  put('home/.conda/environments.txt', join(folder, 'conda/envs/shop'));
  const env = {
    HOME: join(folder, 'home'),
    POETRY_VIRTUALENVS_PATH: join(folder, 'poetry'),
    VIRTUAL_ENV: join(folder, 'active'),
    CONDA_PREFIX: join(folder, 'prefix'),
    PATH: join(folder, 'usr'),
  };
  const inOrder = [
    'p/.venv/bin/dbt',
    `poetry/${poetryName('p', '3.12')}/bin/dbt`,
    'conda/envs/shop/bin/dbt',
    'active/bin/dbt',
    'prefix/bin/dbt',
    'usr/dbt',
    'home/.local/bin/dbt',
  ];
  for (const name of inOrder.toReversed()) {
    const path = put(name);
    expect(find(env).path).toBe(path);
  }
});
