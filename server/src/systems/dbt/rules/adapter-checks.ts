import type { Report } from '../../../core/rule.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { isTemplate } from '../project-jinja.ts';
import { slipOf } from '../slip.ts';

/** One output, its keys by the adapter's own names. */
export interface Connection {
  readonly type: string;
  readonly output: Node;
  /** The output's name in the file. */
  readonly key: ScalarNode;
}

/** What an adapter refuses beyond types: keys that need or exclude each other. */
export function checkAdapter(connection: Connection, report: Report): void {
  if (Object.hasOwn(checks, connection.type)) checks[connection.type]!(connection, report);
}

const checks: Readonly<Record<string, (connection: Connection, report: Report) => void>> = {
  duckdb: checkDuckdb,
  snowflake: checkSnowflake,
  bigquery: checkBigquery,
  redshift: checkRedshift,
  databricks: checkDatabricks,
  spark: checkSpark,
};

/** The text of a plain value; undefined where there is none or Jinja makes it. */
function plain(output: Node, key: string): string | undefined {
  const text = stringOf(get(output, key));
  return text && !isTemplate(text) ? text.text : undefined;
}

/** True where something stands at the key, whatever it will be. */
function has(output: Node, key: string): boolean {
  const node = get(output, key);
  return node !== undefined && !(node.kind === 'scalar' && (node.value === null || node.text === ''));
}

function need(
  { output, key, type }: Connection,
  names: readonly string[],
  why: string,
  report: Report,
): void {
  const missing = names.filter((name) => !has(output, name)).map((name) => `\`${name}\``);
  if (missing.length === 0) return;
  const message = `output \`${key.text}\` has no ${missing.join(' and ')}, which ${type} needs ${why}; add ${missing.length > 1 ? 'them' : 'it'}`;
  report(key, message, { code: 'dbt/missing-key' });
}

/** DuckDB calls a database by its file's name, up to the first dot. */
function checkDuckdb({ output }: Connection, report: Report): void {
  const database = stringOf(get(output, 'database'));
  const written = get(output, 'path');
  const path = pathOf(written);
  const name = path === undefined ? undefined : databaseOf(path);
  if (
    database &&
    !isTemplate(database) &&
    name !== undefined &&
    name !== database.text &&
    !has(output, 'remote')
  ) {
    const attached = itemsOf(get(output, 'attach')).map((each) => stringOf(get(each, 'alias')));
    if (!attached.some((alias) => alias && (alias.text === database.text || isTemplate(alias)))) {
      report(
        database,
        `the database of this \`path\` is called \`${name}\`; write that, or leave \`database\` out`,
      );
    }
  }
  if (written && path !== undefined && (path === '' || /^[^:]*\/$/.test(path)))
    report(written, 'this path names no file, so the database has no name; add one');
  for (const attach of itemsOf(get(output, 'attach'))) {
    for (const key of ['type', 'secret', 'read_only']) {
      const twice = has(attach, key) ? findPair(get(attach, 'options'), key) : undefined;
      if (!twice) continue;
      const message = `\`${key}\` stands beside \`options\` as well; keep one of them`;
      // Found when dbt connects.
      report(twice.key, message, { code: 'dbt/conflicting-keys', severity: 'warning' });
    }
  }
}

/** Undefined where Jinja makes the path, or where it is none. */
function pathOf(written: Node | undefined): string | undefined {
  if (!written) return ':memory:';
  return written.kind === 'scalar' && typeof written.value === 'string' && !isTemplate(written)
    ? written.text
    : undefined;
}

