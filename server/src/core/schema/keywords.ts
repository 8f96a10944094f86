import { asSchema, isObject, schemaList, type JsonObject, type JsonSchema, type Schema } from './schema.ts';

/** The keywords `Evaluation` knows; no schema that Penstock checks with may use another one. */
const known: ReadonlySet<string> = new Set(
  `$schema $id $ref $defs definitions $comment title description default examples deprecated readOnly writeOnly format
   type enum const allOf anyOf oneOf not if then else
   properties patternProperties additionalProperties unevaluatedProperties propertyNames required
   dependentRequired dependencies minProperties maxProperties items prefixItems additionalItems minItems maxItems uniqueItems
   pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum`.split(/\s+/),
);

/** A part of a schema made ready: what the walk asks of it again and again, read once. */
export interface Part extends Omit<Links, 'isAboutKeys'> {
  readonly json: JsonObject;
  readonly types: readonly string[] | undefined;
  /** The values of `enum` and `const`; scalars only, for no tree equals a composite value. */
  readonly values: readonly unknown[] | undefined;
  readonly required: readonly string[];
  readonly pattern: RegExp | undefined;
  /** dbt's schemas let a template stand for any value by such a branch; nobody should be told of it. */
  readonly isTemplate: boolean;
  readonly hasLimits: boolean;
  readonly hasConditions: boolean;
  /** True where a mapping may hold no keys but those that some part looks at. */
  readonly isClosed: boolean;
  /** True where of a scalar nothing but its type and its value matters. */
  readonly isPlain: boolean;
  /** The parts it leads to, for a walk that asks for many of them at once. */
  readonly links: Links;
}

/** The parts that a part leads to. */
export interface Links {
  readonly ref: Compiled | undefined;
  readonly allOf: readonly Compiled[];
  readonly anyOf: readonly Compiled[] | undefined;
  readonly oneOf: readonly Compiled[] | undefined;
  readonly properties: ReadonlyMap<string, Compiled>;
  readonly patterns: readonly (readonly [RegExp, Compiled])[];
  readonly additional: Compiled | undefined;
  readonly names: Compiled | undefined;
  readonly tuple: readonly Compiled[];
  readonly rest: Compiled | undefined;
  /** False where a mapping may hold any keys with any values. */
  readonly isAboutKeys: boolean;
}

export type Compiled = Part | boolean;

/** Makes parts of one schema ready when they are first met, each once. */
export class Parts {
  readonly #schema: Schema;
  readonly #made = new Map<JsonObject, Part>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  of(schema: JsonSchema): Compiled {
    if (typeof schema === 'boolean') return schema;
    const made = this.#made.get(schema);
    if (made !== undefined) return made;
    const part = new LazyPart(schema, this);
    this.#made.set(schema, part);
    return part;
  }

  resolve(ref: string): Compiled | undefined {
    const target = this.#schema.resolve(ref);
    return target === undefined ? undefined : this.of(target);
  }
}

/** Reads its keywords when it is made, and what they lead to when it is asked, so that cycles do no harm. */
class LazyPart implements Part {
  readonly json: JsonObject;
  readonly types: readonly string[] | undefined;
  readonly values: readonly unknown[] | undefined;
  readonly required: readonly string[];
  readonly pattern: RegExp | undefined;
  readonly isTemplate: boolean;
  readonly hasLimits: boolean;
  readonly hasConditions: boolean;
  readonly isClosed: boolean;
  readonly #parts: Parts;
  #links: Links | undefined;
  #isPlain: boolean | undefined;

  constructor(json: JsonObject, parts: Parts) {
    this.json = json;
    this.#parts = parts;
    this.types = strings(typeof json['type'] === 'string' ? [json['type']] : json['type']);
    this.values = Array.isArray(json['enum'])
      ? json['enum']
      : Object.hasOwn(json, 'const')
        ? [json['const']]
        : undefined;
    this.required = strings(json['required']) ?? [];
    this.pattern = typeof json['pattern'] === 'string' ? regExp(json['pattern']) : undefined;
    this.isTemplate = typeof json['pattern'] === 'string' && json['pattern'].startsWith('^\\{');
    this.hasLimits = Object.keys(json).some(
      (key) =>
        key.startsWith('min') ||
        key.startsWith('max') ||
        key.startsWith('exclusive') ||
        key.startsWith('depend') ||
        key === 'uniqueItems',
    );
    this.hasConditions = Object.hasOwn(json, 'not') || Object.hasOwn(json, 'if');
    this.isClosed = json['unevaluatedProperties'] === false;
  }

