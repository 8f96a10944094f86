import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the scripts fetch and may fetch again: the editor host, uv. Outside the work tree; safe to delete. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'penstock');
}

/** A short name for the contents of some files and whatever else decides. */
export function fingerprint(files, ...rest) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  for (const text of rest) hash.update(`\0${text}`);
  return hash.digest('hex').slice(0, 16);
}

export function isStamped(file, text) {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

export function stamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * Gives `folder`, made by `make` when it is not there yet.
 * It appears whole or not at all, so an interrupted start or two at a time do no harm.
 */
export async function cached(folder, make) {
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}.part`;
  mkdirSync(draft, { recursive: true });
  try {
    await make(draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
