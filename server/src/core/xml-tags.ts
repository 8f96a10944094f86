/** An opening tag of an XML text with its attributes. */
export interface XmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const tags =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;

/**
 * The opening tags of an XML text in their order, one after the other, for a report may hold a million; comments,
 * declarations and character data are passed over.
 */
export function* xmlTags(text: string): Iterable<XmlTag> {
  for (const [, name, written = ''] of text.matchAll(tags))
    if (name !== undefined)
      yield {
        name,
        get attributes() {
          return attributesIn(written);
        },
      };
}

function attributesIn(written: string): ReadonlyMap<string, string> {
  const pairs = [...written.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return new Map(pairs.map(([, key, one, other]) => [key!, one ?? other ?? '']));
}
