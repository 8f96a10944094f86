import type { MapNode, Node, ScalarNode, SeqNode } from '../tree.ts';
import { bestFit } from './best-fit.ts';
import { depthOf, type Fault, type Place } from './fault.ts';
import { propertyNames, unevaluatedKeys } from './properties.ts';
import { asSchema, isObject, schemaList, type JsonObject, type JsonSchema, type Schema } from './schema.ts';

export interface EvaluateOptions {
  /** Where true, nothing is wrong with this scalar, whatever the schema says. */
  readonly acceptsScalar?: ((node: ScalarNode) => boolean) | undefined;
}

const noFaults: readonly Fault[] = [];

/**
 * Checks a tree against a schema by walking both, keeping what every branch of an `anyOf` said, so
 * that the branch that was meant can be picked and explained.
 */
export class Evaluation {
  readonly #schema: Schema;
  readonly #options: EvaluateOptions;
  /** Invariant: a branch is evaluated once for a node, so nested unions cost their product only once. */
  readonly #known = new Map<JsonObject, Map<Node, readonly Fault[]>>();
  /** True once a scalar was let pass that the schema might refuse. */
  accepted = false;

  constructor(schema: Schema, options: EvaluateOptions) {
    this.#schema = schema;
    this.#options = options;
  }

  check(schema: JsonSchema, node: Node, place: Place | undefined): readonly Fault[] {
    if (schema === true) return noFaults;
    if (schema === false)
      return [{ kind: 'other', keyword: 'false', node, place, says: 'is not allowed here; remove it' }];
    if (node.kind === 'scalar' && this.#options.acceptsScalar?.(node) === true) {
      this.accepted = true;
      return noFaults;
    }
    let known = this.#known.get(schema);
    if (known === undefined) this.#known.set(schema, (known = new Map<Node, readonly Fault[]>()));
    const before = known.get(node);
    if (before !== undefined) return before;
    // A schema that refers to itself without going deeper says nothing more.
    known.set(node, noFaults);
    const faults = this.#evaluate(schema, node, place);
    known.set(node, faults);
    return faults;
  }

