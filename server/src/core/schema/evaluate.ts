import type { MapNode, Node, Pair, ScalarNode, SeqNode } from '../tree.ts';
import { bestFit, type Outcome } from './best-fit.ts';
import type { Fault, Place } from './fault.ts';
import type { Compiled, Part } from './keywords.ts';
import { limitFaults } from './limits.ts';
import { propertyNames, unevaluatedKeys } from './properties.ts';
import { asSchema, type JsonSchema, type Schema } from './schema.ts';

export interface EvaluateOptions {
  /** Where true, nothing is wrong with this scalar, whatever the schema says. */
  readonly acceptsScalar?: ((node: ScalarNode) => boolean) | undefined;
}

type Faults = readonly Fault[];

const none: Faults = [];

/** Limit: parts that refer to each other without going deeper into the tree. */
const maxRefs = 200;

/**
 * Checks a tree against a schema by walking both, keeping what every branch of an `anyOf` said, so
 * that the branch that was meant can be picked and explained.
 */
export class Evaluation {
  readonly #schema: Schema;
  readonly #accepts: ((node: ScalarNode) => boolean) | undefined;
  /** Invariant: a branch of a union is evaluated once for a node, so nested unions do not multiply. */
  readonly #known = new Map<Part, Map<Node, Faults>>();
  /** How many references followed each other at one node. */
  #refs = 0;
  #refNode: Node | undefined;

  constructor(schema: Schema, options: EvaluateOptions) {
    this.#schema = schema;
    this.#accepts = options.acceptsScalar;
  }

  check(schema: JsonSchema, node: Node, place: Place | undefined): Faults {
    return this.#check(this.#schema.parts.of(schema), node, place);
  }

