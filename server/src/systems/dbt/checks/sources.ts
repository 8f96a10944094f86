import { findPair, get, pairsOf, type Node } from '../../../core/tree.ts';
import { sourceWords, translated } from '../source-words.ts';
import { deprecated, type Check } from './check.ts';

/** How a source or a table of it says when it was loaded. */
export function checkSource(check: Check, entry: Node): void {
  for (const map of [entry, get(entry, 'config')]) {
    const field = findPair(map, 'loaded_at_field');
    const query = findPair(map, 'loaded_at_query');
    if (!field || !query || !isSet(field.value) || !isSet(query.value)) continue;
    const message = '`loaded_at_field` and `loaded_at_query` exclude each other; keep one of them';
    check.report(query.key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
  }
  checkWords(check, entry);
  const overrides = findPair(entry, 'overrides');
  if (overrides) {
    const message =
      '`overrides` of a source is deprecated, and dbt v2 refuses it; declare the source under a name of its own, and switch off that of the package';
    deprecated(check, overrides.key, message);
  }
}

/** dbt makes the adapter's word the common one, and refuses both together; dbt v2 lets `catalog` stand beside. */
function checkWords({ report, version }: Check, entry: Node): void {
  for (const map of translated(entry)) {
    for (const { key } of pairsOf(map)) {
      const meant = sourceWords.get(key.text);
      if (meant === undefined || !findPair(map, meant)) continue;
      if (version.major >= 2 && (map !== entry || !refusedBeside.has(key.text))) continue;
      const message = `\`${key.text}\` and \`${meant}\` say the same; keep one of them`;
      report(key, message, { code: 'dbt/conflicting-keys', severity: 'error' });
    }
  }
}

/** Beside the common word dbt v2 refuses these. */
const refusedBeside: ReadonlySet<string> = new Set(['project', 'dataset']);

function isSet(node: Node): boolean {
  return node.kind === 'scalar' && node.value !== null;
}
