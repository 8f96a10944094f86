// Starts programs and says how long they took and how much memory they had at most.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Runs a program to its end. Throws where it fails, with the end of what it said. */
export function timed(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const memory = watchMemory(child.pid);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
    child.once('error', reject);
    child.once('close', (code) => {
      const time = performance.now() - began;
      const peak = memory.stop();
      if (code === 0) resolve({ time, peak });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said}`));
    });
  });
}

/**
 * The quickest of several runs, and the most memory that any of them took; `prepare` comes before each and is not timed.
 * @param {number} rounds
 * @param {() => Promise<{ time: number, peak: number }>} run
 * @param {(round: number) => unknown} [prepare]
 */
export async function best(rounds, run, prepare = () => {}) {
  let time = Infinity;
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    await prepare(round);
    const found = await run();
    time = Math.min(time, found.time);
    peak = Math.max(peak, found.peak);
  }
  return { time, peak };
}

/** Looks now and then at the most memory that the process and its children have had so far; 0 where the system does not tell. */
export function watchMemory(pid) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, resident(pid, 'VmHWM')));
  const timer = setInterval(look, 20);
  look();
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

/** Bytes, of the process and its children together: `VmRSS` now, `VmHWM` at most. */
export function resident(pid, field) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return children
      .split(' ')
      .filter(Boolean)
      .reduce((sum, child) => sum + resident(child, field), own);
  } catch {
    return 0;
  }
}

/** Milliseconds for which the main thread of a process has had a processor; 0 where the system does not tell. */
export function timeAtWork(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1e6;
  } catch {
    return 0;
  }
}
