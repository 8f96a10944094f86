import type { Definition, Located } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { OutlineSymbol } from '../core/system.ts';

/** The outline of a file, as its system sees it. */
export function outline(platform: Platform, path: string): readonly OutlineSymbol[] {
  const file = platform.parsed(path);
  return (file && platform.systemOf(path)?.symbols?.(file)) ?? [];
}

/** Limit: more than a pick list can show usefully. */
const mostSymbols = 500;

/** Definitions whose name holds the letters of `query` in order, case ignored. */
export function findSymbols(platform: Platform, query: string): readonly Located<Definition>[] {
  const found: Located<Definition>[] = [];
  const letters = query.toLowerCase();
  for (const system of platform.systems) {
    for (const { namespace } of system.names) {
      for (const definition of platform.facts.all(namespace)) {
        if (!holdsInOrder(definition.name.toLowerCase(), letters)) continue;
        found.push(definition);
        if (found.length >= mostSymbols) return found;
      }
    }
  }
  return found;
}

function holdsInOrder(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
