import type { Command } from '../core/step.ts';
import { statOf } from '../files/disk.ts';
import { toFsPath } from '../files/node-files.ts';
import type { RunEventBody } from './run-event.ts';

/** When a file was written last, in whole milliseconds since 1970; undefined where there is none. */
export function writtenAt(path: string): number | undefined {
  const found = statOf(path);
  return found?.isFile() ? Math.floor(found.mtimeMs) : undefined;
}

/** Which of the files that a command may leave behind it has left: those that are others than before it began. */
export class LeftFiles {
  readonly #files: readonly {
    readonly title: string;
    readonly path: string;
    readonly before: number | undefined;
  }[];

  constructor({ leaves = [] }: Command) {
    this.#files = leaves.map(({ title, path }) => {
      const file = toFsPath(path);
      return { title, path: file, before: writtenAt(file) };
    });
  }

  /** To be asked when the command has ended. */
  events(step: string): readonly RunEventBody[] {
    return this.#files.flatMap(({ title, path, before }): readonly RunEventBody[] => {
      const modifiedMs = writtenAt(path);
      if (modifiedMs === undefined || modifiedMs === before) return [];
      return [{ type: 'artifact', step, title, path, modifiedMs }];
    });
  }
}
