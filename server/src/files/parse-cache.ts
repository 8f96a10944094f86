import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { neverCancelled, type Pause } from '../core/cancellation.ts';
import type { Kept, ParseCache } from '../core/kept.ts';
import { collectGarbage } from './collect-garbage.ts';
import { decodeKept, encodeKept } from './kept-format.ts';

/** Limit: the folder holds no more than this; the platforms that were opened longest ago go first. */
const maxBytes = 500_000_000;
const maxAgeMs = 30 * 24 * 3600 * 1000;
const ending = '.kept';
/** Beside it lies what Node keeps of each build's own compilation, see `launch.ts`. */
const codePrefix = 'code-';

export interface ParseCacheOptions {
  /** The folder for it, which nobody but the user may read; made when first needed. */
  readonly folder: string;
  /** Tells builds of Penstock apart: what one has read another may read otherwise. */
  readonly build: string;
  readonly pause: Pause;
  /** Platforms of fewer files are read anew as quickly; 200 where absent. */
  readonly least?: number;
}

/** What platforms keep between starts, one file for each set of folders. */
export function createParseCache({ folder, build, pause, least = 200 }: ParseCacheOptions): ParseCache {
  const fileOf = (folders: readonly string[]): string =>
    join(folder, createHash('sha256').update(JSON.stringify(folders)).digest('hex').slice(0, 32) + ending);
  return {
    read(folders) {
      try {
        const bytes = readOwn(fileOf(folders));
        return bytes && decodeKept(bytes, build);
      } catch {
        // Whatever is wrong with it, all is read anew.
        return undefined;
      }
    },
    async write(folders, kept) {
      if (kept.files.size < least) return;
      // Packing needs memory of its own, and much of what reading took is not in use any more.
      collectGarbage();
      try {
        await writeWhole(folder, fileOf(folders), kept, { build, pause });
        prune(folder, Date.now());
      } catch {
        // A full disk or a home without write access costs the next start its head start, nothing else.
      }
    },
  };
}

/** The file's bytes, unless somebody else could have written them. */
function readOwn(file: string): Uint8Array | undefined {
  const handle = openSync(file, 'r');
  try {
    const { mode, uid } = fstatSync(handle);
    if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0)) return undefined;
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes beside the file and then takes its place, so that a reader finds the old one or the new one, whoever else writes. */
async function writeWhole(
  folder: string,
  file: string,
  kept: Kept,
  { build, pause }: Pick<ParseCacheOptions, 'build' | 'pause'>,
): Promise<void> {
  const parts = await encodeKept(kept, build, () => pause(neverCancelled));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fresh = `${file}.${randomUUID()}`;
  try {
    const handle = openSync(fresh, 'wx', 0o600);
    try {
      const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
      if (writevSync(handle, parts) !== length) throw new Error('the disk is full');
    } finally {
      closeSync(handle);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Takes away what is old, what writers left half done, and what is too much. */
function prune(folder: string, now: number): void {
  const entries = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), name }))
    .flatMap(({ path, name }) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat ? [{ path, name, size: stat.size, age: now - stat.mtimeMs }] : [];
    })
    .sort((a, b) => a.age - b.age);
  let bytes = 0;
  for (const { path, name, size, age } of entries) {
    // What else lies there is somebody else's.
    if (!name.includes(ending) && !name.startsWith(codePrefix)) continue;
    bytes += size;
    const isHalfDone = name.includes(`${ending}.`) && age > 3600_000;
    if (bytes > maxBytes || age > maxAgeMs || isHalfDone) rmSync(path, { recursive: true, force: true });
  }
}
