import type { Stats } from 'node:fs';
import type { FileStamp } from '../core/files.ts';

/** Limit: a file written this short a time ago may be written again without its times telling. */
const freshMs = 2000;

/** Undefined for what is no file, and for one that was written a moment ago. */
export function stampOf(stat: Stats, now: number): FileStamp | undefined {
  if (!stat.isFile() || now - Math.max(stat.mtimeMs, stat.ctimeMs) < freshMs) return undefined;
  return { size: stat.size, modifiedMs: stat.mtimeMs, changedMs: stat.ctimeMs, inode: stat.ino };
}
