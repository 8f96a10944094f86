import { fileNamespace, type NameKey } from './facts.ts';
import { folderOf, isInside } from './path.ts';

/** A file below some of these folders, and the folders on the way to it that may come and go with it. */
export function placesAt(path: string, folders: readonly string[]): readonly NameKey[] {
  const names = [path];
  for (
    let at = folderOf(path);
    folders.some((folder) => at !== folder && isInside(at, folder));
    at = folderOf(at)
  )
    names.push(at);
  return names.map((name) => ({ namespace: fileNamespace, scope: '', name }));
}
