/** The groups of documents by numbers, which they keep when they are called otherwise. */
export class GroupNumbers {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  #last = 0;

  /** Goes on to what the groups of a document are called now: as many as came in place of others are these. */
  follow(path: string, titles: readonly string[]): void {
    const before = this.#known.get(path) ?? new Map<string, number>();
    const now = new Set(titles);
    const gone = [...before].filter(([title]) => !now.has(title)).map(([, number]) => number);
    const come = titles.filter((title) => !before.has(title));
    const numbers = gone.length === come.length ? gone : come.map(() => ++this.#last);
    const renamed = new Map(come.map((title, at) => [title, numbers[at]!]));
    this.#known.set(path, new Map(titles.map((title) => [title, before.get(title) ?? renamed.get(title)!])));
  }

  of({ path, group }: { readonly path: string; readonly group: string }): number {
    return this.#known.get(path)!.get(group)!;
  }
}
