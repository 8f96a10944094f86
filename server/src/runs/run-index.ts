import { appendFileSync, statSync } from 'node:fs';
import { objectIn } from '../core/json.ts';
import { textAt } from '../files/disk.ts';
import { replaceFile } from './replace-file.ts';
import type { RunSummary } from './run-summary.ts';

/**
 * How the runs of a folder ended, a line each in one file, so that a list of a thousand reads one file instead of a
 * thousand logs. Drivers append; a run that is not in it is read from its log. Removing it loses nothing.
 */
export class RunIndex {
  readonly #file: string;
  #stamp = '';
  #known: ReadonlyMap<string, RunSummary> = new Map();

  constructor(file: string) {
    this.#file = file;
  }

  /** By id; read again only where the file has changed. */
  read(): ReadonlyMap<string, RunSummary> {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    const stamp = found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
    if (stamp === this.#stamp) return this.#known;
    this.#known = new Map(textAt(this.#file)?.split('\n').flatMap(entryOf));
    this.#stamp = stamp;
    return this.#known;
  }

  /** A run that cannot be noted is read from its log. */
  add(summary: RunSummary): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(summary)}\n`);
    } catch {
      // A full disk, or no permission.
    }
  }

  /** Leaves only these; of a run that ends in this very moment the log tells. */
  keepOnly(ids: ReadonlySet<string>): void {
    const kept = [...this.read().values()].filter(({ id }) => ids.has(id));
    replaceFile(this.#file, kept.map((each) => `${JSON.stringify(each)}\n`).join(''));
  }
}

const statuses = new Set(['succeeded', 'failed', 'cancelled', 'not-started']);

/** The file lies in the workspace, so anything may stand in it. */
function entryOf(line: string): readonly (readonly [string, RunSummary])[] {
  const value: Partial<RunSummary> | undefined = objectIn(line);
  return value &&
    typeof value.id === 'string' &&
    typeof value.title === 'string' &&
    Array.isArray(value.requested) &&
    value.requested.every((each) => typeof each === 'string') &&
    typeof value.status === 'string' &&
    statuses.has(value.status) &&
    typeof value.startedAt === 'string' &&
    typeof value.durationMs === 'number' &&
    typeof value.failed === 'number' &&
    typeof value.steps === 'number'
    ? [[value.id, value as RunSummary]]
    : [];
}
