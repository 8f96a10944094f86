import {
  anyScope,
  inAnyScope,
  keysOf,
  type Definition,
  type Fact,
  type Hole,
  type Located,
  type NameKey,
  type Use,
} from './facts.ts';
import { ChangedNames } from './changed-names.ts';
import { FactClock } from './fact-clock.ts';
import type { FactReader } from './fact-reader.ts';
import { meantOf } from './meant.ts';
import { Rivals } from './rivals.ts';
import { areMostlyTheSame, FactNews } from './fact-news.ts';
import { differing, isHole, overwrite, sameNames } from './same-names.ts';
import { allPlaces, isSomewhere, noPlaces, withoutFile, withPlace } from './places.ts';
import {
  entryIn,
  exchange,
  exchangeIn,
  isEmpty,
  located,
  putInto,
  removeFrom,
  roomIn,
  shelfIn,
  type Entry,
  type FactSource,
  type Room,
  type Shelf,
} from './shelves.ts';

export type { FactReader } from './fact-reader.ts';

/** The facts of all files, by name. Replacing a file's facts costs what the file holds, whatever the size of the rest. */
export class FactIndex implements FactReader {
  readonly #rooms = new Map<string, Room>();
  readonly #byPath = new Map<string, readonly Located<Fact>[]>();
  #later: FactSource | undefined;
  readonly #listedStep: (name: string) => string;
  revision = 0;
  /** How often facts were filed or taken out. */
  #filings = 0;
  readonly #rivals = new Rivals();

  /** Steps have several names, of which one stands for all. */
  constructor(listedStep: (name: string) => string = (name) => name) {
    this.#listedStep = listedStep;
  }

