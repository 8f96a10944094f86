import { findPair, nodeAt, type Node } from '../tree.ts';
import { hasType } from './evaluate.ts';
import type { Compiled, Part } from './keywords.ts';
import { partsOf, partsWith } from './properties.ts';
import type { Schema } from './schema.ts';
import { joined, typeWords } from './words.ts';

export interface Description {
  readonly description?: string;
  /** In words: 'a string or a list'. */
  readonly type?: string;
  /** The values that are allowed, as they would be written. */
  readonly enum?: readonly string[];
  readonly default?: string;
  readonly deprecated?: boolean;
}

export interface KeyInfo extends Description {
  readonly name: string;
  readonly required: boolean;
  /** What its value is: decides what completion writes behind the colon. */
  readonly holds: 'scalar' | 'list' | 'mapping';
}

export interface ValueInfo {
  readonly value: string;
  readonly description?: string;
}

/** What the schema says of the node at `pointer`; undefined where it says nothing. */
export function describeAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): Description | undefined {
  const described = describe(partsAt(schema, tree, pointer));
  return Object.keys(described).length > 0 ? described : undefined;
}

/** The keys that are allowed in the mapping at `pointer`, in the schema's order, those that are there too. */
export function keysAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): readonly KeyInfo[] {
  const found = new Map<string, Set<Part>>();
  const required = new Set<string>();
  for (const part of partsAt(schema, tree, pointer)) {
    for (const name of part.required) required.add(name);
    for (const [name, property] of part.properties) {
      if (property === false) continue;
      const known = found.get(name) ?? new Set<Part>();
      for (const each of partsOf(property, { unions: true })) known.add(each);
      found.set(name, known);
    }
  }
  return [...found].map(([name, parts]) => ({
    name,
    required: required.has(name),
    holds: holdsOf([...parts]),
    ...describe([...parts]),
  }));
}

/** The names of these keys alone, which is much quicker to tell. */
export function keyNamesAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { properties } of partsAt(schema, tree, pointer))
    for (const [name, property] of properties) if (property !== false) names.add(name);
  return names;
}

/** The values that are allowed at `pointer`, where they can be counted: enumerations, constants, true and false. */
export function valuesAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): readonly ValueInfo[] {
  const values = new Map<string, ValueInfo>();
  for (const part of partsAt(schema, tree, pointer)) {
    const listed = part.values ?? (part.types?.includes('boolean') ? [true, false] : []);
    const { description } = part.json;
    const says = typeof description === 'string' && listed.length === 1 ? { description } : {};
    for (const value of writtenValues(listed)) if (!values.has(value)) values.set(value, { value, ...says });
  }
  return [...values.values()];
}

/** All parts of the schema that hold for the place, the likely branches only where the tree tells them apart. */
function partsAt(schema: Schema, tree: Node | undefined, pointer: readonly string[]): readonly Part[] {
  let parts = likelyParts([schema.parts.of(schema.json)], tree);
  for (const [depth, segment] of pointer.entries()) {
    const next = parts.flatMap((part) => stepInto(part, segment));
    parts = likelyParts(next, tree === undefined ? undefined : nodeAt(tree, pointer.slice(0, depth + 1)));
  }
  return parts;
}

function stepInto(part: Part, segment: string): readonly Compiled[] {
  const found: Compiled[] = [];
  const property = part.properties.get(segment);
  if (property !== undefined) found.push(property);
  for (const [pattern, each] of part.patterns) if (pattern.test(segment)) found.push(each);
  if (found.length === 0 && part.additional !== undefined) found.push(part.additional);
  if (/^\d+$/.test(segment)) {
    const item = part.tuple[Number(segment)] ?? part.rest;
    if (item !== undefined) found.push(item);
  }
  return found;
}

function likelyParts(from: readonly Compiled[], node: Node | undefined): readonly Part[] {
  return partsWith(from, ({ anyOf = [], oneOf = [] }) => [
    ...likelyBranches(anyOf, node),
    ...likelyBranches(oneOf, node),
  ]);
}

/** Those whose kinds, fixed values and keys contradict what is written least; all where nothing is. */
function likelyBranches(branches: readonly Compiled[], node: Node | undefined): readonly Compiled[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return branches;
  const fitting = branches.filter((branch) => !contradicts(branch, node));
  if (fitting.length < 2 || node.kind !== 'map') return fitting.length > 0 ? fitting : branches;
  const strangers = fitting.map((branch) =>
    strangersIn(
      branch,
      node.pairs.map(({ key }) => key.text),
    ),
  );
  const fewest = Math.min(...strangers);
  return fitting.filter((_, at) => strangers[at] === fewest);
}

function contradicts(branch: Compiled, node: Node): boolean {
  return partsOf(branch, { unions: false }).some((part) => {
    // While a word is typed any scalar may become any other.
    if (node.kind === 'scalar') return part.properties.size > 0;
    if (part.types !== undefined && !part.types.some((type) => hasType(node, type))) return true;
    return [...part.properties].some(([name, property]) =>
      isFixedOtherwise(property, findPair(node, name)?.value),
    );
  });
}

/** True where the schema fixes a value and something else is written. */
function isFixedOtherwise(part: Compiled, written: Node | undefined): boolean {
  if (typeof part === 'boolean' || part.values === undefined) return false;
  return written?.kind === 'scalar' && written.value !== null && !part.values.includes(written.value);
}

/** How many of the keys no part of the branch knows. */
function strangersIn(branch: Compiled, keys: readonly string[]): number {
  const parts = partsOf(branch, { unions: true });
  return keys.filter(
    (key) =>
      !parts.some((part) => part.properties.has(key) || part.patterns.some(([pattern]) => pattern.test(key))),
  ).length;
}

function describe(parts: readonly Part[]): Description {
  const types = new Set<string>();
  const values = new Set<string>();
  let description: string | undefined;
  let fallback: string | undefined;
  let isDeprecated = false;
  for (const part of new Set(parts.flatMap((each) => partsOf(each, { unions: true })))) {
    const { json } = part;
    if (typeof json['description'] === 'string' && !isOneValue(part)) description ??= json['description'];
    if (json['default'] !== undefined && json['default'] !== null)
      fallback ??= JSON.stringify(json['default']);
    if (json['deprecated'] === true && parts.includes(part) && !isOneValue(part)) isDeprecated = true;
    for (const type of part.isTemplate ? [] : (part.types ?? []))
      if (type !== 'null') types.add(typeWords[type] ?? type);
    for (const value of writtenValues(part.values ?? [])) values.add(value);
  }
  return {
    ...(description === undefined ? {} : { description }),
    ...(types.size === 0 ? {} : { type: joined([...types], 'or') }),
    ...(values.size === 0 ? {} : { enum: [...values] }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(isDeprecated ? { deprecated: true } : {}),
  };
}

/** True for a branch that is about one value alone: what it says is not about the whole. */
function isOneValue({ values }: Part): boolean {
  return values !== undefined && values.length === 1;
}

function holdsOf(parts: readonly Part[]): KeyInfo['holds'] {
  const types = new Set(parts.flatMap((part) => (part.isTemplate ? [] : (part.types ?? []))));
  const isScalar =
    types.size === 0 || ['string', 'number', 'integer', 'boolean'].some((type) => types.has(type));
  if (isScalar) return 'scalar';
  return types.has('array') ? 'list' : 'mapping';
}

/** The scalars among the values, as they would be written. */
function writtenValues(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'number' || typeof value === 'boolean'
        ? [String(value)]
        : [],
  );
}
