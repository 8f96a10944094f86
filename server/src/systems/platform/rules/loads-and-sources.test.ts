import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../../test/support/check.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { evidence } from '../../evidence/index.ts';
import { meltano } from '../../meltano/index.ts';
import { penstock } from '../../penstock/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, env, evidence, penstock, between];

const settings =
  'settings: [{ name: filepath }, { name: default_target_schema }, { name: schema_mapping, kind: object }]';
const loader = (config: string, more = ''): string => `#- /w/meltano.yml
plugins:
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      pip_url: target-duckdb
      ${settings}
      config:
        filepath: shop.duckdb
${config}${more}`;
const project = `#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: ../shop.duckdb }
    ci: { type: duckdb, path: ci.duckdb }
`;
const sources = (text: string): string => `#- /w/dbt/models/sources.yml\nsources:\n${text}`;
const raw = '        default_target_schema: raw\n';
const shop = '  - name: shop\n    schema: raw\n    tables: [{ name: orders }]\n';

test('a source whose schema nobody fills', () =>
  checkFindings(
    systems,
    `${loader(raw)}${project}${sources(`  - name: shop
    schema: rwa
    #       ^^^ warning platform/unfilled-source: nothing loads into the schema \`rwa\` of this source; the loader \`target-duckdb\` fills \`raw\`: did you mean \`raw\`?
    tables: [{ name: orders }]
  - name: crm
    #     ^^^ warning platform/unfilled-source: nothing loads into the schema \`crm\` of this source; the loader \`target-duckdb\` fills \`raw\`: did you mean \`raw\`?
    tables: [{ name: people }]
`)}`,
  ));

test('a schema that no source reads', () =>
  checkFindings(
    systems,
    `${loader(raw)}    - name: target-crm
      inherit_from: target-duckdb
      config: { default_target_schema: crm }
      #                                ^^^ information platform/unread-load: nothing reads the schema \`crm\`; sources read \`raw\`: add a source, or load no longer
${project}${sources(shop)}`,
  ));

const typo = '  - name: shop\n    schema: rwa\n    tables: [{ name: orders }]\n';
const pipeline = (steps: string): string => `#- /w/penstock.yaml\npipelines:\n  daily:\n    ${steps}\n`;
const unmatched = `${project}${sources(typo)}`;
const twoLoaders = `${loader(raw)}    - name: target-crm\n      inherit_from: target-duckdb\n      config: { default_target_schema: crm }\n`;

test.each([
  ['what is filled and read', `${loader(raw)}${project}${sources(shop)}`],
  ['upper case', `${loader('        default_target_schema: RAW\n')}${project}${sources(shop)}`],
  ['no loader', unmatched],
  ['no sources', `${loader(raw)}${project}`],
  ['a loader without a schema', loader('') + unmatched],
  [
    'a schema that a variable decides',
    `${loader('        default_target_schema: $SCHEMA\n')}${unmatched}#- /w/.env\nSCHEMA=x\n`,
  ],
  [
    'a mapping of schemas',
    loader(`${raw}        schema_mapping: { a: { target_schema: rwa } }\n`) + unmatched,
  ],
  [
    'an environment that loads there',
    `${loader(raw, 'environments:\n  - name: prod\n    config:\n      plugins:\n        loaders:\n          - name: target-duckdb\n            config: { default_target_schema: rwa }\n')}${project}${sources(shop)}${typo.replace('shop', 'other')}`,
  ],
  ['another file', `${loader(raw).replace('shop.duckdb', 'lake.duckdb')}${unmatched}`],
  [
    'a file that a variable decides',
    `${loader(raw).replace('shop.duckdb', '$FILE')}${unmatched}#- /w/.env\nFILE=x\n`,
  ],
  [
    'a second loader that nobody knows whole',
    `${loader(raw)}    - name: target-other\n      namespace: target_duckdb\n      pip_url: target-duckdb\n      ${settings}\n      config: { filepath: shop.duckdb }\n${unmatched}`,
  ],
  [
    'a source that another loader fills',
    `${loader(raw)}${project}${sources(`  - name: shop\n    schema: rwa\n    loader: fivetran\n    tables: [{ name: orders }]\n${shop.replace('shop', 'raw')}`)}`,
  ],
  [
    'a source in files',
    `${loader(raw)}${project}${sources(`  - name: shop\n    schema: rwa\n    config: { meta: { external_location: 'data/{name}.parquet' } }\n    tables: [{ name: orders }]\n${shop.replace('shop', 'raw')}`)}`,
  ],
  [
    'a source in another database',
    `${loader(raw)}${project}${sources(`  - name: shop\n    schema: rwa\n    database: lake\n    tables: [{ name: orders }]\n${shop.replace('shop', 'raw')}`)}`,
  ],
  [
    'a source whose schema dbt decides',
    `${twoLoaders}${project}${sources(`  - name: shop\n    schema: "{{ target.schema }}"\n    tables: [{ name: orders }]\n`)}`,
  ],
  [
    'a source that is switched off',
    `${twoLoaders}${project}${sources(`  - name: shop\n    config: { enabled: false }\n    schema: rwa\n    tables: [{ name: orders }]\n`)}`,
  ],
  [
    'a second project that builds there',
    `${loader(raw)}${unmatched}#- /w/b/dbt_project.yml\nname: b\nprofile: b\n#- /w/b/profiles.yml\nb:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: ../shop.duckdb }\n`,
  ],
  [
    'a dashboard that may read it',
    `${twoLoaders}${project}${sources(shop)}#- /w/sources/s/connection.yaml\nname: s\ntype: duckdb\noptions: { filename: ../../shop.duckdb }\n`,
  ],
  [
    'a script that fills the file',
    `${loader(raw)}${unmatched}${pipeline('- { run: x, writes: [shop.duckdb] }')}`,
  ],
  [
    'a script that waits for nothing',
    `${loader(raw)}${unmatched}${pipeline('- dbt:build\n    - { run: x, writes: [shop.duckdb], needs: [] }')}`,
  ],
  [
    'a schema that a script may read',
    `${twoLoaders}${project}${sources(shop)}${pipeline('- { step: dbt:build }\n    - { run: x, writes: [shop.duckdb] }')}`,
  ],
  [
    'a profile that is kept elsewhere',
    `${loader(raw)}#- /w/dbt/dbt_project.yml\nname: shop\nprofile: shop\n${sources(typo)}`,
  ],
])('nothing is said of %s', (_name, fixture) => checkFindings(systems, fixture));

