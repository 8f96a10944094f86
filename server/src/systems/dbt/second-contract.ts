import type { Correction } from '../../core/schema/correct-schema.ts';
import { isObject, type JsonObject } from '../../core/schema/schema.ts';

const any = true;

const name = { type: ['string', 'null'] };

/** The columns that a snapshot adds, with their own names. */
export const metaColumns = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    dbt_valid_from: name,
    dbt_valid_to: name,
    dbt_scd_id: name,
    dbt_updated_at: name,
    dbt_is_deleted: name,
  },
};

/** What dbt v2 takes in properties files beside what v1 does; measured by the agreement suite. */
export const secondPropertiesCorrections: readonly Correction[] = [
  {
    at: '/properties/models/items/properties/config/properties',
    merge: { full_refresh: any, on_configuration_change: any },
    why: 'v2 makes of these what it can',
  },
  {
    at: '/properties/snapshots/items/properties/config/properties',
    merge: { snapshot_meta_column_names: metaColumns },
    why: 'v2 refuses what it does not know there',
  },
  {
    at: '/properties/seeds/items/properties/config/properties',
    merge: { full_refresh: any, on_configuration_change: any, quote_columns: any },
    why: 'v2 makes of these what it can',
  },
  {
    at: '/properties/sources/items/properties/quoting',
    replace: { type: ['object', 'null'] },
    why: 'v2 makes of the values what it can',
  },
  {
    at: '/properties/sources/items/properties/config/properties/freshness/properties/*/properties',
    merge: { count: any },
    why: 'v2 warns of a count that is no number',
  },
  {
    at: '/properties/exposures/items/properties/maturity',
    replace: any,
    why: 'v2 has no list of maturities',
  },
  {
    at: '/properties/exposures/items/properties/owner',
    replace: { type: 'object' },
    why: 'v2 takes an owner without name and email',
  },
  {
    at: '/properties/groups/items/properties/owner',
    replace: { type: 'object' },
    why: 'v2 takes an owner without name and email',
  },
  {
    at: '/properties/models/items/properties/versions/items/properties/columns/items',
    replace: any,
    why: 'v2 passes over what it does not know there',
  },
  {
    at: '/properties/functions/items',
    merge: { required: ['name'] },
    why: 'v2 asks when it builds the function',
  },
  {
    at: '/properties/functions/items/properties/arguments/items',
    merge: { required: ['name'] },
    why: 'v2 asks when it builds the function',
  },
  {
    at: '/properties/unit_tests/items',
    merge: { required: ['name', 'model', 'expect'] },
    why: 'v2 takes nothing given for none',
  },
  {
    at: '/properties',
    merge: { semantic_models: any, metrics: any, saved_queries: any },
    why: 'v2 passes over the older form of the semantic layer',
  },
];

/** The schema with nothing allowed for whatever need not be there: v2 takes a key without a value for one left out. */
export function allowingNothing(schema: JsonObject): JsonObject {
  const allowed: Record<string, unknown> = { ...schema };
  const { type } = schema;
  if (typeof type === 'string') allowed['type'] = [type, 'null'];
  else if (Array.isArray(type) && !type.includes('null')) allowed['type'] = [...(type as string[]), 'null'];
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
  const properties = schema['properties'];
  if (isObject(properties)) {
    allowed['properties'] = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [
        key,
        isObject(value) ? (required.includes(key) ? within(value) : allowingNothing(value)) : value,
      ]),
    );
  }
  for (const key of ['items', 'additionalProperties']) {
    const value = schema[key];
    if (isObject(value)) allowed[key] = within(value);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const values = schema[key];
    if (Array.isArray(values))
      allowed[key] = values.map((value: unknown) => (isObject(value) ? allowingNothing(value) : value));
  }
  return allowed;
}

/** The same for what is inside, while the value itself must be there. */
function within(schema: JsonObject): JsonObject {
  const allowed = allowingNothing(schema);
  return schema['type'] === undefined ? allowed : { ...allowed, type: schema['type'] };
}
