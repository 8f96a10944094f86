import { fileNamespace, type NameKey } from './facts.ts';
import { folderOf, isInside } from './path.ts';

/** Names whose meaning changed, each once. */
export class ChangedKeys {
  readonly #keys = new Map<string, NameKey>();

  add(keys: Iterable<NameKey>): void {
    for (const key of keys) this.#keys.set(`${key.namespace}\0${key.scope}\0${key.name}`, key);
  }

  all(): readonly NameKey[] {
    return [...this.#keys.values()];
  }
}

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
