/** The attributes of each stream of a catalog, nested ones with dots. */
export type KnownStreams = ReadonlyMap<string, readonly string[]>;

/** Limit: of a larger catalog only the streams are kept; a database of thousands of tables has so many attributes. */
const mostLetters = 400_000;

export function knownStreams(catalog: unknown): KnownStreams {
  const found = new Map<string, readonly string[]>();
  for (const stream of listIn(catalog, 'streams')) {
    const id = valueIn(stream, 'tap_stream_id');
    if (typeof id !== 'string' || /[\t\n]/u.test(id)) continue;
    const attributes: string[] = [];
    collect(valueIn(stream, 'schema'), '', attributes);
    found.set(id, attributes);
  }
  return found;
}

/** As one text, a stream a line: its name, then its attributes behind tabs. */
export function streamsText(streams: KnownStreams): Readonly<Record<string, string>> {
  const whole = [...streams].map(([id, attributes]) => [id, ...attributes].join('\t')).join('\n');
  return whole.length <= mostLetters
    ? { streams: whole }
    : { streams: [...streams.keys()].join('\n'), isPartial: 'true' };
}

function collect(schema: unknown, above: string, found: string[], depth = 0): void {
  const properties = valueIn(schema, 'properties');
  if (typeof properties !== 'object' || properties === null || depth > 8) return;
  for (const [name, value] of Object.entries(properties)) {
    if (/[\t\n]/u.test(name)) continue;
    found.push(above + name);
    collect(value, `${above}${name}.`, found, depth + 1);
  }
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = valueIn(value, key);
  return Array.isArray(list) ? list : [];
}

function valueIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
