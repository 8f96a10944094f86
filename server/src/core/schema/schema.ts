import { Parts } from './keywords.ts';

export type Draft = '07' | '2020';

export type JsonObject = { readonly [key: string]: unknown };

/** A schema or a part of one: an object of keywords, or true and false. */
export type JsonSchema = JsonObject | boolean;

/** A JSON Schema ready to check trees with. Its parts are made when they are first asked for. */
export class Schema {
  readonly draft: Draft;
  /** Its parts, as the evaluation of trees wants them. */
  readonly parts: Parts;
  readonly #make: () => object;
  #json: JsonObject | undefined;

  constructor(make: () => object, draft: Draft) {
    this.#make = make;
    this.draft = draft;
    this.parts = new Parts(this);
  }

  get json(): JsonObject {
    return (this.#json ??= this.#make() as JsonObject);
  }

  /** The part of the schema that `$ref` names; undefined for one outside this document. */
  resolve(ref: string): JsonSchema | undefined {
    if (!ref.startsWith('#')) return undefined;
    let at: unknown = this.json;
    for (const segment of ref.slice(1).split('/').slice(1)) {
      if (!isObject(at)) return undefined;
      at = at[decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return asSchema(at);
  }
}

/**
 * A schema of one JSON document, or of what makes one when it is first needed.
 * Every keyword must be one that the walk knows: a test sees to it.
 */
export function createSchema(json: object | (() => object), { draft }: { readonly draft: Draft }): Schema {
  return new Schema(typeof json === 'function' ? (json as () => object) : () => json, draft);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === 'boolean' || isObject(value) ? value : undefined;
}

export function schemaList(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((schema) => schema !== undefined) : [];
}
