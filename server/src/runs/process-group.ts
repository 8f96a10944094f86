import { execFile } from 'node:child_process';
import { descendantsOf, isMarked, placed, processTable, type ProcessEntry } from './process-table.ts';
import type { Signal, SignalledProcess } from './runner.ts';

export interface ProcessGroupOptions {
  /** Of the process that leads the group. */
  readonly pid: number;
  /** The leader's birth, as `birthOf` tells it. */
  readonly born?: string;
  /** `NAME=value`, which stands in the environment of all that it started, and of nothing else. */
  readonly mark?: string;
  /** True for a group whose leader this process did not start: nothing is taken for a part of it without proof. */
  readonly isFound?: boolean;
}

/** A process, its group, and what has left the group but was started by it: all that a cancel must end. */
export class ProcessGroup {
  readonly #options: ProcessGroupOptions;
  /** All that was seen of it, by pid with their births; what is orphaned later is known all the same. */
  readonly #seen = new Map<number, string>();

  constructor(options: ProcessGroupOptions) {
    this.#options = options;
  }

  /** To the whole group. What left the group gets no SIGINT: a terminal's Ctrl-C would not reach it either. */
  signal(signal: Signal): readonly SignalledProcess[] {
    const { pid } = this.#options;
    if (process.platform === 'win32') {
      killTree(pid, signal);
      return [];
    }
    const alive = this.#alive();
    const inGroup = alive.filter(({ group }) => group === pid);
    const escaped = signal === 'SIGINT' ? [] : alive.filter(({ group }) => group !== pid);
    // At once to all of the group; what is forked in this instant is in it, too.
    if (inGroup.length > 0) send(-pid, signal);
    const reached = [...inGroup, ...escaped.filter((entry) => send(entry.pid, signal))];
    return reached.map((entry) => ({ pid: entry.pid, name: entry.name }));
  }

  /** True while anything of it runs. */
  isAlive(): boolean {
    return process.platform !== 'win32' && this.#alive().length > 0;
  }

  /** What runs of it now. */
  running(): readonly SignalledProcess[] {
    return this.#alive().map(({ pid, name }) => ({ pid, name }));
  }

  #alive(): readonly ProcessEntry[] {
    const table = processTable();
    const members = this.#members(table);
    for (const entry of members) this.#seen.set(entry.pid, entry.born);
    return members.filter(({ zombie }) => !zombie);
  }

  /** A pid may have been given anew, so each member is held to what is known of it. */
  #members(table: readonly ProcessEntry[]): readonly ProcessEntry[] {
    const { pid, mark, isFound } = this.#options;
    const leader = table.find((entry) => entry.pid === pid);
    const isOurLeader = leader !== undefined && this.#isOurs(leader);
    const below = new Set(isOurLeader ? descendantsOf(pid, table) : []);
    const known = table.filter(
      (entry) =>
        (isOurLeader && entry === leader) ||
        below.has(entry) ||
        this.#seen.get(entry.pid) === entry.born ||
        (mark !== undefined && isLater(entry, leader) && isMarked(entry.pid, mark)),
    );
    // No pid is given anew while a group has it: one member that is ours makes the whole group ours.
    const isOurGroup = known.some(({ group }) => group === pid) || (!isFound && leader === undefined);
    if (!isOurGroup) return known;
    return table.filter((entry) => entry.group === pid || known.includes(entry));
  }

  #isOurs(leader: ProcessEntry): boolean {
    const { born } = this.#options;
    return born === undefined ? this.#options.isFound !== true : placed(leader) === born;
  }
}

/** Kernel threads have no environment, and what is older than the leader was not started by it. */
function isLater({ pid, parent, born }: ProcessEntry, leader: ProcessEntry | undefined): boolean {
  if (pid === 2 || parent === 2) return false;
  return leader === undefined || Number(born) >= Number(leader.born);
}

function send(target: number, signal: Signal): boolean {
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
