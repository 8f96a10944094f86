import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { namesIn, textAt } from './disk.ts';

/** A Python environment that a folder's files lead to, outside of the usual names. */
export interface EnvironmentFolder {
  readonly path: string;
  /** 'from Poetry (shop-Ab1_c2D3-py3.12)', for a person. */
  readonly source: string;
}

/**
 * The environments that Poetry, uv and conda have for a folder, told by files alone. Those that do not exist are left
 * out; what lies in the folder under a usual name (`.venv`) is found without this.
 */
export function environmentFolders(folder: string, env: NodeJS.ProcessEnv): readonly EnvironmentFolder[] {
  return [...ofUv(folder, env), ...ofPoetry(folder, env), ...ofConda(folder, env)];
}

/** The user's home as the environment tells; undefined where it does not. */
export function homeOf(env: NodeJS.ProcessEnv): string | undefined {
  return env['HOME'] || env['USERPROFILE'];
}

function ofUv(folder: string, env: NodeJS.ProcessEnv): readonly EnvironmentFolder[] {
  const named = env['UV_PROJECT_ENVIRONMENT'];
  if (!named || !existsSync(join(folder, 'pyproject.toml'))) return [];
  const path = resolve(folder, named);
  return existsSync(path) ? [{ path, source: 'from UV_PROJECT_ENVIRONMENT' }] : [];
}

/** Poetry keeps a project's environments under a hash of the project's folder: `shop-Ab1_c2D3-py3.12`. */
function ofPoetry(folder: string, env: NodeJS.ProcessEnv): readonly EnvironmentFolder[] {
  if (!existsSync(join(folder, 'pyproject.toml'))) return [];
  const real = realpathSync(folder);
  const hash = createHash('sha256')
    .update(process.platform === 'win32' ? real.toLowerCase() : real)
    .digest('base64url')
    .slice(0, 8);
  return poetryFolders(folder, env).flatMap((around) =>
    namesIn(around)
      .flatMap((name) => {
        const [, python] = new RegExp(`-${hash}-py(\\d+\\.\\d+)$`, 'u').exec(name) ?? [];
        return python === undefined ? [] : [{ name, minor: Number(python.split('.')[1]) }];
      })
      .sort((a, b) => b.minor - a.minor)
      .map(({ name }) => ({ path: join(around, name), source: `from Poetry (${name})` })),
  );
}

function poetryFolders(folder: string, env: NodeJS.ProcessEnv): readonly string[] {
  const named = env['POETRY_VIRTUALENVS_PATH'] ?? configuredPath(textAt(join(folder, 'poetry.toml')) ?? '');
  if (named) return [resolve(folder, named)];
  const cache = env['POETRY_CACHE_DIR'] ?? poetryCache(env);
  return cache === undefined ? [] : [join(cache, 'virtualenvs')];
}

function poetryCache(env: NodeJS.ProcessEnv): string | undefined {
  const home = homeOf(env);
  if (process.platform === 'win32')
    return env['LOCALAPPDATA'] && join(env['LOCALAPPDATA'], 'pypoetry', 'Cache');
  if (home === undefined) return undefined;
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'pypoetry');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'pypoetry');
}

/** `path` below `[virtualenvs]` of `poetry.toml`; one that holds a place of Poetry's own (`{cache-dir}`) tells nothing. */
function configuredPath(toml: string): string | undefined {
  const [, section = ''] = /^\[virtualenvs\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/mu.exec(toml) ?? [];
  const path = /^path\s*=\s*(["'])(.*?)\1/mu.exec(section)?.[2];
  return path?.includes('{') ? undefined : path;
}

/** The environment that `environment.yml` names, where conda's own list of environments has one of that name. */
function ofConda(folder: string, env: NodeJS.ProcessEnv): readonly EnvironmentFolder[] {
  const home = homeOf(env);
  if (home === undefined) return [];
  const file = ['environment.yml', 'environment.yaml'].find((each) => existsSync(join(folder, each)));
  if (file === undefined) return [];
  const name = /^name:\s*["']?([\w.-]+)/mu.exec(textAt(join(folder, file)) ?? '')?.[1];
  const known = (textAt(join(home, '.conda', 'environments.txt')) ?? '').split(/\r?\n/u);
  const path = known.find((each) => basename(each) === name && existsSync(each));
  return path === undefined ? [] : [{ path, source: `from conda (${name}, by ${file})` }];
}
