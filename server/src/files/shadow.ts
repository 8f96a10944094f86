import type { Files, FileText } from '../core/files.ts';

/** Files (URI paths) that are to be seen with another text, or not at all, than the one that lies on disk. May change later. */
export type Shadow = ReadonlyMap<string, FileText>;

/** The files seen through a shadow. */
export function withShadow(files: Files, shadow: Shadow): Files {
  return {
    list: (root, token) => files.list(root, token),
    covers: (root, path) => files.covers(root, path),
    expect: (paths, what) => files.expect?.(paths, what),
    has: (path) => (shadow.has(path) ? shadow.get(path)!.kind !== 'missing' : files.has(path)),
    stamp: (path) => (shadow.has(path) ? undefined : files.stamp?.(path)),
    read: (path) => shadow.get(path) ?? files.read(path),
  };
}