  get ref(): Compiled | undefined {
    return this.links.ref;
  }
  get allOf(): readonly Compiled[] {
    return this.links.allOf;
  }
  get anyOf(): readonly Compiled[] | undefined {
    return this.links.anyOf;
  }
  get oneOf(): readonly Compiled[] | undefined {
    return this.links.oneOf;
  }
  get properties(): ReadonlyMap<string, Compiled> {
    return this.links.properties;
  }
  get patterns(): readonly (readonly [RegExp, Compiled])[] {
    return this.links.patterns;
  }
  get additional(): Compiled | undefined {
    return this.links.additional;
  }
  get names(): Compiled | undefined {
    return this.links.names;
  }
  get tuple(): readonly Compiled[] {
    return this.links.tuple;
  }
  get rest(): Compiled | undefined {
    return this.links.rest;
  }

  get isPlain(): boolean {
    return (this.#isPlain ??= this.#hasOnlyTypes());
  }

  #hasOnlyTypes(): boolean {
    const { ref, allOf, anyOf, oneOf } = this.links;
    const leads = ref !== undefined || allOf.length > 0 || anyOf !== undefined || oneOf !== undefined;
    return !leads && !this.hasConditions && !this.hasLimits && this.pattern === undefined;
  }

  get links(): Links {
    return (this.#links ??= linksOf(this.json, this.#parts));
  }
}

function linksOf(json: JsonObject, parts: Parts): Links {
  const one = (value: unknown): Compiled | undefined => {
    const schema = asSchema(value);
    return schema === undefined ? undefined : parts.of(schema);
  };
  const list = (value: unknown): readonly Compiled[] => schemaList(value).map((schema) => parts.of(schema));
  const table = (value: unknown): readonly (readonly [string, Compiled])[] =>
    (isObject(value) ? Object.entries(value) : []).map(([name, part]) => [name, one(part) ?? true] as const);
  const properties = new Map(table(json['properties']));
  const patterns = table(json['patternProperties']).map(
    ([pattern, part]) => [regExp(pattern) ?? /^/, part] as const,
  );
  const additional = one(json['additionalProperties']);
  const names = one(json['propertyNames']);
  return {
    ref: typeof json['$ref'] === 'string' ? parts.resolve(json['$ref']) : undefined,
    allOf: list(json['allOf']),
    anyOf: Array.isArray(json['anyOf']) ? list(json['anyOf']) : undefined,
    oneOf: Array.isArray(json['oneOf']) ? list(json['oneOf']) : undefined,
    properties,
    patterns,
    additional,
    names,
    isAboutKeys:
      properties.size > 0 ||
      patterns.length > 0 ||
      names !== undefined ||
      (additional !== undefined && additional !== true),
    tuple: list(json['prefixItems'] ?? json['items']),
    rest: one(Array.isArray(json['items']) ? json['additionalItems'] : json['items']),
  };
}

/** A keyword that `Evaluation` does not know, anywhere in the schema; undefined where it knows all. */
export function unknownKeyword({ json, parts }: Schema): string | undefined {
  const seen = new Set<Part>();
  const waiting: (Compiled | undefined)[] = [parts.of(json)];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (part === undefined || typeof part === 'boolean' || seen.has(part)) continue;
    seen.add(part);
    const unknown = Object.keys(part.json).find((keyword) => !known.has(keyword));
    if (unknown !== undefined) return unknown;
    waiting.push(
      part.ref,
      part.additional,
      part.names,
      part.rest,
      ...part.allOf,
      ...(part.anyOf ?? []),
      ...(part.oneOf ?? []),
    );
    waiting.push(...part.tuple, ...part.properties.values(), ...part.patterns.map(([, each]) => each));
    for (const keyword of ['not', 'if', 'then', 'else', 'unevaluatedProperties']) {
      const schema = asSchema(part.json[keyword]);
      if (schema !== undefined) waiting.push(parts.of(schema));
    }
  }
  return undefined;
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}

/** Undefined for a pattern that is no regular expression here: it then forbids nothing. */
function regExp(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
