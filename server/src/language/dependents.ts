import type { NameKey } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { Location, Span } from '../core/span.ts';
import { Lineage } from './lineage.ts';

/** What data flows through, and where in the file it stands. */
export interface FileNode {
  readonly key: NameKey;
  readonly span: Span;
}

/** The things of a file that others may depend on. */
export function nodesIn(platform: Platform, path: string): readonly FileNode[] {
  const lineage = new Lineage(platform);
  const found: FileNode[] = [];
  for (const fact of platform.facts.of(path)) {
    if (fact.fact !== 'definition' || !lineage.definition(fact)) continue;
    // That nobody depends on a whole file is worth knowing; on an exposure nobody ever does.
    if (!fact.implicit && platform.facts.uses(fact).length === 0) continue;
    const { namespace, scope, name, span } = fact;
    found.push({ key: { namespace, scope, name }, span });
  }
  return found;
}

/** How many things of the platform depend directly on one, and the places where they say so. */
export function dependentsOf(
  platform: Platform,
  key: NameKey,
): { readonly count: number; readonly places: readonly Location[] } {
  const dependents = new Lineage(platform).neighbours(key, 'downstream');
  const places = dependents.flatMap((dependent) => dependent.places);
  return { count: dependents.length, places: places.map(({ path, span }) => ({ path, span })) };
}
