import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { create, liveOwner, removeOwn } from './lock-file.ts';
import { birthOf } from './process-table.ts';
import { ensureStateFolder } from './run-folder.ts';
import type { Waiting } from './waiting.ts';

/**
 * So many steps run at one time in a workspace folder, over all of its runs: a place is a file in `.penstock/locks/`
 * that names the process that has it. A place whose process is gone is taken over.
 */
export class RunQueue {
  readonly #folder: string;
  readonly #places: number;
  #count = 0;

  constructor(folder: string, places: number) {
    this.#folder = folder;
    this.#places = places;
  }

  /** Gives the way out, or undefined when it was given up while waiting. */
  async enter(
    holder: string,
    onWait: (reason: string) => void,
    waiting: Waiting,
  ): Promise<(() => void) | undefined> {
    const born = birthOf(process.pid);
    const owner = { pid: process.pid, since: Date.now(), holder, number: this.#count++ };
    const content = JSON.stringify(born === undefined ? owner : { ...owner, born });
    for (let said = false; !waiting.givenUp; said = true) {
      const release = this.#tryEach(content);
      if (release) return release;
      if (!said)
        onWait(
          `waits for its turn: other runs run ${this.#places === 1 ? 'a step' : `${this.#places} steps`}`,
        );
      await waiting.pause(pollMs);
    }
    return undefined;
  }

  /** Where no place can be kept, nobody waits. */
  #tryEach(content: string): (() => void) | undefined {
    const locks = locksOf(this.#folder);
    if (locks === undefined) return () => {};
    for (let place = 0; place < this.#places; place++) {
      const file = join(locks, `turn-${place}.lock`);
      // An owner who is gone is taken away at the first try, and the place is had at the second.
      for (const _ of ['try', 'again']) {
        const made = create(file, content);
        if (made === 'made') return () => removeOwn(file, content);
        if (made === 'impossible') return () => {};
        if (liveOwner(file) !== undefined) break;
      }
    }
    return undefined;
  }
}

const pollMs = 100;

function locksOf(folder: string): string | undefined {
  try {
    const locks = join(ensureStateFolder(folder), 'locks');
    mkdirSync(locks, { recursive: true });
    return locks;
  } catch {
    return undefined;
  }
}
