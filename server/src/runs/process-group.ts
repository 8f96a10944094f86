import { execFile } from 'node:child_process';
import { descendantsOf, processTable, type ProcessEntry } from './process-table.ts';
import type { Signal } from './runner.ts';

/** A process, its group, and what has left the group but was started by it: all that a cancel must end. */
export class ProcessGroup {
  readonly #pid: number;
  /** Seen below the process before a signal could orphan them. */
  readonly #escaped = new Map<number, ProcessEntry>();

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** To the whole group. What left the group gets no SIGINT: a terminal's Ctrl-C would not reach it either. */
  signal(signal: Signal): void {
    if (process.platform === 'win32') return killTree(this.#pid, signal);
    this.#look();
    send(-this.#pid, signal);
    if (signal === 'SIGINT') return;
    for (const pid of this.#escapedAlive()) send(pid, signal);
  }

  /** True while anything of it runs. */
  isAlive(): boolean {
    if (process.platform === 'win32') return false;
    this.#look();
    return this.#groupAlive() || this.#escapedAlive().length > 0;
  }

  #look(): void {
    for (const entry of descendantsOf(this.#pid, processTable())) {
      if (entry.group !== this.#pid) this.#escaped.set(entry.pid, entry);
    }
  }

  #groupAlive(): boolean {
    if (!send(-this.#pid, 0)) return false;
    const members = processTable().filter((entry) => entry.group === this.#pid);
    return members.length === 0 || members.some((entry) => !entry.zombie);
  }

  #escapedAlive(): readonly number[] {
    if (this.#escaped.size === 0) return [];
    const table = processTable().filter(
      (entry) => !entry.zombie && this.#escaped.get(entry.pid)?.born === entry.born,
    );
    return table.map((entry) => entry.pid);
  }
}

function send(target: number, signal: Signal | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}

/** Windows knows no groups and no signals: the tree is asked to close, or made to. */
function killTree(pid: number, signal: Signal): void {
  const force = signal === 'SIGKILL' ? ['/F'] : [];
  execFile('taskkill', ['/PID', String(pid), '/T', ...force], () => {});
}
