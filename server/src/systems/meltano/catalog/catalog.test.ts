import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { complete } from '../../../language/complete.ts';
import { singer } from '../../singer/index.ts';
import { meltano } from '../index.ts';
import { toMatcher } from './select-patterns.ts';

const catalog = JSON.stringify({
  streams: [
    {
      tap_stream_id: 'orders',
      schema: { properties: { id: {}, customer: { properties: { name: {}, age: {} } } } },
    },
    { tap_stream_id: 'public-customers', schema: { properties: { id: {} } } },
    { tap_stream_id: 'a.b', schema: {} },
  ],
});
const run = '/w/.meltano/run/tap-shop/tap.properties.json';

test('unmatched-select: patterns that fit nothing in the catalog of the last run', () =>
  checkFindings(
    [meltano, singer],
    `
#- /w/meltano.yml
plugins:
  extractors:
  - name: tap-shop
    namespace: tap_shop
    select:
    - '*.*'
    - orders.*
    - '!orders.customer.age'
    - orders.customer.*
    - '*.id'
    - 'a\\.b.anything'
    - $STREAM.*
    - ordres.*
#     ^^^^^^^^ warning meltano/unmatched-select: no stream of the catalog fits \`ordres\`; did you mean \`orders\`?
    - '!orders.custommer'
#       ^^^^^^^^^^^^^^^^ warning meltano/unmatched-select: no attribute of \`orders\` fits \`custommer\` in the catalog; did you mean \`customer\`?
    - 'private-*.id'
#      ^^^^^^^^^^^^ information meltano/unmatched-select: no stream of the catalog fits \`private-*\`; correct it, or run the extractor again if its catalog is old
    metadata:
      order: { replication-method: FULL_TABLE }
#     ^^^^^ warning meltano/unmatched-select: no stream of the catalog fits \`order\`; did you mean \`orders\`?
      orders.id: { selected: true }
      '*': { selected: true }
    schema:
      orders: { brand_new: { type: string } }
    config:
      _select_filter: [customers]
#                      ^^^^^^^^^ information meltano/unmatched-select: no stream of the catalog fits \`customers\`; correct it, or run the extractor again if its catalog is old
  - name: tap-never-run
    namespace: x
    select: [anything.*]
environments:
- name: dev
  config:
    plugins:
      extractors:
      - { name: tap-shop, select: [nothing.here] }
      #                            ^^^^^^^^^^^^ information meltano/unmatched-select: no stream of the catalog fits \`nothing\`; correct it, or run the extractor again if its catalog is old
#- ${run}
${catalog}
`,
  ));

test('a catalog that the project names counts first, and a change of it is seen', async () => {
  const { platform, files } = await openFixture([meltano, singer], {
    '/w/meltano.yml':
      'plugins:\n  extractors:\n  - { name: tap-shop, namespace: x, catalog: extract/catalog.json, select: [fish.*] }\n',
    '/w/extract/catalog.json': catalog,
    [run]: JSON.stringify({ streams: [{ tap_stream_id: 'fish', schema: {} }] }),
  });
  const codes = (): readonly string[] => platform.findings('/w/meltano.yml').map(({ code }) => code);
  expect(codes()).toEqual(['meltano/unmatched-select']);
  files.texts.set('/w/extract/catalog.json', catalog.replace('orders', 'fish'));
  platform.update(['/w/extract/catalog.json']);
  expect(codes()).toEqual([]);
});

async function at(text: string) {
  const offset = text.indexOf('<|>');
  const { platform } = await openFixture([meltano, singer], {
    '/w/meltano.yml': text.replace('<|>', ''),
    [run]: catalog,
  });
  return complete(platform, '/w/meltano.yml', offset).items;
}

test('streams complete in a pattern, behind the dot their attributes', async () => {
  const project = (pattern: string): string =>
    `plugins:\n  extractors:\n  - name: tap-shop\n    namespace: x\n    select:\n    - ${pattern}\n`;
  const streams = await at(project('<|>'));
  expect(streams.map(({ label, insertText }) => [label, insertText])).toEqual([
    ['orders', 'orders'],
    ['public-customers', 'public-customers'],
    ['a.b', String.raw`a\.b`],
  ]);
  const attributes = await at(project("'!orders.<|>'"));
  expect(attributes.map(({ label }) => label)).toEqual(['id', 'customer', 'customer.name', 'customer.age']);
  expect((await at(project('pub*.<|>'))).map(({ label }) => label)).toEqual(['id']);
});

const words = [
  'replication-method',
  'replication-key',
  'table-key-properties',
  'view-key-properties',
  'selected',
];

test.each([
  ['streams', 'metadata:\n      <|>', ['orders', 'public-customers']],
  ['streams that are not there yet', 'metadata:\n      orders: {}\n      <|>', ['public-customers']],
  ['metadata and attributes', 'metadata:\n      orders:\n        <|>', [...words, 'id', 'customer']],
  ['attributes of all that fit', 'metadata:\n      pub*:\n        <|>', [...words, 'id']],
  ['metadata of an attribute', 'metadata:\n      orders:\n        id:\n          <|>', words],
  [
    'methods',
    'metadata:\n      orders:\n        replication-method: <|>',
    ['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED'],
  ],
  ['keys', 'metadata:\n      orders:\n        replication-key: <|>', ['id', 'customer']],
  ['attributes of a schema', 'schema:\n      orders:\n        <|>', ['id', 'customer']],
  ['words of a schema', 'schema:\n      orders:\n        id:\n          <|>', ['type', 'format']],
  [
    'the same in `config`',
    'config:\n      _metadata:\n        orders:\n          replication-method: <|>',
    ['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED'],
  ],
])('what `metadata` and `schema` take completes: %s', async (_what, text, labels) => {
  const head = 'plugins:\n  extractors:\n  - name: tap-shop\n    namespace: x\n    ';
  expect((await at(`${head}${text}\n`)).map(({ label }) => label)).toEqual(labels);
});

test('an environment completes them for its extractor, and a loader has none', async () => {
  const inEnvironment = (type: string): string =>
    `environments:\n- name: dev\n  config:\n    plugins:\n      ${type}:\n      - name: tap-shop\n        metadata:\n          <|>\n`;
  expect((await at(inEnvironment('extractors'))).map(({ label }) => label)).toContain('orders');
  expect((await at(inEnvironment('loaders'))).map(({ label }) => label)).not.toContain('orders');
});

test.each([
  ['*', 'a.b', true],
  ['or?ers', 'orders', true],
  ['[a-o]rders', 'orders', true],
  ['[!a-n]rders', 'orders', true],
  ['[!o]rders', 'orders', false],
  ['a.c', 'abc', false],
  ['a[', 'a[', true],
  ['[z-a]', 'z', false],
  ['orders', 'Orders', false],
])('%s fits %s: %s', (pattern, text, fits) => {
  expect(toMatcher(pattern)(text)).toBe(fits);
});
