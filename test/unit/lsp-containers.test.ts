import { expect, test } from 'vitest';
import type { DocumentLink, Hover } from 'vscode-languageserver/node';
import { systemsRequest, type SystemAnswer } from '../../server/src/protocol/requests.ts';
import { compose } from '../../server/src/systems/compose/index.ts';
import { meltano } from '../../server/src/systems/meltano/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

const project = (file: string): string =>
  `plugins:\n  extractors:\n    - name: tap-x\n      namespace: tap_x\n      config: { path: ${file} }\n`;

function start(files: Readonly<Record<string, string>>): Promise<TestClient> {
  return startTestClient({ systems: [compose, meltano], files, capabilities: {} });
}

test('a path of the container is followed and explained, and the image tells the version', async () => {
  const client = await start({
    'compose.yaml':
      'services:\n  meltano:\n    image: meltano/meltano:v4.4\n    volumes: ["./el:/project"]\n',
    'el/meltano.yml': project('/project/in/a.csv'),
  });
  const textDocument = { uri: client.uri('el/meltano.yml') };
  const links: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', {
    textDocument,
  });
  expect(links).toEqual([
    {
      range: { start: { line: 4, character: 22 }, end: { line: 4, character: 39 } },
      target: client.uri('el/in/a.csv'),
      tooltip: 'el/in/a.csv, in the service meltano',
    },
  ]);
  const hover: Hover = await client.connection.sendRequest('textDocument/hover', {
    textDocument,
    position: { line: 4, character: 30 },
  });
  expect(hover.contents).toMatchObject({
    value: expect.stringContaining('In the service `meltano` this is `el/in/a.csv`') as string,
  });
  const answers: SystemAnswer[] = await client.connection.sendRequest(systemsRequest);
  expect(answers.find(({ id }) => id === 'meltano')?.projects).toMatchObject([
    { version: '4.4', versionSource: 'image of the service meltano', silent: [] },
  ]);
});

test('where nobody can tell, the systems say why', async () => {
  const client = await start({
    'compose.yaml': 'services:\n  meltano: { build: ./el }\n',
    'el/meltano.yml': project('/project/in/a.csv'),
  });
  const answers: SystemAnswer[] = await client.connection.sendRequest(systemsRequest);
  expect(answers.find(({ id }) => id === 'meltano')?.projects[0]?.silent).toEqual([
    expect.stringContaining('paths of containers are not followed: the service `meltano` is built from'),
  ]);
});
