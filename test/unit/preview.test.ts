import { afterEach, expect, test } from 'vitest';
import type { PreviewAnswer } from '../../server/src/protocol/requests.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

const clients: TestClient[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.dispose())));

async function start(files: Readonly<Record<string, string>>): Promise<TestClient> {
  const client = await startTestClient({ systems: [dbt], files });
  clients.push(client);
  return client;
}

const ask = (client: TestClient, name: string): Promise<PreviewAnswer> =>
  client.connection.sendRequest('penstock/preview', { uri: client.uri(name) });

test('what is made of a file is answered with the step that makes it, or with the reason why nothing is', async () => {
  const client = await start({
    'dbt_project.yml': 'name: shop\n',
    'models/orders.sql': 'select 1',
    'seeds/a.csv': '',
    'notes.txt': '',
  });
  expect(await ask(client, 'models/orders.sql')).toEqual({
    kind: 'made',
    name: 'orders',
    step: 'dbt:compile/orders',
    folderUri: client.uri('.'),
    resultUri: client.uri('target/penstock/compiled/shop/models/orders.sql'),
    language: 'sql',
  });
  expect(await ask(client, 'seeds/a.csv')).toMatchObject({ kind: 'nothing' });
  expect(await ask(client, 'notes.txt')).toEqual({
    kind: 'nothing',
    message: 'There is nothing to compile in this file.',
  });
});

test('of two projects with one model each, the step of the right one is meant', async () => {
  const client = await start({
    'a/dbt_project.yml': 'name: a\n',
    'a/models/orders.sql': 'select 1',
    'b/dbt_project.yml': 'name: b\n',
    'b/models/orders.sql': 'select 1',
  });
  expect(await ask(client, 'b/models/orders.sql')).toMatchObject({ step: 'dbt:compile/orders@b' });
});
