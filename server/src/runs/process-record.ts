import { appendFileSync, rmSync } from 'node:fs';
import { objectIn } from '../core/json.ts';
import { textAt } from '../files/disk.ts';
import { replaceFile } from './replace-file.ts';
import type { ProcessTraces, RunningProcess } from './runner.ts';
import { spotOf } from './service-target.ts';

/** A step's process that was started and whose end nobody saw. */
export interface OpenProcess extends ProcessTraces {
  readonly step: string;
  readonly pid: number;
}

/**
 * Which processes a run has started, in a file beside its log, so that another process finds them when the driver is
 * killed. The file goes when the run has ended.
 */
export class ProcessRecord {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Notes a process, and its end when that comes: what it then leaves running it leaves on purpose. */
  note(step: string, { pid, traces, finished }: RunningProcess): void {
    if (pid === undefined || traces === undefined) return;
    this.#append({ step, pid, ...traces });
    void finished.then(() => this.#append({ ended: traces.mark }));
  }

  /** Keeps of it what was not ended. */
  keep(left: readonly OpenProcess[]): void {
    replaceFile(this.#file, left.map((each) => `${JSON.stringify(each)}\n`).join(''));
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }

  #append(entry: object): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch {
      // A full disk must not end the run; the log says that nothing can be written.
    }
  }
}

/** The processes of the file whose end is not noted; a line that is broken is left out. */
export function openProcesses(file: string): readonly OpenProcess[] {
  const open = new Map<string, OpenProcess>();
  for (const line of textAt(file)?.split('\n') ?? []) {
    const { step, pid, born, mark, ended, inside } = objectIn(line) ?? {};
    if (typeof ended === 'string') open.delete(ended);
    else if (
      typeof step === 'string' &&
      Number.isSafeInteger(pid) &&
      typeof mark === 'string' &&
      isMark.test(mark)
    ) {
      const spot = spotOf(inside);
      open.set(mark, {
        step,
        pid: pid as number,
        mark,
        ...(typeof born === 'string' ? { born } : {}),
        ...(spot ? { inside: spot } : {}),
      });
    }
  }
  return [...open.values()];
}

/** The file lies in the workspace, and a mark is handed to a shell of a service. */
const isMark = /^[A-Z_]+=[\w-]+$/;
