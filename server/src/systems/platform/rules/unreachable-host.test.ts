import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../../test/support/check.ts';
import { compose } from '../../compose/index.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { meltano } from '../../meltano/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, compose, env, between];
const profile = (host: string, mark = '', port = '5432'): string => `#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev:
      type: postgres
      host: ${host}
${mark}      port: ${port}
      user: me
      password: "{{ env_var('DB_PASSWORD', 'x') }}"
      dbname: shop
      schema: main
`;
const services = (lines: string): string => `#- /w/compose.yaml\nservices:\n${lines}`;
const db = "  db: { image: 'postgres:17', ports: ['5433:5432'] }\n";
const inside = "  dbt: { image: dbt, volumes: ['./dbt:/dbt'] }\n";

test('the name of a service means nothing to a tool outside', () =>
  checkFindings(
    systems,
    `${services(db)}${profile('db', `      #     ^^ warning platform/unreachable-host: \`db\` is a service whose name only other services know, and dbt runs outside of them; from here it is \`localhost\`, port 5433\n`)}`,
  ));

test('nor does that of one which publishes nothing', () =>
  checkFindings(
    systems,
    `${services("  db: { image: 'postgres:17', hostname: pg }\n")}${profile('pg', `      #     ^^ warning platform/unreachable-host: \`pg\` is a service whose name only other services know, and dbt runs outside of them; publish a port of it under \`ports\`, and connect to \`localhost\`\n`)}`,
  ));

test('inside a service `localhost` is that service', () =>
  checkFindings(
    systems,
    `${services(db + inside)}${profile('localhost', `      #     ^^^^^^^^^ warning platform/unreachable-host: inside the service \`dbt\`, where dbt runs, \`localhost\` is that service itself; name \`db\`, port 5432\n`, '5433')}`,
  ));

test('inside a service another one has the port of its container', () =>
  checkFindings(
    systems,
    `${services(db + inside)}${profile('db', `      #     ^^ warning platform/unreachable-host: inside the service \`dbt\`, where dbt runs, \`db\` listens on port 5432; 5433 is what it is published as outside\n`, '5433')}`,
  ));

test.each([
  ['the port of the container', db, '5432'],
  ['a port that nobody tells of', db, '6543'],
  ['a port that is exposed, too', "  db: { image: d, ports: ['5433:5432'], expose: [5433] }\n", '5433'],
  ['a port with one number for both', "  db: { image: d, ports: ['5433:5433'] }\n", '5433'],
  [
    'two ports, of which one is the other way round',
    "  db: { image: d, ports: ['5433:5432', '5432:5433'] }\n",
    '5433',
  ],
  ['another host', db.replace('db:', 'pg:'), '5433'],
])('inside a service nothing is said of %s', (_what, service, port) =>
  checkFindings(systems, `${services(service + inside)}${profile('db', '', port)}`),
);

test('a port that nothing publishes under this number', () =>
  checkFindings(
    systems,
    `${services(db)}${profile('localhost', `      #     ^^^^^^^^^ warning platform/unreachable-host: nothing publishes port 5432 on this machine; the service \`db\` publishes it as 5433\n`)}`,
  ));

test('a plugin of Meltano is held to the same', () =>
  checkFindings(
    systems,
    `${services(db)}#- /w/meltano.yml
plugins:
  extractors:
    - name: tap-postgres
      namespace: tap_postgres
      pip_url: tap-postgres
      settings: [{ name: host }, { name: port }]
      config: { host: db, port: 5432 }
      #               ^^ warning platform/unreachable-host: \`db\` is a service whose name only other services know, and the plugin \`tap-postgres\` runs outside of them; from here it is \`localhost\`, port 5433
`,
  ));

test.each([
  ['no compose file', profile('db')],
  ['a published port', services(db) + profile('localhost', '', '5433')],
  ['a service, from a service', services(db + inside) + profile('db')],
  ['a host of the world', services(db) + profile('db.example.com')],
  ['a host that a variable decides', services(db) + profile(`"{{ env_var('DB_HOST', 'db') }}"`)],
  ['a port that nobody listens on', services(db) + profile('localhost', '', '6000')],
  [
    'a port that is picked at the start',
    services(
      "  db: { image: 'postgres:17', ports: ['5433:5432'] }\n  other: { image: x, ports: ['5432'] }\n",
    ) + profile('localhost'),
  ],
  ['a tool in an image that nobody knows', services(`${db}  app: { build: . }\n`) + profile('db')],
  [
    'a service that shares the network of the machine',
    services(`${db}  dbt: { image: dbt, network_mode: host, volumes: ['./dbt:/dbt'] }\n`) +
      profile('localhost'),
  ],
  [
    'a target that is not selected',
    services(db) +
      profile('example.com').replace(
        '    dev:',
        "    ci: { type: postgres, host: db, port: 5432, user: u, password: \"{{ env_var('P', 'x') }}\", dbname: d, schema: s }\n    dev:",
      ),
  ],
])('nothing is said of %s', (_name, fixture) => checkFindings(systems, fixture));

test('what is found follows the compose file', async () => {
  const { platform, files } = await openFixture(systems, textsOf(services(db) + profile('db')));
  const path = '/w/dbt/profiles.yml';
  const count = (): number => platform.findings(path).length;
  expect(count()).toBe(1);
  for (const [text, expected] of [
    [`services:\n${db}${inside}`, 0],
    ['services: [\n', 0],
    [`services:\n${db}`, 1],
  ] as const) {
    files.texts.set('/w/compose.yaml', text);
    platform.update(['/w/compose.yaml']);
    expect(count()).toBe(expected);
  }
});
