import { closest } from '../core/closest.ts';
import type { FactReader } from '../core/fact-index.ts';
import type { UnresolvedName } from '../core/finding.ts';

/** The defined name that was most likely meant, without the prefix; undefined where none is near. */
export function suggestName(
  facts: FactReader,
  { namespaces, scope, name, prefix, taken }: UnresolvedName,
): string | undefined {
  const candidates = new Set<string>();
  for (const key of namespaces.flatMap((namespace) => facts.reached({ namespace, scope, name }))) {
    for (const definition of facts.all(key.namespace, key.scope)) {
      if (!definition.name.startsWith(prefix)) continue;
      const isTaken = taken !== undefined && facts.isDefined({ ...definition, namespace: taken });
      if (!isTaken) candidates.add(definition.name.slice(prefix.length));
    }
  }
  return closest(name.slice(prefix.length), candidates);
}
