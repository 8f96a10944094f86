import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';
import { secretsAtHome } from './profiles.ts';

const project = '#- /w/dbt_project.yml\nname: shop\nprofile: shop\n';
const check = (fixture: string): Promise<void> => checkFindings([dbt], fixture);

test('a profile that is not in the profiles.yml beside the project is undefined', () =>
  check(`#- /w/dbt_project.yml
name: shop
profile: shp
#        ^^^ error dbt/undefined-profile: profiles.yml has no profile \`shp\`; did you mean \`shop\`?
#- /w/profiles.yml
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
`));

test('without a profiles.yml beside it the profile is not checked, and the reason is told', async () => {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\nprofile: elsewhere\n' });
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
  expect(platform.facts.holes('dbt.profile', '/w')).toMatchObject([
    { reason: 'profiles.yml is not beside dbt_project.yml, so the profile is not checked' },
  ]);
});

test('a target must be one of the outputs; of profiles not in use dbt would not notice', () =>
  check(`${project}#- /w/profiles.yml
shop:
  target: dve
  #       ^^^ error dbt/undefined-target: profile \`shop\` has no output \`dve\`; did you mean \`dev\`?
  outputs:
    dev:
      type: duckdb
other:
  target: production
  #       ^^^^^^^^^^ warning dbt/undefined-target: profile \`other\` has no output \`production\`; add it under \`outputs:\` or correct the name
  outputs:
    dev:
      type: duckdb
computed:
  target: "{{ env_var('TARGET', 'dev') }}"
  outputs:
    dev:
      type: duckdb
`));

test('a profile without a target needs an output of the name default', () =>
  check(`${project}#- /w/profiles.yml
shop:
#<- error dbt/undefined-target: profile \`shop\` names no \`target\` and has no output \`default\`; add \`target:\`
  outputs:
    dev:
      type: duckdb
fine:
  outputs:
    default:
      type: duckdb
`));

test('outputs and their types must be there', () =>
  check(`${project}#- /w/profiles.yml
shop:
  target: dev
  outputs:
    dev:
#   ^^^ error dbt/missing-key: output \`dev\` has no \`type\`; add the adapter's name, such as \`duckdb\`
      path: shop.duckdb
    ci:
#   ^^ warning dbt/missing-key: output \`ci\` has no \`type\`; add the adapter's name, such as \`duckdb\`
      path: shop.duckdb
other:
#<- warning dbt/missing-key: profile \`other\` has no \`outputs\`; add one for each target
  target: dev
third:
  outputs:
# ^^^^^^^ warning dbt/wrong-type: \`outputs\` must be a mapping of targets to connections; write each target as a key
    - type: duckdb
`));

test('keys of a connection: a slip is a warning, what adapters add is fine', () =>
  check(`${project}#- /w/profiles.yml
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      pth: shop.duckdb
#     ^^^ warning dbt/unknown-key: dbt passes over the unknown key \`pth\`; did you mean \`path\`?
      threads: 4
      keep_open: true
      plugins:
        - module: excel
    pg:
#   ^^ information dbt/missing-key: output \`pg\` has no \`user\`, \`port\` and \`schema\`, which postgres needs; add them
      type: postgres
      host: localhost
      dbname: shop
      pass: "{{ env_var('PG_PASSWORD') }}"
    own:
      type: our_adapter
      anything: 1
`));

