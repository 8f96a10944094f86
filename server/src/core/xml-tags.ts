/** An opening tag of an XML text with its attributes. */
export interface XmlTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The opening tags of an XML text in their order; comments, declarations and character data are passed over. */
export function xmlTags(text: string): readonly XmlTag[] {
  const tags =
    /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g;
  return [...text.matchAll(tags)].flatMap(([, name, written = '']) => {
    if (name === undefined) return [];
    const pairs = [...written.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
    return [{ name, attributes: new Map(pairs.map(([, key, one, other]) => [key!, one ?? other ?? ''])) }];
  });
}
