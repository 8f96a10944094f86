import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromFsPath } from './node-files.ts';
import { indexNames, TrackedFiles } from './tracked-files.ts';

let folder = '';

beforeEach(() => {
  folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'penstock-tracked-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, stdio: 'pipe' });
};

const write = (name: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), name);
};

const state = (tracked: TrackedFiles, name: string): boolean | undefined =>
  tracked.isTracked(fromFsPath(join(folder, name)));

test.each(['2', '3', '4'])('knows what an index of version %s holds', (version) => {
  git('init', '-q');
  for (const name of ['a.yml', 'sub/deep/b.yml', 'sub/deep/bc.yml', 'sub/é.yml', 'x'.repeat(70), '.env'])
    write(name);
  git('add', 'a.yml', 'sub', 'x'.repeat(70));
  git('update-index', '--index-version', version);
  const tracked = new TrackedFiles();
  const names = ['a.yml', 'sub/deep/b.yml', 'sub/deep/bc.yml', 'sub/é.yml', 'x'.repeat(70)];
  expect(names.map((name) => state(tracked, name))).toEqual(names.map(() => true));
  expect([state(tracked, '.env'), state(tracked, 'sub/deep')]).toEqual([false, false]);
  git('add', '.env');
  expect(state(tracked, '.env')).toBe(true);
  git('rm', '-q', '--cached', '.env');
  expect(state(tracked, '.env')).toBe(false);
});

test('a linked work tree has an index of its own', () => {
  git('init', '-q');
  write('a.yml');
  git('add', '.');
  git('commit', '-qm', 'a');
  git('worktree', 'add', '-q', join(folder, 'other'));
  const tracked = new TrackedFiles();
  expect([state(tracked, 'other/a.yml'), state(tracked, 'other/b.yml')]).toEqual([true, false]);
});

test('says nothing without a repository, and of an index that it cannot read', () => {
  expect(state(new TrackedFiles(), 'a.yml')).toBeUndefined();
  git('init', '-q');
  expect(state(new TrackedFiles(), 'a.yml')).toBeUndefined();
  writeFileSync(join(folder, '.git/index'), 'DIRC nonsense');
  expect(state(new TrackedFiles(), 'a.yml')).toBeUndefined();
  write('a.yml');
  rmSync(join(folder, '.git/index'));
  git('add', 'a.yml');
  git('update-index', '--split-index');
  expect(state(new TrackedFiles(), 'a.yml')).toBeUndefined();
  expect(indexNames(Buffer.from('DIRC\0\0\0\u0009\0\0\0\0'))).toBeUndefined();
});
