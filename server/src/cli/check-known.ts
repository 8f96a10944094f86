import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isInside } from '../core/path.ts';
import { filesAt, GitProblem } from '../files/git.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { unsuppressed } from '../language/suppress.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import { CannotRun } from './cannot-run.ts';
import type { FoundProblem } from './check-finding.ts';
import type { CheckedPlace } from './check-place.ts';
import { compare, fingerprintsIn, type Identity } from './fingerprint.ts';
import type { CliHost } from './host.ts';

interface KnownOptions {
  readonly since?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

/** Writes all findings as a baseline, so that all of them are known from now on; undefined where none is asked for. */
export function keepAsBaseline(
  found: readonly FoundProblem[],
  { writeBaseline: name }: KnownOptions,
  { io }: CliHost,
): ReadonlySet<FoundProblem> | undefined {
  if (name === undefined) return undefined;
  try {
    writeBaseline(resolve(io.cwd, name), found);
  } catch (error) {
    throw new CannotRun(
      `${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  io.err(
    `penstock check: ${found.length} ${found.length === 1 ? 'finding' : 'findings'} written to ${name}\n`,
  );
  return new Set(found);
}

/** The findings that stand in the baseline or in a revision; undefined where neither is named. Leaves the platforms in that revision. */
export function knownFrom(
  found: readonly FoundProblem[],
  places: readonly CheckedPlace[],
  { since, baseline }: KnownOptions,
  { io }: CliHost,
): ReadonlySet<FoundProblem> | undefined {
  if (since === undefined && baseline === undefined) return undefined;
  const known = new Set<FoundProblem>();
  if (baseline !== undefined) {
    const kept = compare(found, readBaseline(resolve(io.cwd, baseline), baseline), isFile);
    for (const each of kept.known) known.add(each);
    const stale = kept.gone.filter(({ file }) => isWanted(file, places)).length;
    if (stale > 0) {
      const what = stale === 1 ? '1 finding of it is' : `${stale} findings of it are`;
      io.err(`penstock check: ${baseline} can shrink: ${what} gone; write it anew with --write-baseline\n`);
    }
  }
  if (since !== undefined) {
    const before = places.flatMap((place) => identitiesAt(since, place));
    for (const each of compare(found, before, isFile).known) known.add(each);
  }
  return known;
}

/** What is found in the files as they were at a revision. */
function identitiesAt(revision: string, { platform, shadow }: CheckedPlace): readonly Identity[] {
  try {
    for (const folder of platform.folders)
      for (const [path, text] of filesAt(revision, toFsPath(folder))) shadow.set(path, text);
  } catch (error) {
    throw error instanceof GitProblem ? new CannotRun(`--since: ${error.message}`) : error;
  }
  platform.update(shadow.keys());
  return [...platform.paths()].flatMap((path) => {
    const fingerprintOf = fingerprintsIn(platform.source(path)!);
    return unsuppressed(platform, path).map((finding) => ({
      file: toFsPath(path),
      code: finding.code,
      fingerprint: fingerprintOf(finding),
    }));
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isWanted(file: string, places: readonly CheckedPlace[]): boolean {
  const path = fromFsPath(file);
  return places.some(({ wanted }) => wanted.some((each) => isInside(path, each)));
}