  #evaluate(schema: JsonObject, node: Node, place: Place | undefined): readonly Fault[] {
    const mismatch = mismatchOf(schema, node, place);
    if (mismatch !== undefined) return [mismatch];
    const faults: Fault[] = [];
    const add = (more: readonly Fault[]): void => {
      for (const fault of more) faults.push(fault);
    };
    if (typeof schema['$ref'] === 'string') {
      const target = this.#schema.resolve(schema['$ref']);
      if (target !== undefined) add(this.check(target, node, place));
    }
    for (const part of schemaList(schema['allOf'])) add(this.check(part, node, place));
    if (Array.isArray(schema['anyOf'])) add(this.#union(schemaList(schema['anyOf']), node, place, false));
    if (Array.isArray(schema['oneOf'])) add(this.#union(schemaList(schema['oneOf']), node, place, true));
    add(this.#condition(schema, node, place));
    if (node.kind === 'map') add(this.#map(schema, node, place));
    else if (node.kind === 'seq') add(this.#seq(schema, node, place));
    else add(scalarFaults(schema, node, place));
    return faults.length === 0 ? noFaults : faults;
  }

  #union(
    branches: readonly JsonSchema[],
    node: Node,
    place: Place | undefined,
    one: boolean,
  ): readonly Fault[] {
    const outcomes = branches.map((branch) => ({ branch, faults: this.check(branch, node, place) }));
    const fitting = outcomes.filter(({ faults }) => faults.length === 0);
    if (fitting.length === 0) return bestFit(this.#schema, outcomes, node, place);
    if (
      !one ||
      fitting.length === 1 ||
      (node.kind === 'scalar' && this.#options.acceptsScalar?.(node) === true)
    )
      return noFaults;
    const forms = fitting.map(({ branch }) => requiredOf(branch));
    return [{ kind: 'several-forms', keyword: 'oneOf', node, place, forms }];
  }

  #condition(schema: JsonObject, node: Node, place: Place | undefined): readonly Fault[] {
    const faults: Fault[] = [];
    const not = asSchema(schema['not']);
    if (not !== undefined && this.check(not, node, place).length === 0) {
      faults.push({
        kind: 'other',
        keyword: 'not',
        node,
        place,
        says: 'is not allowed here; change or remove it',
      });
    }
    const condition = asSchema(schema['if']);
    if (condition !== undefined) {
      const then = asSchema(schema[this.check(condition, node, place).length === 0 ? 'then' : 'else']);
      if (then !== undefined) faults.push(...this.check(then, node, place));
    }
    return faults;
  }

  #map(schema: JsonObject, node: MapNode, place: Place | undefined): readonly Fault[] {
    const faults: Fault[] = [];
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const patterns = isObject(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : [];
    const additional = asSchema(schema['additionalProperties']);
    const names = asSchema(schema['propertyNames']);
    const depth = depthOf(place) + 1;
    for (const { key, value } of node.pairs) {
      const at: Place = { parent: place, segment: key.text, key, depth };
      let isKnown = false;
      if (Object.hasOwn(properties, key.text)) {
        isKnown = true;
        faults.push(...this.check(asSchema(properties[key.text]) ?? true, value, at));
      }
      for (const [pattern, part] of patterns) {
        if (!matches(pattern, key.text)) continue;
        isKnown = true;
        faults.push(...this.check(asSchema(part) ?? true, value, at));
      }
      if (names !== undefined && this.check(names, key, at).length > 0)
        faults.push(unknownKey('propertyNames', node, place, key, []));
      if (isKnown || additional === undefined || additional === true) continue;
      if (additional === false)
        faults.push(
          unknownKey('additionalProperties', node, place, key, propertyNames(this.#schema, schema)),
        );
      else faults.push(...this.check(additional, value, at));
    }
    if (schema['unevaluatedProperties'] === false) {
      for (const key of unevaluatedKeys(
        this.#schema,
        schema,
        node,
        (part) => this.check(part, node, place).length === 0,
      )) {
        faults.push(
          unknownKey('unevaluatedProperties', node, place, key, propertyNames(this.#schema, schema)),
        );
      }
    }
    faults.push(...mapFaults(schema, node, place));
    return faults;
  }

  #seq(schema: JsonObject, node: SeqNode, place: Place | undefined): readonly Fault[] {
    const faults: Fault[] = [];
    const depth = depthOf(place) + 1;
    const tuple = schemaList(schema['prefixItems'] ?? schema['items']);
    const rest = asSchema(Array.isArray(schema['items']) ? schema['additionalItems'] : schema['items']);
    for (const [index, item] of node.items.entries()) {
      const part = tuple[index] ?? rest;
      if (part === undefined || part === true) continue;
      faults.push(
        ...this.check(part, item, { parent: place, segment: String(index), key: undefined, depth }),
      );
    }
    const { length } = node.items;
    const count = (limit: number): string => (limit === 1 ? 'one item' : `${limit} items`);
    const least = schema['minItems'];
    const most = schema['maxItems'];
    if (typeof least === 'number' && length < least) {
      faults.push({
        kind: 'other',
        keyword: 'minItems',
        node,
        place,
        says: `must have at least ${count(least)}`,
      });
    }
    if (typeof most === 'number' && length > most) {
      faults.push({
        kind: 'other',
        keyword: 'maxItems',
        node,
        place,
        says: `must have at most ${count(most)}`,
      });
    }
    return faults;
  }
}

function unknownKey(
  keyword: string,
  node: MapNode,
  place: Place | undefined,
  key: ScalarNode,
  allowed: readonly string[],
): Fault {
  return { kind: 'unknown-key', keyword, node, place, key, allowed };
}

function requiredOf(schema: JsonSchema): readonly string[] {
  const required = isObject(schema) ? schema['required'] : undefined;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

function mismatchOf(schema: JsonObject, node: Node, place: Place | undefined): Fault | undefined {
  const types = typeList(schema['type']);
  const base = { kind: 'mismatch', node, place } as const;
  if (Array.isArray(schema['enum']) && !schema['enum'].some((value) => isValue(node, value))) {
    return { ...base, keyword: 'enum', types: [], values: schema['enum'] };
  }
  if (Object.hasOwn(schema, 'const') && !isValue(node, schema['const'])) {
    return { ...base, keyword: 'const', types: [], values: [schema['const']] };
  }
  if (types.length > 0 && !types.some((type) => hasType(node, type)))
    return { ...base, keyword: 'type', types, values: [] };
  const pattern = schema['pattern'];
  if (
    typeof pattern === 'string' &&
    isTemplatePattern(pattern) &&
    node.kind === 'scalar' &&
    typeof node.value === 'string'
  ) {
    if (!matches(pattern, node.text)) return { ...base, keyword: 'type', types: [], values: [] };
  }
  return undefined;
}

/** dbt's schemas let a template stand for any value by such a branch; nobody should be told of it. */
function isTemplatePattern(pattern: string): boolean {
  return pattern.startsWith('^\\{');
}

function typeList(type: unknown): readonly string[] {
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((each) => typeof each === 'string') : [];
}

function isValue(node: Node, value: unknown): boolean {
  return node.kind === 'scalar' && node.value === value;
}

export function hasType(node: Node, type: string): boolean {
  if (node.kind === 'map') return type === 'object';
  if (node.kind === 'seq') return type === 'array';
  const { value } = node;
  if (value === null) return type === 'null';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}

function mapFaults(schema: JsonObject, node: MapNode, place: Place | undefined): readonly Fault[] {
  const faults: Fault[] = [];
  const has = (name: string): boolean => node.pairs.some(({ key }) => key.text === name);
  for (const key of requiredOf(schema)) {
    if (!has(key)) faults.push({ kind: 'missing-key', keyword: 'required', node, place, key });
  }
  const dependent = isObject(schema['dependentRequired'])
    ? schema['dependentRequired']
    : schema['dependencies'];
  for (const [name, needs] of isObject(dependent) ? Object.entries(dependent) : []) {
    if (!Array.isArray(needs) || !has(name)) continue;
    for (const key of needs) {
      if (typeof key === 'string' && !has(key)) {
        faults.push({ kind: 'missing-key', keyword: 'dependentRequired', node, place, key, neededBy: name });
      }
    }
  }
  const least = schema['minProperties'];
  if (typeof least === 'number' && node.pairs.length < least) {
    faults.push({
      kind: 'other',
      keyword: 'minProperties',
      node,
      place,
      says: 'must not be empty; add a key or remove it',
    });
  }
  return faults;
}

function scalarFaults(schema: JsonObject, node: ScalarNode, place: Place | undefined): readonly Fault[] {
  const faults: Fault[] = [];
  const say = (keyword: string, says: string): number =>
    faults.push({ kind: 'other', keyword, node, place, says });
  const limit = (keyword: string): number | undefined => {
    const value = schema[keyword];
    return typeof value === 'number' ? value : undefined;
  };
  const { value } = node;
  if (typeof value === 'string') {
    const pattern = schema['pattern'];
    if (typeof pattern === 'string' && !matches(pattern, value))
      say('pattern', `does not have the form \`${pattern}\`; correct it`);
    if (value.length < (limit('minLength') ?? 0))
      say(
        'minLength',
        value === '' ? 'must not be empty' : `must have at least ${limit('minLength')} characters`,
      );
    if (value.length > (limit('maxLength') ?? Infinity))
      say('maxLength', `must have at most ${limit('maxLength')} characters`);
  } else if (typeof value === 'number') {
    if (value < (limit('minimum') ?? -Infinity)) say('minimum', `must be at least ${limit('minimum')}`);
    if (value > (limit('maximum') ?? Infinity)) say('maximum', `must be at most ${limit('maximum')}`);
    if (value <= (limit('exclusiveMinimum') ?? -Infinity))
      say('exclusiveMinimum', `must be more than ${limit('exclusiveMinimum')}`);
    if (value >= (limit('exclusiveMaximum') ?? Infinity))
      say('exclusiveMaximum', `must be less than ${limit('exclusiveMaximum')}`);
  }
  return faults;
}

/** Patterns come from schemas that a validator has compiled; one that is no regular expression matches all. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
