import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toFsPath } from '../files/node-files.ts';
import { readEntry, type ReadinessHistory } from '../readiness/history.ts';
import { ensureStateFolder } from '../runs/run-folder.ts';

/** Limit: so many of the newest lines are read; what is older is a chart that nobody looks at. */
const mostLines = 5_000;

/** The history in `.penstock/readiness/history.jsonl` of a workspace folder. Where nothing may be written nothing is kept. */
export function createHistoryFile(): ReadinessHistory {
  return {
    async read(folder) {
      const text = await readFile(fileOf(folder), 'utf8').catch(() => '');
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.slice(-mostLines).flatMap((line) => readEntry(line) ?? []);
    },
    async append(folder, entry) {
      const file = fileOf(folder);
      try {
        ensureStateFolder(toFsPath(folder));
        await mkdir(dirname(file), { recursive: true });
        // One short write at the end of the file, so that two who write lose nothing of each other.
        await appendFile(file, `${JSON.stringify(entry)}\n`);
      } catch {
        // A folder that may only be read has no history.
      }
    },
  };
}

function fileOf(folder: string): string {
  return join(toFsPath(folder), '.penstock', 'readiness', 'history.jsonl');
}
