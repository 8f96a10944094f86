/** Posix paths as text; core knows no file system. Paths are absolute and have no trailing slash. */

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder a path lies in; '' for one at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** True where `path` is `folder` or lies below it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder);
}

/** True where `path` lies below `folder`. */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '/') return path.startsWith('/');
  // Asked for every file several times over: no text is made for it.
  return path.charCodeAt(folder.length) === 47 && path.startsWith(folder);
}

/** The folders that `folder` lies in, up to `root` and with it; none where it does not lie in it. */
export function foldersAround(folder: string, root: string): readonly string[] {
  if (folder === root || !isInside(folder, root)) return [];
  const above = folderOf(folder);
  return [above, ...foldersAround(above, root)];
}

/** `path` as seen from `folder`, which it must lie in. */
export function relativeTo(folder: string, path: string): string {
  return path === folder ? '' : path.slice(folder === '/' ? 1 : folder.length + 1);
}

/** Joins and resolves `.` and `..`; an absolute `path` stands for itself. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `path` as seen from `folder`, wherever it lies: `../shared/a`. */
export function pathFrom(folder: string, path: string): string {
  let ups = 0;
  let above = folder;
  for (; !isInside(path, above); above = folderOf(above)) ups++;
  return '../'.repeat(ups) + (above === '' ? path.slice(1) : relativeTo(above, path));
}