test('the extra `load_schema` of extractors decides where the loader asks for it', () =>
  checkFindings(
    systems,
    `#- /w/meltano.yml
plugins:
  extractors:
    - name: tap-shop
      namespace: tap_shop
      pip_url: tap-shop
      load_schema: raw
    - name: tap-crm
      namespace: tap_crm
      #          ^^^^^^^ information platform/unread-load: nothing reads the schema \`tap_crm\`; sources read \`raw\`: add a source, or load no longer
      pip_url: tap-crm
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      pip_url: target-duckdb
      ${settings}
      config: { filepath: shop.duckdb, default_target_schema: $MELTANO_EXTRACT__LOAD_SCHEMA }
${project}${sources(shop)}`,
  ));

test('a Meltano file that cannot be read may load anything; what is found comes and goes with the other side', async () => {
  const { platform, files } = await openFixture(systems, textsOf(loader(raw) + unmatched));
  const path = '/w/dbt/models/sources.yml';
  const codes = (): readonly string[] => platform.findings(path).map(({ code }) => code);
  expect(codes()).toEqual(['platform/unfilled-source']);
  expect(platform.findings(path)[0]!.fixes?.map(({ title }) => title)).toEqual(['Change to `raw`']);
  const before = files.texts.get('/w/meltano.yml')!;
  for (const [text, expected] of [
    [`${before}jobs: [\n`, []],
    [before, ['platform/unfilled-source']],
    [before.replace('raw', 'rwa'), []],
  ] as const) {
    files.texts.set('/w/meltano.yml', text);
    platform.update(['/w/meltano.yml']);
    expect(codes()).toEqual(expected);
  }
});

test('what a script writes once all is built fills no source; while its file cannot be read it might', async () => {
  const text =
    'pipelines:\n  p:\n    - dbt:build\n    - { id: a, run: x }\n    - { run: x, writes: [shop.duckdb] }\n';
  const texts = { ...textsOf(loader(raw) + unmatched), '/w/penstock.yaml': text };
  const { platform, files } = await openFixture(systems, texts);
  const codes = (): readonly string[] =>
    platform.findings('/w/dbt/models/sources.yml').map(({ code }) => code);
  expect(codes()).toEqual(['platform/unfilled-source']);
  for (const [changed, expected] of [
    [`${text}  q: [\n`, []],
    [text, ['platform/unfilled-source']],
    [text.replace('run: x, w', 'run: x, needs: [], w'), []],
  ] as const) {
    files.texts.set('/w/penstock.yaml', changed);
    platform.update(['/w/penstock.yaml']);
    expect(codes()).toEqual(expected);
  }
});
