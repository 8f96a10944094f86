import type { Correction } from '../../core/schema/correct-schema.ts';

const constraint = {
  type: 'object',
  required: ['type'],
  properties: { type: { enum: ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom'] } },
};

const boolean = { type: 'boolean' };
const mapping = { type: 'object' };

const freshnessPeriod = { enum: ['minute', 'hour', 'day', null] };
const count = { type: ['integer', 'null'] };
const freshnessTime = { properties: { period: freshnessPeriod, count } };
const buildAfter = {
  properties: { period: freshnessPeriod, count, updates_on: { enum: ['any', 'all', null] } },
};

/** Configuration that dbt refuses when it builds the node; each tried with dbt 1.12.0. */
const nodeConfig = {
  properties: {
    enabled: boolean,
    full_refresh: { type: ['boolean', 'null'] },
    meta: mapping,
    persist_docs: mapping,
    grants: mapping,
    contract: { type: 'object', properties: { enforced: boolean } },
    access: { enum: ['private', 'protected', 'public'] },
    column_types: mapping,
    freshness: { properties: { build_after: buildAfter } },
    on_configuration_change: { enum: ['apply', 'continue', 'fail'] },
    on_error: { enum: ['skip_children', 'continue', null] },
  },
};

const metric = {
  type: 'object',
  required: ['name', 'type'],
  properties: { type: { type: 'string' } },
};

const owner = { anyOf: [{ required: ['name'] }, { required: ['email'] }] };

/** What dbt checks in code beside its contracts for properties files. */
export const propertiesContractCorrections: readonly Correction[] = [
  {
    at: '/properties/sources/items/properties/tables',
    merge: { type: ['array', 'null'] },
    why: 'a source without tables may leave the list empty: dbt itself puts an empty list there',
  },
  {
    at: '/properties/sources/items/properties',
    merge: { overrides: { type: 'string' } },
    why: 'dbt takes `overrides` away before it checks the contract',
  },
  {
    at: '/properties/sources/items/properties/config',
    merge: {
      properties: {
        enabled: boolean,
        meta: mapping,
        freshness: { properties: { warn_after: freshnessTime, error_after: freshnessTime } },
      },
    },
    why: 'refused when the source is built',
  },
  {
    at: '/properties',
    merge: { metrics: { type: 'array', items: metric } },
    why: 'metrics are read by a contract of their own',
  },
  {
    at: '/properties/saved_queries/items/properties/exports/items/properties/config',
    merge: { properties: { export_as: { enum: ['table', 'view', 'cache', null] } } },
    why: 'refused when the export is built',
  },
  {
    at: '/properties/data_tests',
    merge: { type: ['array', 'null', 'string', 'object'] },
    why: 'dbt only notes that it cannot read this section',
  },
  {
    at: '/properties/models/items/properties/constraints/items',
    replace: constraint,
    why: 'a constraint without a known type is refused',
  },
  {
    at: '/properties/models/items/properties/columns/items/properties/constraints/items',
    replace: constraint,
    why: 'a constraint without a known type is refused',
  },
  {
    at: '/properties/models/items/properties/config',
    merge: nodeConfig,
    why: 'refused when the node is built',
  },
  {
    at: '/properties/seeds/items/properties/config',
    merge: { properties: { ...nodeConfig.properties, quote_columns: { type: ['boolean', 'null'] } } },
    why: 'refused when the node is built',
  },
  {
    at: '/properties/snapshots/items/properties/config',
    merge: { properties: { enabled: boolean, meta: mapping } },
    why: 'refused when the node is built',
  },
  {
    at: '/properties/models/items/properties/access',
    replace: { enum: ['private', 'protected', 'public', null] },
    why: 'InvalidAccessTypeError for anything else',
  },
  {
    at: '/properties/exposures/items/properties/owner',
    merge: owner,
    why: 'an owner needs a name or an email',
  },
  { at: '/properties/groups/items/properties/owner', merge: owner, why: 'an owner needs a name or an email' },
];
