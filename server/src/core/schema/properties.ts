import type { MapNode, ScalarNode } from '../tree.ts';
import type { Compiled, Part } from './keywords.ts';
import { asSchema } from './schema.ts';

/** The parts that hold for the same node as `part` does: what it refers to and what it is made of, itself first. */
export function partsOf(part: Compiled, options: { readonly unions: boolean }): readonly Part[] {
  return partsWith([part], ({ anyOf = [], oneOf = [] }) => (options.unions ? [...anyOf, ...oneOf] : []));
}

/** The same of several, with those of the branches of each that count. */
export function partsWith(
  from: readonly Compiled[],
  branchesOf: (part: Part) => readonly Compiled[],
): readonly Part[] {
  const parts = new Set<Part>();
  const collect = (at: Compiled | undefined): void => {
    if (at === undefined || typeof at === 'boolean' || parts.has(at)) return;
    parts.add(at);
    collect(at.ref);
    for (const each of at.allOf) collect(each);
    for (const each of branchesOf(at)) collect(each);
  };
  for (const each of from) collect(each);
  return [...parts];
}

/** The names of all keys that some part of the schema allows here. */
export function propertyNames(part: Compiled): readonly string[] {
  const names = new Set<string>();
  for (const each of partsOf(part, { unions: true })) {
    for (const [name, value] of each.properties) if (value !== false) names.add(name);
  }
  return [...names];
}

/** The keys no part of the schema that holds for this mapping knows of. */
export function unevaluatedKeys(
  part: Part,
  node: MapNode,
  holds: (part: Compiled) => boolean,
): readonly ScalarNode[] {
  const parts = partsWith([part], ({ anyOf = [], oneOf = [] }) => {
    const branches = [...anyOf, ...oneOf];
    const fitting = branches.filter(holds);
    return fitting.length > 0 ? fitting : branches;
  });
  return node.pairs.map(({ key }) => key).filter((key) => !parts.some((each) => knows(each, key.text)));
}

function knows(part: Part, name: string): boolean {
  if (part.properties.has(name) || part.patterns.some(([pattern]) => pattern.test(name))) return true;
  if (part.additional !== undefined && part.additional !== false) return true;
  const unevaluated = asSchema(part.json['unevaluatedProperties']);
  return unevaluated !== undefined && unevaluated !== false;
}
