import type { NameKey } from './facts.ts';

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
