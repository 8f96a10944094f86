import type { MapNode, ScalarNode } from '../tree.ts';
import { asSchema, isObject, schemaList, type JsonObject, type JsonSchema, type Schema } from './schema.ts';

/** The parts that hold for the same node as `schema` does: what it refers to and what it is made of, itself first. */
export function partsOf(schema: Schema, part: JsonSchema, unions: boolean): readonly JsonObject[] {
  const parts = new Set<JsonObject>();
  const collect = (at: JsonSchema | undefined): void => {
    if (!isObject(at) || parts.has(at)) return;
    parts.add(at);
    if (typeof at['$ref'] === 'string') collect(schema.resolve(at['$ref']));
    for (const each of schemaList(at['allOf'])) collect(each);
    if (!unions) return;
    for (const each of [...schemaList(at['anyOf']), ...schemaList(at['oneOf'])]) collect(each);
    collect(asSchema(at['then']));
    collect(asSchema(at['else']));
  };
  collect(part);
  return [...parts];
}

/** The names of all keys that some part of the schema allows here. */
export function propertyNames(schema: Schema, part: JsonSchema): readonly string[] {
  const names = new Set<string>();
  for (const each of partsOf(schema, part, true)) {
    if (!isObject(each['properties'])) continue;
    for (const [name, value] of Object.entries(each['properties'])) if (value !== false) names.add(name);
  }
  return [...names];
}

/** The keys no part of the schema that holds for this mapping knows of. */
export function unevaluatedKeys(
  schema: Schema,
  part: JsonObject,
  node: MapNode,
  holds: (part: JsonSchema) => boolean,
): readonly ScalarNode[] {
  const parts: JsonObject[] = [];
  const collect = (at: JsonSchema | undefined): void => {
    if (!isObject(at) || parts.includes(at)) return;
    parts.push(at);
    if (typeof at['$ref'] === 'string') collect(schema.resolve(at['$ref']));
    for (const each of schemaList(at['allOf'])) collect(each);
    const branches = [...schemaList(at['anyOf']), ...schemaList(at['oneOf'])];
    const fitting = branches.filter(holds);
    for (const each of fitting.length > 0 ? fitting : branches) collect(each);
    for (const keyword of ['if', 'then', 'else']) collect(asSchema(at[keyword]));
  };
  collect(part);
  return node.pairs.map(({ key }) => key).filter((key) => !parts.some((each) => knows(each, key.text)));
}

function knows(part: JsonObject, name: string): boolean {
  if (isObject(part['properties']) && Object.hasOwn(part['properties'], name)) return true;
  if (part['additionalProperties'] !== undefined && part['additionalProperties'] !== false) return true;
  if (part['unevaluatedProperties'] !== undefined && part['unevaluatedProperties'] !== false) return true;
  if (!isObject(part['patternProperties'])) return false;
  return Object.keys(part['patternProperties']).some((pattern) => new RegExp(pattern, 'u').test(name));
}
