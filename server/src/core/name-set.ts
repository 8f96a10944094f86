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

  addAll(keys: Iterable<NameKey>): void {
    for (const key of keys) this.add(key);
  }

  has({ namespace, scope, name }: NameKey): boolean {
    return this.#shelves.get(namespace)?.get(scope)?.has(name) ?? false;
  }

  namesIn(namespace: string, scope: string): readonly string[] {
    return [...(this.#shelves.get(namespace)?.get(scope)?.keys() ?? [])];
  }

  all(): readonly NameKey[] {
    return [...this.#shelves.values()].flatMap((scopes) =>
      [...scopes.values()].flatMap((names) => [...names.values()]),
    );
  }
}