test('the DuckDB files of a profile are facts, resolved from where dbt runs', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/dbt/profiles.yml': `shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: ../warehouse/shop.duckdb
      attach:
        - path: other.duckdb
        - path: read.duckdb
          read_only: true
    env:
      type: duckdb
      path: "{{ env_var('SHOP_DB', 'fallback.duckdb') }}"
    computed:
      type: duckdb
      path: "{{ env_var('SHOP_DB') }}"
    memory:
      type: duckdb
      path: ':memory:'
    cloud:
      type: duckdb
      path: md:shop
    windows:
      type: duckdb
      path: 'C:\\data\\shop.duckdb'
`,
  });
  const files = [...platform.facts.all('duckdb.file')].map(({ name, data }) => [
    name,
    data?.['target'],
    data?.['selected'],
  ]);
  expect(files).toEqual([
    ['/w/warehouse/shop.duckdb', 'dev', 'true'],
    ['/w/dbt/other.duckdb', 'dev', 'true'],
    ['/w/dbt/fallback.duckdb', 'env', 'false'],
    ['/c:/data/shop.duckdb', 'windows', 'false'],
  ]);
});

test.each([
  ['snowflake', 'private_key_passphrase: hush-hush', 'hush-hush'],
  ['snowflake', 'oauth_client_secret: hush-hush', 'hush-hush'],
  ['postgres', 'passwd: hush-hush', 'hush-hush'],
  ['redshift', 'secret_access_key: hush-hush', 'hush-hush'],
  ['redshift', 'token_endpoint: {type: okta, request_data: hush-hush}', 'hush-hush'],
  ['bigquery', 'keyfile_json: {private_key: hush-hush}', 'hush-hush'],
  ['databricks', 'azure_client_secret: hush-hush', 'hush-hush'],
  ['duckdb', 'settings: {s3_secret_access_key: hush-hush}', 'hush-hush'],
  ['duckdb', 'path: "ducklake:postgres:dbname=lake host=h password=hush-hush"', 'hush-hush'],
  ['spark', 'auth: KERBEROS', undefined],
  ['snowflake', 'private_key_path: /keys/rsa.p8', undefined],
  ['duckdb', 'secrets: [{type: s3, region: eu-central-1}]', undefined],
])('what %s calls a secret: %s', async (type, line, secret) => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/profiles.yml': `shop:\n  outputs:\n    dev:\n      type: ${type}\n      ${line}\n`,
  });
  expect([...platform.secrets()]).toEqual(secret === undefined ? [] : [secret]);
});

test('secrets of the file at home are found, too', () => {
  const text = 'shop:\n  outputs:\n    dev: {type: postgres, user: me, password: hush-hush}\n';
  expect(secretsAtHome((path) => (path === '.dbt/profiles.yml' ? text : ''))).toEqual(['hush-hush']);
  for (const other of ['', 'shop: [', '- 1']) expect(secretsAtHome(() => other)).toEqual([]);
});

test('secrets are found by their keys and inside addresses, templates are none', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/profiles.yml': `shop:
  target: dev
  outputs:
    dev:
      type: postgres
      user: ann
      password: hunter22
      host: db.example.com
    env:
      type: postgres
      pass: "{{ env_var('PG_PASSWORD') }}"
    duck:
      type: duckdb
      path: md:shop?motherduck_token=tok-123
      secrets:
        - type: s3
          key_id: AKIA123
          secret: s3cr3t
      attach:
        - path: postgres://ann:pa55word@db.example.com/shop
`,
  });
  expect([...platform.secrets()].sort()).toEqual(['AKIA123', 'hunter22', 'pa55word', 's3cr3t', 'tok-123']);
});

test('a profiles.yml of another tool is left alone', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/conf/profiles.yml': 'default:\n  region: eu\n',
    '/w/ci/profiles.yml': 'shop:\n  target: ci\n  outputs:\n    ci:\n      type: duckdb\n',
  });
  expect(platform.has('/w/conf/profiles.yml')).toBe(false);
  expect(platform.has('/w/ci/profiles.yml')).toBe(true);
});

test('what only keeps anchors is no profile', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
profile: shop
#- /w/profiles.yml
anchors:
  project: &project acme
other:
#<- warning dbt/missing-key: profile \`other\` has no \`outputs\`; add one for each target
  target: dev
shop:
  outputs: { default: { type: duckdb, path: 'a.duckdb', schema: *project } }
`,
  ));
