import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { allServices } from '../../core/services.ts';
import { env } from '../env/index.ts';
import { compose } from './index.ts';

test('names that no file of the folder defines', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  web:
    image: web
    depends_on: [db, dbb]
                #    ^^^ error compose/undefined-service: no service is named \`dbb\`; did you mean \`db\`?
    links: ['db:database', 'cach:cache']
           #                ^^^^ error compose/undefined-service: no service is named \`cach\`; define it under \`services\` or correct the name
    volumes:
      - data:/data
      - dat:/other
      # ^^^ error compose/undefined-volume: no volume is named \`dat\`; did you mean \`data\`?
      - ./dat:/bind
      - /anonymous
    networks: [default, back, front]
                      # ^^^^ error compose/undefined-network: no network is named \`back\`; define it under \`networks\` or correct the name
    secrets: [token, { source: tokn }]
                     #         ^^^^ error compose/undefined-secret: no secret is named \`tokn\`; did you mean \`token\`?
    configs: [site]
           #  ^^^^ error compose/undefined-config: no config is named \`site\`; define it under \`configs\` or correct the name
  job:
    extends: { service: bse }
                      # ^^^ error compose/undefined-service: there is no service \`bse\` to take over; define it under \`services\` or correct the name
    network_mode: service:vpn
                #         ^^^ error compose/undefined-service: no service is named \`vpn\`; define it under \`services\` or correct the name
volumes: { data: }
networks: { front: }
secrets: { token: { file: token.txt } }
#- /w/compose.override.yaml
services:
  db: { image: db }
`,
  ));

test.each([
  ['a file that is laid over others', { '/w/compose.prod.yaml': 'services:\n  a: { depends_on: [b] }\n' }],
  [
    'a whole file beside a main one',
    {
      '/w/compose.prod.yaml': 'services:\n  a: { image: x, depends_on: [b] }\n',
      '/w/compose.yaml': 'services:\n  c: { image: x }\n',
    },
  ],
  [
    'files included from elsewhere',
    { '/w/compose.yaml': 'include: [infra/compose.yaml]\nservices:\n  a: { image: x, depends_on: [b] }\n' },
  ],
  ['broken YAML', { '/w/compose.yaml': 'services:\n  a: { image: x, depends_on: [b]\n' }],
  ['what a variable names', { '/w/compose.yaml': 'services:\n  a: { image: x, depends_on: ["${B}"] }\n' }],
])('says no name is undefined: %s', async (_name, texts) => {
  const { platform } = await openFixture([compose], texts);
  const found = [...platform.paths()].flatMap((path) => platform.findings(path).map(({ code }) => code));
  expect(found.filter((code) => code.startsWith('compose/undefined'))).toEqual([]);
});

test('what is wrong with a service that only a profile starts is a warning until then', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  web: { image: web }
  job:
# ^^^ warning compose/missing-image: the service \`job\` has neither an image nor a folder to build one from; add \`image\` or \`build\`
    profiles: [jobs]
    volumes: ['data:/data']
            #  ^^^^ warning compose/undefined-volume: no volume is named \`data\`; define it under \`volumes\`, or begin with \`./\` if a folder is meant
    network_mode: host
    networks: [default]
  # ^^^^^^^^ warning compose/conflicting-keys: \`network_mode\` and \`networks\` exclude each other; remove one of the two
`,
  ));

test('a whole file without a main one beside it stands alone', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.dev.yaml': 'services:\n  a: { image: x, depends_on: [b] }\n',
  });
  expect(platform.findings('/w/compose.dev.yaml').map(({ code }) => code)).toEqual([
    'compose/undefined-service',
  ]);
});

test('services are facts: places, ports and names, no value of a variable', async () => {
  const { platform } = await openFixture([compose, env], {
    '/w/docker-compose.yml': `x-common: &common
  environment: { DB_PASSWORD: hunter22, EMPTY: , FROM: "\${FROM}" }
services:
  app:
    <<: *common
    image: \${REGISTRY:-own}/app:1.2
    build: { context: app }
    working_dir: /app
    ports: ['8080:80', '127.0.0.1:9000-9001:9000-9001/udp', 3000, '\${PORT:-5000}:5000', '\${P}:6000']
    expose: ['7000', 7001]
    env_file: [.env, { path: extra.env, required: false }]
    container_name: the-app
    profiles: [debug]
    networks: { back: { aliases: [api] } }
    depends_on: { db: { condition: service_started } }
    volumes: ['./app:/app:ro', '~/x:/home', { type: tmpfs, target: /tmp }]
  db: { image: "db", environment: [USER=ann, PASSED] }
networks: { back: }
`,
  });
  const [app] = allServices(platform.facts);
  const { definitions: _definitions, ...said } = app!;
  expect(said).toEqual({
    name: 'app',
    scope: '/w',
    image: 'own/app:1.2',
    build: '/w/app',
    workingDir: '/app',
    containerName: 'the-app',
    mounts: [
      { kind: 'bind', source: '/w/app', readOnly: true, target: '/app' },
      { kind: 'bind', unknown: true, target: '/home' },
      { kind: 'tmpfs', target: '/tmp' },
    ],
    ports: [
      { host: 8080, container: 80 },
      { host: 9000, container: 9000, address: '127.0.0.1', protocol: 'udp' },
      { host: 9001, container: 9001, address: '127.0.0.1', protocol: 'udp' },
      { container: 3000 },
      { host: 5000, container: 5000 },
      { container: 6000 },
    ],
    exposes: [7000, 7001],
    environment: ['DB_PASSWORD', 'EMPTY', 'FROM'],
    envFiles: ['/w/.env', '/w/extra.env'],
    dependsOn: ['db'],
    profiles: ['debug'],
    networks: [{ name: 'back', aliases: ['api'] }],
  });
  expect(JSON.stringify(platform.facts.of('/w/docker-compose.yml'))).not.toMatch(/hunter22|ann\b/);
  expect(platform.secrets()).toEqual(['hunter22']);
  const defined = [...platform.facts.all('env')].map(({ name }) => name);
  expect(defined.sort()).toEqual(['DB_PASSWORD', 'USER']);
  const used = platform.facts
    .of('/w/docker-compose.yml')
    .flatMap((fact) =>
      fact.fact === 'use' && fact.namespaces[0] === 'env' ? `${fact.role} ${fact.name}` : [],
    );
  expect(used.sort()).toEqual([
    'handed-on EMPTY',
    'handed-on PASSED',
    'has-default PORT',
    'has-default REGISTRY',
    'unset-is-empty FROM',
    'unset-is-empty P',
  ]);
});

test.each([
  'compose.yml',
  'docker-compose.override.yaml',
  'compose.dev.yaml',
  'docker-compose-ci.yml',
  'airflow.compose.yml',
])('claims %s by its name', async (name) => {
  const { platform } = await openFixture([compose], { [`/w/${name}`]: '' });
  expect(platform.has(`/w/${name}`)).toBe(true);
});

test('claims what is extended by its text alone', async () => {
  const { platform } = await openFixture([compose], {
    '/w/common-services.yml': 'services:\n  base:\n    image: x\n',
    '/w/services.yaml': 'services:\n  App\\Mailer:\n    arguments: []\n',
    '/w/recomposed.yaml': 'services:\n  base:\n    image: x\n',
  });
  expect([...platform.paths()]).toEqual(['/w/common-services.yml']);
});
