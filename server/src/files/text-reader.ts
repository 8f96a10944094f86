import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { maxTextBytes, type FileText } from '../core/files.ts';

/** Nearly every file is shorter, and is read without asking for its size first, which takes a third as long again. */
const chunkBytes = 64 * 1024;

/** Not to wait at a pipe for somebody to write; Windows has no such files, nor the flag. */
export const readingFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const missing = { kind: 'missing' } as const;

/** Reads files (file-system paths) as `Files.read` does. */
export function createTextReader(): (path: string) => FileText {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  return (path) => {
    try {
      const file = openSync(path, readingFlags);
      try {
        const length = fill(chunk, file);
        if (length > 0 && length < chunkBytes)
          return { kind: 'text', text: chunk.toString('utf8', 0, length) };
        const stat = fstatSync(file);
        if (!stat.isFile()) return missing;
        if (stat.size > maxTextBytes) return { kind: 'too-large', bytes: stat.size };
        return { kind: 'text', text: length === 0 ? '' : readFileSync(path, 'utf8') };
      } finally {
        closeSync(file);
      }
    } catch {
      return missing;
    }
  };
}

/** Reads until the file ends or the chunk is full; a disk of elsewhere may give less at a time than it was asked for. */
export function fill(chunk: Uint8Array, file: number): number {
  let length = 0;
  for (let more = -1; more !== 0 && length < chunk.length; length += more)
    more = readSync(file, chunk, length, chunk.length - length, null);
  return length;
}
