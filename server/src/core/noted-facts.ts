import type { FactIndex, FactReader } from './fact-index.ts';
import type { Definition, Fact, Hole, Located, NameKey, Use } from './facts.ts';

/** Facts as somebody reads them, with what was read: while none of that is another, what was made of it holds. */
export class NotedFacts implements FactReader {
  readonly #index: FactIndex;
  readonly #namespaces = new Set<string>();
  readonly #files = new Set<string>();
  readonly #since: number;
  /** Whether something was asked whose answer may rest on any fact. */
  #isAnything = false;

  constructor(index: FactIndex) {
    this.#index = index;
    this.#since = index.clock.now;
  }

  /** Whether all that was read is as it was. */
  isSame(): boolean {
    const { clock } = this.#index;
    if (clock.now === this.#since) return true;
    if (this.#isAnything) return false;
    for (const namespace of this.#namespaces) if (clock.ofNamespace(namespace) > this.#since) return false;
    for (const path of this.#files) if (clock.ofFile(path) > this.#since) return false;
    return true;
  }

  definitions(key: NameKey): readonly Located<Definition>[] {
    this.#namespaces.add(key.namespace);
    return this.#index.definitions(key);
  }

  isDefined(key: NameKey): boolean {
    this.#namespaces.add(key.namespace);
    return this.#index.isDefined(key);
  }

  uses(key: NameKey): readonly Located<Use>[] {
    this.#namespaces.add(key.namespace);
    return this.#index.uses(key);
  }

  all(namespace: string, scope?: string): Iterable<Located<Definition>> {
    this.#namespaces.add(namespace);
    return this.#index.all(namespace, scope);
  }

  /** A hole may end with a name of any namespace. */
  holes(namespace: string, scope: string): readonly Located<Hole>[] {
    this.#isAnything = true;
    return this.#index.holes(namespace, scope);
  }

  reached(key: NameKey): readonly NameKey[] {
    this.#namespaces.add(key.namespace);
    return this.#index.reached(key);
  }

  of(path: string): readonly Located<Fact>[] {
    this.#files.add(path);
    return this.#index.of(path);
  }

  get revision(): number {
    this.#isAnything = true;
    return this.#index.revision;
  }

  kept<T>(key: object, make: () => T): T {
    this.#isAnything = true;
    return this.#index.kept(key, make);
  }
}
