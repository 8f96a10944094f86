/** Makes ids of titles: `data-sources/connect-the-shop`. The second of one name gets `-2`. */
export function createSlugs(): (parts: readonly string[]) => string {
  const taken = new Set<string>();
  return (parts) => {
    const base = parts.map(slugOf).join('/');
    let id = base;
    for (let next = 2; taken.has(id); next++) id = `${base}-${next}`;
    taken.add(id);
    return id;
  };
}

function slugOf(title: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join('-') ?? 'untitled';
}
