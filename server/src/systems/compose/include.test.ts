import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { allServices } from '../../core/services.ts';
import { complete } from '../../language/complete.ts';
import { define, findReferences } from '../../language/define.ts';
import { env } from '../env/index.ts';
import { penstock } from '../penstock/index.ts';
import { compose } from './index.ts';

test('services, volumes and networks of included files are known, whatever the files are called', () =>
  checkFindings(
    [compose],
    `
#- /w/compose.yaml
include:
  - infra/db.yaml
  - path: [queue/base.yaml, queue/more.yaml]
services:
  web:
    image: web
    depends_on: [db, redis, dbb]
    #                       ^^^ error compose/undefined-service: no service is named \`dbb\`; did you mean \`db\`?
    volumes: ['data:/data', 'dat:/other']
    #                        ^^^ error compose/undefined-volume: no volume is named \`dat\`; did you mean \`data\`?
networks: { back: }
#- /w/infra/db.yaml
include: [deeper/cache.yaml]
services:
  db:
    image: postgres
    networks: [back, front]
    #                ^^^^^ error compose/undefined-network: no network is named \`front\`; define it under \`networks\` or correct the name
    depends_on: [cache]
volumes: { data: }
#- /w/infra/deeper/cache.yaml
services: { cache: { image: cache, depends_on: [redis] } }
#- /w/queue/base.yaml
services: { redis: { restart: always } }
#- /w/queue/more.yaml
services: { redis: { image: redis } }
`,
  ));

test('files that are not there, and files that include each other', () =>
  checkFindings(
    [compose, env],
    `
#- /w/compose.yaml
include:
  - infra/nowhere.yaml
  # ^^^^^^^^^^^^^^^^^^ error compose/missing-file: there is no file \`nowhere.yaml\`, and Compose refuses to read this one without it; correct the path
  - { path: a/compose.yaml, env_file: infra/none.env }
  #                                   ^^^^^^^^^^^^^^ warning compose/missing-env-file: the file \`none.env\` is not there, and Compose refuses to start without it; make it, or set \`required: false\`
  - \${WHERE:-other}/compose.yaml
  - oci://example.com/stack:1
services:
  web: { image: web, depends_on: [anything] }
  old:
    extends: { file: nothing.yaml, service: base }
    #                ^^^^^^^^^^^^ error compose/missing-file: there is no file \`nothing.yaml\`, and Compose refuses to read this one without it; correct the path
  labels:
    image: x
    label_file: none.labels
    #           ^^^^^^^^^^^ error compose/missing-file: there is no file \`none.labels\`, and Compose refuses to read this one without it; correct the path
#- /w/a/compose.yaml
include: [../compose.yaml]
#         ^^^^^^^^^^^^^^^ error compose/include-cycle: \`compose.yaml\` → \`compose.yaml\` → \`compose.yaml\` include each other, and Compose reads none of them; remove one \`include\`
services: { a: { image: a } }
`,
  ));

test('a folder where Compose wants a file', () =>
  checkFindings(
    [compose],
    `
#- /w/compose.yaml
include: [infra, other]
#         ^^^^^ error compose/missing-file: \`infra\` is a folder, and Compose wants a file here; \`infra/compose.yml\` may be meant
#                ^^^^^ error compose/missing-file: \`other\` is a folder, and Compose wants a file here; name the file
services:
  web: { image: web, label_file: ./infra/, env_file: [{ path: ./vars.env, required: false }] }
  #                              ^^^^^^^^ error compose/missing-file: \`infra\` is a folder, and Compose wants a file here; name the file
  #                                                           ^^^^^^^^^^ error compose/missing-file: \`vars.env\` is a folder, and Compose wants a file here; name the file
  tool: { image: tool, profiles: [tool], env_file: vars.env }
  #                                                ^^^^^^^^ warning compose/missing-file: \`vars.env\` is a folder, and Compose wants a file here; name the file
#- /w/infra/compose.yml
services: { db: { image: db } }
#- /w/other/x.txt
#- /w/vars.env/web.txt
`,
  ));

