import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Step } from '../core/step.ts';
import { isRunning } from '../runs/process-table.ts';
import type { RunEvent } from '../runs/run-event.ts';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';

const driver = fileURLToPath(new URL('test-support/drive.ts', import.meta.url));
let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function start(step: Step) {
  workspace.write('steps.json', JSON.stringify([step]));
  const argument = JSON.stringify({ steps: [step.id], format: 'json', attached: true });
  return spawn(process.execPath, [driver, argument], {
    cwd: workspace.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

const eventsOf = (out: string): readonly RunEvent[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);

test('an attached run tells everything and leaves nothing behind', async () => {
  const child = start(workspace.sh('test:hello', 'echo hello'));
  const [out, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(status).toBe(0);
  expect(eventsOf(out).map(({ type }) => type)).toEqual([
    'run-started',
    'step-started',
    'output',
    'step-ended',
    'run-ended',
  ]);
  expect(await new RunStore(workspace.folder).list()).toEqual([]);
});

test('it ends, with all that it started, when its standard input is closed', async () => {
  const child = start(workspace.sh('test:long', 'echo ready; exec sleep 600'));
  let out = '';
  for await (const chunk of child.stdout) {
    out += String(chunk);
    if (out.includes('"ready"')) child.stdin.end();
  }
  const events = eventsOf(out);
  const begun = events.find((event) => event.type === 'step-started');
  expect(isRunning(begun!.pid)).toBe(false);
  expect(events.at(-1)).toMatchObject({ type: 'run-ended', status: 'cancelled' });
});
