import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { namesIn } from './disk.ts';
import { environmentFolders, homeOf } from './environment-folders.ts';
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A program as it is asked for; the first of `distributions` that is installed gives the version. */
export interface ToolQuery {
  readonly executable: string;
  readonly distributions: readonly string[];
}

export type ToolResult = FoundTool | MissingTool;

export interface FoundTool {
  readonly path: string;
  /** 'from .venvs/dbt', for a person. */
  readonly source: string;
  /** Of its Python distribution; absent where it is not installed from one, or cannot be told without running it. */
  readonly version?: string;
  /** The folder of the Python environment that it belongs to, where that can be told. */
  readonly environment?: string;
  /** Where it was looked for, the last one being where it was. */
  readonly searched: readonly string[];
}

export interface MissingTool {
  readonly path: undefined;
  readonly searched: readonly string[];
}

interface Place {
  /** What stands in `searched`. */
  readonly shown: string;
  readonly source: string;
  readonly path: string | undefined;
  readonly environment?: string;
}

const windows = process.platform === 'win32';
const binFolder = windows ? 'Scripts' : 'bin';

/**
 * Finds a program without running anything: first in `extra` (environments, folders or files that the user
 * named), then in the virtual environments of each folder from `from` up to `upTo` and those that Poetry, uv and
 * conda have for it, then in `VIRTUAL_ENV` and `CONDA_PREFIX`, then on the PATH, then where uv and pipx put programs.
 * All paths are those of the file system. Never throws.
 */
export function findTool(
  tool: ToolQuery,
  from: string,
  upTo: string,
  extra: readonly string[],
  env: NodeJS.ProcessEnv,
): ToolResult {
  const searched: string[] = [];
  if (tool.executable.includes('/') || (windows && tool.executable.includes('\\'))) {
    const path = runnable(resolve(from, tool.executable));
    searched.push(resolve(from, tool.executable));
    return path === undefined ? { path, searched } : { path, source: 'as it is written', searched };
  }
  for (const place of places(tool, from, upTo, extra, env)) {
    searched.push(place.shown);
    if (place.path === undefined) continue;
    const environment = place.environment ?? environmentOf(place.path);
    const version = environment === undefined ? undefined : installedVersion(environment, tool.distributions);
    return {
      path: place.path,
      source: place.source,
      ...(version === undefined ? {} : { version }),
      ...(environment === undefined ? {} : { environment }),
      searched,
    };
  }
  return { path: undefined, searched };
}

function* places(
  tool: ToolQuery,
  from: string,
  upTo: string,
  extra: readonly string[],
  env: NodeJS.ProcessEnv,
): Iterable<Place> {
  for (const named of extra) yield namedPlace(tool, named, upTo);
  for (const folder of foldersUp(from, upTo)) {
    for (const name of environmentNames(folder, tool)) {
      const environment = join(folder, name);
      yield inEnvironment(tool, environment, `from ${shownFrom(upTo, environment)}`);
    }
    for (const { path, source } of environmentFolders(folder, env)) yield inEnvironment(tool, path, source);
  }
  const active = env['VIRTUAL_ENV'];
  if (active) yield inEnvironment(tool, active, 'from VIRTUAL_ENV');
  const conda = env['CONDA_PREFIX'];
  if (conda) yield inEnvironment(tool, conda, 'from CONDA_PREFIX');
  const path = env['PATH'] ?? env['Path'] ?? '';
  for (const folder of new Set(path.split(delimiter).filter(Boolean))) {
    const found = runnable(join(folder, tool.executable), env);
    if (found !== undefined) return yield { shown: 'the PATH', source: 'from PATH', path: found };
  }
  yield { shown: 'the PATH', source: 'from PATH', path: undefined };
  const home = homeOf(env);
  if (home === undefined) return;
  // An editor that was not started in a terminal often has a PATH without it.
  const own = runnable(join(home, '.local', 'bin', tool.executable), env);
  if (own !== undefined) yield { shown: '~/.local/bin', source: 'from ~/.local/bin', path: own };
}

