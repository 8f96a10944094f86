import { Worker } from 'node:worker_threads';
import { AheadMemory, type AheadFile } from './ahead-memory.ts';

/** What the thread is given that reads ahead. */
export interface AheadTask {
  /** File-system paths, in the order in which they are asked for. */
  readonly paths: readonly string[];
  readonly withStamps: boolean;
  readonly shared: SharedArrayBuffer;
}

/** Limit: what reading and parsing one file after the other needs; with more of it, V8 would hardly ever give any back. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 } as const;

/**
 * Files that another thread reads while this one is busy with those before them. What it has not read when it is asked
 * for, because it is slow, too large, or the thread has failed, is undefined here and must be read by who asks.
 */
export class ReadAhead {
  readonly #memory = new AheadMemory();
  readonly #numbers: ReadonlyMap<string, number>;
  #last: { readonly file: number; readonly found: AheadFile | undefined } = { file: -1, found: undefined };

  /** `program` is the bundle that the thread runs. */
  constructor(program: string, { paths, withStamps }: Omit<AheadTask, 'shared'>) {
    this.#numbers = new Map(paths.map((path, file) => [path, file]));
    const workerData: AheadTask = { paths, withStamps, shared: this.#memory.shared };
    const worker = new Worker(program, { workerData, resourceLimits });
    // A thread that fails leaves all that follows to who asks for it.
    worker.on('error', () => {});
    worker.unref();
  }

  /** What was read of a file, the same however often it is asked for in a row. There is no way back to one before it. */
  at(path: string): AheadFile | undefined {
    const file = this.#numbers.get(path);
    if (file === undefined || file < this.#last.file) return undefined;
    if (file > this.#last.file) this.#last = { file, found: this.#memory.take(file) };
    return this.#last.found;
  }

  end(): void {
    this.#memory.end();
  }
}
