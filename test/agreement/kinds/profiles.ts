import { type Kind, append, blame, change, defect, mark, odd, remove, write } from '../kind.ts';
import { home, onEnvironment, onInstalled } from './reasons.ts';

const file = 'profiles.yml';
const path = '      path: shop.duckdb\n';
const with_ = (line: string): string => `${path}      ${line}\n`;

/** profiles.yml: only the output in use is held to its keys. */
export const profilesKinds: readonly Kind[] = [
  defect(
    'profiles-target-unknown',
    'a target without an output',
    change(file, 'target: dev', `target: develop${mark}`),
  ),
  defect(
    'profiles-target-default-missing',
    'no target and no output named default',
    change(file, 'shop:\n  target: dev\n', `shop:${mark}\n`),
  ),
  defect(
    'profiles-type-missing',
    'an output without a type',
    change(file, '    dev:\n      type: duckdb\n', `    dev:${mark}\n`),
  ),
  defect(
    'profiles-type-unknown',
    'an adapter that does not exist',
    change(file, '    dev:\n      type: duckdb\n', `    dev:\n      type: duckdbb${mark}\n`),
    { depends: onInstalled },
  ),
  defect(
    'profiles-type-list',
    'a type that is a list',
    change(file, '    dev:\n      type: duckdb\n', `    dev:\n      type: [duckdb]${mark}\n`),
  ),
  defect('profiles-no-outputs', 'a profile without outputs', write(file, `shop:${mark}\n  target: dev\n`)),
  defect(
    'profiles-outputs-list',
    'outputs that are a list',
    write(file, `shop:\n  target: dev\n  outputs: [dev]${mark}\n`),
  ),
  defect(
    'profiles-output-empty',
    'an output with nothing in it',
    change(
      file,
      '    dev:\n      type: duckdb\n      path: shop.duckdb\n      threads: 2\n',
      `    dev:${mark}\n`,
    ),
  ),
  defect('profiles-empty', 'an empty file', write(file, mark)),
  defect('profiles-profile-empty', 'a profile with nothing in it', [
    write(file, `shop:${mark}\n`),
    blame('dbt_project.yml', 'profile: shop'),
  ]),
  defect('profiles-missing-profile', 'a file with another profile only', [
    change(file, 'shop:\n', 'store:\n'),
    change('dbt_project.yml', 'profile: shop', `profile: shop${mark}`),
  ]),
  defect('profiles-threads', 'threads that are a text', change(file, 'threads: 2', `threads: many${mark}`)),
  defect(
    'profiles-env-var',
    'an environment variable that is not set',
    change(file, 'path: shop.duckdb', `path: "{{ env_var('SHOP_PATH') }}"${mark}`),
    { depends: onEnvironment },
  ),
  defect(
    'profiles-jinja',
    'Jinja that is not closed',
    change(file, 'path: shop.duckdb', `path: "{{ env_var('SHOP_PATH', 'x') "${mark}`),
  ),
  defect(
    'profiles-yaml',
    'a file that is no YAML',
    change(
      file,
      '      type: duckdb\n      path: shop.duckdb\n',
      `      type: duckdb\n     path: shop.duckdb${mark}\n`,
    ),
  ),
  defect('profiles-list', 'a file that is a list', [
    write(file, `${mark}- shop\n`),
    blame('dbt_project.yml', 'profile: shop'),
  ]),
  defect(
    'profiles-duckdb-path',
    'a path that is a number',
    change(file, 'path: shop.duckdb', `path: 5${mark}`),
  ),
  defect(
    'profiles-duckdb-extensions',
    'extensions that are a text',
    change(file, path, with_(`extensions: httpfs${mark}`)),
  ),
  defect(
    'profiles-duckdb-settings',
    'settings that are a list',
    change(file, path, with_(`settings: [a]${mark}`)),
  ),
  defect(
    'profiles-duckdb-attach-text',
    'databases to attach that are a text',
    change(file, path, with_(`attach: other.duckdb${mark}`)),
  ),
  defect(
    'profiles-duckdb-attach-path',
    'a database to attach without a path',
    change(file, path, with_(`attach: [{ alias: other }]${mark}`)),
  ),
  defect(
    'profiles-duckdb-attach-key',
    'a database to attach with a key of its own',
    change(file, path, with_(`attach: [{ path: other.duckdb, colour: red }]${mark}`)),
  ),
  defect(
    'profiles-duckdb-database',
    'a database that is not the file',
    change(file, path, with_(`database: other${mark}`)),
  ),
  defect(
    'profiles-duckdb-plugin',
    'a plugin without a module',
    change(file, path, with_(`plugins: [{ alias: sheet }]${mark}`)),
  ),
  defect(
    'profiles-duckdb-retries',
    'retries that are a text',
    change(file, path, with_(`retries: { connect_attempts: often }${mark}`)),
  ),
  defect(
    'profiles-duckdb-read-only',
    'a flag of an attached database of the wrong type',
    change(file, path, with_(`attach: [{ path: other.duckdb, read_only: perhaps }]${mark}`)),
  ),
  defect(
    'profiles-schema-number',
    'a schema that is a number',
    change(file, path, with_(`schema: 5${mark}`)),
  ),
  defect('profiles-config-and-flags', 'flags here and in the project', [
    append(file, `config: { fail_fast: true }${mark}\n`),
    append('dbt_project.yml', 'flags: { fail_fast: true }\n'),
  ]),
  odd('profiles-target-default', 'no target, and an output named default', [
    change(file, '  target: dev\n', ''),
    change(file, '    dev:\n', '    default:\n'),
  ]),
  odd(
    'profiles-other-output-broken',
    'an output not in use that lacks its type',
    change(file, '    prod:\n      type: duckdb\n', '    prod:\n'),
  ),
  odd(
    'profiles-other-output-env',
    'a variable not set in an output not in use',
    change(file, 'path: prod.duckdb', 'path: "{{ env_var(\'SHOP_PROD\') }}"'),
  ),
  odd(
    'profiles-other-adapter',
    'an output not in use of an adapter not installed',
    change(
      file,
      '    prod:\n      type: duckdb\n      path: prod.duckdb\n',
      '    prod:\n      type: snowflake\n      account: abc\n',
    ),
  ),
  odd(
    'profiles-target-jinja',
    'a target that is computed',
    change(file, 'target: dev', `target: "{{ env_var('SHOP_TARGET', 'dev') }}"`),
  ),
  odd(
    'profiles-env-set',
    'an environment variable that is set',
    change(file, 'path: shop.duckdb', `path: "{{ env_var('SHOP_PATH') }}"`),
    { env: { SHOP_PATH: 'other.duckdb' } },
  ),
  odd(
    'profiles-secret',
    'a secret from the environment',
    change(file, path, with_(`settings: { s3_region: "{{ env_var('DBT_ENV_SECRET_REGION') }}" }`)),
    { env: { DBT_ENV_SECRET_REGION: 'eu' } },
  ),
  odd(
    'profiles-more',
    'all that DuckDB takes',
    change(
      file,
      path,
      with_(
        `extensions: [httpfs, { name: spatial, repo: community }]\n      settings: { memory_limit: 1GB }\n      attach: [{ path: other.duckdb, alias: other, read_only: true }]\n      schema: main\n      disable_transactions: true\n      keep_open: false\n      retries: { connect_attempts: 2 }`,
      ),
    ),
  ),
  odd('profiles-memory', 'an output without a path, in memory', change(file, path, '')),
  odd('profiles-unknown-key', 'an output with a key of its own', change(file, path, with_('flavour: sweet'))),
  odd('profiles-second', 'a second profile, empty', append(file, 'other:\n')),
  odd(
    'profiles-threads-jinja',
    'threads from the environment',
    change(file, 'threads: 2', `threads: "{{ env_var('SHOP_THREADS', '4') | int }}"`),
  ),
  odd(
    'profiles-anchor',
    'outputs that share by an anchor',
    write(
      file,
      'shop:\n  target: dev\n  outputs:\n    dev: &usual\n      type: duckdb\n      path: shop.duckdb\n    prod:\n      <<: *usual\n      path: prod.duckdb\n',
    ),
  ),
  defect(
    'profiles-file-missing',
    'no profiles.yml anywhere',
    [remove(file), change('dbt_project.yml', 'profile: shop', `profile: shop${mark}`)],
    {
      beyond: home,
    },
  ),
];
