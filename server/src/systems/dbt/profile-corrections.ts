import type { Correction } from '../../core/schema/correct-schema.ts';

const any = true;
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
      motherduck_token: { ...text, description: 'The token for MotherDuck.' },
      flights: { type: 'object', description: 'Python models on MotherDuck Flights.' },
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
    merge: {
      dbname: text,
      pass: text,
      retry_all: flag,
      is_serverless: flag,
      serverless_work_group: text,
      serverless_acct_id: text,
      query_group: text,
      tcp_keepalive: flag,
      tcp_keepalive_idle: any,
      tcp_keepalive_interval: any,
      tcp_keepalive_count: any,
      allow_concurrent_drops: flag,
    },
    why: 'dbt-redshift reads them; `dbname` and `pass` are aliases',
  },
  {
    at: '/definitions/DbConfig/oneOf/3/properties',
    merge: {
      project: text,
      dataset: text,
      timeout_seconds: any,
      target_project: any,
      target_dataset: any,
      job_link_info_level_log: flag,
    },
    why: 'dbt-bigquery reads them; most are aliases',
  },
  {
    at: '/definitions/DbConfig/oneOf/7/properties',
    merge: {
      catalog: text,
      azure_client_id: text,
      azure_client_secret: text,
      oidc_token_filepath: text,
      query_tags: text,
    },
    why: 'dbt-databricks reads them; `catalog` is an alias',
  },
  {
    at: '/definitions/DbConfig/oneOf/1/properties',
    merge: {
      proxy_host: text,
      proxy_port: any,
      insecure_mode: flag,
      workload_identity_provider: text,
      workload_identity_entra_resource: text,
      platform_detection_timeout_seconds: any,
    },
    why: 'dbt-snowflake reads them',
  },
];

/** Where dbt v2 takes more than the published schema; of keys that it does not know it takes anything. */
export const secondProfileCorrections: readonly Correction[] = [
  {
    at: '/definitions/DbConfig/oneOf/1/properties',
    merge: { query_tag: any },
    why: 'a list or a mapping passes',
  },
];
