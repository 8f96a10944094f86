import { folderOf, isInside, relativeTo } from '../../core/path.ts';

/** The way from a folder to a file. */
export function wayTo(file: string, folder: string): string {
  let way = '';
  let at = folder;
  while (!isInside(file, at)) {
    at = folderOf(at);
    way += '../';
  }
  return way + relativeTo(at, file);
}

/** Two paths without the folders that both lie in, for a sentence that tells them apart. */
export function apart(a: string, b: string): readonly [string, string] {
  let folder = folderOf(a);
  while (!isInside(b, folder)) folder = folderOf(folder);
  return [relativeTo(folder, a), relativeTo(folder, b)];
}
