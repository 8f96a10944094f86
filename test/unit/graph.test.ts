import { expect, test } from 'vitest';
import { partOf, withoutImplied } from '../../server/src/language/graph-part.ts';
import { platformGraph, type PlatformGraph } from '../../server/src/language/platform-graph.ts';
import type {
  GraphAnswer,
  GraphFoundAnswer,
  GraphParams,
  PipelineGraphAnswer,
} from '../../server/src/protocol/graph-requests.ts';
import { systems } from '../../server/src/systems/index.ts';
import { openFixture } from '../support/check.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

const platform = {
  'meltano.yml': `
default_environment: dev
environments:
  - name: dev
  - name: prod
    config: { plugins: { loaders: [{ name: target-duckdb, config: { filepath: data/prod.duckdb } }] } }
plugins:
  extractors: [{ name: tap-shop, executable: tap }, { name: tap-ads, executable: tap }]
  mappers: [{ name: hash, executable: hash, mappings: [{ name: hide-mail, config: {} }] }]
  loaders:
    - { name: target-duckdb, executable: target-duckdb, config: { filepath: data/shop.duckdb } }
    - { name: target-ads, inherit_from: target-duckdb }
  utilities: [{ name: notify, executable: notify, commands: { mail: mail } }]
jobs:
  - name: load
    tasks: [tap-shop hide-mail target-duckdb, 'notify:mail']
schedules:
  - { name: nightly, interval: '@daily', job: load }
  - { name: ads, interval: '@hourly', extractor: tap-ads, loader: target-ads }
`,
  'dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
  'dbt/profiles.yml': `
shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: ../data/shop.duckdb, attach: [{ path: ../data/ads.duckdb }] }
    prod: { type: duckdb, path: ../data/prod.duckdb }
`,
  'dbt/models/_sources.yml': `
sources:
  - { name: raw, tables: [{ name: orders }] }
  - { name: ads, database: ads, tables: [{ name: clicks }] }
  - { name: far, database: elsewhere, tables: [{ name: things }] }
exposures:
  - { name: board, depends_on: [ref('orders')] }
`,
  'dbt/models/marts/sales/orders.sql':
    "select * from {{ source('raw', 'orders') }} join {{ ref('countries') }}",
  'dbt/seeds/countries.csv': '',
  'dbt/tests/no_orders.sql': "select * from {{ ref('orders') }}",
  'penstock.yaml': `
pipelines:
  daily:
    title: Every day
    steps:
      - meltano:job/load
      - { id: build, step: dbt:build, needs: meltano:job/load }
      - { step: dbt:test/orders, needs: build }
      - pipeline:other
  other:
    steps: [dbt:seed, { run: meltano run load }]
`,
};

/** `from → to` of every edge, work with a dashed arrow. */
function told({ nodes, edges }: PlatformGraph): string[] {
  const name = (index: number): string => nodes[index]!.label;
  return edges.map(({ from, to, flow }) => `${name(from)} ${flow === 'data' ? '→' : '⇢'} ${name(to)}`).sort();
}

const inFolder = Object.fromEntries(Object.entries(platform).map(([path, text]) => [`/w/${path}`, text]));

test('the graph leads from pipeline and schedule over loader, file and source to model and exposure', async () => {
  const graph = platformGraph((await openFixture(systems, inFolder)).platform);
  expect(told(graph)).toEqual(
    [
      'ads ⇢ tap-ads',
      'ads ⇢ target-ads',
      'ads.duckdb → ads.clicks',
      'countries → orders',
      'daily ⇢ dbt:build',
      'daily ⇢ load',
      'daily ⇢ orders',
      'daily ⇢ other',
      'hash → target-duckdb',
      'load ⇢ hash',
      'load ⇢ notify',
      'load ⇢ tap-shop',
      'load ⇢ target-duckdb',
      'nightly ⇢ load',
      'orders → board',
      'other ⇢ dbt:seed',
      'other ⇢ load',
      'raw.orders → orders',
      'shop.duckdb → raw.orders',
      'tap-ads → target-ads',
      'tap-shop → hash',
      'target-ads → prod.duckdb',
      'target-ads → shop.duckdb',
      'target-ads ⇢ target-duckdb',
      'target-duckdb → prod.duckdb',
      'target-duckdb → shop.duckdb',
    ].sort(),
  );
  const node = (label: string) => graph.nodes.find((each) => each.label === label)!;
  expect(node('orders')).toMatchObject({
    systems: ['dbt'],
    shelves: ['shop', 'models', 'marts', 'sales'],
    step: 'dbt:model/orders',
  });
  expect(node('raw.orders').shelves).toEqual(['shop', 'sources', 'raw']);
  expect(node('load')).toMatchObject({ step: 'meltano:job/load', shelves: ['w', 'jobs'] });
  expect(node('tap-shop').step).toBe('meltano:plugin/tap-shop');
  expect(node('notify').shelves).toEqual(['w', 'utilities']);
  // What two tools open belongs to neither.
  expect(node('shop.duckdb')).toMatchObject({
    systems: ['meltano', 'dbt'],
    shelves: ['DuckDB files'],
    project: undefined,
  });
  expect(node('ads.duckdb').systems).toEqual(['dbt']);
});

