import type { Correction } from '../../core/schema/correct-schema.ts';

const any = true;

/** The older spelling of hooks. */
export const hyphenHooks = {
  'pre-hook': { description: 'SQL to run before the node is built.' },
  'post-hook': { description: 'SQL to run after the node is built.' },
} as const;

/** Configuration that adapters and older spellings add; dbt 1.12 takes all of them. */
export const nodeConfig = {
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

/** What dbt v2 calls a value that it does not know is none that anybody writes. */
export const noUnknown: readonly Correction[] = ['OnSchemaChange', 'OnConfigurationChange'].map((name) => ({
  at: `/definitions/${name}/enum`,
  remove: ['unknown'],
  why: 'no dbt does anything of that name',
}));

/** Where the published schema of properties files is narrower than dbt 1.12, or wider. */
export const resourcesCorrections: readonly Correction[] = [
  ...noUnknown,
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
    at: '/definitions/SourceProperties/properties',
    merge: { overrides: any },
    why: 'the rule on sources says in words that it is deprecated',
  },
  {
    at: '/definitions/SourceProperties/properties',
    merge: { project: any, dataset: any },
    why: "BigQuery's words for database and schema, which v2 takes of every adapter",
  },
  {
    at: '/definitions/SavedQueriesQueryParams/properties',
    merge: {
      order_by: {
        type: ['array', 'null'],
        items: { type: 'string' },
        description:
          'Metrics and groupings of the query, with `.descending(True)` where the last comes first.',
      },
      limit: { type: ['integer', 'null'], description: 'How many rows the query gives at most.' },
    },
    why: 'v1 reads them and v2 takes them',
  },
  {
    at: '/definitions/DbtOwner',
    merge: { additionalProperties: true },
    why: 'v1 and v2 take any key of an owner',
  },
  {
    at: '/definitions/Versions',
    merge: { additionalProperties: true },
    why: 'v1 refuses strangers by its contract, v2 takes them',
  },
];