/** Undefined where versions of dbt-duckdb do not agree, or where the name is another system's business. */
function databaseOf(path: string): string | undefined {
  if (path === ':memory:') return 'memory';
  if (/^[a-z][a-z\d+.-]*:|\\|[?#]/i.test(path)) return undefined;
  const file = path.slice(path.lastIndexOf('/') + 1);
  const parts = file.split('.');
  return file === '' || file.startsWith('.') || parts.length > 2 ? undefined : parts[0];
}

const authenticators = [
  'externalbrowser',
  'oauth',
  'jwt',
  'snowflake',
  'snowflake_jwt',
  'username_password_mfa',
  'programmatic_access_token',
  'workload_identity',
  'oauth_authorization_code',
  'oauth_client_credentials',
];

function checkSnowflake(connection: Connection, report: Report): void {
  const { output } = connection;
  const authenticator = stringOf(get(output, 'authenticator'));
  if (authenticator && isTemplate(authenticator)) return;
  const name = authenticator?.text ?? '';
  const meant = authenticator && slipOf(name.toLowerCase(), authenticators);
  if (authenticator && meant !== undefined) {
    const message = `\`${name}\` is no authenticator of Snowflake; did you mean \`${meant}\`?`;
    report(authenticator, message, { severity: 'warning' });
    return;
  }
  const needsNoUser =
    ['oauth', 'jwt', 'programmatic_access_token'].includes(name) ||
    name.toLowerCase() === 'workload_identity';
  if (!needsNoUser) need(connection, ['user'], `unless \`authenticator\` says otherwise`, report);
  const oauth = findPair(output, 'oauth_client_id') ?? findPair(output, 'oauth_client_secret');
  if (oauth && !name.startsWith('oauth')) {
    const message = `\`${oauth.key.text}\` counts only with \`authenticator: oauth\`; add that or remove the key`;
    report(oauth.key, message, { severity: 'warning', code: 'dbt/missing-key' });
  }
}

function checkBigquery(connection: Connection, report: Report): void {
  const { output } = connection;
  const method = plain(output, 'method');
  const why = `with \`method: ${method}\``;
  if (method === 'service-account') need(connection, ['keyfile'], why, report);
  if (method === 'service-account-json') need(connection, ['keyfile_json'], why, report);
  if (method === 'external-oauth-wif') need(connection, ['token_endpoint'], why, report);
}

const redshiftNeeds: Readonly<Record<string, readonly string[]>> = {
  database: ['user', 'password'],
  iam: ['user'],
  browser_identity_center: ['idc_region', 'issuer_url'],
  oauth_token_identity_center: ['token_endpoint'],
};

function checkRedshift(connection: Connection, report: Report): void {
  const { output } = connection;
  const method = findPair(output, 'method') ? plain(output, 'method') : 'database';
  if (method === undefined) return;
  const needed = Object.hasOwn(redshiftNeeds, method) ? redshiftNeeds[method]! : [];
  need(connection, needed, `with \`method: ${method}\``, report);
}

const reserved = new Set(
  'server_hostname http_path access_token client_id client_secret session_configuration catalog schema _user_agent_entry user_agent_entry'.split(
    ' ',
  ),
);

function checkDatabricks(connection: Connection, report: Report): void {
  const { output, key } = connection;
  const schema = stringOf(get(output, 'schema'));
  if (schema && !isTemplate(schema) && schema.text.includes('.')) {
    report(schema, 'a schema of databricks has no dot in it; write what stands before it at `catalog`');
  }
  for (const pair of pairsOf(get(output, 'connection_parameters'))) {
    if (!reserved.has(pair.key.text)) continue;
    const message = `\`${pair.key.text}\` is reserved, and dbt sets it itself; remove it from \`connection_parameters\``;
    report(pair.key, message, { code: 'dbt/unknown-key' });
  }
  const inSession = findPair(get(output, 'session_properties'), 'databricks.catalog');
  if (inSession && has(output, 'database')) {
    const message =
      '`databricks.catalog` says the same as `catalog`, and dbt refuses both together; keep one of them';
    report(inSession.key, message, { code: 'dbt/conflicting-keys' });
  }
  if (!has(output, 'token') && !has(output, 'auth_type')) {
    const message = `output \`${key.text}\` has neither \`token\` nor \`auth_type\`; add \`token\`, or \`auth_type: oauth\``;
    report(key, message, { code: 'dbt/missing-key' });
  }
  if (has(output, 'client_secret')) need(connection, ['client_id'], 'beside `client_secret`', report);
  if (has(output, 'azure_client_id') !== has(output, 'azure_client_secret')) {
    need(connection, ['azure_client_id', 'azure_client_secret'], 'beside its twin', report);
  }
}

function checkSpark({ output }: Connection, report: Report): void {
  const database = findPair(output, 'database');
  const [own, schema] = [plain(output, 'database'), plain(output, 'schema')];
  if (database && own !== undefined && schema !== undefined && own !== schema) {
    const message = 'Spark takes database and schema for the same; leave `database` out';
    report(database.value, message);
  }
  const endpoint = findPair(output, 'endpoint');
  if (endpoint && plain(output, 'method') === 'odbc' && has(output, 'endpoint') && has(output, 'cluster')) {
    const message = 'with `method: odbc` dbt takes either `cluster` or `endpoint`; keep one of them';
    report(endpoint.key, message, { code: 'dbt/conflicting-keys' });
  }
}
