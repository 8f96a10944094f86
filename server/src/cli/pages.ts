import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the pages of codes from a folder; gives nothing where there is none. */
export function pageReader(folder: string | undefined): (code: string) => string | undefined {
  return (code) => {
    if (folder === undefined) return undefined;
    try {
      return readFileSync(join(folder, `${code}.md`), 'utf8');
    } catch {
      return undefined;
    }
  };
}
