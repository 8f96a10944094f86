import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { CancellationToken, Pause } from '../core/cancellation.ts';
import type { Files } from '../core/files.ts';
import { baseName, folderOf, isInside } from '../core/path.ts';
import { statOf } from './disk.ts';
import { stampOf } from './file-stamp.ts';
import { ReadAhead } from './read-ahead.ts';
import { createTextReader } from './text-reader.ts';

/** Folders that hold no configuration of the user's own: environments, caches, build output, tools' own state. */
const excludedFolders: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  '.penstock',
  '.meltano',
  '.venv',
  '.venvs',
  'venv',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.ipynb_checkpoints',
  '__pycache__',
  'node_modules',
  'site-packages',
  'target',
  '.terraform',
  '.next',
  '.svelte-kit',
  '.evidence',
]);

const isWindows = process.platform === 'win32';

/** Limit: of fewer files a thread that reads ahead costs more than it spares. */
const leastAhead = 2000;

/** The thread that reads a large workspace ahead. */
export interface ReaderOptions {
  /** Its bundle (file-system path). */
  readonly program: string;
  /** For so many files it is started; where absent for as many as make it pay. */
  readonly least?: number;
}

/** The disk, as core's `Files`. Reads synchronously: many small local files are read quickest so, and `pause` lets others in between. */
export function createNodeFiles(options: {
  readonly pause: Pause;
  readonly isExcluded?: (path: string) => boolean;
  /** What systems want to see of excluded folders, see `System.inExcluded`. */
  readonly inExcluded?: readonly string[];
  readonly reader?: ReaderOptions;
}): Files {
  const isExcluded = options.isExcluded ?? (() => false);
  const wanted = (options.inExcluded ?? []).map((pattern) => pattern.split('/'));
  const readText = createTextReader();
  let ahead: ReadAhead | undefined;
  return {
    async *list(root, token) {
      yield* walk(root, { token, pause: options.pause, isExcluded, wanted });
    },
    covers: (root, path) => coversPath(root, path, { isExcluded, wanted }),
    has: (path) => kindAt(toFsPath(path)) !== 'other',
    read(path) {
      const fsPath = toFsPath(path);
      const found = ahead?.at(fsPath);
      if (!found) return readText(fsPath);
      const { text, yaml } = found;
      return yaml ? { kind: 'text', text, yaml } : { kind: 'text', text };
    },
    stamp(path) {
      const fsPath = toFsPath(path);
      const found = ahead?.at(fsPath);
      if (found) return found.stamp;
      const stat = statOf(fsPath);
      return stat && stampOf(stat, Date.now());
    },
    expect(paths, { withStamps }) {
      if (!options.reader || paths.size < (options.reader.least ?? leastAhead)) return undefined;
      const own = new ReadAhead(options.reader.program, { paths: [...paths].map(toFsPath), withStamps });
      ahead = own;
      return () => {
        own.end();
        if (ahead === own) ahead = undefined;
      };
    },
  };
}

export function toFsPath(path: string): string {
  // Elsewhere the two are the same, unless a drive is named all the same.
  if (!isWindows && path[2] !== ':') return path;
  return URI.from({ scheme: 'file', path }).fsPath;
}

export function fromFsPath(fsPath: string): string {
  return URI.file(fsPath).path;
}

interface Choice {
  readonly isExcluded: (path: string) => boolean;
  /** The names that lead to what is wanted of excluded folders. */
  readonly wanted: readonly (readonly string[])[];
}

interface Walk extends Choice {
  readonly token: CancellationToken;
  readonly pause: Pause;
}

/** Folders in the order of their names; links are followed, but no real folder is entered twice. */
async function* walk(
  root: string,
  { token, pause, isExcluded, wanted }: Walk,
): AsyncIterable<readonly string[]> {
  const entered = new Set<string>();
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await pause(token);
    const base = folder === '/' ? '' : folder;
    const found: string[] = [];
    const deeper: string[] = [];
    for (const entry of readFolder(toFsPath(folder))) {
      const path = `${base}/${entry.name}`;
      const kind = kindOf(entry, path);
      if (kind === 'other' || isExcluded(path)) continue;
      if (kind === 'file') found.push(path);
      else if (excludedFolders.has(entry.name))
        found.push(
          ...wanted.flatMap((names) => wantedIn(base, entry.name, names)).filter((each) => !isExcluded(each)),
        );
      else if (!isEnvironment(entry.name, toFsPath(folder))) {
        if (entry.isSymbolicLink() && !isFirstVisit(entered, toFsPath(path))) continue;
        deeper.push(path);
      }
    }
    waiting.push(...deeper.reverse());
    if (found.length > 0) yield found;
  }
}

/** The files that the names lead to from an excluded folder on; `*` stands for any folder. */
function wantedIn(above: string, folder: string, [first, ...names]: readonly string[]): readonly string[] {
  if (first !== folder) return [];
  let paths = [`${above}/${folder}`];
  for (const name of names) {
    paths = paths.flatMap((path) =>
      name === '*'
        ? readFolder(toFsPath(path))
            .filter((entry) => entry.isDirectory())
            .map((entry) => `${path}/${entry.name}`)
        : [`${path}/${name}`],
    );
  }
  return paths.filter((path) => kindAt(toFsPath(path)) === 'file');
}

/** True where the path's last names are what is wanted of an excluded folder. */
function isWanted(path: string, root: string, { wanted }: Choice): boolean {
  const names = path.slice(root.length + 1).split('/');
  return wanted.some((pattern) => {
    const last = names.slice(-pattern.length);
    const isSame =
      last.length === pattern.length && pattern.every((name, at) => name === '*' || name === last[at]);
    return isSame && !names.slice(0, -pattern.length).some((name) => excludedFolders.has(name));
  });
}

function coversPath(root: string, path: string, choice: Choice): boolean {
  const { isExcluded } = choice;
  if (!isInside(path, root) || path === root || isExcluded(path)) return false;
  if (isWanted(path, root, choice)) return true;
  for (let folder = folderOf(path); folder !== root && folder !== ''; folder = folderOf(folder)) {
    const name = baseName(folder);
    if (excludedFolders.has(name) || isExcluded(folder) || isEnvironment(name, toFsPath(folderOf(folder))))
      return false;
  }
  return true;
}

/** A link may lead above itself or to where another link led; its real folder is entered once. */
function isFirstVisit(entered: Set<string>, link: string): boolean {
  try {
    const real = realpathSync(link);
    if (link.startsWith(`${real}/`) || entered.has(real)) return false;
    entered.add(real);
    return true;
  } catch {
    return false;
  }
}

/** A virtual environment by any name: it holds `pyvenv.cfg`. Only names that sound like one are looked into. */
function isEnvironment(name: string, folder: string): boolean {
  return /env/i.test(name) && kindAt(join(folder, name, 'pyvenv.cfg')) === 'file';
}

function readFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? kindAt(toFsPath(path)) : 'other';
}

function kindAt(path: string): 'file' | 'folder' | 'other' {
  const stat = statOf(path);
  return stat?.isFile() ? 'file' : stat?.isDirectory() ? 'folder' : 'other';
}
