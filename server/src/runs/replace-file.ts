import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Puts a whole new text in a file's place, or leaves it as it was: nobody ever reads half of it. Never throws. */
export function replaceFile(file: string, text: string): void {
  const made = `${file}.${process.pid}.new`;
  try {
    rmSync(made, { force: true });
    // Never through a link that somebody has put there.
    writeFileSync(made, text, { flag: 'wx' });
    renameSync(made, file);
  } catch {
    rmSync(made, { force: true });
  }
}
