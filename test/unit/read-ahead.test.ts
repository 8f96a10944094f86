import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openFolder } from '../../server/src/cli/workspace.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { baseName } from '../../server/src/core/path.ts';
import type { ReaderOptions } from '../../server/src/files/node-files.ts';
import { startTestClient } from '../support/test-client.ts';
import { toy } from '../support/toy-system.ts';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

const texts = { 'toy.txt': 'demo', 'a.toy': 'def x', 'b.toy': 'use x' };

/** A reader that only leaves behind that it was started; `isStarted` waits for that. */
function recorder(): { readonly reader: ReaderOptions; readonly isStarted: () => Promise<boolean> } {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-reader-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const [program, mark] = [join(folder, 'reader.cjs'), join(folder, 'started')];
  writeFileSync(program, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`);
  return {
    reader: { program, least: Object.keys(texts).length },
    isStarted: async () => {
      while (!existsSync(mark)) await setTimeout(10);
      return true;
    },
  };
}

test('the command line has a workspace read ahead', async () => {
  const { reader, isStarted } = recorder();
  const folder = join(reader.program, '..', 'workspace');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const platform = await openFolder({ systems: [toy], folder, log: silentLog, reader });
  expect(await isStarted()).toBe(true);
  expect([...platform.paths()].map((path) => baseName(path)).sort()).toEqual(Object.keys(texts).sort());
});

test('the language server has a workspace read ahead', async () => {
  const { reader, isStarted } = recorder();
  await startTestClient({ systems: [toy], files: texts, reader });
  expect(await isStarted()).toBe(true);
});
