import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { neverCancelled } from '../core/cancellation.ts';
import { maxTextBytes, type Files } from '../core/files.ts';
import { resolvePath } from '../core/path.ts';
import { createNodeFiles, fromFsPath } from './node-files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'penstock-files-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const pause = async (): Promise<void> => {};
const files = createNodeFiles({ pause });

async function listed(root: string, from: Files = files): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of from.list(fromFsPath(root), neverCancelled)) found.push(...batch);
  return found.map((path) => path.slice(fromFsPath(root).length + 1)).sort();
}

test('lists files below a folder, not those of environments, caches and build output', async () => {
  const root = tree({
    'a.yml': '',
    'models/b.sql': '',
    'target/run/b.sql': '',
    'node_modules/x/y.yml': '',
    '.venv/z.yml': '',
    'my-env/pyvenv.cfg': '',
    'my-env/lib/q.yml': '',
    'environments/dev.yml': '',
  });
  expect(await listed(root)).toEqual(['a.yml', 'environments/dev.yml', 'models/b.sql']);
});

test('covers just what it would list, also files that do not exist yet', () => {
  const root = tree({ 'my-env/pyvenv.cfg': '', 'environments/dev.yml': '' });
  const base = fromFsPath(root);
  const some = createNodeFiles({ pause, isExcluded: (path) => path.endsWith('/old') });
  const covered = ['a.yml', 'models/new.sql', 'environments/dev.yml'];
  const not = ['target/run/b.sql', 'a/.venv/z.yml', 'my-env/lib/q.yml', 'old/b.yml', '../b.yml', ''];
  for (const name of covered) expect([name, some.covers(base, `${base}/${name}`)]).toEqual([name, true]);
  for (const name of not) expect([name, some.covers(base, resolvePath(base, name))]).toEqual([name, false]);
});

test('a link that leads in a circle ends', async () => {
  const root = tree({ 'a/one.yml': '', 'b/two.yml': '' });
  symlinkSync(root, join(root, 'a', 'up'));
  symlinkSync(join(root, 'b'), join(root, 'a', 'to-b'));
  symlinkSync(join(root, 'a'), join(root, 'b', 'to-a'));
  const found = await listed(root);
  expect(found).toContain('a/one.yml');
  expect(found).toContain('b/two.yml');
  expect(found.length).toBeLessThan(12);
});

test('what is excluded is neither listed nor entered', async () => {
  const root = tree({ 'keep/a.yml': '', 'old/b.yml': '' });
  const some = createNodeFiles({ pause, isExcluded: (path) => path.endsWith('/old') });
  expect(await listed(root, some)).toEqual(['keep/a.yml']);
});

test('of an excluded folder just what a system wants is seen, wherever the folder lies', async () => {
  const root = tree({
    '.meltano/run/tap-a/tap.properties.json': '{}',
    '.meltano/run/tap-a/tap.config.json': '{}',
    '.meltano/run/deeper/tap-b/tap.properties.json': '{}',
    'elt/.meltano/run/tap-c/tap.properties.json': '{}',
    '.venv/.meltano/run/tap-d/tap.properties.json': '{}',
    '.cache/run/tap-e/tap.properties.json': '{}',
  });
  const some = createNodeFiles({ pause, inExcluded: ['.meltano/run/*/tap.properties.json'] });
  const found = await listed(root, some);
  expect(found).toEqual([
    '.cache/run/tap-e/tap.properties.json',
    '.meltano/run/tap-a/tap.properties.json',
    'elt/.meltano/run/tap-c/tap.properties.json',
  ]);
  const base = fromFsPath(root);
  for (const name of found) expect([name, some.covers(base, `${base}/${name}`)]).toEqual([name, true]);
  for (const name of [
    '.meltano/run/tap-a/tap.config.json',
    '.meltano/run/deeper/tap-b/tap.properties.json',
    '.venv/.meltano/run/tap-d/tap.properties.json',
  ])
    expect([name, some.covers(base, `${base}/${name}`)]).toEqual([name, false]);
});

test('a folder that does not exist has no files', async () => {
  expect(await listed(join(tmpdir(), 'penstock-no-such-folder'))).toEqual([]);
});

test('a file that vanished, a folder and a pipe are missing, and none of them makes the reader wait', () => {
  const root = tree({ 'a.yml': 'x' });
  execFileSync('mkfifo', [join(root, 'pipe.yml')]);
  for (const name of ['gone.yml', '', 'pipe.yml'])
    expect(files.read(fromFsPath(join(root, name)))).toEqual({ kind: 'missing' });
  expect(files.read(fromFsPath(join(root, 'a.yml')))).toEqual({ kind: 'text', text: 'x' });
});

test.each([0, 1, 65_535, 65_536, 65_537, 200_000])('a text of %d bytes is read whole', (bytes) => {
  const text = 'é'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2);
  const root = tree({ 'a.yml': text });
  expect(files.read(fromFsPath(join(root, 'a.yml')))).toEqual({ kind: 'text', text });
});

test('a file of 10 MB is not read', () => {
  const root = tree({ 'big.yml': 'a: 1\n'.repeat(2_000_000) });
  expect(files.read(fromFsPath(join(root, 'big.yml')))).toEqual({ kind: 'too-large', bytes: 10_000_000 });
  expect(10_000_000).toBeGreaterThan(maxTextBytes);
});
