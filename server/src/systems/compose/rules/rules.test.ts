import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { env } from '../../env/index.ts';
import { compose } from '../index.ts';

test('keys and values that Compose refuses', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
x-any: { thing: 1 }
services:
  web:
    image: web
    port: ['80:80']
  # ^^^^ error compose/unknown-key: unknown key \`port\`; did you mean \`ports\`?
    restart: false
           # ^^^^^ error compose/invalid-value: \`restart\` must be a string, not \`false\` (true or false); put it in quotes
    healthcheck: { test: [curl, x], interval: soon, timeout: 1m30s }
                        # ^^^^ error compose/invalid-value: \`test\` begins with \`CMD\`, \`CMD-SHELL\` or \`NONE\`; put \`CMD\` in front
                        #                     ^^^^ error compose/invalid-value: \`soon\` is no duration; write one such as \`30s\` or \`1m30s\`
    mem_limit: \${LIMIT}
    environment:
      1: x
    # ^ error compose/invalid-value: the key \`1\` must be a text; put it in quotes
    command: echo $$HOME \${} \${A:-b}
                       # ^^^ error compose/invalid-variable: Compose cannot read this variable; write \`\${NAME}\` or \`\${NAME:-default}\`, or \`$$\` for a dollar sign
`,
  ));

test('ports and mounts that Compose cannot read', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  web:
    image: web
    ports:
      - http:80
      # ^^^^^^^ error compose/invalid-port: \`http\` is no port; write a number up to 65535, or a range such as \`8000-8010\`
      - 3000-3002:3000-3001
      # ^^^^^^^^^^^^^^^^^^^ error compose/invalid-port: \`3000-3002\` and \`3000-3001\` are ranges of different length; give both as many ports
      - 127.0.0.1:80:80/udp
      - 4000-4002:4000
      - published: 80
      # ^^^^^^^^^ error compose/missing-key: a port needs \`target\`, its number inside the container; add it
    volumes:
      - ./a::ro
      # ^^^^^^^ error compose/invalid-mount: a part is missing between the colons; write \`source:target\`, with \`:ro\` if it is only read
      - ./b:/data:ro
          # ^^^^^ error compose/invalid-mount: \`/data\` is already mounted under \`tmpfs\`; remove one of the two
    tmpfs: [/data]
`.replace('- published: 80\n      # ^^^^^^^^^ error', '- published: 80\n      # ^^^^^^^^^^^^^ error'),
  ));

test('keys that exclude each other, and what is missing', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  web:
    image: web
    network_mode: host
    networks: [default]
  # ^^^^^^^^ error compose/conflicting-keys: \`network_mode\` and \`networks\` exclude each other; remove one of the two
    container_name: the-web
  # ^^^^^^^^^^^^^^ error compose/conflicting-keys: 2 containers cannot share one \`container_name\`; remove it
    scale: 2
    mem_limit: 1g
    deploy: { resources: { limits: { memory: 1024m } } }
  job:
# ^^^ error compose/missing-image: the service \`job\` has neither an image nor a folder to build one from; add \`image\` or \`build\`
    command: run
  added:
    command: run
volumes:
  data:
    external: true
    name: shared
    driver: local
  # ^^^^^^ error compose/conflicting-keys: what is \`external\` is made elsewhere, so \`driver\` cannot be set here; remove one of the two
secrets:
  none: {}
# ^^^^ error compose/missing-key: \`none\` says nowhere what it holds; add \`file\` or \`environment\`, or \`external: true\`
#- /w/compose.override.yaml
services:
  added: { image: x }
`,
  ));

test('services that wait for each other', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  a: { image: a, depends_on: [b] }
  b: { image: b, depends_on: [c] }
  c: { image: c, links: ['a:x'] }
                       # ^^^^^ error compose/dependency-cycle: \`a\` → \`b\` → \`c\` → \`a\` wait for each other, so none can start; remove one of the dependencies
  d: { image: d, depends_on: [a] }
`.replace(
      "links: ['a:x'] }\n                       # ^^^^^",
      "links: ['a:x'] }\n                        # ^^^",
    ),
  ));

test('what will not come, or cannot be had twice', () =>
  checkFindings(
    [compose],
    `#- /w/compose.yaml
services:
  web:
    image: web
    ports: ['8080:80', '127.0.0.1:9000:9000']
    container_name: shop
    depends_on:
      db: { condition: service_healthy }
    # ^^ information compose/no-healthcheck: \`db\` has no \`healthcheck\` here, so this waits for ever unless its image brings one; add one
      off: { condition: service_healthy }
    # ^^^ warning compose/no-healthcheck: the health check of \`off\` is switched off, so it never becomes healthy; wait for \`service_started\`
      fine: { condition: service_healthy }
      own: { condition: service_healthy }
      debug: { condition: service_started }
    # ^^^^^ warning compose/disabled-dependency: \`debug\` belongs to the profile \`debug\`, without which Compose refuses this; give both the profile, or set \`required: false\`
  db:
    image: db
    ports: ['8080:90', '127.0.0.2:9000:9000']
          #  ^^^^^^^ warning compose/port-taken: the port 8080 of this machine is already that of \`web\`; publish another one
    container_name: shop
                  # ^^^^ warning compose/container-name-taken: another service's container is already named \`shop\`; choose another name
  off: { image: x, healthcheck: { disable: true } }
  fine: { image: x, healthcheck: { test: [CMD, x] } }
  own: { build: ., ports: ['8080:80/udp'] }
  debug: { image: x, profiles: [debug], ports: ['8080:80'] }
`,
  ));

test('a file of variables that is not there', () =>
  checkFindings(
    [compose, env],
    `#- /w/compose.yaml
services:
  web:
    image: web
    env_file:
      - .env
      - gone.env
      # ^^^^^^^^ warning compose/missing-env-file: the file \`gone.env\` is not there, and Compose refuses to start without it; make it, or set \`required: false\`
      - variables.txt
      - { path: optional.env, required: false }
#- /w/.env
A=1
`,
  ));

test('`version` is removed with its line', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.yaml': "version: '3.8' # old\nservices:\n  web: { image: web }\n",
    '/w/broken/compose.yaml': "version: '3.8'\nservices:\n  web: { image: web\n",
  });
  const [finding] = platform.findings('/w/compose.yaml');
  expect([finding?.code, finding?.severity, finding?.fixes?.[0]?.edits]).toEqual([
    'compose/obsolete-version',
    'hint',
    [{ path: '/w/compose.yaml', span: { start: 0, end: 21 }, newText: '' }],
  ]);
});

test('nothing is judged in a file whose YAML is broken', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.yaml': 'services:\n  web:\n    imag: web\n    ports: ["80:80"\n',
  });
  expect(platform.findings('/w/compose.yaml').map(({ code }) => code)).toEqual(['yaml/syntax']);
});
