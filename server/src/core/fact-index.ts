import type { Definition, Fact, Hole, Located, NameKey, Use } from './facts.ts';

/** What may be asked of the facts of all files. Reading only; a snapshot between two updates. */
export interface FactReader {
  definitions(key: NameKey): readonly Located<Definition>[];
  uses(key: NameKey): readonly Located<Use>[];
  /** All definitions of a namespace; of every scope where none is given. */
  all(namespace: string, scope?: string): Iterable<Located<Definition>>;
  /** The holes that keep undefined names of this namespace silent. */
  holes(namespace: string, scope: string): readonly Located<Hole>[];
  of(path: string): readonly Fact[];
  /** Grows whenever some name's meaning changes; while it stays, whatever is made of definitions stays. */
  readonly revision: number;
}

interface Entry {
  readonly definitions: Located<Definition>[];
  readonly uses: Located<Use>[];
}

/** Names known in one namespace and scope. */
interface Shelf {
  readonly entries: Map<string, Entry>;
  readonly holes: Located<Hole>[];
}

/** The facts of all files, by name. Replacing a file's facts costs what the file holds, whatever the size of the rest. */
export class FactIndex implements FactReader {
  readonly #shelves = new Map<string, Map<string, Shelf>>();
  readonly #byPath = new Map<string, readonly Fact[]>();
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  /**
   * Puts `facts` in place of what the file said before.
   * Returns the names whose meaning may differ now: files that use or define one of them need another look.
   */
  replace(path: string, facts: readonly Fact[]): readonly NameKey[] {
    const before = this.#byPath.get(path) ?? [];
    const changed = new ChangedNames(before, facts);
    if (changed.isChange) this.#revision++;
    this.#remove(path, before);
    for (const fact of facts) this.#add(path, fact);
    if (facts.length > 0) this.#byPath.set(path, facts);
    else this.#byPath.delete(path);
    for (const fact of facts) {
      // The other definitions' findings point at this one's place, which any edit may have moved.
      if (fact.fact !== 'definition' || fact.exclusive === false) continue;
      if (this.definitions(fact).length > 1) changed.add(fact);
    }
    for (const hole of changed.holes) {
      for (const name of this.#shelf(hole).entries.keys()) changed.add({ ...hole, name });
    }
    return changed.keys();
  }

  definitions(key: NameKey): readonly Located<Definition>[] {
    return this.#entry(key)?.definitions ?? [];
  }

  uses(key: NameKey): readonly Located<Use>[] {
    return this.#entry(key)?.uses ?? [];
  }

  *all(namespace: string, scope?: string): Iterable<Located<Definition>> {
    const scopes = this.#shelves.get(namespace);
    if (!scopes) return;
    const shelves = scope === undefined ? scopes.values() : [scopes.get(scope)];
    for (const shelf of shelves) {
      for (const entry of shelf?.entries.values() ?? []) yield* entry.definitions;
    }
  }

  holes(namespace: string, scope: string): readonly Located<Hole>[] {
    return this.#shelves.get(namespace)?.get(scope)?.holes ?? [];
  }

  of(path: string): readonly Fact[] {
    return this.#byPath.get(path) ?? [];
  }

  #entry(key: NameKey): Entry | undefined {
    return this.#shelves.get(key.namespace)?.get(key.scope)?.entries.get(key.name);
  }

  #shelf(at: { readonly namespace: string; readonly scope: string }): Shelf {
    let scopes = this.#shelves.get(at.namespace);
    if (!scopes) this.#shelves.set(at.namespace, (scopes = new Map()));
    let shelf = scopes.get(at.scope);
    if (!shelf) scopes.set(at.scope, (shelf = { entries: new Map(), holes: [] }));
    return shelf;
  }

  #entryFor(key: NameKey): Entry {
    const shelf = this.#shelf(key);
    let entry = shelf.entries.get(key.name);
    if (!entry) shelf.entries.set(key.name, (entry = { definitions: [], uses: [] }));
    return entry;
  }

  #add(path: string, fact: Fact): void {
    if (fact.fact === 'definition') this.#entryFor(fact).definitions.push({ ...fact, path });
    else if (fact.fact === 'hole') this.#shelf(fact).holes.push({ ...fact, path });
    else for (const key of keysOfUse(fact)) this.#entryFor(key).uses.push({ ...fact, path });
  }

  /** A popular name is used by every file: each of its lists is gone through once, however often this file stands in it. */
  #remove(path: string, facts: readonly Fact[]): void {
    const entries = new Map<Entry, NameKey>();
    for (const fact of facts) {
      if (fact.fact === 'hole') drop(this.#shelf(fact).holes, path);
      else {
        for (const key of fact.fact === 'definition' ? [fact] : keysOfUse(fact)) {
          const entry = this.#entry(key);
          if (entry) entries.set(entry, key);
        }
      }
    }
    for (const [entry, key] of entries) {
      drop(entry.definitions, path);
      drop(entry.uses, path);
      if (entry.definitions.length + entry.uses.length === 0) this.#shelf(key).entries.delete(key.name);
    }
  }
}

/** The names a use may mean, one a namespace. */
export function keysOfUse(use: Use): readonly NameKey[] {
  return use.namespaces.map((namespace) => ({ namespace, scope: use.scope, name: use.name }));
}

/** The names that two readings of one file define differently, and the holes that opened or closed. */
class ChangedNames {
  readonly holes: readonly Hole[];
  readonly isChange: boolean;
  readonly #keys = new Map<string, NameKey>();

  constructor(before: readonly Fact[], after: readonly Fact[]) {
    const [old, now] = [byMeaning(before), byMeaning(after)];
    const changed = [...onlyInFirst(old, now), ...onlyInFirst(now, old)];
    this.isChange = changed.length > 0;
    this.holes = changed.filter((fact) => fact.fact === 'hole');
    for (const fact of changed) if (fact.fact === 'definition') this.add(fact);
  }

  add({ namespace, scope, name }: NameKey): void {
    this.#keys.set(`${namespace}\0${scope}\0${name}`, { namespace, scope, name });
  }

  keys(): readonly NameKey[] {
    return [...this.#keys.values()];
  }
}

/** Definitions and holes by all that others can see of them, places left out. */
function byMeaning(facts: readonly Fact[]): Map<string, Definition | Hole> {
  const found = new Map<string, Definition | Hole>();
  for (const fact of facts) {
    if (fact.fact === 'hole') found.set(`${fact.namespace}\0${fact.scope}`, fact);
    if (fact.fact !== 'definition') continue;
    const { namespace, scope, name, group, what, exclusive, data } = fact;
    let meaning = `${namespace}\0${scope}\0${name}\0${group}\0${what}\0${exclusive}`;
    for (const key in data) meaning += `\0${key}\0${data[key]}`;
    found.set(found.has(meaning) ? `${meaning}\0again` : meaning, fact);
  }
  return found;
}

function* onlyInFirst<T>(first: Map<string, T>, second: Map<string, T>): Iterable<T> {
  for (const [key, value] of first) if (!second.has(key)) yield value;
}

function drop(list: { readonly path: string }[], path: string): void {
  let kept = 0;
  for (const each of list) if (each.path !== path) list[kept++] = each;
  list.length = kept;
}
