import { existsSync } from 'node:fs';
import { loginPasswords } from '../core/secret-looks.ts';
import { envEntries, envFilesOf } from './env-files.ts';

/** Words that a password may be but a log is full of; masking them would hide the log and protect nothing. */
const ordinary = new Set(
  (
    'true false null none undefined auto default enabled disabled debug info warn warning error trace always never ' +
    'duckdb postgres postgresql mysql mariadb sqlite snowflake bigquery redshift databricks spark trino clickhouse ' +
    'localhost 127.0.0.1 0.0.0.0 host.docker.internal http https utf8 utf-8 ' +
    'user username admin root guest public main master test testing dev develop development stage staging prod production local ' +
    'password secret token meltano airflow dagster superset grafana metabase prometheus redis kafka elastic elasticsearch ' +
    'memory data raw marts analytics warehouse example'
  ).split(' '),
);

/** False for what is too short or too common to be masked, whoever calls it a secret. */
export function isWorthMasking(value: string): boolean {
  if (value.length < 4 || ordinary.has(value.toLowerCase())) return false;
  return !/^\d{1,5}$/.test(value) && !/^(.)\1*$/.test(value) && !/^-----(BEGIN|END) /.test(value);
}

/** True for the name of a variable that most likely holds a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  if (
    /(^|_)(PATH|FILE|DIR|SOCK|URL|PARALLELISM|LIFETIME|EXPIRY|TTL|TYPE|NAME|ID|ENABLED|STORE_DIR)$/.test(
      words,
    )
  )
    return false;
  // Keys of tables, not of doors.
  if (
    /(^|_)(PRIMARY|REPLICATION|FOREIGN|SORT|PARTITION|CLUSTER|UNIQUE|PUBLIC|HOST|CACHE|GROUP)_KEY$/.test(
      words,
    )
  )
    return false;
  return (
    /PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL/.test(words) ||
    /(^|_)(PASS|PWD|TOKEN|AUTH|PAT|DSN|SALT|SIGNATURE|COOKIE|[A-Z]*APIKEY|KEY)(_?\d+)?$/.test(words) ||
    /(^|_)(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|ACCOUNT|FERNET)_?KEY/.test(words) ||
    /(^|_)TOKEN_/.test(words)
  );
}

/** Secrets among variables of a process: told by their names, and passwords inside URLs. */
export function secretsOfEnvironment(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!value || name === 'PWD' || name === 'OLDPWD') return [];
    if (isSecretName(name) && !isExistingPath(value)) return [value, ...urlPasswords(value)];
    return urlPasswords(value);
  });
}

/**
 * Secrets in the `.env` files of a project and of each folder above it up to the workspace folder.
 * Such a file is where secrets are kept, so a value counts as one unless it plainly is none.
 */
export function secretsOfEnvFiles(project: string, folder: string): readonly string[] {
  return envFilesOf(project, folder).flatMap(secretsOfEnvText);
}

export function secretsOfEnvText(text: string): readonly string[] {
  return envEntries(text).flatMap(([name, value]) => {
    if (isSecretName(name)) return isExistingPath(value) ? [] : [value, ...urlPasswords(value)];
    return isPlain(value) ? [] : [value, ...urlPasswords(value)];
  });
}

/** A number, a date, a path, an address without a password, or words: what configuration is made of. */
function isPlain(value: string): boolean {
  if (/^[+-]?[\d.,:_-]+$/.test(value)) return true;
  if (/^\d{4}-\d\d-\d\d([T ][\d:.+Z-]*)?$/.test(value)) return true;
  if (/^(\.{0,2}|~)\//.test(value) || /^[a-z]:[\\/]/i.test(value) || /^[\w.-]+(\/[\w.${}-]+)+$/i.test(value))
    return true;
  if (/^[\w.-]+\.(duckdb|db|csv|json|ya?ml|parquet|sqlite3?|toml|sql|py|log)$/i.test(value)) return true;
  if (/^[a-z][a-z0-9+.-]*:(\/\/)?[^\s@?]*$/i.test(value) && !/hooks\./.test(value)) return true;
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value)) return true;
  // `eu-west-1`, `my_project`, `Europe/Berlin`, `INFO`: each part letters or a short number, not both.
  const parts = value.split(/[\s_./,:-]+/);
  // `correct-horse-battery-staple` is how people are taught to make passwords.
  if (parts.length >= 4 && parts.every((part) => /^[a-z]{4,}$/i.test(part))) return false;
  return parts.every((part) => /^([a-z]{0,20}|[A-Z]{0,20}|([A-Z][a-z]+){1,3}|v?\d{1,4})$/.test(part));
}

function urlPasswords(value: string): readonly string[] {
  return loginPasswords(value).flatMap((password) => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isExistingPath(value: string): boolean {
  return /[\\/]/.test(value) && !value.includes('\0') && existsSync(value);
}
