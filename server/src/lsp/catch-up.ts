import { OperationCancelled, type Pause } from '../core/cancellation.ts';
import type { Log } from '../core/log.ts';
import type { Platform } from '../core/platform.ts';

/** So many files are looked at in one go; then others have a turn. */
const portion = 16;

/** A layout is typed letter by letter, and each letter would call for all files again. */
const quietMs = 150;

/** Looks again at many files without keeping anybody waiting: after a project's layout or half the disk has changed. */
export class CatchUp {
  readonly #platform: Platform;
  readonly #log: Log;
  readonly #pause: Pause;
  readonly #behind = new Set<string>();
  #running: Promise<void> | undefined;
  #token = { isCancellationRequested: false };

  constructor(platform: Platform, { log, pause }: { readonly log: Log; readonly pause: Pause }) {
    this.#platform = platform;
    this.#log = log;
    this.#pause = pause;
  }

  /** The files that are still to be looked at; whoever adds some calls `start`. */
  get behind(): Set<string> {
    return this.#behind;
  }

  /** Resolves once nothing is behind. */
  async finished(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Goes on until nothing is behind, then tells every path whose findings may differ. */
  start(tell: (paths: ReadonlySet<string>) => void): void {
    if (this.#running || this.#behind.size === 0) return;
    this.#token = { isCancellationRequested: false };
    this.#running = this.#run(this.#token, tell).finally(() => (this.#running = undefined));
  }

  /** Gives up what is left: everything will be read anew, or nobody is there any more. */
  stop(): void {
    this.#token.isCancellationRequested = true;
    this.#behind.clear();
  }

  async #run(
    token: { readonly isCancellationRequested: boolean },
    tell: (paths: ReadonlySet<string>) => void,
  ): Promise<void> {
    const affected = new Set<string>();
    try {
      await this.#quiet();
      while (this.#behind.size > 0) {
        await this.#pause(token);
        for (const path of this.#platform.update(this.#next(), this.#behind)) affected.add(path);
      }
      tell(affected);
    } catch (error) {
      if (!(error instanceof OperationCancelled))
        this.#log.error(`looking again at changed files failed: ${String(error)}`);
    }
  }

  #next(): readonly string[] {
    const paths: string[] = [];
    for (const path of this.#behind) {
      if (paths.push(path) === portion) break;
    }
    for (const path of paths) this.#behind.delete(path);
    return paths;
  }

  /** Waits until nothing was added for a while. */
  async #quiet(): Promise<void> {
    for (let before = -1; before !== this.#behind.size;) {
      before = this.#behind.size;
      await new Promise((wake) => setTimeout(wake, quietMs));
    }
  }
}
