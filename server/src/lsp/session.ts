import { neverCancelled, OperationCancelled, type CancellationToken } from '../core/cancellation.ts';
import type { Log } from '../core/log.ts';
import type { LoadProgress, Platform } from '../core/platform.ts';
import type { ServerSettings } from '../protocol/requests.ts';

/** Waits this long after an edit before views are told; a request for the file itself never waits. */
const quietMs = 60;

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
  #dirty = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loading:
    { readonly done: Promise<void>; readonly token: { isCancellationRequested: boolean } } | undefined;
  readonly #started = Promise.withResolvers<void>();

  constructor(platform: Platform, settings: ServerSettings, log: Log) {
    this.#platform = platform;
    this.#settings = settings;
    this.#log = log;
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
    const done = before.then(() => this.#load(folders, token, progress));
    this.#loading = { done, token };
    this.#started.resolve();
    return done;
  }

  /** The platform with every edit taken in; waits for the first reading. */
  async settled(token: CancellationToken = neverCancelled): Promise<Platform> {
    await this.#started.promise;
    await this.#loading?.done;
    if (token.isCancellationRequested) throw new OperationCancelled();
    this.#flush();
    return this.#platform;
  }

  /** Takes note that a file may be another now: opened, edited, saved, closed, or changed on disk. */
  touch(path: string): void {
    this.#dirty.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.settled().catch((error: unknown) => this.#log.error(String(error))),
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
    if (this.#loading) this.#loading.token.isCancellationRequested = true;
  }

  async #load(folders: readonly string[], token: CancellationToken, progress?: LoadProgress): Promise<void> {
    try {
      await this.#platform.load(folders, token, progress);
      this.#tell({ paths: new Set(this.#platform.paths()), all: true });
    } catch (error) {
      if (!(error instanceof OperationCancelled))
        this.#log.error(`reading the workspace failed: ${String(error)}`);
    }
  }

  #flush(): void {
    if (this.#dirty.size === 0) return;
    const dirty = this.#dirty;
    this.#dirty = new Set();
    this.#tell({ paths: this.#platform.update(dirty), all: false });
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
