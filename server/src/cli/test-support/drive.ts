import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../core/log.ts';
import type { Step } from '../../core/step.ts';
import { defineSystem } from '../../core/system.ts';
import { runRunCommand, type RunOptions } from '../run.ts';
import { openFolder, openWorkspace } from '../workspace.ts';

/**
 * A driver as a process of its own: `node drive.ts '<RunOptions as JSON>'`. The steps of the folder it runs in
 * stand in `steps.json`, as data.
 */
const cwd = process.cwd();
const test = defineSystem({
  id: 'test',
  title: 'Test',
  icon: 'beaker',
  markers: ['steps.json'],
  names: [],
  rules: [],
  claim: () => undefined,
  parse: () => ({ model: undefined, problems: [], facts: [] }),
  steps: () => JSON.parse(readFileSync(join(cwd, 'steps.json'), 'utf8')) as readonly Step[],
});

process.exitCode = await runRunCommand(JSON.parse(process.argv[2]!) as RunOptions, {
  systems: [test],
  io: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd,
  },
  openWorkspace: (folder) => openWorkspace({ systems: [test], folder, log: silentLog }),
  openFolder: (folder) => openFolder({ systems: [test], folder, log: silentLog }),
});
