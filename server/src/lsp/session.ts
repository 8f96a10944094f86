import {
  neverCancelled,
  OperationCancelled,
  type CancellationToken,
  type Pause,
} from '../core/cancellation.ts';
import type { Log } from '../core/log.ts';
import type { LoadProgress, Platform } from '../core/platform.ts';
import { collectGarbage } from '../files/collect-garbage.ts';
import type { ServerSettings } from '../protocol/requests.ts';
import { CatchUp } from './catch-up.ts';

/** Waits this long after an edit before views are told; a request for the file itself never waits. */
const quietMs = 60;

/** What was read is kept for the next start once the first questions have had their answers. */
const keepAfterMs = 3000;

/** More files than these, changed on disk at once, are looked at in portions. */
const mostAtOnce = 64;

export interface Change {
  /** Every path whose findings may differ. */
  readonly paths: ReadonlySet<string>;
  /** True where the whole workspace was read anew. */
  readonly all: boolean;
}

/** The platform of one client: reads it once, keeps it up to date, tells who listens. */
export class Session {
  readonly #platform: Platform;
  readonly #log: Log;
  readonly #listeners: ((change: Change) => void)[] = [];
  readonly #ends: (() => void)[] = [];
  #settings: ServerSettings;
  readonly #catchUp: CatchUp;
  #dirty = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #loading:
    { readonly done: Promise<void>; readonly token: { isCancellationRequested: boolean } } | undefined;
  readonly #started = Promise.withResolvers<void>();

  constructor(
    platform: Platform,
    settings: ServerSettings,
    { log, pause }: { readonly log: Log; readonly pause: Pause },
  ) {
    this.#platform = platform;
    this.#settings = settings;
    this.#log = log;
    this.#catchUp = new CatchUp(platform, { log, pause });
  }

  get settings(): ServerSettings {
    return this.#settings;
  }

  set settings(settings: ServerSettings) {
    this.#settings = settings;
    this.#tell({ paths: new Set(this.#platform.paths()), all: true });
  }

  onChanged(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Reads the folders anew; a reading under way is given up. */
  load(folders: readonly string[], progress?: LoadProgress): Promise<void> {
    if (this.#loading) this.#loading.token.isCancellationRequested = true;
    const token = { isCancellationRequested: false };
    const before = this.#loading?.done ?? Promise.resolve();
    this.#catchUp.stop();
    const done = before.then(() => this.#load(folders, token, progress));
    this.#loading = { done, token };
    this.#started.resolve();
    return done;
  }

  /** The platform with every edit taken in and everything that follows from it; for answers that must be right as a whole. */
  async settled(token: CancellationToken = neverCancelled): Promise<Platform> {
    for (;;) {
      const platform = await this.now(token);
      if (this.#catchUp.behind.size === 0) return platform;
      await this.#catchUp.finished();
    }
  }

  /**
   * The platform with every edit taken in, though after a change of a project's layout some files may still be as they
   * were read before: for answers about one file while somebody types. Waits for the reading of the workspace.
   */
  async now(token: CancellationToken = neverCancelled): Promise<Platform> {
    await this.#started.promise;
    // Another reading may have begun in the meantime, and the one that was given up left things half read.
    for (let loading = this.#loading; ; loading = this.#loading) {
      await loading?.done;
      if (loading === this.#loading) break;
    }
    if (token.isCancellationRequested) throw new OperationCancelled();
    this.#flush();
    return this.#platform;
  }

  /** Takes note that files changed on disk: a few, or half of them when somebody changes the branch. */
  touchOnDisk(paths: readonly string[]): void {
    if (paths.length <= mostAtOnce) for (const path of paths) this.#dirty.add(path);
    else for (const path of paths) this.#catchUp.behind.add(path);
    this.#later();
  }

  /** Takes note that a file may be another now: opened, edited, saved or closed. */
  touch(path: string): void {
    this.#dirty.add(path);
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.now().catch((error: unknown) => this.#log.error(String(error))),
      quietMs,
    );
  }

  /** Calls back when the client is gone, so that nothing waits on a clock for it. */
  onDisposed(listener: () => void): void {
    this.#ends.push(listener);
  }

  dispose(): void {
    for (const end of this.#ends) end();
    clearTimeout(this.#timer);
    clearTimeout(this.#keeping);
    this.#catchUp.stop();
    if (this.#loading) this.#loading.token.isCancellationRequested = true;
  }

  async #load(folders: readonly string[], token: CancellationToken, progress?: LoadProgress): Promise<void> {
    try {
      await this.#platform.load(folders, token, progress);
      this.#tell({ paths: new Set(this.#platform.paths()), all: true });
      clearTimeout(this.#keeping);
      this.#keeping = setTimeout(() => void this.#keep(token), keepAfterMs);
    } catch (error) {
      if (!(error instanceof OperationCancelled))
        this.#log.error(`reading the workspace failed: ${String(error)}`);
    }
  }

  async #keep(token: CancellationToken): Promise<void> {
    try {
      await this.#platform.keep(token);
      collectGarbage();
    } catch (error) {
      if (!(error instanceof OperationCancelled))
        this.#log.error(`keeping what was read failed: ${String(error)}`);
    }
  }

  #flush(): void {
    const { behind } = this.#catchUp;
    if (this.#dirty.size > 0) {
      const dirty = this.#dirty;
      this.#dirty = new Set();
      this.#tell({ paths: this.#platform.update(dirty, behind), all: false });
    }
    this.#catchUp.start((paths) => this.#tell({ paths, all: false }));
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