  #check(part: Compiled, node: Node, place: Place | undefined): Faults {
    if (part === true || (node.kind === 'scalar' && this.#accepts?.(node) === true)) return none;
    if (part === false)
      return [{ kind: 'other', keyword: 'false', node, place, says: 'is not allowed here; remove it' }];
    const mismatch = mismatchOf(part, node, place);
    if (mismatch !== undefined) return [mismatch];
    let faults = none;
    if (part.ref !== undefined) faults = join(faults, this.#refer(part.ref, node, place));
    for (const each of part.allOf) faults = join(faults, this.#check(each, node, place));
    if (part.anyOf !== undefined) faults = join(faults, this.#anyOf(part.anyOf, node, place));
    if (part.oneOf !== undefined) faults = join(faults, this.#oneOf(part.oneOf, node, place));
    if (part.hasConditions) faults = join(faults, this.#conditions(part, node, place));
    if (part.hasLimits || part.pattern !== undefined) faults = join(faults, limitFaults(part, node, place));
    if (node.kind === 'map') return join(faults, this.#map(part, node, place));
    return node.kind === 'seq' ? join(faults, this.#seq(part, node, place)) : faults;
  }

  #refer(part: Compiled, node: Node, place: Place | undefined): Faults {
    const [refs, refNode] = [this.#refs, this.#refNode];
    if (node === refNode && refs >= maxRefs) return none;
    this.#refs = node === refNode ? refs + 1 : 1;
    this.#refNode = node;
    const faults = this.#check(part, node, place);
    [this.#refs, this.#refNode] = [refs, refNode];
    return faults;
  }

  #anyOf(branches: readonly Compiled[], node: Node, place: Place | undefined): Faults {
    const outcomes: Outcome[] = [];
    for (const branch of branches) {
      const faults = this.#branch(branch, node, place);
      if (faults.length === 0) return none;
      outcomes.push({ branch, faults });
    }
    return bestFit(outcomes, node, place);
  }

  #oneOf(branches: readonly Compiled[], node: Node, place: Place | undefined): Faults {
    const outcomes: Outcome[] = branches.map((branch) => ({
      branch,
      faults: this.#branch(branch, node, place),
    }));
    const fitting = outcomes.filter(({ faults }) => faults.length === 0);
    if (fitting.length === 0) return bestFit(outcomes, node, place);
    if (fitting.length === 1) return none;
    const forms = fitting.map(({ branch }) => (typeof branch === 'boolean' ? [] : branch.required));
    return [{ kind: 'several-forms', keyword: 'oneOf', node, place, forms }];
  }

  #branch(branch: Compiled, node: Node, place: Place | undefined): Faults {
    if (node.kind === 'scalar' || typeof branch === 'boolean') return this.#check(branch, node, place);
    let known = this.#known.get(branch);
    if (known === undefined) this.#known.set(branch, (known = new Map<Node, Faults>()));
    let faults = known.get(node);
    if (faults === undefined) known.set(node, (faults = this.#check(branch, node, place)));
    return faults;
  }

  #conditions({ json }: Part, node: Node, place: Place | undefined): Faults {
    let faults = none;
    const not = asSchema(json['not']);
    if (not !== undefined && this.check(not, node, place).length === 0) {
      faults = [
        { kind: 'other', keyword: 'not', node, place, says: 'is not allowed here; change or remove it' },
      ];
    }
    const condition = asSchema(json['if']);
    if (condition === undefined) return faults;
    const then = asSchema(json[this.check(condition, node, place).length === 0 ? 'then' : 'else']);
    return then === undefined ? faults : join(faults, this.check(then, node, place));
  }

  #map(part: Part, node: MapNode, place: Place | undefined): Faults {
    let faults = none;
    const depth = (place?.depth ?? 0) + 1;
    for (const pair of node.pairs) {
      const at: Place = { parent: place, segment: pair.key.text, key: pair.key, depth };
      faults = join(faults, this.#pair(part, node, pair, at));
    }
    for (const key of part.required) {
      if (!hasKey(node, key))
        faults = join(faults, [{ kind: 'missing-key', keyword: 'required', node, place, key }]);
    }
    if (part.json['unevaluatedProperties'] === false) {
      const holds = (each: Compiled): boolean => this.#check(each, node, place).length === 0;
      for (const key of unevaluatedKeys(part, node, holds)) {
        faults = join(faults, [this.#unknownKey('unevaluatedProperties', part, node, place, key)]);
      }
    }
    return faults;
  }

  #pair(part: Part, node: MapNode, { key, value }: Pair, at: Place): Faults {
    const property = part.properties.get(key.text);
    let faults = property === undefined ? none : this.#check(property, value, at);
    let isKnown = property !== undefined;
    for (const [pattern, each] of part.patterns) {
      if (!pattern.test(key.text)) continue;
      isKnown = true;
      faults = join(faults, this.#check(each, value, at));
    }
    // A key is a string to a schema, whatever YAML reads it as.
    if (part.names !== undefined && this.#check(part.names, { ...key, value: key.text }, at).length > 0) {
      faults = join(faults, [this.#unknownKey('propertyNames', part, node, at.parent, key)]);
    }
    if (isKnown || part.additional === undefined || part.additional === true) return faults;
    if (part.additional === false)
      return join(faults, [this.#unknownKey('additionalProperties', part, node, at.parent, key)]);
    return join(faults, this.#check(part.additional, value, at));
  }

  #unknownKey(keyword: string, part: Part, node: MapNode, place: Place | undefined, key: ScalarNode): Fault {
    return { kind: 'unknown-key', keyword, node, place, key, allowed: propertyNames(part) };
  }

  #seq({ tuple, rest }: Part, node: SeqNode, place: Place | undefined): Faults {
    if (tuple.length === 0 && (rest === undefined || rest === true)) return none;
    let faults = none;
    const depth = (place?.depth ?? 0) + 1;
    for (const [index, item] of node.items.entries()) {
      const part = tuple[index] ?? rest;
      if (part === undefined || part === true) continue;
      faults = join(
        faults,
        this.#check(part, item, { parent: place, segment: String(index), key: undefined, depth }),
      );
    }
    return faults;
  }
}

/** Sound trees make no faults, so nothing is copied for them. */
function join(faults: Faults, more: Faults): Faults {
  if (more.length === 0) return faults;
  return faults.length === 0 ? more : [...faults, ...more];
}

function hasKey(node: MapNode, name: string): boolean {
  for (const { key } of node.pairs) if (key.text === name) return true;
  return false;
}

function mismatchOf(
  { types, values, isTemplate, pattern }: Part,
  node: Node,
  place: Place | undefined,
): Fault | undefined {
  if (values !== undefined && !(node.kind === 'scalar' && values.includes(node.value))) {
    return { kind: 'mismatch', keyword: 'enum', types: [], values, node, place };
  }
  if (types !== undefined && !types.some((type) => hasType(node, type))) {
    return { kind: 'mismatch', keyword: 'type', types: isTemplate ? [] : types, values: [], node, place };
  }
  if (
    isTemplate &&
    node.kind === 'scalar' &&
    typeof node.value === 'string' &&
    pattern?.test(node.value) === false
  ) {
    return { kind: 'mismatch', keyword: 'type', types: [], values: [], node, place };
  }
  return undefined;
}

export function hasType(node: Node, type: string): boolean {
  if (node.kind === 'map') return type === 'object';
  if (node.kind === 'seq') return type === 'array';
  const { value } = node;
  if (value === null) return type === 'null';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}
