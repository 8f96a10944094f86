/** Makes ids of titles: `data-sources/connect-the-shop`. The second of one name gets `-2`. */
export function createSlugs(): (parts: readonly string[]) => string {
  const taken = new Set<string>();
  /** The last number that a name took; rows that are all alike must not try all before theirs. */
  const numbers = new Map<string, number>();
  /** Groups and words come again and again. */
  const slugs = new Map<string, string>();
  const slug = (title: string): string => {
    let known = slugs.get(title);
    if (known === undefined) slugs.set(title, (known = slugOf(title)));
    return known;
  };
  return (parts) => {
    const base = parts.map(slug).join('/');
    let id = base;
    if (taken.has(id)) {
      let number = numbers.get(base) ?? 1;
      do id = `${base}-${++number}`;
      while (taken.has(id));
      numbers.set(base, number);
    }
    taken.add(id);
    return id;
  };
}

function slugOf(title: string): string {
  // Most titles are plain, and each is read at every stroke.
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
