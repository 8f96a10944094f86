import type { Definition, Fact, Hole, Located, NameKey, Use } from './facts.ts';

/** What may be asked of the facts of all files. Reading only; a snapshot between two updates. */
export interface FactReader {
  definitions(key: NameKey): readonly Located<Definition>[];
  /** Whether anything defines the name: cheaper than its definitions where they are many. */
  isDefined(key: NameKey): boolean;
  /** The uses whose text means the name. */
  uses(key: NameKey): readonly Located<Use>[];
  /** All definitions of a namespace; of every scope where none is given. */
  all(namespace: string, scope?: string): Iterable<Located<Definition>>;
  /** The holes that keep undefined names of this namespace silent. */
  holes(namespace: string, scope: string): readonly Located<Hole>[];
  /** A name as each scope knows it from which it may be had in its own: its own first. */
  reached(key: NameKey): readonly NameKey[];
  of(path: string): readonly Located<Fact>[];
  /** Grows whenever some name's meaning changes; while it stays, whatever is made of definitions stays. */
  readonly revision: number;
  /** What somebody keeps under `key` from one state of the facts to the next, to go on from it; at first what `make` gives. */
  kept<T>(key: object, make: () => T): T;
}
