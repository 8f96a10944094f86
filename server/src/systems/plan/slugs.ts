/** Makes ids of titles: `data-sources/connect-the-shop`. The second of one name gets `-2`. */
export class Ids {
  readonly #taken = new Set<string>();
  /** The last number that a name took; rows that are all alike must not try all before theirs. */
  readonly #numbers = new Map<string, number>();
  /** Groups and words come again and again. */
  readonly #slugs = new Map<string, string>();

  /** What the id of something with these titles is, unless it is taken. */
  wishOf(parts: readonly string[]): string {
    return parts.map((part) => this.#slug(part)).join('/');
  }

  /** The same of something that is in another group now. */
  wishIn(group: string, wish: string): string {
    // What `+` makes is put together only when somebody looks into it, each time anew.
    return [this.#slug(group), wish.slice(wish.indexOf('/') + 1)].join('/');
  }

  take(wish: string): string {
    let id = wish;
    if (this.#taken.has(id)) {
      let number = this.#numbers.get(wish) ?? 1;
      do id = `${wish}-${++number}`;
      while (this.#taken.has(id));
      this.#numbers.set(wish, number);
    }
    this.#taken.add(id);
    return id;
  }

  #slug(title: string): string {
    let known = this.#slugs.get(title);
    if (known === undefined) this.#slugs.set(title, (known = slugOf(title)));
    return known;
  }
}

function slugOf(title: string): string {
  // Most titles are plain.
  if (/^[ -~]*$/.test(title))
    return (
      title
        .toLowerCase()
        .match(/[a-z\d]+/g)
        ?.join('-') ?? 'untitled'
    );
  const words = title
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join('-') ?? 'untitled';
}
