import type { Correction } from '../../core/schema/correct-schema.ts';

const any = true;

/** Configuration that adapters and older spellings add; dbt 1.12 takes all of them. */
export const nodeConfig = {
  'pre-hook': { description: 'SQL to run before the node is built.' },
  'post-hook': { description: 'SQL to run after the node is built.' },
  project: { description: 'BigQuery: the project, elsewhere called `database`.' },
  dataset: { description: 'BigQuery: the dataset, elsewhere called `schema`.' },
  format: { description: 'DuckDB: the file format of an external materialization.' },
  options: { description: 'DuckDB: options of the `COPY` that writes an external materialization.' },
  plugin: { description: 'DuckDB: the plugin that stores the result.' },
  delimiter: { description: 'DuckDB: the delimiter of an external CSV file.' },
  glue_register: any,
  glue_database: any,
  query_tags: any,
  zorder: any,
  unique_tmp_table_suffix: any,
  skip_optimize: any,
  unlogged: any,
  strategy: any,
} as const;

/** What 1.12 still reads beside `config`, and moves there itself. */
const onNode = {
  access: any,
  docs: any,
  freshness: any,
  group: any,
  meta: any,
  tags: any,
  enabled: any,
  data_type: any,
  quote_columns: any,
  tests: any,
};

/** Where the published schema of properties files is narrower than dbt 1.12. */
export const resourcesCorrections: readonly Correction[] = [
  {
    at: '/definitions/CustomTestInner',
    merge: { additionalProperties: true },
    why: 'arguments of a generic test may stand beside `arguments`, and are whatever its macro takes',
  },
  {
    at: '/definitions/CustomTestMultiKey',
    merge: { additionalProperties: true },
    why: 'as for the other form',
  },
  {
    at: '/definitions/ModelConfig/properties',
    merge: nodeConfig,
    why: 'adapters, aliases and hyphens that the schema does not know',
  },
  {
    at: '/definitions/SeedConfig/properties',
    merge: { 'pre-hook': any, 'post-hook': any, project: any, dataset: any, unlogged: any },
    why: 'as for models',
  },
  {
    at: '/definitions/SnapshotConfig/properties',
    merge: { 'pre-hook': any, 'post-hook': any, project: any, dataset: any },
    why: 'as for models',
  },
  {
    at: '/definitions/ModelProperties/properties',
    merge: onNode,
    why: 'still read at the top level in 1.12',
  },
  { at: '/definitions/SeedProperties/properties', merge: onNode, why: 'still read at the top level in 1.12' },
  {
    at: '/definitions/SnapshotProperties/properties',
    merge: onNode,
    why: 'still read at the top level in 1.12',
  },
  {
    at: '/definitions/ColumnProperties/properties',
    merge: { meta: any, tags: any, docs: any },
    why: 'still read at the top level in 1.12',
  },
  {
    at: '/definitions/Versions/properties',
    merge: { access: any, docs: any, meta: any, tags: any },
    why: 'still read at the top level in 1.12',
  },
  {
    at: '/definitions/SourceProperties/properties',
    merge: {
      freshness: any,
      loaded_at_field: any,
      loaded_at_query: any,
      meta: any,
      tags: any,
      overrides: any,
    },
    why: 'still read at the top level in 1.12',
  },
  {
    at: '/definitions/Tables/properties',
    merge: {
      freshness: any,
      loaded_at_field: any,
      loaded_at_query: any,
      meta: any,
      tags: any,
      tests: any,
      docs: any,
    },
    why: 'still read at the top level in 1.12',
  },
  {
    at: '/definitions/ExposureProperties/properties',
    merge: { meta: any, tags: any },
    why: 'still read at the top level in 1.12',
  },
];
