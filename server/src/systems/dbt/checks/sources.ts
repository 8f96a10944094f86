import { findPair, get, type Node } from '../../../core/tree.ts';
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
  const overrides = findPair(entry, 'overrides');
  if (overrides) {
    const message =
      '`overrides` of a source is deprecated, and dbt v2 refuses it; declare the source under a name of its own, and switch off that of the package';
    deprecated(check, overrides.key, message);
  }
}

function isSet(node: Node): boolean {
  return node.kind === 'scalar' && node.value !== null;
}
