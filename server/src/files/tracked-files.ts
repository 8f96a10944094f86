import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { toFsPath } from './node-files.ts';

/**
 * Tells which files git tracks, from the repository's index as it lies on disk: nothing is started, so that it may
 * be asked in a workspace that nobody trusts. Undefined where it cannot be told.
 */
export class TrackedFiles {
  readonly #roots = new Map<string, string | undefined>();
  readonly #indexes = new Map<string, Index>();

  isTracked(path: string): boolean | undefined {
    const file = toFsPath(path);
    const root = this.#rootOf(dirname(file));
    const names = root === undefined ? undefined : this.#names(root);
    return names?.has(relative(root!, file).split(sep).join('/'));
  }

  /** The folder above that is a repository's. */
  #rootOf(folder: string): string | undefined {
    if (this.#roots.has(folder)) return this.#roots.get(folder);
    const above = dirname(folder);
    const root = existsSync(join(folder, '.git'))
      ? folder
      : above === folder
        ? undefined
        : this.#rootOf(above);
    this.#roots.set(folder, root);
    return root;
  }

  /** Read again when git has written it anew. */
  #names(root: string): ReadonlySet<string> | undefined {
    const path = indexPath(root);
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (path === undefined || !stat) return undefined;
    const known = this.#indexes.get(root);
    if (known?.modifiedMs === stat.mtimeMs && known.size === stat.size) return known.names;
    const names = readIndex(path);
    this.#indexes.set(root, { modifiedMs: stat.mtimeMs, size: stat.size, names });
    return names;
  }
}

interface Index {
  readonly modifiedMs: number;
  readonly size: number;
  readonly names: ReadonlySet<string> | undefined;
}

/** In a linked work tree or a submodule `.git` is a file that names the folder. */
function indexPath(root: string): string | undefined {
  const git = join(root, '.git');
  try {
    if (statSync(git).isDirectory()) return join(git, 'index');
    const folder = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1];
    return folder === undefined ? undefined : join(resolve(root, folder.trim()), 'index');
  } catch {
    return undefined;
  }
}

function readIndex(path: string): ReadonlySet<string> | undefined {
  try {
    return indexNames(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** The paths in an index of version 2 to 4; undefined for one that is split, sparse or hashed otherwise than by SHA-1. */
export function indexNames(index: Buffer): ReadonlySet<string> | undefined {
  if (index.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = index.readUInt32BE(4);
  const count = index.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const names = new Set<string>();
  let previous = Buffer.alloc(0);
  let at = 12;
  for (let entry = 0; entry < count; entry++) {
    const flags = index.readUInt16BE(at + 60);
    let start = at + 62 + (version > 2 && (flags & 0x4000) !== 0 ? 2 : 0);
    let kept = Buffer.alloc(0);
    if (version === 4) {
      const cut = readOffset(index, start);
      kept = previous.subarray(0, previous.length - cut.value);
      start = cut.end;
    }
    const end = index.indexOf(0, start);
    if (end < 0) return undefined;
    const name = Buffer.concat([kept, index.subarray(start, end)]);
    names.add(name.toString('utf8'));
    previous = name;
    // Older versions fill an entry up to a multiple of eight bytes.
    at = version === 4 ? end + 1 : at + (((end - at) >> 3) + 1) * 8;
  }
  // What remains are named sections and the hash; anything else was read wrongly.
  for (let section = at; section < index.length - 20;) {
    const name = index.toString('latin1', section, section + 4);
    if (!/^[A-Za-z]{4}$/.test(name) || name === 'link' || name === 'sdir') return undefined;
    section += 8 + index.readUInt32BE(section + 4);
  }
  return names;
}

/** Git's numbers of varying length, whose every form is another number. */
function readOffset(index: Buffer, from: number): { readonly value: number; readonly end: number } {
  let at = from;
  let byte = index[at++]!;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = index[at++]!;
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return { value, end: at };
}
