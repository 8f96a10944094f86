import type { Definition, Fact, Hole, Located, Use } from './facts.ts';
import { sameEnds } from './made-items.ts';
import { isSomewhere, noPlaces, withOthers, withoutFile, withPlace, type Places } from './places.ts';

/** What is said of one name. */
export interface Entry {
  definitions: Places<Located<Definition>>;
  uses: Places<Located<Use>>;
}

/** Names known in one namespace and scope. */
export interface Shelf {
  readonly entries: Map<string, Entry>;
  holes: Places<Located<Hole>>;
}

/** A namespace's shelves by scope, and what is not yet on them. */
export interface Room {
  readonly shelves: Map<string, Shelf>;
  /** Limit: shelved when somebody first asks for a name of the namespace; of many namespaces nobody does. */
  waiting: Located<Definition | Use>[];
  /** Whether some scope has, or had once, names from another one. */
  isHadElsewhere: boolean;
}

/** Facts of several files, each with its path. */
export type FactSource = () => Iterable<readonly [path: string, facts: readonly Located<Fact>[]]>;

/** The room of a namespace, made where there is none. */
export function roomIn(rooms: Map<string, Room>, namespace: string): Room {
  let room = rooms.get(namespace);
  if (!room) rooms.set(namespace, (room = { shelves: new Map(), waiting: [], isHadElsewhere: false }));
  return room;
}

/** The shelf of a scope, made where there is none. */
export function shelfIn(shelves: Map<string, Shelf>, scope: string): Shelf {
  let shelf = shelves.get(scope);
  if (!shelf) shelves.set(scope, (shelf = { entries: new Map(), holes: noPlaces }));
  return shelf;
}

/** What is said of a name on a shelf, made where nothing is said yet. */
export function entryIn({ entries }: Shelf, name: string): Entry {
  let entry = entries.get(name);
  if (!entry) entries.set(name, (entry = { definitions: noPlaces, uses: noPlaces }));
  return entry;
}

/** Puts other facts of a file in place of what it said of a name. */
export function exchangeIn(entry: Entry, path: string, others: ReadonlyMap<unknown, unknown>): void {
  entry.definitions = withOthers(entry.definitions, path, others);
  entry.uses = withOthers(entry.uses, path, others);
}

/** Adds what is said of a name. */
export function putInto(entry: Entry, fact: Located<Definition | Use>): void {
  if (fact.fact === 'definition') entry.definitions = withPlace(entry.definitions, fact);
  else entry.uses = withPlace(entry.uses, fact);
}

/** Takes out what a file says of a name. */
export function removeFrom(entry: Entry, path: string): void {
  entry.definitions = withoutFile(entry.definitions, path);
  entry.uses = withoutFile(entry.uses, path);
}

/** True where nobody says anything of the name any more. */
export function isEmpty({ definitions, uses }: Entry): boolean {
  return !isSomewhere(definitions) && !isSomewhere(uses);
}

/** Facts become the index's own and learn where they stand: to copy them would be a tenth of all reading. */
export function located(facts: readonly Fact[], path: string): readonly Located<Fact>[] {
  return facts.map((fact: Fact & { path?: string }) => {
    // One that already stands somewhere stays there.
    if (fact.path !== undefined && fact.path !== path) return { ...fact, path };
    if (fact.path === undefined) fact.path = path;
    return fact as Located<Fact>;
  });
}

/**
 * What has to be taken out, and what to be filed, where a file says `after` in place of `before`. What a file says of one
 * name is taken out together, so the rest of it is filed again; `nameOf` is equal for names that are filed as one.
 */
export function exchange<Before extends Fact, After extends Fact>(
  before: readonly Before[],
  after: readonly After[],
  nameOf: (name: string) => string,
): { readonly out: readonly Before[]; readonly in: readonly After[] } {
  // Most facts of a file that is typed in are the very same objects at both ends.
  const { start, behind } = sameEnds<Fact>(before, after);
  const gone = before.slice(start, before.length - behind);
  const come = after.slice(start, after.length - behind);
  const news = [...withoutThose(gone, come), ...withoutThose(come, gone)];
  const names = new Set(news.map((fact) => named(fact, nameOf)));
  // Only names of steps are filed as others are.
  const filedAs = news.some(isStep) ? nameOf : asItIs;
  const isChanged = (fact: Fact): boolean => names.has(named(fact, filedAs));
  return { out: before.filter(isChanged), in: after.filter(isChanged) };
}

/** Facts that are not among others; what stands at the same place in both need not be looked for. */
function withoutThose(facts: readonly Fact[], others: readonly Fact[]): readonly Fact[] {
  const left = facts.filter((fact, at) => fact !== others[at]);
  if (left.length === 0) return left;
  const known = new Set(others.filter((fact, at) => fact !== facts[at]));
  return left.filter((fact) => !known.has(fact));
}

function named(fact: Fact, nameOf: (name: string) => string): string {
  return fact.fact === 'hole' ? '' : nameOf(fact.name);
}

function isStep(fact: Fact): boolean {
  return fact.fact === 'use' ? fact.namespaces.includes('step') : fact.namespace === 'step';
}

const asItIs = (name: string): string => name;
