import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Ended, but its parent has not looked yet. */
  readonly zombie: boolean;
  /** When it began, in the system's own words: tells two processes of one pid apart. */
  readonly born: string;
  /** Of its program, without arguments. */
  readonly name: string;
}

/** Every process that can be seen; empty on Windows, which has other means. */
export function processTable(): readonly ProcessEntry[] {
  if (process.platform === 'win32') return [];
  try {
    return process.platform === 'linux' ? fromProc() : fromPs(['-A']);
  } catch {
    return [];
  }
}

/** What a process has started, and what that has started. */
export function descendantsOf(pid: number, table: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const found = new Map<number, ProcessEntry>();
  const parents = new Set([pid]);
  for (const parent of parents) {
    for (const entry of table) {
      if (entry.parent !== parent || parents.has(entry.pid)) continue;
      found.set(entry.pid, entry);
      parents.add(entry.pid);
    }
  }
  return [...found.values()];
}

/** What tells a process from another one that got its pid before or after it. */
export interface Birth {
  /** As `birthOf` tells it; decides where it is known. */
  readonly born?: string;
  /** Milliseconds since 1970 at which it ran: one that began later is another one. */
  readonly since?: number;
}

/** True while a process of this pid runs, and is the one that was born so; only Linux tells, elsewhere the pid decides. */
export function isRunning(pid: number, { born, since }: Birth = {}): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  const entry = readEntry(pid);
  if (entry?.zombie) return false;
  if (entry && born !== undefined) return placed(entry) === born;
  const began = entry && since !== undefined ? bornAt(entry) : undefined;
  // The boot time that Linux tells is rounded and moves with the clock.
  return began === undefined || since === undefined || began <= since + 5_000;
}

/**
 * What no other process is told by: its start and, on Linux, the boot and the container in which it was counted.
 * Undefined for one that is gone, and on Windows.
 */
export function birthOf(pid: number): string | undefined {
  try {
    if (process.platform === 'win32') return undefined;
    if (process.platform !== 'linux') return fromPs(['-p', String(pid)])[0]?.born;
    const entry = readEntry(pid);
    return entry && placed(entry);
  } catch {
    return undefined;
  }
}

/** `birthOf` of an entry of the table. */
export function placed({ born }: ProcessEntry): string {
  return process.platform === 'linux' ? `${bootAndNamespace()} ${born}` : born;
}

/** True where the process was started with this text among its environment; only Linux tells. */
export function isMarked(pid: number, mark: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    // It is gone, or another user's.
    return false;
  }
}

/** Starts are counted from the boot on, pids in their container: both together make a start unique. */
function bootAndNamespace(): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
}

function fromProc(): readonly ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readEntry(Number(name)) ?? []) : []));
}

function readEntry(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name stands in brackets and may hold anything.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    return {
      pid,
      parent: Number(fields[1]),
      group: Number(fields[2]),
      zombie: fields[0] === 'Z' || fields[0] === 'X',
      born: fields[19] ?? '',
      name: stat.slice(stat.indexOf('(') + 1, end),
    };
  } catch {
    return undefined;
  }
}

/** `born` counts hundredths of a second since the system began. */
function bornAt(entry: ProcessEntry): number | undefined {
  try {
    const boot = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1];
    return boot === undefined ? undefined : Number(boot) * 1000 + Number(entry.born) * 10;
  } catch {
    return undefined;
  }
}

function fromPs(which: readonly string[]): readonly ProcessEntry[] {
  const args = [...which, '-o', 'pid=,ppid=,pgid=,stat=,lstart=,comm='];
  const text = execFileSync('ps', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return text.split('\n').flatMap((line) => {
    // `Mon Nov 23 08:32:45 2026`, then the program's path.
    const [, pid, parent, group, state, born, path] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+((?:\S+\s+){4}\d{4})\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state === undefined) return [];
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      zombie: state.startsWith('Z'),
      born: born ?? '',
      name: path?.slice(path.lastIndexOf('/') + 1) ?? '',
    };
  });
}
