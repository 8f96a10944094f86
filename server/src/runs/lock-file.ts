import { linkSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { objectIn } from '../core/json.ts';
import { textAt } from '../files/disk.ts';
import { isRunning } from './process-table.ts';

/** Who holds a lock: its process, and what it does, for those who wait. */
export interface LockOwner {
  readonly pid: number;
  readonly since: number;
  /** As `birthOf` tells it. */
  readonly born?: string;
  readonly holder: string;
}

/** Makes the file, which nobody else can at the same time. */
export function create(file: string, content: string): 'made' | 'taken' | 'impossible' {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? 'taken' : 'impossible';
  }
}

/** Who holds the lock, for a person; undefined when it is free now, because its owner let go or was gone. */
export function liveOwner(file: string): string | undefined {
  const content = textAt(file);
  if (content === undefined) return undefined;
  const owner = parseOwner(content);
  if (owner && isRunning(owner.pid, owner))
    return `\`${owner.holder}\` of another run (process ${owner.pid})`;
  // It may be in the making: its content comes an instant after the file.
  if (!owner && ageMs(file) < 2_000) return 'another run';
  takeAway(file, content);
  return undefined;
}

/** Renaming is atomic: of several who see the dead owner one takes the lock away, and notices if it was a new one. */
function takeAway(file: string, content: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (textAt(aside) !== content) linkSync(aside, file);
    unlinkSync(aside);
  } catch {
    // Another one was quicker.
  }
}

/** Lets go, where it is still ours. */
export function removeOwn(file: string, content: string): void {
  try {
    if (textAt(file) === content) unlinkSync(file);
  } catch {
    // It is gone already, or cannot be removed: then it is stale as soon as this process ends.
  }
}

function ageMs(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function parseOwner(content: string): LockOwner | undefined {
  const { pid, since, born, holder } = objectIn(content) ?? {};
  return typeof pid === 'number' && typeof since === 'number' && typeof holder === 'string'
    ? { pid, since, holder, ...(typeof born === 'string' ? { born } : {}) }
    : undefined;
}
