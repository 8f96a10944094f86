import { join } from 'node:path';
import { textAt } from '../files/disk.ts';

/** Reads the pages of codes from a folder; gives nothing where there is none. */
export function pageReader(folder: string | undefined): (code: string) => string | undefined {
  return (code) => (folder === undefined ? undefined : textAt(join(folder, `${code}.md`)));
}
