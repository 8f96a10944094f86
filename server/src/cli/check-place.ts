import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FileText } from '../core/files.ts';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import { fromFsPath } from '../files/node-files.ts';
import { CannotRun } from './cannot-run.ts';
import { problemsIn, type FoundProblem } from './check-finding.ts';
import { fileName } from './file-name.ts';
import type { CliHost } from './host.ts';

/** A part of the disk that is read as a whole, with what is to be reported of it. */
export interface CheckedPlace {
  readonly platform: Platform;
  /** What the platform sees instead of the disk, where that was asked for. */
  readonly shadow: Map<string, FileText>;
  /** Files and folders (URI paths). */
  readonly wanted: string[];
}

/** Reads what the paths belong to; each place once, however many of its files are named. */
export async function openPlaces(
  paths: readonly string[],
  { withShadow }: { readonly withShadow: boolean },
  host: CliHost,
): Promise<readonly CheckedPlace[]> {
  const places: CheckedPlace[] = [];
  let isFolderAsked = false;
  for (const path of (paths.length > 0 ? paths : ['.']).map((each) => resolve(host.io.cwd, each))) {
    const isFolder = isReadableFolder(path, host);
    isFolderAsked ||= isFolder;
    const at = fromFsPath(path);
    const known = places.find(({ platform }) => platform.folders.some((folder) => isInside(at, folder)));
    if (known) known.wanted.push(at);
    else {
      const shadow = new Map<string, FileText>();
      const folder = isFolder ? path : dirname(path);
      const platform = await host.openWorkspace(folder, withShadow ? shadow : undefined);
      places.push({ platform, shadow, wanted: [at] });
    }
  }
  if (isFolderAsked && places.every((place) => isEmpty(place))) throw nothingThere(paths, host);
  return places;
}

/** The files (URI paths) to report on, in order. */
export function pathsOf(place: CheckedPlace): readonly string[] {
  return [...place.platform.paths()].filter((path) => isWanted(path, place)).sort();
}

function isWanted(path: string, { platform, wanted }: CheckedPlace): boolean {
  return !platform.isAside(path) && wanted.some((each) => isInside(path, each));
}

export function problemsAt(place: CheckedPlace): readonly FoundProblem[] {
  return pathsOf(place).flatMap((path) => problemsIn(place.platform, path));
}

function isReadableFolder(path: string, { io }: CliHost): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  const shown = fileName(io.cwd, path) || '.';
  if (!stat) throw new CannotRun(`there is no file or folder ${shown}; name one that exists`);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new CannotRun(`${shown} may not be read; check its permissions`);
  }
  return stat.isDirectory();
}

function isEmpty(place: CheckedPlace): boolean {
  for (const path of place.platform.paths()) if (isWanted(path, place)) return false;
  return place.platform.projects().every(({ marker }) => marker === undefined);
}

/** A check that looks at nothing must not look like one that found nothing. */
function nothingThere(paths: readonly string[], { systems }: CliHost): CannotRun {
  const where = paths.length > 0 ? paths.join(', ') : 'this folder';
  const markers = systems.flatMap((system) => system.markers).join(', ');
  return new CannotRun(`there is nothing to check in ${where}; name a folder with a project (${markers})`);
}
