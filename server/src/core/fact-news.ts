import type { Fact } from './facts.ts';
import { sameEnds } from './made-items.ts';

/** What one file, the one that is typed in, says anew from one reading to the next. */
export class FactNews {
  #heard: { readonly path: string; readonly facts: Set<Fact> } | undefined;
  #told: { readonly path: string; readonly facts: readonly Fact[] } | undefined;

  /** Begins to note what a file says anew. */
  listen(path: string): void {
    this.#heard = { path, facts: new Set() };
  }

  /** The facts of a file that say something else than when `listen` was called; undefined where that cannot be told. */
  of(path: string): ReadonlySet<Fact> | undefined {
    return this.#heard?.path === path ? this.#heard.facts : undefined;
  }

  /** A file says these things anew, and all names mean what they meant. */
  add(path: string, facts: Iterable<Fact>): void {
    if (this.#heard?.path !== path) return this.forget();
    for (const fact of facts) this.#heard.facts.add(fact);
  }

  /** Names mean something else, or another file said something. */
  forget(): void {
    this.#heard = undefined;
  }

  /** Notes what a file says; true where most of it are the very facts that it said the last time, and are not filed as they are. */
  isSaidAgain(path: string, facts: readonly Fact[], isAsFiled: boolean): boolean {
    const before = this.#told?.path === path ? this.#told.facts : [];
    this.#told = { path, facts };
    return !isAsFiled && areMostlyTheSame(before, facts);
  }
}

/** True where more than half of the facts are the same objects: at the same places, or at both ends where some came or went. */
export function areMostlyTheSame(a: readonly Fact[], b: readonly Fact[]): boolean {
  let same = 0;
  for (let at = 0; at < b.length && same * 2 <= b.length; at++) if (a[at] === b[at]) same++;
  if (a.length !== b.length && same * 2 <= b.length) {
    const { start, behind } = sameEnds(a, b);
    same = start + behind;
  }
  return same * 2 > b.length;
}

/** Looking for one fact among those of a large file costs next to nothing, looking each of them up among a few a good deal. */
const fewFacts = 64;

/** The indexes of some of a file's facts, with those that are known already, in order. */
export function indexesOf(
  facts: readonly Fact[],
  some: ReadonlySet<Fact>,
  known: readonly number[],
): readonly number[] {
  const found =
    some.size > fewFacts
      ? [...facts.keys()].filter((at) => some.has(facts[at]!))
      : Array.from(some, (fact) => facts.indexOf(fact)).filter((at) => at >= 0);
  return [...new Set([...known, ...found])].sort((a, b) => a - b);
}
