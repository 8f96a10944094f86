import type { Use } from '../../core/facts.ts';
import { get, itemsOf, pairsOf, type Node } from '../../core/tree.ts';
import { use, type EntryReader } from './entries.ts';

/** Names of adapters' own for what all call `database` and `schema`, which a source may say where such an adapter reads it. */
export const sourceWords: ReadonlyMap<string, string> = new Map([
  ['project', 'database'],
  ['dataset', 'schema'],
  ['catalog', 'database'],
  ['dbname', 'database'],
]);

/** Those that dbt v2 takes of every adapter, though not in `quoting`. */
export const wordsOfV2: ReadonlySet<string> = new Set(['project', 'dataset', 'catalog']);

/** What the profile in use connects with; one definition an output. */
export const adapterInUse = { namespace: 'dbt.adapter', name: '*' } as const;

/** The mappings of a source in which dbt translates the words: itself, and what is quoted. */
export function* translated(entry: Node): Iterable<Node> {
  yield entry;
  for (const each of [entry, ...itemsOf(get(entry, 'tables'))]) {
    const quoting = get(each, 'quoting');
    if (quoting) yield quoting;
  }
}

/** True for a word that the rule on them speaks of, at this place in a properties file. */
export function isSourceWord(key: string, pointer: readonly string[]): boolean {
  if (pointer[0] !== 'sources' || !sourceWords.has(key)) return false;
  return pointer.length === 2 || pointer.at(-1) === 'quoting';
}

/** The words of adapters in a source: whether dbt takes them, the profile decides. */
export function sourceWordUses(entry: Node, reader: EntryReader): readonly Use[] {
  const uses: Use[] = [];
  for (const map of translated(entry)) {
    const keys = pairsOf(map).map(({ key }) => key.text);
    for (const { key } of pairsOf(map)) {
      const meant = sourceWords.get(key.text);
      if (meant === undefined) continue;
      const { namespace, name } = adapterInUse;
      const { start, end } = key.span;
      const data = {
        word: key.text,
        length: String(end - start),
        ...(map === entry ? {} : { quoted: 'yes' }),
        ...(keys.includes(meant) ? { twin: 'yes' } : {}),
        beside: keys.filter((other) => other !== key.text).join(' '),
      };
      // No text that names an adapter, so that nobody takes the key for such a name.
      const span = { start, end: start };
      uses.push({ ...use(namespace, key, 'deferred', reader), name, span, data });
    }
  }
  return uses;
}
