import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';

// For those to whom what is not there, may not be read or just went away is all the same. Paths are of the file system.

/** The text of a file; undefined where there is none to be had, or more than so many bytes of it. */
export function textAt(file: string, mostBytes = Infinity): string | undefined {
  try {
    return statSync(file).size > mostBytes ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What lies in a folder, by name, or by its path below the folder where all below is asked for. */
export function namesIn(folder: string, { all = false } = {}): readonly string[] {
  try {
    return readdirSync(folder, { recursive: all, encoding: 'utf8' });
  } catch {
    return [];
  }
}

export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
