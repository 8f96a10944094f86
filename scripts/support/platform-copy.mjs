import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { platform } from './project.mjs';

/** What runs leave behind; a copy starts without it. */
const leftovers = new Set(['.penstock', '.meltano', '.venvs', '.env', 'target', 'logs', '.user.yml']);

/** What the set-up installed; a copy links it, because it is large and never written to. */
const installed = [
  '.venvs/dbt',
  '.venvs/meltano',
  '.meltano/extractors/tap-shop/venv',
  '.meltano/loaders/target-warehouse/venv',
];

/** A copy of the example platform in a folder of its own, ready to be broken and run, with an empty warehouse. */
export function copyPlatform(name = 'platform') {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-')));
  const copy = join(base, name);
  cpSync(platform, copy, { recursive: true, filter: (source) => belongs(relative(platform, source)) });
  for (const path of installed) {
    if (!existsSync(join(platform, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    symlinkSync(join(platform, path), join(copy, path), 'junction');
  }
  return { path: copy, remove: () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }) };
}

function belongs(path) {
  const names = path.split(sep);
  return !names.some((name) => leftovers.has(name)) && !/\.duckdb(\.wal)?$/.test(path);
}
