import { expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';
import type { LineageAnswer, LineageParams } from '../../server/src/protocol/requests.ts';
import { dbt } from '../../server/src/systems/dbt/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

function start(): Promise<TestClient> {
  return startTestClient({
    systems: [dbt],
    files: {
      'dbt_project.yml': 'name: shop\n',
      'models/_sources.yml':
        'sources:\n  - name: raw\n    tables:\n      - name: orders\n      - name: items\n',
      'models/stg_orders.sql': "select * from {{ source('raw', 'orders') }}",
      'models/fct_orders.sql':
        "{{ config(materialized='table') }}\nselect * from {{ ref('stg_orders') }}\njoin {{ ref('countries') }}",
      'models/top_orders.sql': "select * from {{ ref('fct_orders') }} join {{ ref('fct_orders') }}",
      'models/_models.yml':
        'models:\n  - name: stg_orders\n  - name: fct_orders\n    columns:\n      - name: id\n',
      'seeds/countries.csv': '',
      'tests/no_orders.sql': "select * from {{ ref('fct_orders') }}",
    },
  });
}

function lineage(client: TestClient, params: Partial<LineageParams>): Promise<LineageAnswer | null> {
  return client.connection.sendRequest('penstock/lineage', { upstream: 1, downstream: 1, ...params });
}

const named = (answer: LineageAnswer | null): string[] => answer?.nodes.map(({ name }) => name) ?? [];

test('the lineage of an open model says what flows in and out, and what lies beyond', async () => {
  const client = await start();
  const answer = await lineage(client, { uri: client.uri('models/fct_orders.sql') });
  expect(answer?.nodes).toMatchObject([
    {
      name: 'fct_orders',
      what: 'model',
      detail: 'table',
      side: 'focus',
      system: 'dbt',
      systemTitle: 'dbt',
      uri: client.uri('models/fct_orders.sql'),
      hidden: { upstream: 0, downstream: 0 },
    },
    { name: 'countries', what: 'seed', side: 'upstream', distance: 1 },
    { name: 'stg_orders', side: 'upstream', hidden: { upstream: 1, downstream: 0 } },
    { name: 'top_orders', side: 'downstream' },
  ]);
  const id = (name: string): string => answer!.nodes.find((node) => node.name === name)!.id;
  expect(answer?.focus).toBe(id('fct_orders'));
  expect(answer?.edges).toEqual([
    { from: id('countries'), to: id('fct_orders') },
    { from: id('stg_orders'), to: id('fct_orders') },
    { from: id('fct_orders'), to: id('top_orders') },
  ]);
  const expanded = { upstream: [id('stg_orders')], downstream: [] };
  const more = await lineage(client, { node: id('fct_orders'), expanded });
  expect(named(more)).toContain('raw.orders');
});

test('a place in YAML is about the entry around it, and nothing else has a lineage', async () => {
  const client = await start();
  const at = (uri: string, line: number): Promise<LineageAnswer | null> =>
    lineage(client, { uri: client.uri(uri), position: { line, character: 8 } });
  expect(named(await at('models/_models.yml', 4))[0]).toBe('fct_orders');
  expect(named(await at('models/_sources.yml', 3))).toEqual(['raw.orders', 'stg_orders']);
  expect(named(await at('models/_sources.yml', 4))).toEqual(['raw.items']);
  expect(await at('tests/no_orders.sql', 0)).toBeNull();
  expect(await at('gone.sql', 0)).toBeNull();
  expect(await lineage(client, { node: 'nonsense' })).toBeNull();
  expect(await lineage(client, {})).toBeNull();
});

test('calls lead along the lineage, each with the places where the name stands', async () => {
  const client = await start();
  const prepare = (name: string, line: number, character: number): Promise<CallHierarchyItem[] | null> =>
    client.connection.sendRequest('textDocument/prepareCallHierarchy', {
      textDocument: { uri: client.uri(name) },
      position: { line, character },
    });
  const [item] = (await prepare('models/fct_orders.sql', 1, 0)) ?? [];
  expect(item).toMatchObject({
    name: 'fct_orders',
    detail: 'model',
    uri: client.uri('models/fct_orders.sql'),
  });
  expect((await prepare('models/fct_orders.sql', 1, 25))?.[0]?.name).toBe('stg_orders');
  expect(await prepare('dbt_project.yml', 0, 0)).toBeNull();
  const incoming: CallHierarchyIncomingCall[] = await client.connection.sendRequest(
    'callHierarchy/incomingCalls',
    { item },
  );
  expect(incoming).toMatchObject([{ from: { name: 'top_orders' } }]);
  expect(incoming[0]?.fromRanges.map(({ start: { character } }) => character)).toEqual([22, 51]);
  const outgoing: CallHierarchyOutgoingCall[] = await client.connection.sendRequest(
    'callHierarchy/outgoingCalls',
    { item },
  );
  expect(outgoing.map(({ to, fromRanges }) => [to.name, fromRanges[0]?.start.line])).toEqual([
    ['countries', 2],
    ['stg_orders', 1],
  ]);
});
