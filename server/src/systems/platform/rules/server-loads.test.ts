import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../../test/support/check.ts';
import { compose } from '../../compose/index.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { meltano } from '../../meltano/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, compose, env, between];

const settings = 'host port database account project dataset default_target_schema sqlalchemy_url'
  .split(' ')
  .map((name) => `{ name: ${name} }`)
  .join(', ');
const loader = (kind: string, config: string, more = ''): string => `#- /w/meltano.yml
plugins:
  loaders:
    - name: target-${kind}
      namespace: target_${kind}
      pip_url: target-${kind}
      settings: [${settings}]
      config: { ${config} }
${more}`;
const profile = (output: string): string => `#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev: { ${output} }
`;
const source = (schema: string, more = ''): string =>
  `#- /w/dbt/models/sources.yml\nsources:\n  - name: shop\n    schema: ${schema}\n${more}    tables: [{ name: orders }]\n`;

const postgres =
  "type: postgres, host: db.example.com, port: 5432, user: u, password: \"{{ env_var('P', 'x') }}\", dbname: shop, schema: main, threads: 1";
const fills = 'host: DB.example.com, database: shop, default_target_schema: raw';

const mark = (kind: string): string =>
  `    #       ^^^ warning platform/unfilled-source: nothing loads into the schema \`rwa\` of this source; the loader \`target-${kind}\` fills \`raw\`: did you mean \`raw\`?\n`;

test('a slip in the schema of a source in a Postgres that a loader fills', () =>
  checkFindings(
    systems,
    `${loader('postgres', fills)}${profile(postgres)}${source('rwa', mark('postgres'))}`,
  ));

test.each([
  [
    'snowflake',
    'account: acme-prod, database: RAW_DB',
    'type: snowflake, account: acme-prod, user: u, database: raw_db, schema: main, threads: 1',
  ],
  [
    'bigquery',
    'project: acme-1',
    'type: bigquery, method: oauth, project: acme-1, dataset: main, threads: 1',
  ],
])('the same in %s', async (kind, config, output) => {
  const fixture = `${loader(kind, `${config}, default_target_schema: raw`)}${profile(output)}${source('rwa')}`;
  const { platform } = await openFixture(systems, textsOf(fixture));
  const codes = platform.findings('/w/dbt/models/sources.yml').map(({ code }) => code);
  expect(codes).toEqual(['platform/unfilled-source']);
});

const slip = source('rwa');
const local = 'host: localhost, database: shop, default_target_schema: raw';

test.each([
  ['what is filled and read', loader('postgres', fills) + profile(postgres) + source('RAW')],
  ['a schema that others may fill', loader('postgres', fills) + profile(postgres) + source('public')],
  [
    'a neighbour of a schema that is read',
    `${loader('postgres', fills)}${profile(postgres)}${slip}  - name: raw\n    tables: [{ name: orders }]\n`,
  ],
  ['another host', loader('postgres', fills.replace('DB.', 'db2.')) + profile(postgres) + slip],
  ['another database', loader('postgres', fills.replace('shop', 'lake')) + profile(postgres) + slip],
  ['another port', loader('postgres', `${fills}, port: 5433`) + profile(postgres) + slip],
  ['another kind of server', loader('redshift', fills) + profile(postgres) + slip],
  [
    'a host that dbt decides',
    loader('postgres', fills) +
      profile(postgres.replace('db.example.com', `"{{ env_var('H', 'db.example.com') }}"`)) +
      slip,
  ],
  [
    'a database that a variable decides',
    `${loader('postgres', fills.replace('shop', '$DB'))}${profile(postgres)}${slip}#- /w/.env\nDB=x\n`,
  ],
  [
    'a variable that Meltano heeds first',
    `${loader('postgres', fills)}${profile(postgres)}${slip}#- /w/.env\nTARGET_POSTGRES_DATABASE=x\n`,
  ],
  ['one text for all of it', loader('postgres', `${fills}, sqlalchemy_url: x`) + profile(postgres) + slip],
  [
    'a loader without a schema',
    loader('postgres', fills.replace(/, default.*/, '')) + profile(postgres) + slip,
  ],
  [
    'an environment that says more of the loader',
    `${loader('postgres', fills, 'environments:\n  - name: prod\n    config: { plugins: { loaders: [{ name: target-postgres, config: { database: x } }] } }\n')}${profile(postgres)}${slip}`,
  ],
  [
    'a source that says who fills it',
    loader('postgres', fills) + profile(postgres) + source('rwa', '    loader: fivetran\n'),
  ],
  [
    'a second loader whose database nobody knows',
    `${loader('postgres', fills, '    - name: target-postgres-crm\n      namespace: target_postgres\n      pip_url: target-postgres\n      settings: []\n')}${profile(postgres)}${slip}`,
  ],
  [
    '`localhost` of two containers',
    `${loader('postgres', local)}${profile(postgres.replace('db.example.com', 'localhost'))}${slip}#- /w/compose.yaml\nservices:\n  dbt: { image: dbt, volumes: ['./dbt:/dbt'] }\n`,
  ],
])('nothing is said of %s', async (_name, fixture) => {
  const { platform } = await openFixture(systems, textsOf(fixture));
  const all = [...platform.paths()].flatMap((path) => platform.findings(path));
  expect(all.filter(({ code }) => code.startsWith('platform/')).map(({ message }) => message)).toEqual([]);
});

test('`localhost` is one machine for tools that both run on it; broken YAML on either side is silent', async () => {
  const texts = textsOf(
    loader('postgres', local) + profile(postgres.replace('db.example.com', 'localhost')) + slip,
  );
  const { platform, files } = await openFixture(systems, texts);
  const path = '/w/dbt/models/sources.yml';
  const count = (): number =>
    platform.findings(path).filter(({ code }) => code.startsWith('platform/')).length;
  expect(count()).toBe(1);
  for (const broken of ['/w/meltano.yml', '/w/dbt/profiles.yml', path]) {
    files.texts.set(broken, `${texts[broken]}\nbroken: [\n`);
    platform.update([broken]);
    expect([broken, count()]).toEqual([broken, 0]);
    files.texts.set(broken, texts[broken]!);
    platform.update([broken]);
    expect(count()).toBe(1);
  }
});
