import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { neverCancelled } from '../core/cancellation.ts';
import type { ParseCache } from '../core/kept.ts';
import type { Log } from '../core/log.ts';
import { namesOfVariables } from '../core/platform-options.ts';
import { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import type { Files } from '../core/files.ts';
import { createNodeFiles, fromFsPath, toFsPath, type ReaderOptions } from '../files/node-files.ts';
import { createNodePause } from '../files/node-pause.ts';
import { withShadow, type Shadow } from '../files/shadow.ts';
import { toolVersion } from '../files/tool-version.ts';
import { TrackedFiles } from '../files/tracked-files.ts';

export interface OpenWorkspaceOptions {
  readonly systems: readonly System[];
  /** Folder (file-system path) that must be part of what is read. */
  readonly folder: string;
  readonly log: Log;
  /** Environments that the user named, which are looked into first. */
  readonly environments?: readonly string[];
  /** Where an earlier start left what need not be read again. */
  readonly cache?: ParseCache;
  /** What reads a large workspace ahead. */
  readonly reader?: ReaderOptions;
  /** What is to be seen instead of the disk. */
  readonly shadow?: Shadow;
}

/** Reads the platform that `folder` belongs to. */
export function openWorkspace(options: OpenWorkspaceOptions): Promise<Platform> {
  return openFolder({ ...options, folder: findRoot(options.folder, options.systems) });
}

/** Reads one workspace folder, as the language server would. */
export async function openFolder({
  systems,
  folder,
  log,
  environments = [],
  shadow = new Map(),
  cache,
  reader,
}: OpenWorkspaceOptions): Promise<Platform> {
  const root = fromFsPath(resolve(folder));
  const pause = createNodePause();
  const inExcluded = systems.flatMap((system) => system.inExcluded ?? []);
  const disk = createNodeFiles({ pause, inExcluded, ...(reader ? { reader } : {}) });
  const tracked = new TrackedFiles();
  const platform: Platform = new Platform({
    systems,
    files: withShadow(tellingUnreadable(disk, log), shadow),
    log,
    pause,
    ...(cache ? { cache } : {}),
    ...namesOfVariables(process.env),
    isTracked: (path) => tracked.isTracked(path),
    clock: () => Date.now(),
    versionOf: (tool, project) => toolVersion(tool, project, { folders: [root], environments }),
  });
  await platform.load([root], neverCancelled);
  return platform;
}

/** Says of a file that is there and may not be read that it is left out; an editor shows it, a terminal would not. */
export function tellingUnreadable(files: Files, log: Log): Files {
  const told = new Set<string>();
  return {
    list: (root, token) => files.list(root, token),
    covers: (root, path) => files.covers(root, path),
    expect: (paths, what) => files.expect?.(paths, what),
    has: (path) => files.has(path),
    stamp: (path) => files.stamp?.(path),
    read: (path) => {
      const read = files.read(path);
      if (read.kind !== 'missing' || told.has(path)) return read;
      if (!statSync(toFsPath(path), { throwIfNoEntry: false })?.isFile()) return read;
      told.add(path);
      log.warn(`penstock: ${toFsPath(path)} may not be read and was left out`);
      return read;
    },
  };
}

/**
 * The outermost folder above `folder` that is a project of some system, within the same repository;
 * `folder` itself where there is none. So `penstock check .` inside `models/` knows the whole project.
 */
function findRoot(folder: string, systems: readonly System[]): string {
  const markers = systems.flatMap((system) => system.markers);
  let root = resolve(folder);
  for (let at = root; ; at = dirname(at)) {
    if (markers.some((marker) => existsSync(join(at, marker)))) root = at;
    if (existsSync(join(at, '.git')) || dirname(at) === at) return root;
  }
}
