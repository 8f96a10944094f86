import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../../test/support/check.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { meltano } from '../../meltano/index.ts';
import { singer } from '../../singer/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, singer, env, between];
const project = `#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: ../shop.duckdb }
`;
const meltanoYml = (tap = '', more = ''): string => `#- /w/meltano.yml
plugins:
  extractors:
    - { name: tap-shop, namespace: tap_shop, pip_url: tap-shop${tap} }
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      pip_url: target-duckdb
      config: { filepath: shop.duckdb, default_target_schema: raw }
${more}`;
const catalog = (...streams: readonly string[]): string =>
  `#- /w/.meltano/run/tap-shop/tap.properties.json\n${JSON.stringify({
    streams: streams.map((id) => ({
      tap_stream_id: id,
      stream: id,
      schema: { properties: {} },
      metadata: [],
    })),
  })}\n`;
const streams = catalog('public-orders', 'orderItems', 'Customers');
const sources = (tables: string): string => `#- /w/dbt/models/sources.yml
sources:
  - name: shop
    schema: raw
    tables:
${tables}`;

test('a table that nothing loads, where something of nearly its name is loaded', () =>
  checkFindings(
    systems,
    `${meltanoYml()}${streams}${project}${sources(`      - name: ordesr
      #       ^^^^^^ warning platform/unfilled-table: nothing loads a table \`ordesr\` into the schema \`raw\`, by the catalogs of all extractors: did you mean \`orders\`?
      - { name: people, identifier: custmers }
      #                             ^^^^^^^^ warning platform/unfilled-table: nothing loads a table \`custmers\` into the schema \`raw\`, by the catalogs of all extractors: did you mean \`customers\`?
      - { name: ORDERS }
      - { name: public_orders }
      - { name: order_items }
      - { name: orders__lines }
      - { name: something_else }
`)}`,
  ));

const typo = '      - { name: ordesr }\n';
const all = (meltanoText: string, catalogs = streams, tables = typo): string =>
  meltanoText + catalogs + project + sources(tables);

test.each([
  ['no catalog', all(meltanoYml(), '')],
  [
    'an extractor whose catalog is not known',
    all(meltanoYml(' }\n    - { name: tap-x, namespace: tap_x, pip_url: x')),
  ],
  ['streams that are mapped', all(meltanoYml(', config: { stream_maps: { a: {} } }'))],
  [
    'a mapper',
    all(
      meltanoYml(
        '',
        '  mappers: [{ name: m, namespace: m, pip_url: m, mappings: [{ name: n, config: {} }] }]\n',
      ),
    ),
  ],
  [
    'another loader of the file that is not told',
    all(
      meltanoYml(
        '',
        '    - { name: target-b, inherit_from: target-duckdb, config: { default_target_schema: $X } }\n',
      ),
    ),
  ],
  [
    'a table that is switched off',
    all(meltanoYml(), streams, '      - { name: ordesr, config: { enabled: false } }\n'),
  ],
  ['included files', all(`${meltanoYml()}include_paths: [more.yml]\n`)],
])('nothing is said of %s', async (_name, fixture) => {
  const { platform } = await openFixture(systems, textsOf(fixture));
  const codes = [...platform.paths()].flatMap((path) => platform.findings(path).map(({ code }) => code));
  expect(codes.filter((code) => code === 'platform/unfilled-table')).toEqual([]);
});

test('the finding goes with the catalog of a new run', async () => {
  const { platform, files } = await openFixture(systems, textsOf(all(meltanoYml())));
  const count = (): number =>
    platform.findings('/w/dbt/models/sources.yml').filter(({ code }) => code === 'platform/unfilled-table')
      .length;
  expect(count()).toBe(1);
  const path = '/w/.meltano/run/tap-shop/tap.properties.json';
  files.texts.set(path, textsOf(catalog('ordesr'))[path]!);
  platform.update([path]);
  expect(count()).toBe(0);
});