const extending = `
#- /w/compose.yaml
include: [infra/db.yaml, infra/more.yaml]
services:
  web: { extends: cache }
  base: { image: base }
  more: { extends: { file: infra/db.yaml, service: tool } }
  #                                                ^^^^ error compose/undefined-service: Compose looks for \`tool\` in the file that is named, and it is defined in \`infra/more.yaml\`; name that one
  done: { extends: { file: infra/more.yaml, service: tool } }
#- /w/infra/db.yaml
services:
  db: { extends: base }
  #              ^^^^ error compose/undefined-service: Compose looks for \`base\` in this file and what it includes, and it is defined in \`../compose.yaml\`; name the file with \`extends: { file, service }\`
  cache: { extends: db }
  gone: { extends: nobody }
  #                ^^^^^^ error compose/undefined-service: there is no service \`nobody\` to take over; define it under \`services\` or correct the name
#- /w/infra/more.yaml
services: { tool: { image: tool, depends_on: [base, db] } }
`;

test('what is taken over stands in the same file, in what it includes or in the file that is named', () =>
  checkFindings([compose], extending));

test('the file is named that a service to take over stands in', async () => {
  const { platform, files } = await openFixture([compose], textsOf(extending));
  const path = '/w/infra/db.yaml';
  const [found] = platform.findings(path);
  const [edit] = found!.fixes![0]!.edits;
  const text = platform.source(path)!.text;
  files.texts.set(path, text.slice(0, edit!.span.start) + edit!.newText + text.slice(edit!.span.end));
  platform.update([path]);
  expect(platform.source(path)!.text).toContain('db: { extends: { file: ../compose.yaml, service: base } }');
  expect(platform.findings(path).map(({ message }) => message)).toEqual([
    'there is no service `nobody` to take over; define it under `services` or correct the name',
  ]);
  // A file that includes the other one has what that defines.
  files.texts.set(path, 'include: [more.yaml]\nservices: { db: { extends: tool }, cache: { image: c } }\n');
  platform.update([path]);
  expect(platform.findings(path)).toEqual([]);
  files.texts.set('/w/infra/more.yaml', 'services: { tools: { image: tool } }\n');
  files.texts.set('/w/infra/deep.yaml', 'services: { tool: { image: tool } }\n');
  files.texts.set(
    '/w/compose.yaml',
    'include: [infra/db.yaml, infra/deep.yaml]\nservices: { web: { image: w } }\n',
  );
  platform.update(files.texts.keys());
  expect(platform.findings(path).map(({ code }) => code)).toEqual(['compose/undefined-service']);
});

test('services of several files that wait for each other', () =>
  checkFindings(
    [compose],
    `
#- /w/compose.yaml
include: [infra/db.yaml]
services:
  web:
    image: web
    depends_on: [db, cache]
    #            ^^ error compose/dependency-cycle: \`db\` → \`queue\` → \`web\` → \`db\` wait for each other, so none can start; remove one of the dependencies
  cache: { image: cache }
#- /w/compose.override.yaml
services:
  queue: { depends_on: [web] }
#- /w/infra/db.yaml
services:
  db: { image: db, depends_on: [queue] }
  queue: { image: queue }
  a: { image: a, depends_on: [b] }
  b: { image: b, depends_on: [a] }
  #                           ^ error compose/dependency-cycle: \`a\` → \`b\` → \`a\` wait for each other, so none can start; remove one of the dependencies
`,
  ));

test('a bind whose source nobody makes', () =>
  checkFindings(
    [compose],
    `
#- /w/compose.yaml
services:
  web:
    image: web
    volumes:
      - { type: bind, source: ./data, target: /data, bind: { create_host_path: false } }
      - { type: bind, source: ./dta, target: /dta, bind: { create_host_path: false } }
      #                       ^^^^^ warning compose/missing-bind-source: \`dta\` is not there, and with \`create_host_path: false\` the container is refused when it starts; make it, or correct the path
      - { type: bind, source: ./made, target: /made }
      - { type: bind, source: ../out, target: /out, bind: { create_host_path: false } }
      - { type: bind, source: '\${X:-./x}', target: /x, bind: { create_host_path: false } }
      - ./short:/short
#- /w/data/orders.yml
{}
`,
  ));