test('what is not connected is there too, and a broken file takes nothing else with it', async () => {
  const texts = { ...inFolder, '/w/meltano.yml': 'jobs: [' };
  const graph = platformGraph((await openFixture(systems, texts)).platform);
  expect(told(graph)).toContain('shop.duckdb → raw.orders');
  expect(told(graph)).toContain('daily ⇢ dbt:build');
  expect(graph.nodes.map(({ label }) => label)).toContain('far.things');
});

test('services lead to what they need, and one file is one thing though a container calls it otherwise', async () => {
  const { platform: seen } = await openFixture(systems, {
    '/w/compose.yaml': `services:
  meltano:
    image: meltano/meltano:v4.4
    working_dir: /project
    depends_on: [database]
    volumes: ['./el:/project', './warehouse:/data']
  database: { image: postgres }
`,
    '/w/el/meltano.yml':
      'plugins: { loaders: [{ name: target-duckdb, executable: target-duckdb, config: { filepath: /data/shop.duckdb } }] }',
    '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/dbt/profiles.yml':
      'shop: { target: dev, outputs: { dev: { type: duckdb, path: ../warehouse/shop.duckdb } } }',
    '/w/dbt/models/_sources.yml': 'sources: [{ name: raw, tables: [{ name: orders }] }]',
  });
  const graph = platformGraph(seen);
  expect(told(graph)).toEqual([
    'meltano ⇢ database',
    'shop.duckdb → raw.orders',
    'target-duckdb → shop.duckdb',
  ]);
  expect(graph.nodes.filter(({ label }) => label === 'shop.duckdb')).toMatchObject([
    { systems: ['meltano', 'dbt'], project: undefined },
  ]);
});

test('a step that two projects have is taken from the project that is named', async () => {
  const one = { '/w/a/dbt_project.yml': 'name: a\n', '/w/b/dbt_project.yml': 'name: b\n' };
  const manifest = 'pipelines:\n  p: [dbt:build@a, dbt:build@b]\n';
  const graph = platformGraph(
    (await openFixture(systems, { ...one, '/w/penstock.yaml': manifest })).platform,
  );
  expect(told(graph)).toEqual(['p ⇢ dbt:build', 'p ⇢ dbt:build']);
  expect(graph.nodes.filter(({ label }) => label === 'dbt:build').map(({ shelves }) => shelves)).toEqual([
    ['a', 'steps'],
    ['b', 'steps'],
  ]);
});

test('parts: ahead, behind, between, around and by system', async () => {
  const graph = platformGraph((await openFixture(systems, inFolder)).platform);
  const at = (label: string): number[] => [graph.nodes.findIndex((node) => node.label === label)];
  const names = (part: PlatformGraph): string[] => part.nodes.map(({ label }) => label).sort();
  expect(names(partOf(graph, { from: at('raw.orders') }))).toEqual(['board', 'orders', 'raw.orders']);
  expect(names(partOf(graph, { to: at('shop.duckdb'), depth: 1 }))).toEqual([
    'shop.duckdb',
    'target-ads',
    'target-duckdb',
  ]);
  expect(names(partOf(graph, { from: at('shop.duckdb'), to: at('orders') }))).toEqual([
    'orders',
    'raw.orders',
    'shop.duckdb',
  ]);
  expect(names(partOf(graph, { around: at('raw.orders'), depth: 1 }))).toEqual([
    'orders',
    'raw.orders',
    'shop.duckdb',
  ]);
  expect(names(partOf(graph, { systems: new Set(['penstock']) }))).toEqual(['daily', 'other']);
  const without = told(withoutImplied(graph));
  expect(told(graph).filter((edge) => !without.includes(edge))).toEqual([
    'ads ⇢ target-ads',
    'load ⇢ hash',
    'load ⇢ target-duckdb',
  ]);
});

function start(): Promise<TestClient> {
  return startTestClient({ systems, files: platform });
}

const graphOf = (client: TestClient, params: Partial<GraphParams> = {}): Promise<GraphAnswer> =>
  client.connection.sendRequest('penstock/graph', { opened: [], closed: [], hidden: [], ...params });

