import type { MapNode, Node, Pair, ScalarNode, SeqNode } from '../tree.ts';
import { bestFit, type Outcome } from './best-fit.ts';
import { depthOf, type Fault, type Place } from './fault.ts';
import type { Compiled, Links, Part } from './keywords.ts';
import { limitFaults } from './limits.ts';
import { propertyNames, unevaluatedKeys } from './properties.ts';
import { asSchema, type JsonSchema, type Schema } from './schema.ts';

export interface EvaluateOptions {
  /** Where true, nothing is wrong with this scalar, whatever the schema says. */
  readonly acceptsScalar?: ((node: ScalarNode) => boolean) | undefined;
  readonly fine?: FineItems | undefined;
}

/** The items of lists in which a part of the schema found nothing wrong; they need not be walked again. */
export type FineItems = Map<Part, WeakSet<Node>>;

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
  readonly #fine: FineItems | undefined;
  /** Invariant: a branch of a union is evaluated once for a node, so nested unions do not multiply. */
  readonly #known = new Map<Part, Map<Node, Faults>>();
  /** How many references followed each other at one node. */
  #refs = 0;
  #refNode: Node | undefined;

  constructor(schema: Schema, options: EvaluateOptions) {
    this.#schema = schema;
    this.#accepts = options.acceptsScalar;
    this.#fine = options.fine;
  }

  check(schema: JsonSchema, node: Node, place: Place | undefined): Faults {
    return this.#check(this.#schema.parts.of(schema), node, place);
  }

  #check(part: Compiled, node: Node, place: Place | undefined): Faults {
    if (part === true) return none;
    const faults = part === false ? [notAllowed('false', node, place)] : this.#faults(part, node, place);
    return faults.length > 0 && node.kind === 'scalar' && this.#accepts?.(node) === true ? none : faults;
  }

  #faults(part: Part, node: Node, place: Place | undefined): Faults {
    const mismatch = mismatchOf(part, node, place);
    if (mismatch !== undefined) return [mismatch];
    const { ref, allOf, anyOf, oneOf } = part.links;
    let faults = none;
    if (ref !== undefined) faults = join(faults, this.#refer(ref, node, place));
    for (const each of allOf) faults = join(faults, this.#check(each, node, place));
    if (anyOf !== undefined) faults = join(faults, this.#anyOf(anyOf, node, place));
    if (oneOf !== undefined) faults = join(faults, this.#oneOf(oneOf, node, place));
    if (part.hasConditions) faults = join(faults, this.#conditions(part, node, place));
    if (part.hasLimits || part.pattern !== undefined) faults = join(faults, limitFaults(part, node, place));
    if (node.kind === 'map') return join(faults, this.#map(part, node, place));
    return node.kind === 'seq' ? join(faults, this.#seq(part.links, node, place)) : faults;
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
    // Most values are right, and most branches are about another type: only the others are walked.
    for (const branch of branches) {
      if (mayFit(branch, node) && this.#branch(branch, node, place).length === 0) return none;
    }
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
    let faults: Collected;
    const { links } = part;
    if (links.isAboutKeys)
      for (const pair of countingPairs(node))
        if (!isPlainlyFine(links, pair)) faults = collect(faults, this.#pair(part, node, pair, place));
    for (const key of part.required) {
      if (!hasKey(node, key))
        faults = collect(faults, [{ kind: 'missing-key', keyword: 'required', node, place, key }]);
    }
    if (part.isClosed) faults = collect(faults, this.#unevaluated(part, node, place));
    return faults ?? none;
  }

  #unevaluated(part: Part, node: MapNode, place: Place | undefined): Faults {
    const holds = (each: Compiled): boolean => this.#check(each, node, place).length === 0;
    return unevaluatedKeys(part, node, holds).map((key) =>
      this.#unknownKey('unevaluatedProperties', part, node, place, key),
    );
  }

  #pair(part: Part, node: MapNode, { key, value }: Pair, parent: Place | undefined): Faults {
    const { names, additional, properties, patterns } = part.links;
    const at: Place = { parent, segment: key.text, key, depth: depthOf(parent) + 1 };
    const property = properties.get(key.text);
    let faults = property === undefined ? none : this.#check(property, value, at);
    let isKnown = property !== undefined;
    if (patterns.length > 0)
      for (const [pattern, each] of patterns) {
        if (!pattern.test(key.text)) continue;
        isKnown = true;
        faults = join(faults, this.#check(each, value, at));
      }
    // A key is a string to a schema, whatever YAML reads it as.
    if (names !== undefined && this.#check(names, { ...key, value: key.text }, at).length > 0) {
      faults = join(faults, [this.#unknownKey('propertyNames', part, node, parent, key)]);
    }
    if (isKnown || additional === undefined || additional === true) return faults;
    if (additional === false)
      return join(faults, [this.#unknownKey('additionalProperties', part, node, parent, key)]);
    return join(faults, this.#check(additional, value, at));
  }

  #unknownKey(keyword: string, part: Part, node: MapNode, place: Place | undefined, key: ScalarNode): Fault {
    return { kind: 'unknown-key', keyword, node, place, key, allowed: propertyNames(part) };
  }

  #seq({ tuple, rest }: Links, node: SeqNode, place: Place | undefined): Faults {
    if (tuple.length === 0 && (rest === undefined || rest === true)) return none;
    let faults: Collected;
    const depth = depthOf(place) + 1;
    for (let index = 0; index < node.items.length; index++) {
      const item = node.items[index]!;
      const part = tuple[index] ?? rest;
      if (part === undefined || isFine(part, item)) continue;
      const fine = item.kind === 'scalar' || typeof part === 'boolean' ? undefined : this.#fineBy(part);
      if (fine?.has(item)) continue;
      const at: Place = { parent: place, segment: String(index), key: undefined, depth };
      const own = this.#check(part, item, at);
      if (own.length === 0) fine?.add(item);
      else faults = collect(faults, own);
    }
    return faults ?? none;
  }

  #fineBy(part: Part): WeakSet<Node> | undefined {
    if (this.#fine === undefined) return undefined;
    let fine = this.#fine.get(part);
    if (fine === undefined) this.#fine.set(part, (fine = new WeakSet()));
    return fine;
  }
}

/** Most values are plainly fine, and their place is never asked for. */
function isPlainlyFine(links: Links, { key, value }: Pair): boolean {
  if (links.names !== undefined || links.patterns.length > 0) return false;
  const part = links.properties.get(key.text) ?? links.additional;
  return part === undefined || isFine(part, value);
}

/** True where one look at the value tells that nothing is wrong; false may mean anything. */
function isFine(part: Compiled, node: Node): boolean {
  if (typeof part === 'boolean') return part;
  return node.kind === 'scalar' && part.isPlain && mismatchOf(part, node, undefined) === undefined;
}

/** Sound trees make no faults, so nothing is copied for them. */
function join(faults: Faults, more: Faults): Faults {
  if (more.length === 0) return faults;
  return faults.length === 0 ? more : [...faults, ...more];
}

/** A list that grows while the members of a collection are gone through; what each of them gave may be known to others. */
type Collected = Fault[] | undefined;

/** To join them one by one would copy all that came before for each, which a large file full of faults makes slow. */
function collect(faults: Collected, more: Faults): Collected {
  if (more.length === 0) return faults;
  if (faults === undefined) return [...more];
  for (const fault of more) faults.push(fault);
  return faults;
}

/** The pairs that count: of a key that stands twice the last one. */
function countingPairs({ pairs }: MapNode): readonly Pair[] {
  if (!hasTwins(pairs)) return pairs;
  const last = new Map(pairs.map((pair) => [pair.key.text, pair]));
  return pairs.filter((pair) => last.get(pair.key.text) === pair);
}

/** Asked of every mapping there is, most of which are small. */
function hasTwins(pairs: readonly Pair[]): boolean {
  if (pairs.length > 12) return new Set(pairs.map(({ key }) => key.text)).size < pairs.length;
  for (let at = 1; at < pairs.length; at++) {
    for (let before = 0; before < at; before++) {
      if (pairs[at]!.key.text === pairs[before]!.key.text) return true;
    }
  }
  return false;
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
  if (types !== undefined && !hasSomeType(node, types)) {
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

function notAllowed(keyword: string, node: Node, place: Place | undefined): Fault {
  return { kind: 'other', keyword, node, place, says: 'is not allowed here; remove it' };
}

/** False where the branch, or what it refers to at once, is about another type. */
function mayFit(branch: Compiled, node: Node): boolean {
  let part: Compiled | undefined = branch;
  for (let hops = 0; hops < 4 && part !== undefined && typeof part !== 'boolean'; hops++) {
    if (part.types !== undefined && !hasSomeType(node, part.types)) return false;
    part = part.links.ref;
  }
  return true;
}

function hasSomeType(node: Node, types: readonly string[]): boolean {
  for (const type of types) if (hasType(node, type)) return true;
  return false;
}

export function hasType(node: Node, type: string): boolean {
  if (node.kind === 'map') return type === 'object';
  if (node.kind === 'seq') return type === 'array';
  const { value } = node;
  if (value === null) return type === 'null';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}
