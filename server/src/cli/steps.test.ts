import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../core/log.ts';
import type { Step } from '../core/step.ts';
import { defineSystem } from '../core/system.ts';
import { fromFsPath } from '../files/node-files.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { runStepsCommand } from './steps.ts';
import { openFolder, openWorkspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

async function steps(
  made: readonly Step[],
  format: 'text' | 'json',
  names: readonly string[] = [],
): Promise<string> {
  workspace.write('steps.txt', 'first\nsecond\n');
  const system = defineSystem({
    id: 'test',
    title: 'Test Tool',
    icon: 'beaker',
    markers: ['steps.txt'],
    names: [],
    rules: [],
    claim: () => ({ kind: 'steps', format: 'text', readsText: true, priority: 1 }),
    parse: () => ({ model: undefined, problems: [], facts: [] }),
    steps: () => made,
    options: {
      parameters: () => [
        { name: 'full', type: 'boolean', description: 'all of it', default: 'false', isOption: true },
        { name: 'place', type: 'choice', options: ['here', 'there'], isOption: true },
      ],
      apply: (step) => step,
    },
  });
  let out = '';
  const io = { out: (text: string) => void (out += text), err() {}, cwd: workspace.folder };
  const host = {
    systems: [system],
    io,
    openWorkspace: (folder: string) => openWorkspace({ systems: [system], folder, log: silentLog }),
    openFolder: (folder: string) => openFolder({ systems: [system], folder, log: silentLog }),
  };
  expect(await runStepsCommand({ names, format }, host)).toBe(0);
  return out;
}

test('text: steps by tool and project', async () => {
  const one = { ...workspace.sh('test:job/load', ''), detail: 'tap target' };
  expect(await steps([one, workspace.sh('test:x', '')], 'text')).toBe(
    'Test Tool in .\n  test:job/load  tap target\n  test:x\n',
  );
});

test('json: where each is written, and what a pipeline runs', async () => {
  const location = { path: fromFsPath(workspace.path('steps.txt')), span: { start: 6, end: 12 } };
  const pipeline = {
    ...workspace.pipeline('pipeline:daily', [{ id: 'a', step: 'test:x', needs: [] }]),
    location,
  };
  expect(JSON.parse(await steps([pipeline], 'json'))).toEqual({
    steps: [
      {
        id: 'pipeline:daily',
        title: 'pipeline:daily',
        detail: '',
        system: 'test',
        kind: 'pipeline',
        project: '.',
        file: 'steps.txt',
        line: 2,
        steps: ['test:x'],
        entries: [{ id: 'a', step: 'test:x', needs: [] }],
      },
    ],
  });
});

test('nothing to run is said, not an error', async () => {
  expect(await steps([], 'text')).toBe('Nothing to run was found here.\n');
});

test('a step that is asked for by name tells what may be set, its own parameters first', async () => {
  const own = {
    ...workspace.sh('test:load', ''),
    parameters: [
      { name: 'day', type: 'string', description: 'the day' },
      { name: 'full', type: 'number', default: '1' },
    ],
  } as const;
  expect(await steps([own, workspace.sh('test:x', '')], 'text', ['test:load'])).toBe(
    [
      'Test Tool in .',
      '  test:load',
      '    --param day=TEXT          the day (must be given)',
      '    --param full=NUMBER       (1)',
      '    --param place=here|there',
      '',
    ].join('\n'),
  );
});
