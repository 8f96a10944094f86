import { isSameList } from './same-list.ts';

/**
 * What is made of each item of a list, from one version of a file to the next: of an item that is the same it is the
 * very same thing. Items are told apart by identity, so only the stretch that an edit touched is gone into.
 */
export class MadeItems<Item, Made> {
  #items: readonly Item[] = [];
  #made: readonly Made[] = [];

  /** The very same list as the last time where all items are the same. */
  of(items: readonly Item[], make: (item: Item) => Made): readonly Made[] {
    const [before, made] = [this.#items, this.#made];
    const { start, behind } = sameEnds(before, items);
    this.#items = items;
    if (start === before.length && start === items.length) return made;
    this.#made = made
      .slice(0, start)
      .concat(items.slice(start, items.length - behind).map(make), made.slice(before.length - behind));
    return this.#made;
  }
}

/** How many items two lists begin with alike, and how many of the rest they end with alike. */
export function sameEnds<T>(before: readonly T[], now: readonly T[]): { start: number; behind: number } {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start++;
  let behind = 0;
  while (behind < most - start && before[before.length - 1 - behind] === now[now.length - 1 - behind])
    behind++;
  return { start, behind };
}

/** What is made of all texts of a list together, made anew only where one of them is another. */
export class MadeOfTexts<Made> {
  #texts: readonly string[] | undefined;
  #made: Made | undefined;

  of(texts: readonly string[], make: (texts: readonly string[]) => Made): Made {
    const before = this.#texts;
    const isSame = before !== undefined && isSameList(before, texts);
    this.#texts = texts;
    return isSame ? this.#made! : (this.#made = make(texts));
  }
}
