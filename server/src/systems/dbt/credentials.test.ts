import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const head =
  '#- /w/dbt_project.yml\nname: shop\nprofile: shop\n#- /w/profiles.yml\nshop:\n  target: dev\n  outputs:\n';
const check = (outputs: string): Promise<void> => checkFindings([dbt], head + outputs);

test('DuckDB: what dbt refuses', () =>
  check(`    dev:
      type: duckdb
      path: 5
      #     ^ error dbt/wrong-type: \`path\` must be a string, not a number; put it in quotes
      threads: "4"
      #         ^ error dbt/wrong-type: \`threads\` must be a whole number; write it without quotes
      extensions: httpfs
      #           ^^^^^^ error dbt/wrong-type: \`extensions\` must be a list, not a string; write \`[httpfs]\`
      settings: [a]
#     ^^^^^^^^ error dbt/wrong-type: \`settings\` must be a mapping, not a list
      attach:
        - alias: x
#         ^^^^^ error dbt/missing-key: the key \`path\` is missing; add it
        - path: y.db
          foo: x
#         ^^^ error dbt/unknown-key: unknown key \`foo\`; remove it, or use one of \`alias\`, \`secret\`, \`read_only\` or \`is_ducklake\`
          type: sqlite
          options:
            type: sqlite
#           ^^^^ warning dbt/conflicting-keys: \`type\` stands beside \`options\` as well; keep one of them
      secrets:
        - key_id: x
#         ^^^^^^ error dbt/missing-key: the key \`type\` is missing; add it
`));

test('DuckDB: the database is called by its file', async () => {
  await check(`    dev:
      type: duckdb
      path: data/shop.duckdb
      database: other
      #         ^^^^^ error dbt/invalid-value: the database of this \`path\` is called \`shop\`; write that, or leave \`database\` out
`);
  await check('    dev:\n      type: duckdb\n      path: data/shop.duckdb\n      database: shop\n');
  await check('    dev:\n      type: duckdb\n      path: data/shop.v1.duckdb\n      database: shop\n');
  await check(
    '    dev:\n      type: duckdb\n      path: a.db\n      database: b\n      attach:\n        - {path: b.db, alias: b}\n',
  );
  await check(`    dev:\n      type: duckdb\n      path: "{{ env_var('P', 'a.db') }}"\n      database: b\n`);
});

test.each(['""', 'data/'])('DuckDB: the path %s names no file', async (path) => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: ${path}}\n`,
  });
  const message = 'this path names no file, so the database has no name; add one';
  expect(platform.findings('/w/profiles.yml')).toMatchObject([{ severity: 'error', message }]);
});

test('Postgres: required keys by either name, and a password that is a number', () =>
  check(`    dev:
#   ^^^ error dbt/missing-key: output \`dev\` has no \`database\` (or \`dbname\`), which postgres needs; add it
      type: postgres
      host: localhost
      user: ann
      port: "5432"
      #      ^^^^ error dbt/wrong-type: \`port\` must be a whole number, not a string; remove the quotes if it is one
      pass: 12345
      #     ^^^^^ error dbt/wrong-type: \`pass\` must be a string, not a number; put it in quotes
      schema: public
      sslmode: requires
      #        ^^^^^^^^ error dbt/invalid-value: \`requires\` is no value for \`sslmode\`; did you mean \`require\`?
`));

test('an output that is not selected is warned of at most, one that Jinja selects too', async () => {
  await check(
    `    dev: {type: duckdb}
    prod:
#   ^^^^ information dbt/missing-key: output \`prod\` has no \`host\`, which postgres needs; add it
      type: postgres
      port: x
      #     ^ warning dbt/wrong-type: \`port\` must be a whole number, not a string
      user: a
      password: b
      dbname: c
      database: d
      schema: e
`.replace('      database: d\n', ''),
  );
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': `shop:\n  target: "{{ env_var('T', 'dev') }}"\n  outputs:\n    dev: {type: postgres, threads: x}\n`,
  });
  expect(platform.findings('/w/profiles.yml').map(({ severity }) => severity)).not.toContain('error');
});

test('a key by both its names', () =>
  check(`    dev:
      type: postgres
      pass: x
#     ^^^^ error dbt/conflicting-keys: \`pass\` is another name of \`password\`, and both are written; keep one of them
      password: x
`));

test('Snowflake, BigQuery, Redshift and Databricks', () =>
  check(`    dev:
#   ^^^ error dbt/missing-key: output \`dev\` has no \`account\`, which snowflake needs; add it
#   ^^^ error dbt/missing-key: output \`dev\` has no \`user\`, which snowflake needs unless \`authenticator\` says otherwise; add it
      type: snowflake
      database: a
      schema: b
      oauth_client_id: c
#     ^^^^^^^^^^^^^^^ warning dbt/missing-key: \`oauth_client_id\` counts only with \`authenticator: oauth\`; add that or remove the key
    sso:
      type: snowflake
      account: a
      user: u
      database: a
      schema: b
      authenticator: externalbrowse
      #              ^^^^^^^^^^^^^^ warning dbt/invalid-value: \`externalbrowse\` is no authenticator of Snowflake; did you mean \`externalbrowser\`?
    big:
