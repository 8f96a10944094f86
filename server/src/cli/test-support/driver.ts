import { spawn, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Step } from '../../core/step.ts';
import type { RunEvent } from '../../runs/run-event.ts';
import { RunStore } from '../../runs/run-store.ts';
import type { Workspace } from '../../runs/test-support/run-harness.ts';
import type { RunOptions } from '../run.ts';

/** The program that drives runs in tests. */
const driverProgram = fileURLToPath(new URL('drive.ts', import.meta.url));

export type Driver = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a real driver, as a terminal or the editor would. */
export function startDriver(
  workspace: Workspace,
  steps: readonly Step[],
  names: readonly string[],
  options: Partial<RunOptions> = {},
  how: Pick<SpawnOptions, 'uid' | 'gid' | 'detached'> = {},
): Driver {
  workspace.write('steps.json', JSON.stringify(steps));
  return spawn(process.execPath, driverArguments(names, options), {
    cwd: workspace.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...how,
  });
}

/** What `driverProgram` is called with. */
export function driverArguments(names: readonly string[], options: Partial<RunOptions> = {}): string[] {
  return [driverProgram, JSON.stringify({ steps: names, format: 'text', ...options })];
}

/** A driver from its start to its end. */
export async function drive(
  ...args: Parameters<typeof startDriver>
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const child = startDriver(...args);
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status: status as number, out, err };
}

/** Reads what a driver prints until it says this; gives what it printed. */
export async function untilSaid(child: Driver, said: string): Promise<string> {
  let out = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    out += String(chunk);
    if (out.includes(said)) return out;
  }
  return out;
}

/** The log of a run; every line of it must be whole. */
export function logOf(workspace: Workspace, id: string): readonly RunEvent[] {
  const lines = readFileSync(new RunStore(workspace.folder).logPath(id), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as RunEvent);
}
