import { opendir, stat } from 'node:fs/promises';
import picomatch from 'picomatch';
import { resolvePath } from '../core/path.ts';
import { toFsPath } from '../files/node-files.ts';

export interface FoundFile {
  /** URI path. */
  readonly path: string;
  readonly modifiedMs: number;
  readonly bytes: number;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** True where there is more to look through than is looked through. */
  readonly isCut: boolean;
  /** What lies at the paths and may not be looked at or into, or is no file but a folder; the first of each (URI paths). */
  readonly denied?: string;
  readonly folder?: string;
}

/** Limit: a glob over more than this is too wide to be a proof of anything. */
const mostEntries = 50_000;

/** The files at these paths and globs, seen from `folder` (URI path), by path. Rejects only when it is ended. */
export async function findFiles(
  patterns: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<Found> {
  const found = new Map<string, FoundFile>();
  const look: Look = { left: mostEntries };
  for (const pattern of patterns) {
    signal.throwIfAborted();
    const { base, glob } = picomatch.scan(pattern);
    if (glob === '') {
      const file = await fileAt(resolvePath(folder, pattern), look);
      if (file) found.set(file.path, file);
      continue;
    }
    const root = resolvePath(folder, base);
    const isMatch = picomatch(glob.replace(/^\.\//, ''), {
      dot: glob.includes('/.') || glob.startsWith('.'),
    });
    const isDeep = glob.includes('**') || glob.includes('/');
    for await (const relative of walk(root, '', { isDeep, look, signal })) {
      if (!isMatch(relative)) continue;
      const file = await fileAt(`${root === '/' ? '' : root}/${relative}`, look);
      if (file) found.set(file.path, file);
    }
  }
  const files = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const { left, ...rest } = look;
  return { files, isCut: left <= 0, ...rest };
}

/** How much may still be looked at, and what was in the way. */
interface Look extends Pick<Found, 'denied' | 'folder'> {
  left: number;
  denied?: string;
  folder?: string;
}

interface Walk {
  readonly isDeep: boolean;
  readonly look: Look;
  readonly signal: AbortSignal;
}

async function* walk(root: string, below: string, options: Walk): AsyncIterable<string> {
  const { isDeep, look, signal } = options;
  const path = below === '' ? root : `${root}/${below}`;
  let folder;
  try {
    folder = await opendir(toFsPath(path));
  } catch (error) {
    if (isDenial(error)) look.denied ??= path;
    return;
  }
  const deeper: string[] = [];
  for await (const entry of folder) {
    signal.throwIfAborted();
    if (--look.left <= 0) return;
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) deeper.push(name);
    else if (entry.isFile() || entry.isSymbolicLink()) yield name;
  }
  if (isDeep) for (const name of deeper) yield* walk(root, name, options);
}

async function fileAt(path: string, look: Look): Promise<FoundFile | undefined> {
  try {
    const found = await stat(toFsPath(path));
    if (found.isFile()) return { path, modifiedMs: found.mtimeMs, bytes: found.size };
    if (found.isDirectory()) look.folder ??= path;
  } catch (error) {
    if (isDenial(error)) look.denied ??= path;
  }
  return undefined;
}

function isDenial(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM';
}
