import { utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Interpreter } from '../core/step.ts';
import { fromFsPath } from '../files/node-files.ts';
import { writtenAt } from './left-files.ts';
import { record, Workspace } from './test-support/run-harness.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function artifactsOf(run: { readonly events: readonly { readonly type: string }[] }) {
  return run.events.filter(({ type }) => type === 'artifact');
}

test('what a step wrote of what it may leave is told when it has ended, what lay there before is not', async () => {
  const leaves = ['new.json', 'again.json', 'old.json', 'never.json'].map((title) => ({
    title,
    path: fromFsPath(workspace.path(title)),
  }));
  for (const name of ['again.json', 'old.json']) utimesSync(workspace.write(name, '{}'), 1000, 1000);
  const run = record(workspace, [
    workspace.sh('report', 'echo 1 > new.json; echo 2 > again.json', { leaves }),
  ]);
  expect(await run.finished).toBe('succeeded');
  const expected = ['new.json', 'again.json'].map((title) => {
    const path = workspace.path(title);
    return { type: 'artifact', step: 'report', title, path, modifiedMs: writtenAt(path) };
  });
  expect(artifactsOf(run)).toEqual(expected);
  expect(run.events.at(-2)).toMatchObject({ type: 'step-ended' });
});

test('what a node left is told where its tool says so, and is there', async () => {
  const interpreter: Interpreter = {
    line: (_stream, path) => [{ kind: 'artifact', node: 'n', title: 'Compiled SQL', path }],
  };
  workspace.write('n.sql', 'select 1');
  const run = record(workspace, [workspace.sh('build', 'echo n.sql; echo gone.sql')], [], {
    interpreterOf: () => interpreter,
  });
  await run.finished;
  const path = workspace.path('n.sql');
  const modifiedMs = writtenAt(path);
  expect(artifactsOf(run)).toEqual([
    { type: 'artifact', step: 'build', node: 'n', title: 'Compiled SQL', path, modifiedMs },
  ]);
});
