import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from '../core/step.ts';
import { LocalRunner } from './local-runner.ts';
import { descendantsOf, isRunning, processTable } from './process-table.ts';
import { Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function commandOf(script: string): Command {
  return workspace.sh('s', script).work as Command;
}

test('every line comes before the end is told', async () => {
  const lines: string[] = [];
  const runner = new LocalRunner({ folder: workspace.folder, environments: [], env: process.env });
  const process_ = runner.start(commandOf('echo out; echo err >&2; printf last; exit 7'), {
    line: (stream, line) => lines.push(`${stream} ${line}`),
  });
  expect(await process_.finished).toEqual({ kind: 'exited', exitCode: 7 });
  expect(lines.sort()).toEqual(['stderr err', 'stdout last', 'stdout out']);
  process_.signal('SIGKILL');
});

test('a driver that breaks off takes what it started with it', async () => {
  const script = `
    import { LocalRunner } from ${JSON.stringify(new URL('local-runner.ts', import.meta.url).href)};
    const [folder, command] = process.argv.slice(1);
    const runner = new LocalRunner({ folder, environments: [], env: process.env });
    runner.start(JSON.parse(command), {
      line(stream, pid) {
        console.log(pid);
        throw new Error('a bug');
      },
    });`;
  const command = commandOf('echo $$; exec sleep 600');
  const driver = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    workspace.folder,
    JSON.stringify(command),
  ]);
  const [out, [status]] = await Promise.all([text(driver.stdout), once(driver, 'exit')]);
  expect(status).toBe(1);
  // The signal is sent; how soon it is obeyed is the system's affair.
  while (isRunning(Number(out))) await new Promise((resolve) => setTimeout(resolve, 10));
});

test("the table of processes knows this one's children", async () => {
  const child = spawn('sh', ['-c', 'sleep 600 & wait'], { stdio: 'ignore' });
  await once(child, 'spawn');
  let found = descendantsOf(process.pid, processTable());
  while (!found.some((entry) => entry.parent === child.pid))
    found = descendantsOf(process.pid, processTable());
  expect(found.find((entry) => entry.pid === child.pid)).toMatchObject({
    parent: process.pid,
    zombie: false,
  });
  for (const entry of found) process.kill(entry.pid, 'SIGKILL');
  await once(child, 'exit');
  expect(isRunning(child.pid!)).toBe(false);
});
