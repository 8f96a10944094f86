import type { NameKey } from './facts.ts';

/** Names, each once. An edit may change thousands, which are nearly all of one namespace and scope. */
export class NameSet {
  readonly #shelves = new Map<string, Map<string, Map<string, NameKey>>>();

  add(key: NameKey): void {
    let scopes = this.#shelves.get(key.namespace);
    if (!scopes) this.#shelves.set(key.namespace, (scopes = new Map()));
    let names = scopes.get(key.scope);
    if (!names) scopes.set(key.scope, (names = new Map()));
    names.set(key.name, key);
  }

  has({ namespace, scope, name }: NameKey): boolean {
    return this.#shelves.get(namespace)?.get(scope)?.has(name) ?? false;
  }

  namesIn(namespace: string, scope: string): readonly string[] {
    return [...(this.#shelves.get(namespace)?.get(scope)?.keys() ?? [])];
  }

  all(): readonly NameKey[] {
    const found: NameKey[] = [];
    for (const scopes of this.#shelves.values())
      for (const names of scopes.values()) for (const key of names.values()) found.push(key);
    return found;
  }
}

/** The names of several lists, each once, as each list has it: many files may change the meaning of one that many files use. */
export function eachNameOnce(lists: readonly (readonly NameKey[])[]): readonly NameKey[] {
  const [only, ...more] = lists.filter((keys) => keys.length > 0);
  if (more.length === 0) return only ?? [];
  const all = new NameSet();
  for (const keys of lists) for (const key of keys) all.add(key);
  return all.all();
}
