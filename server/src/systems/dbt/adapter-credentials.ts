import { createSchema, type Schema } from '../../core/schema/schema.ts';

/** What an adapter demands of an output of profiles.yml, by its own class for credentials. */
export interface AdapterCredentials {
  /** Types and listed values; unknown keys are taken. Keys are the adapter's own names, not their aliases. */
  readonly schema: Schema;
  readonly required: readonly string[];
  /** Other names of keys. */
  readonly aliases: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, object>>;

const text = { type: 'string' };
const whole = { type: 'integer' };
const flag = { type: 'boolean' };
const maybe = (schema: { readonly type: string }): object => ({ type: [schema.type, 'null'] });
const maybeText = maybe(text);
const maybeNumber = maybe({ type: 'number' });
const maybeWhole = maybe(whole);
const maybeFlag = maybe(flag);
const maybeMapping = maybe({ type: 'object' });
const maybeList = maybe({ type: 'array' });
const port = { type: 'integer', minimum: 0, maximum: 65535 };

/** The same fields for many keys. */
const all = (schema: object, keys: string): Fields =>
  Object.fromEntries(keys.split(' ').map((key) => [key, schema]));

/** An entry with no keys but these. */
const closed = (properties: Fields, ...required: string[]): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** dbt-duckdb 1.11 */
const duckdb: Fields = {
  ...all(text, 'database schema path external_root'),
  ...all(maybeText, 'motherduck_token'),
  ...all(maybeMapping, 'config_options settings flights'),
  ...all(flag, 'disable_transactions keep_open'),
  is_ducklake: maybeFlag,
  use_credential_provider: { enum: ['aws', '', null] },
  extensions: {
    type: ['array', 'null'],
    items: { anyOf: [text, { type: 'object', additionalProperties: text }] },
  },
  secrets: { type: ['array', 'null'], items: { type: 'object', required: ['type'] } },
  attach: {
    type: ['array', 'null'],
    items: closed(
      {
        path: text,
        ...all(maybeText, 'type alias secret'),
        read_only: flag,
        options: maybeMapping,
        is_ducklake: maybeFlag,
      },
      'path',
    ),
  },
  filesystems: { type: ['array', 'null'], items: { type: 'object' } },
  remote: {
    anyOf: [
      closed({ host: text, port: whole, user: text, password: maybeText }, 'host', 'port', 'user'),
      { type: 'null' },
    ],
  },
  plugins: {
    type: ['array', 'null'],
    items: closed({ module: text, alias: maybeText, config: maybeMapping }, 'module'),
  },
  module_paths: { type: ['array', 'null'], items: text },
  retries: {
    anyOf: [
      closed({
        connect_attempts: whole,
        query_attempts: maybeWhole,
        retryable_exceptions: { type: 'array', items: text },
      }),
      { type: 'null' },
    ],
  },
};

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** dbt-postgres 1.11 */
const postgres: Fields = {
  ...all(text, 'database schema host user password'),
  ...all(maybeText, 'role search_path sslcert sslkey sslrootcert application_name'),
  ...all(whole, 'connect_timeout keepalives_idle retries'),
  port,
  sslmode: { enum: [...sslModes, null] },
  autocommit: maybeFlag,
};

/** dbt-snowflake 1.12 */
const snowflake: Fields = {
  ...all(text, 'account database schema'),
  ...all(
    maybeText,
    'user warehouse role password authenticator private_key private_key_path private_key_passphrase token oauth_client_id ' +
      'oauth_client_secret query_tag host proxy_host protocol s3_stage_vpce_dns_name workload_identity_provider ' +
      'workload_identity_entra_resource',
  ),
  ...all(maybeWhole, 'port proxy_port connect_timeout'),
  ...all(flag, 'client_session_keep_alive retry_on_database_errors retry_all'),
  ...all(maybeFlag, 'insecure_mode reuse_connections'),
  connect_retries: whole,
  platform_detection_timeout_seconds: maybeNumber,
};

/** dbt-bigquery 1.12 */
const bigquery: Fields = {
  method: {
    enum: ['oauth', 'oauth-secrets', 'service-account', 'service-account-json', 'external-oauth-wif'],
  },
  priority: { enum: ['interactive', 'batch', null] },
  ...all(
    maybeText,
    'database schema execution_project quota_project location api_endpoint reservation impersonate_service_account keyfile ' +
      'token refresh_token client_id client_secret token_uri workload_pool_provider_path service_account_impersonation_url ' +
      'compute_region dataproc_cluster_name gcs_bucket submission_method',
  ),
  ...all(
    maybeWhole,
    'maximum_bytes_billed job_retry_deadline_seconds job_retries job_creation_timeout_seconds job_execution_timeout_seconds',
  ),
  keyfile_json: { type: ['object', 'string', 'null'] },
  ...all(maybeMapping, 'token_endpoint dataproc_batch'),
  job_link_info_level_log: maybeFlag,
  scopes: maybeList,
};

/** dbt-redshift 1.11 */
const redshift: Fields = {
  ...all(text, 'database schema host'),
  method: {
    enum: ['database', 'iam', 'iam_role', 'browser_identity_center', 'oauth_token_identity_center'],
  },
  ...all(
    maybeText,
    'user password cluster_id iam_profile role region access_key_id secret_access_key idc_region issuer_url ' +
      'idc_client_display_name serverless_work_group serverless_acct_id query_group',
  ),
  ...all(
    maybeWhole,
    'connect_timeout idp_listen_port idp_response_timeout tcp_keepalive_idle tcp_keepalive_interval tcp_keepalive_count',
  ),
  ...all(flag, 'autocreate retry_all allow_concurrent_drops drop_without_cascade'),
  ...all(maybeFlag, 'ra3_node datasharing autocommit is_serverless tcp_keepalive'),
  db_groups: { type: 'array', items: text },
  port: whole,
  retries: whole,
  sslmode: { enum: sslModes },
  token_endpoint: maybeMapping,
};

/** dbt-databricks 1.12 */
const databricks: Fields = {
  ...all(
    maybeText,
    'database schema host http_path token client_id client_secret azure_client_id azure_client_secret oauth_redirect_url ' +
      'auth_type oidc_token_filepath query_tags',
  ),
  ...all(maybeMapping, 'session_properties connection_parameters compute'),
  ...all(maybeWhole, 'connect_timeout connect_max_idle'),
  oauth_scopes: { type: ['array', 'null'], items: text },
  connect_retries: whole,
  retry_all: flag,
};

/** dbt-spark 1.11 */
const spark: Fields = {
  method: { enum: ['thrift', 'http', 'odbc', 'session'] },
  ...all(
    maybeText,
    'database driver cluster endpoint token user password auth kerberos_service_name connection_string_suffix',
  ),
  ...all(text, 'host schema organization'),
  ...all(whole, 'port connect_retries connect_timeout poll_interval query_retries'),
  query_timeout: maybeWhole,
  ...all(flag, 'use_ssl retry_all'),
  server_side_parameters: { type: 'object' },
};

const none: Readonly<Record<string, string>> = {};
const postgresAliases = { dbname: 'database', pass: 'password' };

function adapter(
  properties: Fields,
  required: string,
  aliases: AdapterCredentials['aliases'] = none,
): AdapterCredentials {
  return {
    schema: createSchema({ type: 'object', properties }, { draft: '07' }),
    required: required.split(' ').filter((key) => key !== ''),
    aliases,
  };
}

const adapters: Readonly<Record<string, AdapterCredentials>> = {
  duckdb: adapter(duckdb, ''),
  postgres: adapter(postgres, 'host user port password database schema', postgresAliases),
  snowflake: adapter(snowflake, 'account database schema'),
  bigquery: adapter(bigquery, 'method schema', {
    project: 'database',
    dataset: 'schema',
    target_project: 'target_database',
    target_dataset: 'target_schema',
    retries: 'job_retries',
    timeout_seconds: 'job_execution_timeout_seconds',
    dataproc_region: 'compute_region',
  }),
  redshift: adapter(redshift, 'host port database schema', postgresAliases),
  databricks: adapter(databricks, 'host http_path schema', {
    catalog: 'database',
    target_catalog: 'target_database',
  }),
  spark: adapter(spark, 'method host schema'),
};

/** What the adapter of this `type` demands; undefined for adapters that are not known here. */
export function credentialsOf(type: string): AdapterCredentials | undefined {
  return Object.hasOwn(adapters, type) ? adapters[type] : undefined;
}
