import type { Platform } from '../core/platform.ts';
import type { Definition, Located, Use } from '../core/facts.ts';
import type { Location } from '../core/span.ts';
import type { Definitions } from '../core/system.ts';
import { factAt, implicitDefinition, keysOf, placesOf } from './fact-at.ts';
import { hostAt } from './hosts.ts';

/** Where the name at an offset is defined, with the span of the name that was asked about. */
export function define(platform: Platform, path: string, offset: number): Definitions | undefined {
  const file = platform.parsed(path);
  const own = file && platform.systemOf(path)?.define?.(file, offset, platform.facts);
  if (own && own.targets.length > 0) return own;
  const fact = factAt(platform.facts, path, offset);
  if (!fact) return defineHost(platform, path, offset);
  const targets = keysOf(fact, platform.facts).flatMap((key) => platform.facts.definitions(key));
  return targets.length > 0
    ? { origin: fact.span, targets: targets.map(({ path, span }) => ({ path, span })) }
    : undefined;
}

/** A host that is a service where the tool runs leads to it. */
function defineHost(platform: Platform, path: string, offset: number): Definitions | undefined {
  const host = hostAt(platform, path, offset);
  const places = host?.service.definitions.map(({ path: file, span }) => ({ path: file, span })) ?? [];
  return host && places.length > 0 ? { origin: host.span, targets: places } : undefined;
}

/** Everywhere the name at an offset is used; in a file that defines a name by being there, its own users. */
export function findReferences(
  platform: Platform,
  path: string,
  offset: number,
  options: { readonly withDefinition: boolean },
): readonly Location[] {
  const fact = factAt(platform.facts, path, offset) ?? implicitDefinition(platform, path);
  if (!fact) return [];
  const found = keysOf(fact, platform.facts).flatMap((key) => {
    const definitions = platform.facts.definitions(key);
    return [
      ...(options.withDefinition ? definitions : []),
      ...placesOf(platform.facts, key),
      ...definitions.flatMap((each) => usesNamedAfter(platform, each)),
    ];
  });
  const places = new Map(found.map((each) => [`${each.path}\n${each.span.start}\n${each.span.end}`, each]));
  return [...places.values()].map(({ path, span }) => ({ path, span }));
}

/** A job is also used where its step is named: by a pipeline, in a plan. */
export function usesNamedAfter(platform: Platform, definition: Located<Definition>): readonly Located<Use>[] {
  const { facts } = platform;
  const { path, name } = definition;
  const project = platform.projectOf(path)?.root;
  const others = platform.systemOf(path)?.namedAfter?.(definition, name, facts) ?? [];
  return others.flatMap(({ key }) => {
    const isShared = facts.definitions(key).some((each) => platform.projectOf(each.path)?.root !== project);
    return placesOf(facts, key).filter((use) => !isShared || use.data?.['project'] === project);
  });
}
