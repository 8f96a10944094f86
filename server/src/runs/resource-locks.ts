import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  linkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toFsPath } from '../files/node-files.ts';
import { birthOf, isRunning } from './process-table.ts';
import { ensureStateFolder } from './run-folder.ts';
import type { Waiting } from './waiting.ts';

export interface LockRequest {
  /** What only one may write at a time (URI paths). */
  readonly resources: readonly string[];
  /** Who asks, for those who will have to wait. */
  readonly holder: string;
  /** Hears why it has to wait. */
  readonly onWait: (reason: string) => void;
}

interface Owner {
  readonly pid: number;
  readonly since: number;
  /** As `birthOf` tells it. */
  readonly born?: string;
  readonly holder: string;
}

/**
 * One writer per resource: within this process by a queue, between processes by files in `.penstock/locks/`,
 * made exclusively, each naming the process that holds it. A lock whose process is gone is taken over.
 * Everyone takes several locks in the same order, so nobody waits in a circle.
 */
export class ResourceLocks {
  readonly #folder: string;
  readonly #waiting: Waiting;
  readonly #born = birthOf(process.pid);
  readonly #held = new Map<string, { holder: string; readonly queue: (() => void)[] }>();
  #count = 0;

  constructor(folder: string, waiting: Waiting) {
    this.#folder = folder;
    this.#waiting = waiting;
  }

  /** Gives the release, or undefined when it was given up while waiting. */
  async acquire({ resources, holder, onWait }: LockRequest): Promise<(() => void) | undefined> {
    const releases: (() => void)[] = [];
    const releaseAll = (): void => releases.reverse().forEach((release) => release());
    for (const key of [...new Set(resources.map(resourceKey))].sort()) {
      releases.push(await this.#takeHere(key, holder, onWait));
      const release = this.#waiting.givenUp ? undefined : await this.#takeFile(key, holder, onWait);
      if (release) releases.push(release);
      if (!this.#waiting.givenUp) continue;
      releaseAll();
      return undefined;
    }
    return releaseAll;
  }

  async #takeHere(key: string, holder: string, onWait: (reason: string) => void): Promise<() => void> {
    const held = this.#held.get(key);
    if (held) {
      onWait(`waits for \`${held.holder}\`, which writes ${basename(key)} too`);
      await new Promise<void>((resolve) => {
        held.queue.push(resolve);
        // Giving up is for all who wait, so it does not matter that the queue is out of order then.
        this.#waiting.onGiveUp(resolve);
      });
      held.holder = holder;
    } else {
      this.#held.set(key, { holder, queue: [] });
    }
    return () => this.#releaseHere(key);
  }

  #releaseHere(key: string): void {
    const next = this.#held.get(key)?.queue.shift();
    if (next) next();
    else this.#held.delete(key);
  }

  async #takeFile(
    key: string,
    holder: string,
    onWait: (reason: string) => void,
  ): Promise<(() => void) | undefined> {
    const file = this.#lockFile(key);
    if (file === undefined) return undefined;
    const owner: Owner & { readonly resource: string; readonly number: number } = {
      pid: process.pid,
      since: Date.now(),
      ...(this.#born === undefined ? {} : { born: this.#born }),
      holder,
      resource: key,
      number: this.#count++,
    };
    const content = JSON.stringify(owner);
    let said = false;
    let refused = 0;
    while (!this.#waiting.givenUp) {
      const made = create(file, content);
      if (made === 'made') return () => removeOwn(file, content);
      // Windows refuses for an instant while another process removes the file.
      if (made === 'impossible' && ++refused > 10) return undefined;
      const other = made === 'taken' ? liveOwner(file) : undefined;
      if (other !== undefined && !said) onWait(`waits for ${other}, which writes ${basename(key)} too`);
      said ||= other !== undefined;
      await this.#waiting.pause(other === undefined ? 10 : 100);
    }
    return undefined;
  }

  /** Undefined where no lock can be kept; the run goes on with what this process knows. */
  #lockFile(key: string): string | undefined {
    try {
      const locks = join(ensureStateFolder(this.#folder), 'locks');
      mkdirSync(locks, { recursive: true });
      return join(locks, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.lock`);
    } catch {
      return undefined;
    }
  }
}

/** One key for one thing, by whatever links or spelling it is reached; it need not exist yet. */
function resourceKey(path: string): string {
  let rest = '';
  for (let at = toFsPath(path); ; at = dirname(at)) {
    try {
      const real = join(realpathSync.native(at), rest);
      return process.platform === 'win32' ? real.toLowerCase() : real;
    } catch {
      if (at === dirname(at)) return path;
      rest = join(basename(at), rest);
    }
  }
}

function create(file: string, content: string): 'made' | 'taken' | 'impossible' {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? 'taken' : 'impossible';
  }
}

/** Who holds the lock, for a person; undefined when it is free now, because its owner let go or was gone. */
function liveOwner(file: string): string | undefined {
  const content = read(file);
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
    if (read(aside) !== content) linkSync(aside, file);
    unlinkSync(aside);
  } catch {
    // Another one was quicker.
  }
}

function removeOwn(file: string, content: string): void {
  try {
    if (read(file) === content) unlinkSync(file);
  } catch {
    // It is gone already, or cannot be removed: then it is stale as soon as this process ends.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ageMs(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function parseOwner(content: string): Owner | undefined {
  try {
    const { pid, since, born, holder } = JSON.parse(content) as Record<string, unknown>;
    return typeof pid === 'number' && typeof since === 'number' && typeof holder === 'string'
      ? { pid, since, holder, ...(typeof born === 'string' ? { born } : {}) }
      : undefined;
  } catch {
    return undefined;
  }
}
