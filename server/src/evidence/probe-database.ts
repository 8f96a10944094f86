import { stat } from 'node:fs/promises';
import type * as Sqlite from 'node:sqlite';
import { resolvePath } from '../core/path.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Prober } from './probe.ts';

/** What a tool keeps in an SQLite database. Node reads it itself since 22.13; an older one cannot tell. */
export const probeDatabase: Prober<'database'> = async ({ file, made, sql, judge }, { check }) => {
  const path = resolvePath(check.folder, file);
  const expected = check.title;
  const found = await stat(toFsPath(path)).catch(() => undefined);
  if (!found?.isFile())
    return { state: 'unknown', expected, seen: 'there is no such database', where: path, next: made };
  const sqlite = loadQuietly();
  if (!sqlite)
    return {
      state: 'unknown',
      expected,
      seen: `Node ${process.versions.node} cannot read SQLite`,
      where: path,
      next: 'use Node 22.13 or later',
    };
  let database;
  try {
    database = new sqlite.DatabaseSync(toFsPath(path), { readOnly: true });
    return { where: path, ...judge(database.prepare(sql).all()) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { state: 'unknown', expected, seen: `the database cannot be read: ${why}`, where: path };
  } finally {
    database?.close();
  }
};

/** Node says aloud that its SQLite is experimental, which is nothing to whoever asks for readiness. */
function loadQuietly(): typeof Sqlite | undefined {
  const saidAloud = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = saidAloud;
  }
}
