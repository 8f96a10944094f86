import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { driverFailure } from './driver-arguments.ts';

export interface AttachedRun {
  /** Settles when the driver has ended; `problem` says why there is no run at all. Never rejects. */
  readonly finished: Promise<{ readonly problem?: string }>;
  /** Ends the run and all that it started. */
  cancel(): void;
}

/**
 * Runs steps for their outcome alone: nothing is kept, and the run ends with this window.
 * `args` are those of the driver; events come as they happen.
 */
export function startAttachedRun(
  args: readonly string[],
  folder: string,
  onEvent: (event: RunEvent) => void,
): AttachedRun {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  let hasBegun = false;
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  // A driver that is gone already is told nothing more.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const event = readEvent(line);
    if (!event) return;
    hasBegun ||= event.type === 'run-started';
    onEvent(event);
  });
  const finished = new Promise<{ readonly problem?: string }>((resolve) => {
    child.on('error', (error) => resolve({ problem: `The run could not start: ${error.message}` }));
    child.on('close', (code) => resolve(hasBegun ? {} : { problem: driverFailure(code, printed) }));
  });
  return { finished, cancel: () => void child.stdin.end() };
}

function readEvent(line: string): RunEvent | undefined {
  try {
    return JSON.parse(line) as RunEvent;
  } catch {
    return undefined;
  }
}
