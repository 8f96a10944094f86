import type { Correction } from '../../core/schema/correct-schema.ts';

const any = true;

/** Configuration that adapters and older spellings add; dbt 1.12 takes all of them. */
const nodeConfig = {
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

/** Where the published schema of dbt_project.yml is narrower than dbt 1.12. */
export const projectCorrections: readonly Correction[] = [
  {
    at: '/properties',
    merge: { 'osi-paths': any, 'project-root': any, packages: any, 'source-paths': any, 'data-paths': any },
    why: 'dbt reads them, two of them with a deprecation',
  },
  {
    at: '/properties/log-path',
    replace: { type: ['string', 'null'] },
    why: 'any folder is taken, with a deprecation',
  },
  {
    at: '/properties/target-path',
    replace: { type: ['string', 'null'] },
    why: 'any folder is taken, with a deprecation',
  },
  {
    at: '/definitions/ProjectModelConfig/properties',
    merge: Object.fromEntries(Object.entries(nodeConfig).map(([key, value]) => [`+${key}`, value])),
    why: 'adapters, aliases and hyphens that the schema does not know',
  },
  {
    at: '/definitions/ProjectSeedConfig/properties',
    merge: { '+pre-hook': any, '+post-hook': any, '+project': any, '+dataset': any },
    why: 'as for models',
  },
  {
    at: '/definitions/ProjectSnapshotConfig/properties',
    merge: { '+pre-hook': any, '+post-hook': any, '+project': any, '+dataset': any },
    why: 'as for models',
  },
];

/** dbt 1.12 checks the frame of selectors.yml by a contract and reads definitions later. */
export const selectorsCorrections: readonly Correction[] = [
  {
    at: '/definitions/SelectorDefinitionValue',
    replace: { type: ['string', 'object'] },
    why: 'lists are refused as the definition itself; what stands inside is read later',
  },
];

const text = { type: ['string', 'null'] };
const flag = { type: ['boolean', 'null'] };

/** Adapters' own classes accept more than the published schema lists. */
export const profileCorrections: readonly Correction[] = [
  {
    at: '/definitions/DbConfig/oneOf/9/properties',
    merge: {
      config_options: { type: 'object', description: 'Options that DuckDB takes only when it connects.' },
      disable_transactions: { ...flag, description: 'Runs every statement by itself, without transactions.' },
      filesystems: { type: 'array', description: 'fsspec file systems to register.' },
      keep_open: { ...flag, description: 'Keeps the file open while dbt runs.' },
      module_paths: { type: 'array', description: 'Folders that plugins and UDFs are imported from.' },
      plugins: { type: 'array', description: 'dbt-duckdb plugins to load.' },
      remote: { type: 'object', description: 'A server to connect to in place of a file.' },
      retries: {
        type: 'object',
        description: 'How often to try again when the file is locked or a query fails.',
      },
      use_credential_provider: { ...text, description: 'Where cloud credentials come from: `aws`.' },
    },
    why: 'dbt-duckdb 1.11 reads them',
  },
  {
    at: '/definitions/DbConfig/oneOf/2/properties',
    merge: {
      dbname: text,
      pass: text,
      autocommit: flag,
      application_name: text,
      connect_timeout: any,
      retries: any,
      keepalives_idle: any,
      role: text,
      search_path: text,
    },
    why: 'dbt-postgres reads them; `dbname` and `pass` are aliases',
  },
  {
    at: '/definitions/DbConfig/oneOf/0/properties',
    merge: { dbname: text, pass: text },
    why: 'aliases in dbt-redshift',
  },
  {
    at: '/definitions/DbConfig/oneOf/3/properties',
    merge: { project: text, dataset: text, timeout_seconds: any, target_project: any, target_dataset: any },
    why: 'aliases in dbt-bigquery',
  },
  {
    at: '/definitions/DbConfig/oneOf/7/properties',
    merge: { catalog: text },
    why: 'an alias in dbt-databricks',
  },
];
