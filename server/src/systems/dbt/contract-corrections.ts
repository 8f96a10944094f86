import type { Correction } from '../../core/schema/correct-schema.ts';
import { sourceWords } from './source-words.ts';

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
const sourceFreshness = {
  type: ['object', 'null'],
  properties: { warn_after: freshnessTime, error_after: freshnessTime },
};
const volatilities = ['deterministic', 'stable', 'non-deterministic', null];
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
    docs: mapping,
    freshness: { properties: { build_after: buildAfter } },
    on_configuration_change: { enum: ['apply', 'continue', 'fail'] },
  },
};

/** The keys of both forms of a metric, of which dbt takes no others. */
const metricKeys =
  'name type label description filter time_granularity config type_params meta tags hidden agg percentile percentile_type join_to_timespine fill_nulls_with expr non_additive_dimension agg_time_dimension window grain_to_date period_agg input_metric numerator denominator input_metrics entity calculation base_metric conversion_metric constant_properties';

const metric = {
  type: 'object',
  // Since 1.12 a metric without a type is a simple one.
  required: ['name'],
  properties: {
    ...Object.fromEntries(metricKeys.split(' ').map((key) => [key, true])),
    type: { type: 'string' },
  },
  additionalProperties: false,
};

function inWordsOfAdapters(schema: object): Readonly<Record<string, object>> {
  return Object.fromEntries([...sourceWords.keys()].map((word) => [word, schema]));
}

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
    at: '/properties/sources/items/properties',
    merge: inWordsOfAdapters({ type: ['string', 'null'] }),
    why: 'adapters have words of their own for schema and database, which dbt translates before it checks the contract',
  },
  {
    at: '/properties/sources/items/properties/quoting/properties',
    merge: inWordsOfAdapters({ type: ['boolean', 'null'] }),
    why: 'as for the source itself',
  },
  {
    at: '/properties/sources/items/properties/tables/items/properties/quoting/properties',
    merge: inWordsOfAdapters({ type: ['boolean', 'null'] }),
    why: 'as for the source itself',
  },
  {
    at: '/properties/sources/items/properties/config',
    merge: {
      properties: {
        enabled: boolean,
        meta: mapping,
        freshness: sourceFreshness,
      },
    },
    why: 'refused when the source is built',
  },
  {
    at: '/properties/sources/items/properties/tables/items/properties/config',
    merge: { properties: { enabled: boolean, meta: mapping, freshness: sourceFreshness } },
    why: 'refused when the source is built',
  },
  {
    at: '/properties/functions/items/properties/config',
    merge: { properties: { enabled: boolean, volatility: { enum: volatilities } } },
    why: 'refused when the function is built',
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
    at: '/properties/data_tests/items/properties/config',
    merge: { type: ['object', 'null'] },
    why: 'dbt takes an empty one',
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
    merge: {
      properties: { ...nodeConfig.properties, on_error: { enum: ['skip_children', 'continue', null] } },
    },
    why: 'refused when the node is built',
  },
  {
    at: '/properties/seeds/items/properties/config',
    merge: { properties: { ...nodeConfig.properties, quote_columns: { type: ['boolean', 'null'] } } },
    why: 'refused when the node is built',
  },
  {
    at: '/properties/snapshots/items/properties/config',
    merge: {
      properties: {
        enabled: boolean,
        meta: mapping,
        snapshot_meta_column_names: { type: ['object', 'null'] },
      },
    },
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