#   ^^^ information dbt/missing-key: output \`big\` has no \`schema\` (or \`dataset\`), which bigquery needs; add it
#   ^^^ information dbt/missing-key: output \`big\` has no \`keyfile\`, which bigquery needs with \`method: service-account\`; add it
      type: bigquery
      method: service-account
      priority: fast
      #         ^^^^ warning dbt/invalid-value: \`fast\` is no value for \`priority\`; it must be one of \`interactive\` or \`batch\`
    red:
      type: redshift
      host: h
      port: 5439
      dbname: d
      schema: s
      method: iam
      user: u
    brick:
#   ^^^^^ information dbt/missing-key: output \`brick\` has no \`http_path\`, which databricks needs; add it
#   ^^^^^ information dbt/missing-key: output \`brick\` has neither \`token\` nor \`auth_type\`; add \`token\`, or \`auth_type: oauth\`
      type: databricks
      host: h
      schema: cat.sch
      #       ^^^^^^^ warning dbt/invalid-value: a schema of databricks has no dot in it; write what stands before it at \`catalog\`
      connection_parameters:
        catalog: x
#       ^^^^^^^ warning dbt/unknown-key: \`catalog\` is reserved, and dbt sets it itself; remove it from \`connection_parameters\`
`));

test('no message tells a secret', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml':
      'shop:\n  target: dev\n  outputs:\n    dev: {type: snowflake, password: 8123456, token: [tok9], private_key: {a: key9}}\n    duck: {type: duckdb, secrets: hush9, oauth_scopes: a}\n',
  });
  const told = JSON.stringify([
    platform.findings('/w/profiles.yml'),
    [...platform.facts.of('/w/profiles.yml')],
  ]);
  expect(told).toContain('password');
  expect(told).not.toMatch(/8123456|tok9|key9|hush9/);
});

test('flags belong in dbt_project.yml', async () => {
  await checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
profile: "{{ env_var('HOME', 'x') }}"
#- /w/profiles.yml
config:
#<- warning dbt/deprecated: \`config\` of profiles.yml is deprecated, and dbt v2 refuses it; move it to \`flags\` of dbt_project.yml
  fail_fast: true
`,
  );
  await checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
profile: "{{ env_var('HOME', 'x') }}"
flags: {fail_fast: true}
#- /w/profiles.yml
config:
#<- warning dbt/deprecated: \`config\` of profiles.yml is deprecated, and dbt v2 refuses it; move it to \`flags\` of dbt_project.yml
#<- error dbt/flags-in-two-files: dbt_project.yml has \`flags\`, and dbt refuses \`config\` beside them; move this there
  fail_fast: true
#- /w/ci/profiles.yml
config:
#<- warning dbt/deprecated: \`config\` of profiles.yml is deprecated, and dbt v2 refuses it; move it to \`flags\` of dbt_project.yml
#<- warning dbt/flags-in-two-files: dbt_project.yml has \`flags\`, and dbt refuses \`config\` beside them; move this there
  fail_fast: true
other:
  outputs: {default: {type: duckdb, path: ':memory:'}}
`,
  );
});

test.each([
  ['/w/dbt_project.yml', ''],
  ['/w/dbt_project.yml', '# nothing\n'],
  ['/w/catalogs.yml', ''],
])('%s of %j is refused', async (path, text) => {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', [path]: text });
  expect(platform.findings(path).map(({ code }) => code)).toEqual(['dbt/empty-file']);
});

test('dbt v2 minds the values of keys that it knows, in the output it runs with', () =>
  checkFindings(
    [dbt],
    `${head}    dev:
      type: duckdb
      path: 5
      #     ^ error dbt/wrong-type: \`path\` must be a string, not a number; put it in quotes
      attach: [{alias: x, own: 1}]
      #         ^^^^^ error dbt/missing-key: the key \`path\` is missing; add it
      #                   ^^^ warning dbt/unknown-key: unknown key \`own\`; remove it, or use one of \`path\`, \`type\`, \`secret\`, \`read_only\`, \`options\` or \`is_ducklake\`
      keep_open: x
      #          ^ warning dbt/wrong-type: \`keep_open\` must be true or false, not a string
      schema: "{{ env_var('S', 'main') }}"
      settings:
    prod:
      type: duckdb
      path: 5
      #     ^ warning dbt/wrong-type: \`path\` must be a string, not a number; put it in quotes
`,
    '2.0.0',
  ));

test('Spark: its method, and what excludes each other', async () => {
  await check(`    dev:
#   ^^^ error dbt/missing-key: output \`dev\` has no \`host\`, which spark needs; add it
      type: spark
      method: odcb
      #       ^^^^ error dbt/invalid-value: \`odcb\` is no value for \`method\`; did you mean \`odbc\`?
      schema: shop
      database: other
      #         ^^^^^ error dbt/invalid-value: Spark takes database and schema for the same; leave \`database\` out
`);
  await check(`    dev:
      type: spark
      method: odbc
      host: h
      schema: shop
      database: shop
      cluster: a
      endpoint: b
#     ^^^^^^^^ error dbt/conflicting-keys: with \`method: odbc\` dbt takes either \`cluster\` or \`endpoint\`; keep one of them
`);
});

test.each(['', '[duckdb]', '5', "''"])('the type %j names no adapter', async (type) => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev:\n      type: ${type}\n      path: a.db\n`,
  });
  expect(platform.findings('/w/profiles.yml')).toMatchObject([{ severity: 'error', code: 'dbt/wrong-type' }]);
});
