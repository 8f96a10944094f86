import { readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * Does something while no other process that asks for one of the same files (file-system paths) does.
 * The lock is a file beside each, `.tasks.md.lock`, which is there for that long. One whose process is gone is taken over.
 */
export async function withFilesLocked<T>(paths: readonly string[], work: () => T | Promise<T>): Promise<T> {
  const held: string[] = [];
  try {
    // All take them in the same order, so that nobody waits in a circle.
    for (const path of [...new Set(paths.map(lockOf))].sort()) {
      await take(path);
      held.push(path);
    }
    return await work();
  } finally {
    for (const path of held) rmSync(path, { force: true });
  }
}

function lockOf(path: string): string {
  const real = realpathSync(path);
  return join(dirname(real), `.${basename(real)}.lock`);
}

/** A lock is held for an instant; where one stays much longer, its process is stuck or on another machine that is gone. */
const longestHoldMs = 30_000;

async function take(lock: string): Promise<void> {
  const own = `${process.pid} ${hostname()}`;
  while (!make(lock, own)) {
    if (isLeftBehind(lock)) rmSync(lock, { force: true });
    // Files tell nobody when they go.
    else await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 8));
  }
}

function make(lock: string, own: string): boolean {
  try {
    writeFileSync(lock, own, { flag: 'wx' });
    return true;
  } catch (error) {
    // Windows refuses for an instant while another process removes the file.
    if (isCode(error, 'EEXIST') || (process.platform === 'win32' && isCode(error, 'EPERM'))) return false;
    throw error;
  }
}

function isLeftBehind(lock: string): boolean {
  try {
    const [pid, host] = readFileSync(lock, 'utf8').split(' ');
    if (Date.now() - statSync(lock).mtimeMs > longestHoldMs) return true;
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    // It is gone, or not yet written.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
