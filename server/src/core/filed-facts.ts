import { keysOf, type Fact, type Located, type NameKey } from './facts.ts';
import { withoutFile, withPlace } from './places.ts';
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

/** What all files say, by file and by name: filed, found and taken out. What it means is the index's matter. */
export class FiledFacts {
  readonly #rooms = new Map<string, Room>();
  readonly #byPath = new Map<string, readonly Located<Fact>[]>();
  #later: FactSource | undefined;
  readonly #listedStep: (name: string) => string;
  #filings = 0;

  /** Steps have several names, of which one stands for all. */
  constructor(listedStep: (name: string) => string = (name) => name) {
    this.#listedStep = listedStep;
  }

  clear(): void {
    this.#later = undefined;
    this.#rooms.clear();
    this.#byPath.clear();
  }

  /** What some files say is filed when somebody first asks for something. */
  fillLater(source: FactSource): void {
    this.#later = source;
  }

  /** How often facts were filed or taken out. */
  get filings(): number {
    return this.#filings;
  }

  /** By namespace, as far as it is filed. */
  get rooms(): ReadonlyMap<string, Room> {
    return this.#rooms;
  }

  /** By namespace, with all that waits to be filed. */
  get filledRooms(): ReadonlyMap<string, Room> {
    this.#fill();
    return this.#rooms;
  }

  of(path: string): readonly Located<Fact>[] {
    this.#fill();
    return this.#byPath.get(path) ?? [];
  }

  /** Files a file's facts in place of those of the same names that were; its holes are the same. */
  giveWay(path: string, before: readonly Located<Fact>[], facts: readonly Fact[]): void {
    const now = located(facts, path).map((fact, at) => (fact.fact === 'hole' ? before[at]! : fact));
    const others = new Map(now.map((fact, at) => [before[at], fact] as const));
    const entries = new Set<Entry>();
    for (const key of now.flatMap(keysOf)) {
      const entry = this.entry(key);
      if (entry) entries.add(entry);
    }
    for (const entry of entries) exchangeIn(entry, path, others);
    this.#byPath.set(path, now);
  }

  /** Files what a file says in place of what it said, of which most are the very same facts. */
  exchange(path: string, before: readonly Located<Fact>[], now: readonly Located<Fact>[]): void {
    const { out, in: come } = exchange(before, now, this.#listedStep);
    this.replace(path, { out, come }, now);
  }

  /** Takes out some of what a file says, and files what comes, where it says `now`. */
  replace(
    path: string,
    { out, come }: { readonly out: readonly Fact[]; readonly come: readonly Located<Fact>[] },
    now: readonly Located<Fact>[],
  ): void {
    const emptied = this.remove(path, out);
    this.keep(path, now, come);
    // What comes waits to be put on the shelves, and may be of the same names.
    for (const { namespace } of emptied) this.shelves(namespace);
    // Most names of a file outlive an edit: what is kept of them need not be made anew.
    for (const { entries, name, entry } of emptied) if (isEmpty(entry)) entries.delete(name);
  }

  /** A file says these things, all of which are filed. */
  note(path: string, facts: readonly Located<Fact>[]): void {
    this.#byPath.set(path, facts);
  }

  /** The room of a namespace, which may have something waiting. */
  room(namespace: string): Room {
    return roomIn(this.#rooms, namespace);
  }

  /** The shelves of a namespace, with all that is known on them. */
  shelves(namespace: string): Map<string, Shelf> {
    this.#fill();
    const room = this.room(namespace);
    if (room.waiting.length > 0) this.#shelve(namespace, room);
    return room.shelves;
  }

  #fill(): void {
    const source = this.#later;
    if (!source) return;
    this.#later = undefined;
    for (const [path, facts] of source()) this.keep(path, facts);
  }

  /** What is said of a name. */
  entry(key: NameKey): Entry | undefined {
    return this.shelves(key.namespace).get(key.scope)?.entries.get(this.#nameOf(key));
  }

  #shelf(at: { readonly namespace: string; readonly scope: string }): Shelf {
    return shelfIn(this.shelves(at.namespace), at.scope);
  }

  /** Notes what a file says; `come` is what of it is not filed yet. */
  keep(path: string, facts: readonly Located<Fact>[], come = facts): void {
    if (come.length > 0) this.#filings++;
    if (facts.length === 0) this.#byPath.delete(path);
    else this.#byPath.set(path, facts);
    for (const fact of come) {
      if (fact.fact === 'definition') this.room(fact.namespace).waiting.push(fact);
      else if (fact.fact === 'use')
        for (const namespace of fact.namespaces) this.room(namespace).waiting.push(fact);
      else {
        // Any change may end a hole, so holes never wait.
        const room = this.room(fact.namespace);
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

  /** Takes out what a file says; returns the names of which nothing is left, which stay on their shelves. */
  remove(path: string, facts: readonly Fact[]): readonly Emptied[] {
    const emptied: Emptied[] = [];
    if (facts.length > 0) this.#filings++;
    for (const fact of facts) {
      if (fact.fact === 'hole') {
        const shelf = this.#shelf(fact);
        shelf.holes = withoutFile(shelf.holes, path);
        continue;
      }
      for (const key of keysOf(fact)) {
        const { namespace, scope } = key;
        const name = this.#nameOf(key);
        const entries = this.shelves(namespace).get(scope)?.entries;
        const entry = entries?.get(name);
        if (!entries || !entry) continue;
        removeFrom(entry, path);
        if (isEmpty(entry)) emptied.push({ namespace, entries, name, entry });
      }
    }
    return emptied;
  }

  #nameOf({ namespace, name }: Pick<NameKey, 'namespace' | 'name'>): string {
    return namespace === 'step' ? this.#listedStep(name) : name;
  }
}

/** A name of which nobody says anything any more, and where it is kept. */
interface Emptied {
  readonly namespace: string;
  readonly entries: Map<string, Entry>;
  readonly name: string;
  readonly entry: Entry;
}
