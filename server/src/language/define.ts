import type { Platform } from '../core/platform.ts';
import type { Location } from '../core/span.ts';
import type { Definitions } from '../core/system.ts';
import { factAt, implicitDefinition, keysOf, placesOf } from './fact-at.ts';

/** Where the name at an offset is defined, with the span of the name that was asked about. */
export function define(platform: Platform, path: string, offset: number): Definitions | undefined {
  const file = platform.parsed(path);
  const own = file && platform.systemOf(path)?.define?.(file, offset, platform.facts);
  if (own && own.targets.length > 0) return own;
  const fact = factAt(platform.facts, path, offset);
  if (!fact) return undefined;
  const targets = keysOf(fact, platform.facts).flatMap((key) => platform.facts.definitions(key));
  return targets.length > 0
    ? { origin: fact.span, targets: targets.map(({ path, span }) => ({ path, span })) }
    : undefined;
}

/** Everywhere the name at an offset is used; in a file that defines a name by being there, its own users. */
export function findReferences(
  platform: Platform,
  path: string,
  offset: number,
  options: { readonly withDefinition: boolean },
): readonly Location[] {
  const fact = factAt(platform.facts, path, offset) ?? implicitDefinition(platform.facts, path);
  if (!fact) return [];
  const found = keysOf(fact, platform.facts).flatMap((key) => [
    ...(options.withDefinition ? platform.facts.definitions(key) : []),
    ...placesOf(platform.facts, key),
  ]);
  return found.map(({ path, span }) => ({ path, span }));
}
