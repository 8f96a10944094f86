import { stat } from 'node:fs/promises';
import type * as Sqlite from 'node:sqlite';
import type { Check, Judgement, Probe } from '../core/evidence.ts';
import { resolvePath } from '../core/path.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Prober } from './probe.ts';

type Asked = Pick<Extract<Probe, { readonly kind: 'database' }>, 'file' | 'made' | 'sql' | 'judge'>;

/** What a tool keeps in an SQLite database. */
export const probeDatabase: Prober<'database'> = async (probe, { check, env }) => {
  if (env[probe.unless] === undefined) return judgeFile(probe, check);
  return {
    state: 'unknown',
    expected: check.title,
    seen: `\`${probe.unless}\` names another database`,
    next: `write \`${probe.unless}\` into \`.env\`, and that database is asked`,
  };
};

/** Node reads SQLite itself since 22.13; an older one cannot tell. */
export async function judgeFile({ file, made, sql, judge }: Asked, check: Check): Promise<Judgement> {
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
}

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
