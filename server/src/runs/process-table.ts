import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Ended, but its parent has not looked yet. */
  readonly zombie: boolean;
  /** When it began, in the system's own words: tells two processes of one pid apart. */
  readonly born: string;
}

/** Every process that can be seen; empty on Windows, which has other means. */
export function processTable(): readonly ProcessEntry[] {
  if (process.platform === 'win32') return [];
  try {
    return process.platform === 'linux' ? fromProc() : fromPs();
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

/**
 * True while a process of this pid runs. With `since` (milliseconds since 1970) a process that began later is
 * taken for another one that got the same number; only Linux tells, elsewhere the pid decides.
 */
export function isRunning(pid: number, since?: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  const entry = readEntry(pid);
  if (entry?.zombie) return false;
  const began = entry && since !== undefined ? bornAt(entry) : undefined;
  // The boot time that Linux tells is rounded and moves with the clock.
  return began === undefined || since === undefined || began <= since + 5_000;
}

function fromProc(): readonly ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readEntry(Number(name)) ?? []) : []));
}

function readEntry(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name stands in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid,
      parent: Number(fields[1]),
      group: Number(fields[2]),
      zombie: fields[0] === 'Z' || fields[0] === 'X',
      born: fields[19] ?? '',
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

function fromPs(): readonly ProcessEntry[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, group, state, born] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state === undefined) return [];
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      zombie: state.startsWith('Z'),
      born: born ?? '',
    };
  });
}
