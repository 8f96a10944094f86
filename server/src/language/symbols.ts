import type { Definition, Located } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { OutlineSymbol } from '../core/system.ts';
import { byRank, matchName, type Ranked } from './match-name.ts';

/** The outline of a file, as its system sees it. */
export function outline(platform: Platform, path: string): readonly OutlineSymbol[] {
  const file = platform.parsed(path);
  return (file && platform.systemOf(path)?.symbols?.(file)) ?? [];
}

/** Limit: more than a pick list can show usefully. */
const mostSymbols = 300;

/** Definitions that fit `query`, the best first; of names that only follow from another one nothing. */
export function findSymbols(platform: Platform, query: string): readonly Located<Definition>[] {
  const found: Ranked<Located<Definition>>[] = [];
  for (const { names } of platform.systems) {
    for (const { namespace } of names) {
      for (const definition of platform.facts.all(namespace)) {
        const rank = matchName(definition.name, query);
        if (rank === undefined || !hasOwnPlace(platform, definition)) continue;
        found.push({ item: definition, name: definition.name, rank });
      }
    }
  }
  return found
    .sort(byRank)
    .slice(0, mostSymbols)
    .map(({ item }) => item);
}

/** False for a description of another name, and for what is named after something else, such as a model's step. */
function hasOwnPlace(platform: Platform, definition: Located<Definition>): boolean {
  if (definition.within !== undefined) return false;
  if (definition.implicit !== true) return true;
  const system = platform.systemOf(definition.path);
  return system?.renamedPath?.(definition, definition.name) !== undefined;
}
