import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './cache.mjs';
import { root } from './project.mjs';

/** A short name for all that decides what the server makes of a file: its sources, schemas and packages. */
export function buildId() {
  const files = ['server/src', 'server/schemas']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort();
  return fingerprint([...files, join(root, 'package.json'), join(root, 'package-lock.json')]);
}