/** What a user names may be the environment, its `bin`, or the program itself. */
function namedPlace(tool: ToolQuery, named: string, base: string): Place {
  const at = named.startsWith('~/') ? join(homedir(), named.slice(2)) : resolve(base, named);
  const source = `from ${named} (setting)`;
  const inside = inEnvironment(tool, at, source);
  if (inside.path !== undefined) return { ...inside, shown: named };
  const direct = runnable(join(at, tool.executable));
  if (direct !== undefined) return { shown: named, source, path: direct };
  const itself = basename(at).replace(/\.(exe|cmd|bat)$/i, '') === tool.executable ? runnable(at) : undefined;
  return { shown: named, source, path: itself };
}

function inEnvironment(tool: ToolQuery, environment: string, source: string): Place {
  const path = runnable(join(environment, binFolder, tool.executable));
  return { shown: source.replace(/^from /, ''), source, path, environment };
}

/** `from`, its parent, … `upTo`; where `from` lies outside, just the two. */
function foldersUp(from: string, upTo: string): readonly string[] {
  const way = relative(upTo, from);
  if (way === '') return [upTo];
  if (way.startsWith('..') || isAbsolute(way)) return [from, upTo];
  const folders: string[] = [];
  for (let at = resolve(from); ; at = dirname(at)) {
    folders.push(at);
    if (at === resolve(upTo) || at === dirname(at)) return folders;
  }
}

function environmentNames(folder: string, tool: ToolQuery): readonly string[] {
  const many = namesIn(join(folder, '.venvs')).map((name) => join('.venvs', name));
  const marked = namesIn(folder).filter((name) => name.startsWith('.venv-'));
  const own = (name: string): number =>
    Number(![tool.executable, ...tool.distributions].some((each) => basename(name).endsWith(each)));
  const named = [...many, ...marked].sort((a, b) => own(a) - own(b) || (a < b ? -1 : 1));
  return ['.venv', 'venv', 'env', ...named].filter((name) => isFolder(join(folder, name)));
}

function shownFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  return way.startsWith('..') || isAbsolute(way) ? path : way.split(sep).join('/');
}

/** The file that running `path` would start; Windows adds an ending. */
function runnable(path: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (!windows) return canRun(path) ? path : undefined;
  const endings = (env['PATHEXT'] ?? '.EXE;.CMD;.BAT;.COM').toLowerCase().split(';');
  const candidates = endings.some((ending) => path.toLowerCase().endsWith(ending))
    ? [path]
    : endings.map((ending) => path + ending);
  return candidates.find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The environment a program on the PATH belongs to: by its link's target, or by the Python its first line names. */
function environmentOf(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    const around = dirname(dirname(real));
    if (hasMarker(around)) return around;
    const python = /^#!.*\/bin\/sh\s/.test(head(real))
      ? /'''exec' "?([^"\n]+?python[^"\s]*)/.exec(head(real))
      : /^#!\s*(\/\S*python\S*)/.exec(head(real));
    return python?.[1] === undefined ? undefined : dirname(dirname(python[1]));
  } catch {
    return undefined;
  }
}

function hasMarker(folder: string): boolean {
  return statSync(join(folder, 'pyvenv.cfg'), { throwIfNoEntry: false })?.isFile() ?? false;
}

function head(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(1024);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/** The names of `*.dist-info` folders tell what is installed. */
function installedVersion(environment: string, distributions: readonly string[]): string | undefined {
  const installed = new Map<string, string>();
  for (const packages of packageFolders(environment)) {
    for (const name of namesIn(packages)) {
      const match = /^(.+)-([^-]+)\.dist-info$/.exec(name);
      if (match) installed.set(normalName(match[1]!), match[2]!);
    }
  }
  for (const distribution of distributions) {
    const version = installed.get(normalName(distribution));
    if (version !== undefined) return version;
  }
  return undefined;
}

function packageFolders(environment: string): readonly string[] {
  const library = join(environment, 'lib');
  const pythons = namesIn(library).filter((name) => name.startsWith('python'));
  return [
    ...pythons.map((name) => join(library, name, 'site-packages')),
    join(environment, 'Lib', 'site-packages'),
  ];
}

/** Python holds `Dbt_Core`, `dbt.core` and `dbt-core` for one name. */
function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
