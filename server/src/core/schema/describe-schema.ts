import { findPair, nodeAt, type Node } from '../tree.ts';
import { Evaluation, hasType } from './evaluate.ts';
import { partsOf } from './properties.ts';
import { asSchema, isObject, schemaList, type JsonObject, type JsonSchema, type Schema } from './schema.ts';

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
  const described = describe(schema, partsAt(schema, tree, pointer));
  return Object.keys(described).length > 0 ? described : undefined;
}

/** The keys that are allowed in the mapping at `pointer`, in the schema's order, those that are there too. */
export function keysAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): readonly KeyInfo[] {
  const parts = partsAt(schema, tree, pointer);
  const found = new Map<string, JsonObject[]>();
  const required = new Set<string>();
  for (const part of parts) {
    for (const name of Array.isArray(part['required']) ? part['required'] : [])
      if (typeof name === 'string') required.add(name);
    for (const [name, value] of isObject(part['properties']) ? Object.entries(part['properties']) : []) {
      const property = asSchema(value);
      if (property === undefined || property === false) continue;
      const known = found.get(name) ?? [];
      known.push(...partsOf(schema, property, true));
      found.set(name, known);
    }
  }
  return [...found].map(([name, of]) => ({
    name,
    required: required.has(name),
    holds: holdsOf(of),
    ...describe(schema, of),
  }));
}

/** The values that are allowed at `pointer`, where they can be counted: enumerations, constants, true and false. */
export function valuesAt(
  schema: Schema,
  tree: Node | undefined,
  pointer: readonly string[],
): readonly ValueInfo[] {
  const values = new Map<string, ValueInfo>();
  for (const part of partsAt(schema, tree, pointer)) {
    const { description } = part;
    const listed = [
      ...(Array.isArray(part['enum']) ? part['enum'] : []),
      ...(Object.hasOwn(part, 'const') ? [part['const']] : []),
    ];
    if (listed.length === 0 && typesOf(part).includes('boolean')) listed.push(true, false);
    for (const value of listed) {
      if (value === null || typeof value === 'object') continue;
      const text = String(value);
      const says = typeof description === 'string' && listed.length === 1 ? { description } : {};
      if (!values.has(text)) values.set(text, { value: text, ...says });
    }
  }
  return [...values.values()];
}

/** All parts of the schema that hold for the place, the likely branches only where the tree tells them apart. */
function partsAt(schema: Schema, tree: Node | undefined, pointer: readonly string[]): readonly JsonObject[] {
  const evaluation = new Evaluation(schema, {});
  let parts = likelyParts(schema, evaluation, [schema.json], tree);
  for (const [depth, segment] of pointer.entries()) {
    const next = parts.flatMap((part) => stepInto(part, segment));
    const node = tree === undefined ? undefined : nodeAt(tree, pointer.slice(0, depth + 1));
    parts = likelyParts(schema, evaluation, next, node);
  }
  return parts;
}

function stepInto(part: JsonObject, segment: string): readonly JsonSchema[] {
  const found: JsonSchema[] = [];
  const add = (value: unknown): void => {
    const schema = asSchema(value);
    if (schema !== undefined && schema !== false) found.push(schema);
  };
  if (isObject(part['properties']) && Object.hasOwn(part['properties'], segment))
    add(part['properties'][segment]);
  for (const [pattern, value] of isObject(part['patternProperties'])
    ? Object.entries(part['patternProperties'])
    : []) {
    if (new RegExp(pattern, 'u').test(segment)) add(value);
  }
  if (found.length === 0) add(part['additionalProperties']);
  if (/^\d+$/.test(segment)) {
    if (Array.isArray(part['items'])) add(part['items'][Number(segment)]);
    else add(part['items']);
    add(schemaList(part['prefixItems'])[Number(segment)]);
  }
  return found;
}

