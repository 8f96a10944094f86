import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fromFsPath } from '../files/node-files.ts';
import { createHistoryFile } from './history-file.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const entry = (second: number) => ({ format: 1, at: `2026-11-01T12:00:0${second}.000Z` }) as const;

test('lines are added, those of two who write at once lost by neither, and git sees none of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-history-'));
  folders.push(folder);
  const [one, other] = [createHistoryFile(), createHistoryFile()];
  const root = fromFsPath(folder);
  expect(await one.read(root)).toEqual([]);
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map((second) => (second % 2 ? one : other).append(root, entry(second))),
  );
  const file = join(folder, '.penstock', 'readiness', 'history.jsonl');
  appendFileSync(file, '{"format":99}\n{"format":1,"at"');
  const times = (await other.read(root)).map(({ at }) => at).sort();
  expect(times).toEqual([0, 1, 2, 3, 4, 5].map((second) => entry(second).at));
  expect(readFileSync(join(folder, '.penstock', '.gitignore'), 'utf8')).toBe('*\n');
});

test('a folder that is not there keeps nothing, and nobody is told', async () => {
  const folder = join(tmpdir(), 'penstock-no-such-folder', '\0');
  await createHistoryFile().append(fromFsPath(folder), entry(0));
  expect(existsSync(join(tmpdir(), 'penstock-no-such-folder'))).toBe(false);
});
