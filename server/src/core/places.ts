/** Above this many a list is kept by file, so that one file's part is found without looking at the others'. */
const few = 32;

/** What many files say of one name: a plain list while they are few, by file when they are many. */
export type Places<T extends Placed> = readonly T[] | ManyPlaces<T>;

/** Invariant: nobody writes into it, so that the many names that have no uses share it. */
export const noPlaces: readonly never[] = [];

interface Placed {
  readonly path: string;
}

/** `places` with one more. A list that was empty, or this one's own, may be reused. */
export function withPlace<T extends Placed>(places: Places<T>, item: T): Places<T> {
  if (places instanceof ManyPlaces) {
    places.add(item);
    return places;
  }
  if (places.length === 0) return [item];
  if (places.length >= few) return new ManyPlaces([...places, item]);
  (places as T[]).push(item);
  return places;
}

/** `places` without those of a file. */
export function withoutFile<T extends Placed>(places: Places<T>, path: string): Places<T> {
  if (places instanceof ManyPlaces) {
    places.drop(path);
    return places.isEmpty ? noPlaces : places;
  }
  if (!places.some((each) => each.path === path)) return places;
  const kept = places.filter((each) => each.path !== path);
  return kept.length === 0 ? noPlaces : kept;
}

/** `places` of a file with others in place of some of them, where they were. */
export function withOthers<T extends Placed>(
  places: Places<T>,
  path: string,
  others: ReadonlyMap<unknown, unknown>,
): Places<T> {
  if (places instanceof ManyPlaces) places.exchange(path, others);
  else if (places.length > 0) return exchanged(places, others);
  return places;
}

function exchanged<T>(items: readonly T[], others: ReadonlyMap<unknown, unknown>): T[] {
  return items.map((item) => (others.get(item) as T | undefined) ?? item);
}

export function allPlaces<T extends Placed>(places: Places<T>): readonly T[] {
  return places instanceof ManyPlaces ? places.all() : places;
}

export function isSomewhere(places: Places<Placed>): boolean {
  return places instanceof ManyPlaces || places.length > 0;
}

/** Adding and dropping cost what the file holds, whatever the others hold. */
class ManyPlaces<T extends Placed> {
  readonly #byFile = new Map<string, T[]>();
  #all: readonly T[] | undefined;

  constructor(items: readonly T[]) {
    for (const item of items) this.add(item);
  }

  get isEmpty(): boolean {
    return this.#byFile.size === 0;
  }

  add(item: T): void {
    const known = this.#byFile.get(item.path);
    if (known) known.push(item);
    else this.#byFile.set(item.path, [item]);
    this.#all = undefined;
  }

  drop(path: string): void {
    if (this.#byFile.delete(path)) this.#all = undefined;
  }

  exchange(path: string, others: ReadonlyMap<unknown, unknown>): void {
    const known = this.#byFile.get(path);
    if (!known) return;
    this.#byFile.set(path, exchanged(known, others));
    this.#all = undefined;
  }

  all(): readonly T[] {
    return (this.#all ??= [...this.#byFile.values()].flat());
  }
}