function likelyParts(
  schema: Schema,
  evaluation: Evaluation,
  from: readonly JsonSchema[],
  node: Node | undefined,
): readonly JsonObject[] {
  const parts = new Set<JsonObject>();
  const collect = (at: JsonSchema | undefined): void => {
    if (!isObject(at) || parts.has(at)) return;
    parts.add(at);
    if (typeof at['$ref'] === 'string') collect(schema.resolve(at['$ref']));
    for (const each of schemaList(at['allOf'])) collect(each);
    for (const keyword of ['then', 'else']) collect(asSchema(at[keyword]));
    for (const keyword of ['anyOf', 'oneOf']) {
      for (const each of likelyBranches(schema, evaluation, schemaList(at[keyword]), node)) collect(each);
    }
  };
  for (const each of from) collect(each);
  return [...parts];
}

/** Those whose fixed values and kinds do not contradict what is written; all where nothing is. */
function likelyBranches(
  schema: Schema,
  evaluation: Evaluation,
  branches: readonly JsonSchema[],
  node: Node | undefined,
): readonly JsonSchema[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return branches;
  const fitting = branches.filter((branch) => !contradicts(schema, branch, node));
  if (fitting.length < 2 || node.kind !== 'map') return fitting.length > 0 ? fitting : branches;
  const exact = fitting.filter((branch) => evaluation.check(branch, node, undefined).length === 0);
  if (exact.length > 0) return exact;
  return fitting;
}

function contradicts(schema: Schema, branch: JsonSchema, node: Node): boolean {
  return partsOf(schema, branch, false).some((part) => {
    const types = typesOf(part);
    // While a word is typed any scalar may become any other.
    if (types.length > 0 && node.kind !== 'scalar' && !types.some((type) => hasType(node, type))) return true;
    if (node.kind === 'scalar' || !isObject(part['properties']))
      return node.kind === 'scalar' && isObject(part['properties']);
    return Object.entries(part['properties']).some(([name, value]) =>
      fixedOtherwise(value, findPair(node, name)?.value),
    );
  });
}

/** True where the schema fixes a value and something else is written. */
function fixedOtherwise(schema: unknown, written: Node | undefined): boolean {
  if (!isObject(schema) || written?.kind !== 'scalar' || written.value === null) return false;
  if (Object.hasOwn(schema, 'const')) return schema['const'] !== written.value;
  return Array.isArray(schema['enum']) && !schema['enum'].includes(written.value);
}

function typesOf(part: JsonObject): readonly string[] {
  const { type } = part;
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

const words: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

function describe(schema: Schema, parts: readonly JsonObject[]): Description {
  const all = new Set(parts.flatMap((part) => partsOf(schema, part, true)));
  const types = new Set<string>();
  const values = new Set<string>();
  let description: string | undefined;
  let fallback: string | undefined;
  let deprecated = false;
  for (const part of all) {
    if (typeof part['description'] === 'string') description ??= part['description'];
    if (part['default'] !== undefined && part['default'] !== null)
      fallback ??= JSON.stringify(part['default']);
    if (part['deprecated'] === true && parts.includes(part)) deprecated = true;
    const isTemplate = typeof part['pattern'] === 'string' && part['pattern'].startsWith('^\\{');
    if (!isTemplate) for (const type of typesOf(part)) if (words[type] !== undefined) types.add(words[type]);
    for (const value of Array.isArray(part['enum']) ? part['enum'] : [])
      if (value !== null) values.add(String(value));
    if (Object.hasOwn(part, 'const') && part['const'] !== null) values.add(String(part['const']));
  }
  return {
    ...(description === undefined ? {} : { description }),
    ...(types.size === 0 ? {} : { type: joined([...types]) }),
    ...(values.size === 0 ? {} : { enum: [...values] }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(deprecated ? { deprecated } : {}),
  };
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function holdsOf(parts: readonly JsonObject[]): KeyInfo['holds'] {
  const types = new Set(parts.flatMap(typesOf));
  const isScalar =
    types.size === 0 || ['string', 'number', 'integer', 'boolean'].some((type) => types.has(type));
  if (types.has('array') && !types.has('object')) return 'list';
  if (types.has('object') && !isScalar) return 'mapping';
  return types.has('array') && !isScalar ? 'list' : 'scalar';
}
