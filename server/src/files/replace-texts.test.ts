import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { replaceTexts } from './replace-texts.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function fileWith(text: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-replace-'));
  folders.push(folder);
  const path = join(folder, 'a.md');
  writeFileSync(path, text);
  return path;
}

test('makes the text anew where somebody wrote since it was read', async () => {
  const path = fileWith('one');
  const seen: string[] = [];
  const failed = await replaceTexts([path], () => {
    const from = readFileSync(path, 'utf8');
    seen.push(from);
    // Another program writes between the look and the writing, once.
    if (seen.length === 1) writeFileSync(path, 'two');
    return [{ path, from, to: `${from} and more` }];
  });
  expect([failed, seen, readFileSync(path, 'utf8')]).toEqual([undefined, ['one', 'two'], 'two and more']);
});

test('gives up where somebody writes again and again', async () => {
  const path = fileWith('0');
  let count = 0;
  const failed = await replaceTexts([path], () => {
    const from = readFileSync(path, 'utf8');
    writeFileSync(path, String(++count));
    return [{ path, from, to: 'mine' }];
  });
  expect(failed).toEqual({ refused: 'the document keeps changing; nothing was written' });
  expect(readFileSync(path, 'utf8')).toBe(String(count));
});

test('leaves a file alone that is not UTF-8', async () => {
  const path = fileWith(Buffer.from([0x4d, 0xfc, 0x6c, 0x6c]));
  const failed = await replaceTexts([path], () => [{ path, from: 'M\uFFFDll', to: 'x' }]);
  expect(failed).toEqual({ refused: `${path} is not UTF-8 and was left alone` });
});

test('takes over the lock of a process that is gone', async () => {
  const path = fileWith('one');
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(join(path, '..', '.a.md.lock'), `${pid} ${hostname()}`);
  expect(await replaceTexts([path], () => [{ path, from: 'one', to: 'two' }])).toBeUndefined();
  expect([readFileSync(path, 'utf8'), readdirSync(join(path, '..'))]).toEqual(['two', ['a.md']]);
});
