import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findNeovim } from '../../scripts/host/neovim.mjs';
import { root } from '../../scripts/support/project.mjs';
import { end } from './programs.ts';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

interface Found {
  readonly code: string;
  readonly message: string;
  readonly lnum: number;
  readonly col: number;
}

test('Neovim attaches to the built server and shows its findings as they come and go', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-neovim-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'dbt_project.yml'), 'name: shop\n');
  writeFileSync(join(folder, 'models', 'orders.sql'), 'select 1 as id\n');
  writeFileSync(join(folder, 'models', 'late.sql'), "select *\nfrom {{ ref('ordrs') }}\n");
  const answer = join(folder, 'found.json');
  const neovim = spawn(
    findNeovim(),
    [
      '--headless',
      '--clean',
      '-n',
      join('models', 'late.sql'),
      '-S',
      join(root, 'test', 'tools', 'neovim.lua'),
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PENSTOCK_NODE: process.execPath,
        PENSTOCK_SERVER: join(root, 'dist', 'language-server.cjs'),
        PENSTOCK_FOUND: answer,
      },
    },
  );
  undo.push(() => neovim.kill('SIGKILL'));
  const { code, stderr } = await end(neovim);
  expect(code, stderr).toBe(0);
  const { before, after } = JSON.parse(readFileSync(answer, 'utf8')) as { before: Found[]; after: Found[] };
  expect(before.map(({ code, lnum, col }) => [code, lnum, col])).toEqual([['dbt/undefined-ref', 1, 13]]);
  expect(before[0]?.message).toContain('did you mean `orders`?');
  expect(after).toEqual([]);
});
