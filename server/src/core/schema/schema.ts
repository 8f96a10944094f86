import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Parts, unknownKeyword } from './keywords.ts';

export type Draft = '07' | '2020';

export type JsonObject = { readonly [key: string]: unknown };

/** A schema or a part of one: an object of keywords, or true and false. */
export type JsonSchema = JsonObject | boolean;

/** A JSON Schema ready to check trees with. What is costly is made when it is first asked. */
export class Schema {
  readonly json: JsonObject;
  readonly draft: Draft;
  /** Its parts, as the evaluation of trees wants them. */
  readonly parts: Parts;
  #validate: ValidateFunction | undefined;
  #isKnown: boolean | undefined;

  constructor(json: JsonObject, draft: Draft) {
    this.json = json;
    this.draft = draft;
    this.parts = new Parts(this);
  }

  /** True where the evaluation of trees knows every keyword, and the validator would say nothing else. */
  get isKnown(): boolean {
    return (this.#isKnown ??= unknownKeyword(this.parts.of(this.json), this.parts) === undefined);
  }

  /** The validator's verdict on a plain value. */
  accepts(value: unknown): boolean {
    return this.#compiled()(value);
  }

  /** What the validator itself says; for what the explanation has no words for. */
  errors(value: unknown): readonly ErrorObject[] {
    const validate = this.#compiled();
    validate(value);
    return validate.errors ?? [];
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

  #compiled(): ValidateFunction {
    return (this.#validate ??= compile(this.json, this.draft));
  }
}

/** A schema of one JSON document; nothing is compiled before the first check. */
export function createSchema(json: object, options: { readonly draft: Draft }): Schema {
  return new Schema(json as JsonObject, options.draft);
}

/** Of one Ajv there is one schema, so that equal `$id`s never meet and no state is shared. */
function compile(json: JsonObject, draft: Draft): ValidateFunction {
  const options = {
    strict: false,
    allErrors: true,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    logger: false,
  } as const;
  const ajv = draft === '07' ? new Ajv(options) : new Ajv2020(options);
  const { $schema: _meta, ...schema } = json;
  return ajv.compile(schema);
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