test('a finding goes when the folder or the file comes', async () => {
  const mount = '{ type: bind, source: ./data, target: /data, bind: { create_host_path: false } }';
  const { platform, files } = await openFixture([compose], {
    '/w/compose.yaml': `include: [db.yaml]\nservices:\n  web: { image: web, volumes: [${mount}], depends_on: [db] }\n`,
  });
  const write = (path: string, text: string): readonly string[] => {
    files.texts.set(path, text);
    platform.update([path]);
    return platform.findings('/w/compose.yaml').map(({ code }) => code);
  };
  expect(write('/w/other.yaml', '')).toEqual(['compose/missing-file', 'compose/missing-bind-source']);
  expect(write('/w/data/deep/orders.csv', '')).toEqual(['compose/missing-file']);
  expect(write('/w/db.yaml', 'services: { dbb: { image: db } }')).toEqual(['compose/undefined-service']);
  expect(write('/w/db.yaml', 'services: { db: { image: db } }')).toEqual([]);
  expect(write('/w/compose.yaml', 'services: {}')).toEqual([]);
  expect([...platform.paths()]).toEqual(['/w/compose.yaml']);
});

const texts = {
  '/w/compose.yaml':
    'include: [{ path: infra/compose.yaml }, { path: infra/tools.yaml, project_directory: . }]\nservices:\n  web: { image: web, depends_on: [db, tool] }\n',
  '/w/infra/compose.yaml':
    'services:\n  db: { image: db, env_file: db.env, volumes: ["./data:/data", "../el:/el", "/abs:/abs"] }\n',
  '/w/infra/tools.yaml':
    'services:\n  tool: { image: tool, build: ./tool, env_file: tool.env, volumes: ["./data:/data"] }\n',
};

test('an included file has the folder that its include names', async () => {
  const { platform } = await openFixture([compose], texts);
  const services = allServices(platform.facts);
  expect(
    services.map(({ scope, name, envFiles, mounts, build }) => ({
      service: `${scope} ${name}`,
      paths: [...envFiles, ...mounts.map(({ source }) => source), ...(build ? [build] : [])],
    })),
  ).toEqual([
    { service: '/w web', paths: [] },
    { service: '/w db', paths: ['/w/infra/db.env', '/w/infra/data', '/w/el', '/abs'] },
    { service: '/w tool', paths: ['/w/tool.env', '/w/data', '/w/tool'] },
  ]);
});

test('a pipeline may start services of included files', async () => {
  const { platform } = await openFixture([compose, penstock], {
    ...texts,
    '/w/penstock.yaml': 'pipelines: { up: ["compose:up/tool", "compose:up/db", "compose:up/web"] }\n',
  });
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
  const steps = platform.steps().filter(({ system }) => system === 'compose');
  expect(steps.map(({ id, project }) => `${id} ${project}`)).toEqual([
    'compose:up /w',
    'compose:down /w',
    'compose:up/web /w',
    'compose:up/db /w',
    'compose:up/tool /w',
  ]);
});

test('a service is found, offered and renamed over included files', async () => {
  const { platform } = await openFixture([compose], texts);
  const use = texts['/w/compose.yaml'].indexOf('[db') + 1;
  expect(define(platform, '/w/compose.yaml', use)?.targets.map(({ path }) => path)).toEqual([
    '/w/infra/compose.yaml',
  ]);
  const definition = texts['/w/infra/compose.yaml'].indexOf('db:');
  const references = findReferences(platform, '/w/infra/compose.yaml', definition, { withDefinition: false });
  expect(references.map(({ path }) => path)).toEqual(['/w/compose.yaml']);
  expect(complete(platform, '/w/compose.yaml', use).items.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['db', 'tool', 'web']),
  );
  const marked = {
    ...texts,
    '/w/infra/compose.yaml': texts['/w/infra/compose.yaml'].replace('db:', 'd<|>b:'),
  };
  expect(await renamed([compose], marked, 'postgres')).toMatchObject({
    '/w/compose.yaml': texts['/w/compose.yaml'].replace('[db', '[postgres'),
    '/w/infra/compose.yaml': texts['/w/infra/compose.yaml'].replace('db:', 'postgres:'),
  });
});
