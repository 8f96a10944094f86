import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver/node';
import type { RunHistory } from '../../server/src/core/last-run.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { meltano } from '../../server/src/systems/meltano/index.ts';
import { penstock } from '../../server/src/systems/penstock/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

const orders = "select * from {{ ref('stg') }} o where o.";
const properties = 'models:\n  - name: stg\n    columns:\n      - name: id\n        data_tests: [unique]\n';

/** As dbt writes it, shortened. */
const results = JSON.stringify({
  metadata: { generated_at: '2026-11-23T10:00:00Z' },
  results: [
    {
      status: 'success',
      timing: [{ name: 'execute', started_at: '2026-11-23T10:00:00Z', completed_at: '2026-11-23T10:00:01Z' }],
      execution_time: 1.25,
      adapter_response: { rows_affected: 37 },
      message: 'OK',
      failures: null,
      unique_id: 'model.shop.stg',
    },
    {
      status: 'fail',
      timing: [],
      execution_time: 0.5,
      adapter_response: {},
      message: 'Got 3 results, key is hunter22',
      failures: 3,
      unique_id: 'test.shop.unique_stg_id.0123456789',
    },
  ],
});

test('a hover of a job and of what a pipeline names tells how the step last went', async () => {
  const asked: string[] = [];
  const project = 'jobs:\n  - name: load\n    tasks: []\nplugins:\n  extractors:\n    - name: tap-x\n';
  const pipelines = 'pipelines:\n  daily: [meltano:job/load]\n';
  const client = await startTestClient({
    systems: [meltano, penstock],
    files: { 'meltano/meltano.yml': project, 'penstock.yaml': pipelines },
    history: {
      last: async () => undefined,
      lastOfStep: async ({ root }, step) => {
        asked.push(`${root.endsWith('/meltano') ? 'meltano' : 'top'} ${step}`);
        return { status: 'failed', at: new Date().toISOString(), by: step, message: 'no hunter22' };
      },
      masking: () => (text) => text.replaceAll('hunter22', '***'),
    },
  });
  await client.open('meltano/meltano.yml', project);
  await client.open('penstock.yaml', pipelines);
  expect(await hover(client, 'meltano/meltano.yml', 1, 12)).toMatch(
    /Last run \*\*failed\*\* 0 seconds ago · `meltano:job\/load`\n\n```text\nno \*\*\*\n```$/,
  );
  expect(await hover(client, 'meltano/meltano.yml', 5, 14)).toContain('`meltano:plugin/tap-x`');
  expect(await hover(client, 'penstock.yaml', 1, 14)).toContain('Last run');
  expect(await hover(client, 'penstock.yaml', 1, 4)).toContain('Last run');
  expect(asked).toEqual([
    'meltano meltano:job/load',
    'meltano meltano:plugin/tap-x',
    'meltano meltano:job/load',
    'top pipeline:daily',
  ]);
});

function start(history?: RunHistory): Promise<TestClient> {
  return startTestClient({
    systems: [dbt],
    files: {
      'dbt_project.yml': 'name: shop\n',
      'models/stg.sql': 'select id from x',
      'models/_p.yml': properties,
      'models/orders.sql': orders,
      'target/run_results.json': results,
      'target/catalog.json': JSON.stringify({
        nodes: { 'model.shop.stg': { columns: { late: { name: 'late', type: 'DATE', index: 2 } } } },
      }),
    },
    ...(history ? { history } : {}),
  });
}

async function hover(client: TestClient, name: string, line: number, character: number): Promise<string> {
  const params = { textDocument: { uri: client.uri(name) }, position: { line, character } };
  const found = await client.connection.sendRequest<{ contents: { value: string } } | null>(
    'textDocument/hover',
    params,
  );
  return found?.contents.value ?? '';
}

test('a hover tells how a thing last went, as the tool left it behind', async () => {
  const client = await start();
  await client.open('models/orders.sql', orders);
  expect(await hover(client, 'models/orders.sql', 0, 25)).toMatch(
    /Last run succeeded \d+ days? ago · 1\.3 s · 37 rows$/,
  );
  await client.open('models/_p.yml', properties);
  // Without anybody who masks secrets a message stays where it is.
  const test = await hover(client, 'models/_p.yml', 4, 24);
  expect(test).toContain('unique\\_stg\\_id');
  expect(test).toMatch(/Last run \*\*failed\*\* · 0\.5 s · 3 failures$/);
  rmSync(join(client.folder, 'target/run_results.json'));
  expect(await hover(client, 'models/orders.sql', 0, 25)).not.toContain('Last run');
});

test('the history of runs counts where it is later, and masks what is said', async () => {
  const asked: string[] = [];
  const client = await start({
    last: async ({ root }, node) => {
      asked.push(`${root.split('/').at(-1)?.slice(0, 13)} ${node}`);
      return node === 'model.shop.stg'
        ? { status: 'failed', at: new Date().toISOString(), by: 'dbt:model/stg', message: 'no hunter22' }
        : undefined;
    },
    lastOfStep: async () => undefined,
    masking: () => (text) => text.replaceAll('hunter22', '***'),
  });
  await client.open('models/orders.sql', orders);
  const told = await hover(client, 'models/orders.sql', 0, 25);
  expect(told).toMatch(
    /Last run \*\*failed\*\* 0 seconds ago · `dbt:model\/stg`\n\n```text\nno \*\*\*\n```$/,
  );
  await client.open('models/_p.yml', properties);
  expect(await hover(client, 'models/_p.yml', 4, 24)).toContain('Got 3 results, key is ***');
  expect(asked).toEqual(['penstock-lsp- model.shop.stg', 'penstock-lsp- test.shop.unique_stg_id']);
});

test('columns of the catalog are offered', async () => {
  const client = await start();
  await client.open('models/orders.sql', orders);
  const params = {
    textDocument: { uri: client.uri('models/orders.sql') },
    position: { line: 0, character: orders.length },
  };
  const { items } = await client.connection.sendRequest<CompletionList>('textDocument/completion', params);
  expect(items.map(({ label }) => label)).toEqual(['id', 'late']);
});
