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
  const budget = { left: mostEntries };
  for (const pattern of patterns) {
    signal.throwIfAborted();
    const { base, glob } = picomatch.scan(pattern);
    if (glob === '') {
      const file = await fileAt(resolvePath(folder, pattern));
      if (file) found.set(file.path, file);
      continue;
    }
    const root = resolvePath(folder, base);
    const isMatch = picomatch(glob.replace(/^\.\//, ''), {
      dot: glob.includes('/.') || glob.startsWith('.'),
    });
    const isDeep = glob.includes('**') || glob.includes('/');
    for await (const relative of walk(root, '', { isDeep, budget, signal })) {
      if (!isMatch(relative)) continue;
      const file = await fileAt(`${root === '/' ? '' : root}/${relative}`);
      if (file) found.set(file.path, file);
    }
  }
  const files = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, isCut: budget.left <= 0 };
}

interface Walk {
  readonly isDeep: boolean;
  readonly budget: { left: number };
  readonly signal: AbortSignal;
}

async function* walk(root: string, below: string, options: Walk): AsyncIterable<string> {
  const { isDeep, budget, signal } = options;
  let folder;
  try {
    folder = await opendir(toFsPath(below === '' ? root : `${root}/${below}`));
  } catch {
    return;
  }
  const deeper: string[] = [];
  for await (const entry of folder) {
    signal.throwIfAborted();
    if (--budget.left <= 0) return;
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) deeper.push(name);
    else if (entry.isFile() || entry.isSymbolicLink()) yield name;
  }
  if (isDeep) for (const name of deeper) yield* walk(root, name, options);
}

async function fileAt(path: string): Promise<FoundFile | undefined> {
  try {
    const found = await stat(toFsPath(path));
    return found.isFile() ? { path, modifiedMs: found.mtimeMs, bytes: found.size } : undefined;
  } catch {
    return undefined;
  }
}
