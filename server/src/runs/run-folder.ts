import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Penstock keeps its own state in a workspace folder; all paths are those of the file system. */
function stateFolder(folder: string): string {
  return join(folder, '.penstock');
}

export function runsFolder(folder: string): string {
  return join(stateFolder(folder), 'runs');
}

export function runFolder(folder: string, id: string): string {
  if (!isRunId(id)) throw new Error(`\`${id}\` is no run's id`);
  return join(runsFolder(folder), id);
}

export function logFile(folder: string, id: string): string {
  return join(runFolder(folder, id), 'events.jsonl');
}

/** A file whose growth asks the run's driver to cancel; see `watchForCancel`. */
export function cancelFile(folder: string, id: string): string {
  return join(runFolder(folder, id), 'cancel');
}

/** What is asked of the run's driver about single steps; see `watchRequests`. */
export function requestsFile(folder: string, id: string): string {
  return join(runFolder(folder, id), 'requests.jsonl');
}

/** Which processes a run has started; see `ProcessRecord`. */
export function processesFile(folder: string, id: string): string {
  return join(runFolder(folder, id), 'processes.jsonl');
}

/** A run that has ended, without its output; see `writeOutcome`. */
export function outcomeFile(folder: string, id: string): string {
  return join(runFolder(folder, id), 'outcome.json');
}

/** How runs ended; see `RunIndex`. */
export function indexFile(folder: string): string {
  return join(runsFolder(folder), 'index.jsonl');
}

/** An id names a folder, so it must not lead out of its parent. */
export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-\d{3}(-\d+)?$/.test(name);
}

/** Makes the state folder with its own `.gitignore`, so that nothing in it is ever committed. */
export function ensureStateFolder(folder: string): string {
  const state = stateFolder(folder);
  mkdirSync(state, { recursive: true });
  const ignore = join(state, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  return state;
}

/** Makes the folder of a new run; its id sorts by start time. Throws where nothing may be written. */
export function createRunFolder(folder: string, startedAt: number): string {
  const id = runIdFor(startedAt);
  for (let attempt = 1; ; attempt++) {
    const candidate = attempt === 1 ? id : `${id}-${attempt}`;
    if (takeRunFolder(folder, candidate)) return candidate;
  }
}

/** Makes the folder of a run whose id is chosen already; false where there is one. Throws where nothing may be written. */
export function takeRunFolder(folder: string, id: string): boolean {
  ensureStateFolder(folder);
  mkdirSync(runsFolder(folder), { recursive: true });
  try {
    mkdirSync(runFolder(folder, id));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** `20261123-083245-120`, UTC. */
export function runIdFor(startedAt: number): string {
  const [day, time] = new Date(startedAt).toISOString().split('T') as [string, string];
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${time.slice(9, 12)}`;
}
