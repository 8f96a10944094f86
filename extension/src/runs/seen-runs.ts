import type { RunSummary } from '../../../server/src/runs/run-store.ts';

/** Where a few values are kept over a reload; VS Code's `Memento` is one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const seenKey = 'penstock.seenRuns';
const sinceKey = 'penstock.seenSince';

/** Remembers which failed runs the user looked at. Runs from before the first use count as looked at. */
export class SeenRuns {
  readonly #memory: Memory;
  readonly #seen: Set<string>;
  readonly #since: string;

  constructor(memory: Memory, now = new Date()) {
    this.#memory = memory;
    const kept = memory.get(seenKey);
    this.#seen = new Set(Array.isArray(kept) ? kept.map(String) : []);
    const since = memory.get(sinceKey);
    this.#since = typeof since === 'string' ? since : now.toISOString();
    if (since === undefined) void memory.update(sinceKey, this.#since);
  }

  isUnseenFailure(key: string, run: RunSummary): boolean {
    const hasFailed = run.status === 'failed' || run.status === 'not-started';
    return hasFailed && run.startedAt >= this.#since && !this.#seen.has(key);
  }

  /** True when that changed something. Looking at a run that still runs says nothing of how it will end. */
  async add(key: string, run: RunSummary): Promise<boolean> {
    if (!this.isUnseenFailure(key, run)) return false;
    this.#seen.add(key);
    await this.#memory.update(seenKey, [...this.#seen]);
    return true;
  }

  /** Forgets runs that are gone. */
  async keepOnly(keys: readonly string[]): Promise<void> {
    const known = new Set(keys);
    const gone = [...this.#seen].filter((key) => !known.has(key));
    if (gone.length === 0) return;
    for (const key of gone) this.#seen.delete(key);
    await this.#memory.update(seenKey, [...this.#seen]);
  }
}
