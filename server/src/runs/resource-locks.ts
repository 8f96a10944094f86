import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toFsPath } from '../files/node-files.ts';
import { create, liveOwner, removeOwn, type LockOwner } from './lock-file.ts';
import { birthOf } from './process-table.ts';
import { ensureStateFolder } from './run-folder.ts';
import type { Waiting } from './waiting.ts';

export interface LockRequest {
  /** What only one may write at a time (URI paths). */
  readonly resources: readonly string[];
  /** Who asks, for those who will have to wait. */
  readonly holder: string;
  /** Hears why it has to wait. */
  readonly onWait: (reason: string) => void;
  /** Given up when the lock is not wanted any more. */
  readonly waiting: Waiting;
}

interface Place {
  readonly holder: string;
  readonly go: () => void;
  /** Its turn has come. */
  hasTurn: boolean;
}

/**
 * One writer per resource: within this process by a queue, between processes by files in `.penstock/locks/`,
 * made exclusively, each naming the process that holds it. A lock whose process is gone is taken over.
 * Everyone takes several locks in the same order, so nobody waits in a circle.
 */
export class ResourceLocks {
  readonly #folder: string;
  readonly #born = birthOf(process.pid);
  readonly #held = new Map<string, { holder: string; readonly queue: Set<Place> }>();
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Gives the release, or undefined when it was given up while waiting. */
  async acquire(request: LockRequest): Promise<(() => void) | undefined> {
    const { resources, waiting } = request;
    const releases: (() => void)[] = [];
    const releaseAll = (): void => releases.reverse().forEach((release) => release());
    for (const key of [...new Set(resources.map(resourceKey))].sort()) {
      const releaseHere = await this.#takeHere(key, request);
      if (releaseHere) releases.push(releaseHere);
      const release = waiting.givenUp ? undefined : await this.#takeFile(key, request);
      if (release) releases.push(release);
      if (!waiting.givenUp) continue;
      releaseAll();
      return undefined;
    }
    return releaseAll;
  }

  /** Undefined when it was given up before its turn came. */
  async #takeHere(key: string, { holder, onWait, waiting }: LockRequest): Promise<(() => void) | undefined> {
    const held = this.#held.get(key);
    const release = (): void => this.#releaseHere(key);
    if (!held) {
      this.#held.set(key, { holder, queue: new Set() });
      return release;
    }
    onWait(`waits for \`${held.holder}\`, which writes ${basename(key)} too`);
    const place = await new Promise<Place>((resolve) => {
      const mine: Place = { holder, go: () => resolve(mine), hasTurn: false };
      held.queue.add(mine);
      waiting.onGiveUp(mine.go);
    });
    held.queue.delete(place);
    return place.hasTurn ? release : undefined;
  }

  #releaseHere(key: string): void {
    const held = this.#held.get(key);
    const [next] = held?.queue ?? [];
    if (!held || !next) {
      this.#held.delete(key);
      return;
    }
    held.queue.delete(next);
    held.holder = next.holder;
    next.hasTurn = true;
    next.go();
  }

  async #takeFile(key: string, { holder, onWait, waiting }: LockRequest): Promise<(() => void) | undefined> {
    const file = this.#lockFile(key);
    if (file === undefined) return undefined;
    const owner: LockOwner & { readonly resource: string; readonly number: number } = {
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
    while (!waiting.givenUp) {
      const made = create(file, content);
      if (made === 'made') return () => removeOwn(file, content);
      // Windows refuses for an instant while another process removes the file.
      if (made === 'impossible' && ++refused > 10) return undefined;
      const other = made === 'taken' ? liveOwner(file) : undefined;
      if (other !== undefined && !said) onWait(`waits for ${other}, which writes ${basename(key)} too`);
      said ||= other !== undefined;
      await waiting.pause(other === undefined ? 10 : 100);
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