test('a small platform is shown whole; groups close and open by hand, and are told what asks for a look', async () => {
  const client = await start();
  const whole = await graphOf(client);
  expect(whole.boxes.every(({ kind }) => kind === 'node')).toBe(true);
  expect(whole.boxes).toHaveLength(whole.total);
  expect(whole.systems.map(({ id }) => id)).toEqual(['dbt', 'meltano', 'penstock']);
  const orders = whole.boxes.find(({ label }) => label === 'orders');
  expect(orders).toMatchObject({
    kind: 'node',
    what: 'model',
    name: 'orders',
    uri: client.uri('dbt/models/marts/sales/orders.sql'),
    projectUri: client.uri('dbt'),
    step: 'dbt:model/orders',
  });
  const attention = [
    { projectUri: client.uri('dbt'), what: 'source table', name: 'raw.orders' },
    { projectUri: client.uri('dbt'), what: 'model', name: 'orders' },
    { projectUri: client.uri(''), what: 'model', name: 'orders' },
  ];
  const closed = await graphOf(client, { closed: [orders!.group!], attention });
  const shop = closed.boxes.find(({ kind }) => kind === 'group');
  expect(shop).toMatchObject({ label: 'shop', systems: ['dbt'], path: ['shop'], attention: [0, 1] });
  expect(shop).not.toHaveProperty('group');
  expect(closed.edges).toContainEqual({
    from: closed.boxes.find(({ label }) => label === 'shop.duckdb')!.id,
    to: shop!.id,
    flow: 'data',
    count: 1,
  });
  expect(closed.total).toBe(whole.total);
  const hidden = await graphOf(client, { hidden: ['dbt'] });
  expect(hidden.systems).toEqual(whole.systems);
  expect(hidden.boxes.flatMap(({ systems: of }) => of)).toContain('dbt');
  expect(hidden.boxes.map(({ label }) => label)).not.toContain('orders');
  const around = await graphOf(client, { around: orders!.id });
  expect(around.around?.label).toBe('orders');
  const labels = around.boxes.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(['daily', 'nightly', 'tap-shop', 'raw.orders', 'board']));
  expect(labels).not.toContain('notify');
  expect(labels).not.toContain('far.things');
});

test('a search finds what is closed and says what to open', async () => {
  const client = await start();
  const find = (text: string): Promise<GraphFoundAnswer[]> =>
    client.connection.sendRequest('penstock/graphSearch', { text, limit: 2 });
  const [first] = await find('ord');
  expect(first).toMatchObject({ label: 'orders', what: 'model', system: 'dbt' });
  const closed = [...first!.groups];
  expect((await graphOf(client, { closed })).boxes.map(({ label }) => label)).not.toContain('orders');
  expect(
    (await graphOf(client, { closed, opened: first!.groups })).boxes.map(({ label }) => label),
  ).toContain('orders');
  expect(await find('a')).toHaveLength(2);
  expect(await find(' ')).toEqual([]);
  expect(await find('zzzz')).toEqual([]);
});

test('the graph follows what is typed', async () => {
  const client = await start();
  await graphOf(client);
  await client.open('dbt/models/marts/sales/orders.sql', 'select 1');
  const { boxes, edges } = await graphOf(client);
  const id = (label: string): string => boxes.find((box) => box.label === label)!.id;
  expect(edges.filter(({ to }) => to === id('orders')).map(({ from }) => from)).toEqual([id('daily')]);
});

test('the graph of a pipeline is its steps, each where it is defined, and what waits for what', async () => {
  const client = await start();
  const ask = (step: string, folderUri?: string): Promise<PipelineGraphAnswer | null> =>
    client.connection.sendRequest('penstock/pipelineGraph', { step, ...(folderUri ? { folderUri } : {}) });
  const answer = await ask('pipeline:daily');
  expect(answer).toMatchObject({
    title: 'Every day',
    folderUri: client.uri(''),
    uri: client.uri('penstock.yaml'),
  });
  expect(answer?.steps.map(({ id, kind, system, needs }) => [id, kind, system, needs])).toEqual([
    ['meltano:job/load', 'job', 'meltano', []],
    ['build', 'command', 'dbt', ['meltano:job/load']],
    ['dbt:test/orders', 'model', 'dbt', ['build']],
    ['pipeline:other', 'pipeline', 'penstock', ['dbt:test/orders']],
  ]);
  expect(answer?.steps[0]?.uri).toBe(client.uri('meltano.yml'));
  expect(answer?.systems.map(({ id, count }) => [id, count])).toEqual([
    ['dbt', 2],
    ['meltano', 1],
    ['penstock', 1],
  ]);
  expect(await ask('pipeline:gone')).toBeNull();
  expect(await ask('dbt:build')).toBeNull();
  expect(await ask('pipeline:daily', 'file:///elsewhere')).toBeNull();
});
