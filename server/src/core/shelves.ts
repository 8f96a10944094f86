import type { Definition, Hole, Located, Use } from './facts.ts';
import { isSomewhere, noPlaces, type Places } from './places.ts';

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

/** The shelf of a scope, made where there is none. */
export function shelfIn(shelves: Map<string, Shelf>, scope: string): Shelf {
  let shelf = shelves.get(scope);
  if (!shelf) shelves.set(scope, (shelf = { entries: new Map(), holes: noPlaces }));
  return shelf;
}

/** True where nobody says anything of the name any more. */
export function isEmpty({ definitions, uses }: Entry): boolean {
  return !isSomewhere(definitions) && !isSomewhere(uses);
}
