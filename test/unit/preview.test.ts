import { expect, test } from 'vitest';
import type { PreviewAnswer } from '../../server/src/protocol/requests.ts';
import { createRunHistory } from '../../server/src/runs/run-history.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

function start(files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): Promise<TestClient> {
  return startTestClient({ systems: [dbt], files, history: createRunHistory(env) });
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

test('what was made is shown without the secrets of its project, also where they are cut into lines', async () => {
  const secret = 'zq9XK2mm-Pp7';
  const client = await start(
    {
      'dbt_project.yml': 'name: shop\n',
      'profiles.yml': 'shop:\n  outputs:\n    dev: { type: postgres, password: hunter22-own }\n',
      'models/orders.sql': 'select 1',
    },
    { API_TOKEN: secret },
  );
  const mask = (text: string, name = 'models/orders.sql'): Promise<string | null> =>
    client.connection.sendRequest('penstock/mask', { uri: client.uri(name), text });
  const base64 = Buffer.from(`${'x'.repeat(50)}${secret}`)
    .toString('base64')
    .match(/.{1,76}/g)!;
  const sql = `select '${secret}' as a,\n  'hunter22-own' as b\n-- ${base64.join('\n-- ')}\n`;
  const shown = (await mask(sql))!;
  expect(shown.split('\n').slice(0, 2)).toEqual(["select '***' as a,", "  '***' as b"]);
  expect(Buffer.from(shown.split('-- ').at(-1)!, 'base64').toString()).not.toContain('mm-Pp7');
  expect(await mask('nothing', 'notes.txt')).toBeNull();
});
