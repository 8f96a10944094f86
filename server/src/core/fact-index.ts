import {
  anyScope,
  inAnyScope,
  type Definition,
  type Fact,
  type Hole,
  type Located,
  type NameKey,
  type Use,
} from './facts.ts';
import { ChangedNames } from './changed-names.ts';
import { FactClock } from './fact-clock.ts';
import { FiledFacts } from './filed-facts.ts';
import type { FactReader } from './fact-reader.ts';
import { meantOf } from './meant.ts';
import { Rivals } from './rivals.ts';
import { areMostlyTheSame, FactNews } from './fact-news.ts';
import { differing, isHole, overwrite, sameNames } from './same-names.ts';
import { allPlaces, isSomewhere, noPlaces } from './places.ts';
import { located } from './shelves.ts';

export type { FactReader } from './fact-reader.ts';

/** The facts of all files, by name. Replacing a file's facts costs what the file holds, whatever the size of the rest. */
export class FactIndex implements FactReader {
  readonly #filed: FiledFacts;
  revision = 0;
  readonly #rivals = new Rivals();

  /** Steps have several names, of which one stands for all. */
  constructor(listedStep?: (name: string) => string) {
    this.#filed = new FiledFacts(listedStep);
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
    this.#kept.clear();
    this.#filed.clear();
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
    this.#filed.fillLater(function* () {
      for (const path of paths) {
        const facts = now.get(path);
        yield [path, facts ? located(facts, path) : then(path)] as const;
      }
    });
    for (const [path, facts] of now) this.#addRivals(path, facts, changed);
    this.#addUnderHoles(changed);
    return changed.keys();
  }

  /** Takes in a file that said nothing before, when nobody waits to hear which names it changes. */
  add(path: string, facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    this.#anew();
    this.#filed.keep(path, located(facts, path));
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
      if (givesWay) this.#filed.giveWay(path, before, facts);
      this.clock.touch(path, same.filed);
      const [oldHoles, holes] = same.hasSameHoles ? [[], []] : this.#replaceHoles(path, before, facts);
      if (!same.hasSameHoles) this.#filed.note(path, [...same.filed, ...holes]);
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
    if (isAsFiled) this.#filed.exchange(path, before, now);
    else this.#filed.replace(path, { out: before, come: now }, now);
    this.#addRivals(path, facts, changed);
    this.#addUnderHoles(changed);
    return changed.keys();
  }

  /** Holes are few, and are filed anew. */
  #replaceHoles(
    path: string,
    before: readonly Located<Fact>[],
    facts: readonly Fact[],
  ): [old: readonly Hole[], now: readonly Located<Hole>[]] {
    const [old, now] = [before.filter(isHole), located(facts.filter(isHole), path)];
    this.#filed.remove(path, old);
    this.#filed.keep(path, now);
    this.clock.touch(path, [...old, ...now]);
    return [old, now as readonly Located<Hole>[]];
  }

  /** The other definitions' findings point at this one's place, which any edit may have moved. */
  #addRivals(path: string, facts: readonly Fact[], changed: ChangedNames): void {
    const moment = { path, filings: this.#filed.filings, isChange: changed.isChange };
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
        for (const name of this.#filed.shelves(hole.namespace).get(scope)?.entries.keys() ?? [])
          changed.add({ ...hole, name });
    }
    this.#addBeyond(changed);
  }

  /** Names that are had in one scope from another, where they changed. */
  #addBeyond(changed: ChangedNames): void {
    for (const [namespace, { shelves, isHadElsewhere }] of this.#filed.rooms)
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
    const found: Hole[] = [];
    for (const { shelves } of this.#filed.filledRooms.values())
      for (const { holes } of shelves.values())
        for (const hole of allPlaces(holes)) if (hole.until && changed.has(hole.until)) found.push(hole);
    return found;
  }

  of(path: string): readonly Located<Fact>[] {
    return this.#filed.of(path);
  }

  definitions(key: NameKey): readonly Located<Definition>[] {
    if (key.scope === anyScope) return this.#everywhere(key).flatMap((each) => this.definitions(each));
    return allPlaces(this.#filed.entry(key)?.definitions ?? noPlaces);
  }

  isDefined(key: NameKey): boolean {
    if (key.scope === anyScope) return this.#everywhere(key).some((each) => this.isDefined(each));
    if (this.#isDefinedHere(key)) return true;
    if (!this.#filed.room(key.namespace).isHadElsewhere) return false;
    return this.reached(key).some((each) => this.#isDefinedHere(each));
  }

  #isDefinedHere(key: NameKey): boolean {
    return isSomewhere(this.#filed.entry(key)?.definitions ?? noPlaces);
  }

  reached(key: NameKey): readonly NameKey[] {
    if (this.#beyond(key.namespace, key.scope).length === 0) return [key];
    const scopes = new Set([key.scope]);
    for (const scope of scopes) for (const other of this.#beyond(key.namespace, scope)) scopes.add(other);
    return [...scopes].map((scope) => ({ ...key, scope }));
  }

  /** The scopes whose names are had in this one. */
  #beyond(namespace: string, scope: string): readonly string[] {
    const holes = this.#filed.shelves(namespace).get(scope)?.holes ?? noPlaces;
    return isSomewhere(holes) ? allPlaces(holes).flatMap(({ beyond }) => beyond ?? []) : [];
  }

  uses(key: NameKey): readonly Located<Use>[] {
    return meantOf(this.usesInAnyReading(key), this);
  }

  /** Also of texts that mean another name as things are. */
  usesInAnyReading(key: NameKey): readonly Located<Use>[] {
    if (key.scope === anyScope) return [key, ...this.#everywhere(key)].flatMap((each) => this.#usesIn(each));
    const { namespace } = key;
    const here = this.#usesIn(key);
    const anywhere = this.#filed.shelves(namespace).has(anyScope) ? this.#usesIn(inAnyScope(key)) : noPlaces;
    const below = this.#filed.room(namespace).isHadElsewhere ? this.#usesFromBelow(key) : noPlaces;
    // Of nearly all names.
    if (anywhere.length === 0 && below.length === 0) return here;
    return [...here, ...anywhere, ...below];
  }

  /** In scopes that have the name from this one. */
  #usesFromBelow(key: NameKey): readonly Located<Use>[] {
    const { namespace, name } = key;
    return [...this.#filed.shelves(namespace).keys()].flatMap((scope) => {
      const below = { namespace, scope, name };
      const isHere = scope === key.scope || scope === anyScope || this.#isDefinedHere(below);
      return !isHere && this.reached(below).some((each) => each.scope === key.scope)
        ? this.#usesIn(below)
        : [];
    });
  }

  #usesIn(key: NameKey): readonly Located<Use>[] {
    return allPlaces(this.#filed.entry(key)?.uses ?? noPlaces);
  }

  /** The name in each scope that knows names of its namespace. */
  #everywhere({ namespace, name }: NameKey): readonly NameKey[] {
    const scopes = [...this.#filed.shelves(namespace).keys()].filter((scope) => scope !== anyScope);
    return scopes.map((scope) => ({ namespace, scope, name }));
  }

  all(namespace: string, scope?: string): Iterable<Located<Definition>> {
    const shelves = this.#filed.shelves(namespace);
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
    const all = allPlaces(this.#filed.shelves(namespace).get(scope)?.holes ?? noPlaces);
    const isPlain = all.every(({ until, beyond }) => !until && beyond === undefined);
    if (isPlain) return all;
    return this.reached({ namespace, scope, name: '' }).flatMap((each) =>
      allPlaces(this.#filed.shelves(namespace).get(each.scope)?.holes ?? noPlaces).filter(
        ({ until, beyond }) => beyond === undefined && !(until && this.isDefined(until)),
      ),
    );
  }
}