  readonly #kept = new Map<object, unknown>();
  kept<T>(key: object, make: () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, make());
    return this.#kept.get(key) as T;
  }

  readonly clock = new FactClock();
  /** What the file that was looked at last has said since, while all names mean what they meant. */
  readonly news = new FactNews();

  clear(): void {
    this.#anew();
    this.#later = undefined;
    this.#kept.clear();
    this.#rooms.clear();
    this.#byPath.clear();
  }

  /** Any name may mean something else now. */
  #anew(): void {
    this.revision++;
    this.clock.touchAll();
    this.news.forget();
  }

  /**
   * Takes in what files said at an earlier time, `then`, and what some of them say now instead: `now` holds
   * an empty list for a file that is gone. Nothing is looked at until somebody asks for it.
   * Returns the names whose meaning is another than it was then, as `replace` does.
   */
  restore(
    paths: Iterable<string>,
    then: (path: string) => readonly Located<Fact>[],
    now: ReadonlyMap<string, readonly Fact[]>,
  ): readonly NameKey[] {
    const changed = new ChangedNames();
    for (const [path, facts] of now) changed.compare(then(path), facts);
    this.#anew();
    this.#later = function* () {
      for (const path of paths) {
        const facts = now.get(path);
        yield [path, facts ? located(facts, path) : then(path)] as const;
      }
    };
    for (const [path, facts] of now) this.#addRivals(path, facts, changed);
    this.#addUnderHoles(changed);
    return changed.keys();
  }

  /** Takes in a file that said nothing before, when nobody waits to hear which names it changes. */
  add(path: string, facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    this.#anew();
    this.#keep(path, located(facts, path));
  }

  /**
   * Puts `facts` in place of what the file said before.
   * Returns the names whose meaning may differ now: files that use or define one of them need another look.
   */
  replace(path: string, facts: readonly Fact[]): readonly NameKey[] {
    const before = this.of(path);
    if (before.length === 0 && facts.length === 0) return [];
    const changed = new ChangedNames();
    // Facts that are told again and again are best filed as they are, for then nothing of them need be compared.
    const isAsFiled = areMostlyTheSame(before, facts);
    const isLasting = this.news.isSaidAgain(path, facts, isAsFiled);
    const same = sameNames(before, facts);
    if (same) {
      const givesWay = isLasting && same.hasSameHoles;
      const { was, is, written } = (givesWay ? differing : overwrite)(same.filed, same.said);
      if (givesWay) this.#giveWay(path, before, facts);
      this.clock.touch(path, same.filed);
      const [oldHoles, holes] = same.hasSameHoles ? [[], []] : this.#replaceHoles(path, before, facts);
      if (!same.hasSameHoles) this.#byPath.set(path, [...same.filed, ...holes]);
      changed.compare([...was, ...oldHoles], [...is, ...holes]);
      if (changed.isChange) this.revision++;
      this.#addRivals(path, facts, changed);
      this.#addUnderHoles(changed);
      if (changed.isChange || !same.hasSameHoles) this.news.forget();
      else this.news.add(path, written);
      return changed.keys();
    }
    this.news.forget();
    this.clock.touch(path, before);
    this.clock.touch(path, facts);
    changed.compare(before, facts);
    if (changed.isChange) this.revision++;
    const now = located(facts, path);
    const nameOf = this.#listedStep;
    const { out, in: come } = isAsFiled ? exchange(before, now, nameOf) : { out: before, in: now };
    const emptied = this.#remove(path, out);
    this.#keep(path, now, come);
    // Most names of a file outlive an edit: what is kept of them need not be made anew.
    for (const key of emptied) this.#dropEmpty(key);
    this.#addRivals(path, facts, changed);
    this.#addUnderHoles(changed);
    return changed.keys();
  }

  /** Files a file's facts in place of those of the same names that were; its holes are the same. */
  #giveWay(path: string, before: readonly Located<Fact>[], facts: readonly Fact[]): void {
    const now = located(facts, path).map((fact, at) => (fact.fact === 'hole' ? before[at]! : fact));
    const others = new Map(now.map((fact, at) => [before[at], fact] as const));
    const entries = new Set<Entry>();
    for (const key of now.flatMap(keysOf)) {
      const entry = this.#entry(key);
      if (entry) entries.add(entry);
    }
    for (const entry of entries) exchangeIn(entry, path, others);
    this.#byPath.set(path, now);
  }

  /** Holes are few, and are filed anew. */
  #replaceHoles(
    path: string,
    before: readonly Located<Fact>[],
    facts: readonly Fact[],
  ): [old: readonly Hole[], now: readonly Located<Hole>[]] {
    const [old, now] = [before.filter(isHole), located(facts.filter(isHole), path)];
    this.#remove(path, old);
    this.#keep(path, now);
    this.clock.touch(path, [...old, ...now]);
    return [old, now as readonly Located<Hole>[]];
  }

  /** The other definitions' findings point at this one's place, which any edit may have moved. */
  #addRivals(path: string, facts: readonly Fact[], changed: ChangedNames): void {
    const moment = { path, filings: this.#filings, isChange: changed.isChange };
    const isShared = (each: NameKey): boolean => this.definitions(each).length > 1;
    for (const name of this.#rivals.namesIn(facts, moment, isShared)) changed.add(name);
  }

  /** Names under a hole that opened or closed. */
  #addUnderHoles(changed: ChangedNames): void {
    if (!changed.isChange) return;
    for (const hole of [...changed.holes, ...this.#endedBy(changed)]) {
      // Who looks over the whole namespace is told of it by the name that nothing has.
      changed.add({ ...hole, name: '' });
      for (const scope of [hole.scope, anyScope])
        for (const name of this.#shelves(hole.namespace).get(scope)?.entries.keys() ?? [])
          changed.add({ ...hole, name });
    }
    this.#addBeyond(changed);
  }

  /** Names that are had in one scope from another, where they changed. */
  #addBeyond(changed: ChangedNames): void {
    for (const [namespace, { shelves, isHadElsewhere }] of this.#rooms)
      if (isHadElsewhere)
        for (const [scope, { entries }] of shelves)
          for (const { scope: from } of this.reached({ namespace, scope, name: '' })) {
            if (from === scope) continue;
            const isWhole = changed.has({ namespace, scope: from, name: '' });
            const names = isWhole ? ['', ...entries.keys()] : changed.namesIn(namespace, from);
            for (const name of names) changed.add({ namespace, scope, name });
          }
  }

  /** Holes that end, or open again, with a name that changed. */
  #endedBy(changed: ChangedNames): readonly Hole[] {
    this.#fill();
    const found: Hole[] = [];
    for (const { shelves } of this.#rooms.values())
      for (const { holes } of shelves.values())
        for (const hole of allPlaces(holes)) if (hole.until && changed.has(hole.until)) found.push(hole);
    return found;
  }

  definitions(key: NameKey): readonly Located<Definition>[] {
    if (key.scope === anyScope) return this.#everywhere(key).flatMap((each) => this.definitions(each));
    return allPlaces(this.#entry(key)?.definitions ?? noPlaces);
  }

  isDefined(key: NameKey): boolean {
    if (key.scope === anyScope) return this.#everywhere(key).some((each) => this.isDefined(each));
    if (this.#isDefinedHere(key)) return true;
    if (!this.#room(key.namespace).isHadElsewhere) return false;
    return this.reached(key).some((each) => this.#isDefinedHere(each));
  }

  #isDefinedHere(key: NameKey): boolean {
    return isSomewhere(this.#entry(key)?.definitions ?? noPlaces);
  }

  reached(key: NameKey): readonly NameKey[] {
    if (this.#beyond(key.namespace, key.scope).length === 0) return [key];
    const scopes = new Set([key.scope]);
    for (const scope of scopes) for (const other of this.#beyond(key.namespace, scope)) scopes.add(other);
    return [...scopes].map((scope) => ({ ...key, scope }));
  }

  /** The scopes whose names are had in this one. */
  #beyond(namespace: string, scope: string): readonly string[] {
    const holes = this.#shelves(namespace).get(scope)?.holes ?? noPlaces;
    return isSomewhere(holes) ? allPlaces(holes).flatMap(({ beyond }) => beyond ?? []) : [];
  }

  uses(key: NameKey): readonly Located<Use>[] {
    return meantOf(this.usesInAnyReading(key), this);
  }

  /** Also of texts that mean another name as things are. */
  usesInAnyReading(key: NameKey): readonly Located<Use>[] {
    if (key.scope === anyScope) return [key, ...this.#everywhere(key)].flatMap((each) => this.#usesIn(each));
    const others = [...this.#usesIn(inAnyScope(key)), ...this.#usesFromBelow(key)];
    return others.length === 0 ? this.#usesIn(key) : [...this.#usesIn(key), ...others];
  }

  /** In scopes that have the name from this one. */
  #usesFromBelow(key: NameKey): readonly Located<Use>[] {
    const { namespace, name } = key;
    if (!this.#room(namespace).isHadElsewhere) return [];
    return [...this.#shelves(namespace).keys()].flatMap((scope) => {
      const below = { namespace, scope, name };
      const isHere = scope === key.scope || scope === anyScope || this.#isDefinedHere(below);
      return !isHere && this.reached(below).some((each) => each.scope === key.scope)
        ? this.#usesIn(below)
        : [];
    });
  }

  #usesIn(key: NameKey): readonly Located<Use>[] {
    return allPlaces(this.#entry(key)?.uses ?? noPlaces);
  }

  /** The name in each scope that knows names of its namespace. */
  #everywhere({ namespace, name }: NameKey): readonly NameKey[] {
    const scopes = [...this.#shelves(namespace).keys()].filter((scope) => scope !== anyScope);
    return scopes.map((scope) => ({ namespace, scope, name }));
  }

  all(namespace: string, scope?: string): Iterable<Located<Definition>> {
    const shelves = this.#shelves(namespace);
    const found: Located<Definition>[] = [];
    for (const shelf of scope === undefined || scope === anyScope ? shelves.values() : [shelves.get(scope)])
      for (const entry of shelf?.entries.values() ?? [])
        for (const definition of allPlaces(entry.definitions)) found.push(definition);
    return found;
  }

  holes(namespace: string, scope: string): readonly Located<Hole>[] {
    if (scope === anyScope)
      return this.#everywhere({ namespace, scope, name: '' }).flatMap((each) =>
        this.holes(namespace, each.scope).filter(({ isBorrower }) => !isBorrower),
      );
    const all = allPlaces(this.#shelves(namespace).get(scope)?.holes ?? noPlaces);
    const isPlain = all.every(({ until, beyond }) => !until && beyond === undefined);
    if (isPlain) return all;
    return this.reached({ namespace, scope, name: '' }).flatMap((each) =>
      allPlaces(this.#shelves(namespace).get(each.scope)?.holes ?? noPlaces).filter(
        ({ until, beyond }) => beyond === undefined && !(until && this.isDefined(until)),
      ),
    );
  }

  of(path: string): readonly Located<Fact>[] {
    this.#fill();
    return this.#byPath.get(path) ?? [];
  }

  #room(namespace: string): Room {
    return roomIn(this.#rooms, namespace);
  }

  /** The shelves of a namespace, with all that is known on them. */
  #shelves(namespace: string): Map<string, Shelf> {
    this.#fill();
    const room = this.#room(namespace);
    if (room.waiting.length > 0) this.#shelve(namespace, room);
    return room.shelves;
  }

  #fill(): void {
    const source = this.#later;
    if (!source) return;
    this.#later = undefined;
    for (const [path, facts] of source()) this.#keep(path, facts);
  }

  #entry(key: NameKey): Entry | undefined {
    return this.#shelves(key.namespace).get(key.scope)?.entries.get(this.#nameOf(key));
  }

  #shelf(at: { readonly namespace: string; readonly scope: string }): Shelf {
    return shelfIn(this.#shelves(at.namespace), at.scope);
  }

  /** Notes what a file says; `come` is what of it is not filed yet. */
  #keep(path: string, facts: readonly Located<Fact>[], come = facts): void {
    if (come.length > 0) this.#filings++;
    if (facts.length === 0) this.#byPath.delete(path);
    else this.#byPath.set(path, facts);
    for (const fact of come) {
      if (fact.fact === 'definition') this.#room(fact.namespace).waiting.push(fact);
      else if (fact.fact === 'use')
        for (const namespace of fact.namespaces) this.#room(namespace).waiting.push(fact);
      else {
        // Any change may end a hole, so holes never wait.
        const room = this.#room(fact.namespace);
        if (fact.beyond !== undefined) room.isHadElsewhere = true;
        const shelf = shelfIn(room.shelves, fact.scope);
        shelf.holes = withPlace(shelf.holes, fact);
      }
    }
  }

  /** Puts on shelves what waits; what follows on each other is mostly of one scope. */
  #shelve(namespace: string, room: Room): void {
    const { waiting, shelves } = room;
    room.waiting = [];
    let [at, shelf]: [at?: string, shelf?: Shelf] = [];
    for (const fact of waiting) {
      const { scope, name } = fact;
      if (!shelf || scope !== at) [at, shelf] = [scope, shelfIn(shelves, scope)];
      putInto(entryIn(shelf, this.#nameOf({ namespace, name })), fact);
    }
  }

  /** Takes out what a file says; returns the names of which nothing is left. */
  #remove(path: string, facts: readonly Fact[]): readonly NameKey[] {
    const emptied: NameKey[] = [];
    if (facts.length > 0) this.#filings++;
    for (const fact of facts) {
      if (fact.fact === 'hole') {
        const shelf = this.#shelf(fact);
        shelf.holes = withoutFile(shelf.holes, path);
      } else
        for (const key of keysOf(fact)) {
          const entry = this.#entry(key);
          if (!entry) continue;
          removeFrom(entry, path);
          if (isEmpty(entry)) emptied.push(key);
        }
    }
    return emptied;
  }

  #dropEmpty(key: NameKey): void {
    const entry = this.#entry(key);
    if (entry && isEmpty(entry)) this.#shelf(key).entries.delete(this.#nameOf(key));
  }

  #nameOf({ namespace, name }: Pick<NameKey, 'namespace' | 'name'>): string {
    return namespace === 'step' ? this.#listedStep(name) : name;
  }
}
