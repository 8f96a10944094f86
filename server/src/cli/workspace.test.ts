import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { silentLog } from '../core/log.ts';
import { fromFsPath } from '../files/node-files.ts';
import { tellingUnreadable } from './workspace.ts';

test('a file that is there and may not be read is told of, once; one that is gone is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-unreadable-'));
  try {
    const file = join(folder, 'a.yml');
    writeFileSync(file, 'a: 1');
    const told: string[] = [];
    // Nothing lies in these files, as if nobody might read the disk.
    const files = tellingUnreadable(new MemoryFiles(), { ...silentLog, warn: (said) => told.push(said) });
    for (const path of [file, file, join(folder, 'gone.yml')])
      expect(files.read(fromFsPath(path))).toEqual({ kind: 'missing' });
    expect(told).toEqual([`penstock: ${file} may not be read and was left out`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
