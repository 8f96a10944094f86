import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { withFilesLocked } from './file-lock.ts';
import { writeAtomically } from './write-atomically.ts';

/** A file (file-system path), the text that the new one was made of, and the new one. */
export interface Replacement {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

export type ReplaceOutcome = 'replaced' | 'changed' | { readonly refused: string };

/**
 * Makes new texts of files and puts them in place of the old ones, whole or not at all. Others who come this way wait
 * their turn; where anybody else wrote meanwhile nothing is written, and `make` is asked again with what lies there now.
 */
export async function replaceTexts(
  paths: readonly string[],
  make: () => readonly Replacement[],
): Promise<{ readonly refused: string } | undefined> {
  return withFilesLocked(paths, () => {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const outcome = replaceOnce(make());
      if (outcome !== 'changed') return outcome === 'replaced' ? undefined : outcome;
    }
    return { refused: 'the document keeps changing; nothing was written' };
  });
}

/** Limit: who writes without end would keep us here without end. */
const maxAttempts = 50;

/** Between the look and the writing lies no more than a rename. */
function replaceOnce(replacements: readonly Replacement[]): ReplaceOutcome {
  for (const { path, from } of replacements) {
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) return { refused: `${path} is not UTF-8 and was left alone` };
    if (!bytes.equals(Buffer.from(from))) return 'changed';
  }
  for (const { path, to } of replacements) writeAtomically(path, to);
  return 'replaced';
}
