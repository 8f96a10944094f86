import type { Fact } from './facts.ts';

/** When facts were last filed, taken out or told of another place: by the namespace they are of and the file they come from. */
export class FactClock {
  #now = 0;
  #all = 0;
  readonly #namespaces = new Map<string, number>();
  readonly #files = new Map<string, number>();

  get now(): number {
    return this.#now;
  }

  /** All of them, perhaps. */
  touchAll(): void {
    this.#all = ++this.#now;
  }

  /** These of a file. */
  touch(path: string, facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    this.#files.set(path, ++this.#now);
    let last: string | undefined;
    for (const fact of facts)
      for (const namespace of fact.fact === 'use' ? fact.namespaces : [fact.namespace]) {
        if (namespace !== last) this.#namespaces.set(namespace, this.#now);
        last = namespace;
      }
  }

  ofNamespace(namespace: string): number {
    return Math.max(this.#all, this.#namespaces.get(namespace) ?? 0);
  }

  ofFile(path: string): number {
    return Math.max(this.#all, this.#files.get(path) ?? 0);
  }
}
