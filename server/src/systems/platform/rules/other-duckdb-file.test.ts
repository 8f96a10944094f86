import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { compose } from '../../compose/index.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { evidence } from '../../evidence/index.ts';
import { gx } from '../../gx/index.ts';
import { meltano } from '../../meltano/index.ts';
import { streamlit } from '../../streamlit/index.ts';
import { penstock } from '../../penstock/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, compose, env, evidence, gx, streamlit, penstock, between];

const loads = (file: string, path = '/w/meltano.yml'): string => `#- ${path}
plugins:
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      pip_url: target-duckdb
      settings: [{ name: filepath }, { name: default_target_schema }]
      config: { filepath: ${file}, default_target_schema: raw }
`;
const project = '#- /w/dbt/dbt_project.yml\nname: shop\nprofile: shop\n';
const opens = (path: string, more = ''): string => `${project}#- /w/dbt/profiles.yml
shop:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: ${path}
${more}`;

const found = (mine: string, other: string): string =>
  `warning platform/other-duckdb-file: dbt opens \`${mine}\` here, taken from the dbt project, and the loader \`target-duckdb\` fills \`${other}\`, taken from the Meltano project; name that file if one is meant`;

test('dbt opens a file of its own that bears the name of the one that Meltano fills', () =>
  checkFindings(
    systems,
    `${loads('warehouse/shop.duckdb')}${opens('warehouse/shop.duckdb', `      #     ^^^^^^^^^^^^^^^^^^^^^ ${found('dbt/warehouse/shop.duckdb', 'warehouse/shop.duckdb')}\n`)}`,
  ));

test.each([
  ['the same file', loads('warehouse/shop.duckdb') + opens('../warehouse/shop.duckdb')],
  ['a file of another name', loads('warehouse/shop.duckdb') + opens('dev.duckdb')],
  ['no loader', opens('warehouse/shop.duckdb')],
  [
    'a path that a variable decides',
    `${loads('$WAREHOUSE')}${opens('shop.duckdb')}#- /w/.env\nWAREHOUSE=x\n`,
  ],
  [
    'a default whose variable is set',
    `${loads('shop.duckdb')}${opens(`"{{ env_var('DB', 'shop.duckdb') }}"`)}#- /w/.env\nDB=x\n`,
  ],
  [
    'a target that is not selected',
    `${loads('shop.duckdb')}${opens('../shop.duckdb', '    ci:\n      type: duckdb\n      path: shop.duckdb\n')}`,
  ],
  [
    'a profile that is not in use',
    `${loads('shop.duckdb')}${opens('../shop.duckdb', 'other:\n  outputs:\n    default: { type: duckdb, path: shop.duckdb }\n')}`,
  ],
  ['memory', loads("':memory:'") + opens("':memory:'")],
  [
    'two platforms that share a name',
    `${loads('dev.duckdb')}${opens('../dev.duckdb')}#- /w/b/dbt_project.yml\nname: b\nprofile: b\n#- /w/b/profiles.yml\nb:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: dev.duckdb }\n`,
  ],
  [
    'an environment of Meltano that fills it',
    `${loads('shop.duckdb')}environments:\n  - name: prod\n    config:\n      plugins:\n        loaders:\n          - name: target-duckdb\n            config: { filepath: dbt/shop.duckdb }\n${opens('shop.duckdb')}`,
  ],
  [
    'a volume that both see',
    `${loads('/data/shop.duckdb', '/w/el/meltano.yml')}${opens('/data/shop.duckdb')}#- /w/compose.yaml\nservices:\n  meltano: { image: meltano, volumes: ['./el:/el', 'data:/data'] }\n  dbt: { image: dbt, volumes: ['./dbt:/dbt', 'data:/data'] }\nvolumes: { data: }\n`,
  ],
  [
    'a project whose image nobody knows',
    `${loads('warehouse/shop.duckdb', '/w/el/meltano.yml')}${opens('warehouse/shop.duckdb')}#- /w/compose.yaml\nservices:\n  meltano: { build: ./el }\n`,
  ],
  [
    'a file that a script copies there',
    `${loads('shop.duckdb')}${opens('shop.duckdb')}#- /w/penstock.yaml\npipelines:\n  p:\n    - { run: cp shop.duckdb dbt/, writes: [dbt/shop.duckdb] }\n`,
  ],
  [
    'a file that a script writes, of which nothing is known',
    `${opens('shop.duckdb')}#- /w/penstock.yaml\npipelines:\n  p:\n    - { run: x, writes: [shop.duckdb] }\n`,
  ],
  [
    'files that a parameter decides',
    `${loads('shop.duckdb')}${opens('shop.duckdb')}#- /w/penstock.yaml\npipelines:\n  p:\n    parameters: { file: { default: x } }\n    steps: [{ run: x, writes: ['\${{ parameters.file }}'] }]\n`,
  ],
  [
    'broken YAML',
    `${loads('warehouse/shop.duckdb')}${project}#- /w/dbt/profiles.yml\nshop:\n  target: dev\n  outputs: [\n#<- error yaml/syntax: x\n`,
  ],
])('nothing is said of %s', async (name, fixture) => {
  if (name !== 'broken YAML') return checkFindings(systems, fixture);
  const { platform } = await openFixture(systems, {
    '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/dbt/profiles.yml': 'shop:\n  outputs: [\n',
    '/w/meltano.yml': loads('shop.duckdb').split('\n').slice(1).join('\n'),
  });
  expect(platform.findings('/w/dbt/profiles.yml').filter(({ code }) => code.startsWith('platform/'))).toEqual(
    [],
  );
});

test('in containers a path means another file when only one of the two has the volume', () =>
  checkFindings(
    systems,
    `${loads('/data/shop.duckdb', '/w/el/meltano.yml')}${opens('/data/shop.duckdb', '      #     ^^^^^^^^^^^^^^^^^ warning platform/other-duckdb-file: dbt opens `/data/shop.duckdb`, which only the container has here, and the loader `target-duckdb` fills `shop.duckdb` in the volume `data`; name that file if one is meant\n')}
#- /w/compose.yaml
services:
  meltano: { image: meltano, volumes: ['./el:/el', 'data:/data'] }
  dbt: { image: dbt, volumes: ['./dbt:/dbt'] }
volumes: { data: }
`,
  ));

const reads = (opener: string, mine: string, base: string): string =>
  `warning platform/other-duckdb-file: ${opener} opens \`${mine}\` here, taken from ${base}, and dbt fills \`warehouse/shop.duckdb\`, taken from the dbt project; name that file if one is meant`;

test.each([
  [
    'Evidence, from the source’s folder',
    `#- /w/bi/sources/shop/connection.yaml
name: shop
type: duckdb
options:
  filename: ../warehouse/shop.duckdb
  #         ^^^^^^^^^^^^^^^^^^^^^^^^ ${reads('Evidence', 'bi/sources/warehouse/shop.duckdb', 'the source’s folder')}
`,
  ],
  [
    'Evidence, for which no path is absolute',
    `#- /w/bi/sources/shop/connection.yaml
name: shop
type: duckdb
options:
  filename: /w/warehouse/shop.duckdb
  #         ^^^^^^^^^^^^^^^^^^^^^^^^ ${reads('Evidence', 'bi/sources/shop/w/warehouse/shop.duckdb', 'the source’s folder')}
`,
  ],
  [
    'the secrets of Streamlit',
    `#- /w/app/.streamlit/secrets.toml
[connections.warehouse]
type = "sql"
url = "duckdb:///data/shop.duckdb"
#                ^^^^^^^^^^^^^^^^ ${reads('Streamlit', 'app/data/shop.duckdb', '`app` or whichever folder it is started in')}
`,
  ],
  [
    'the code of a Streamlit app',
    `#- /w/app/main.py
import duckdb
import streamlit as st
con = duckdb.connect("data/shop.duckdb", read_only=True)
#                     ^^^^^^^^^^^^^^^^ ${reads('Streamlit', 'app/data/shop.duckdb', '`app` or whichever folder it is started in')}
`,
  ],
  [
    'Great Expectations',
    `#- /w/checks/gx/great_expectations.yml
fluent_datasources:
  shop:
    type: sql
    connection_string: duckdb:///data/shop.duckdb
    #                            ^^^^^^^^^^^^^^^^ ${reads('Great Expectations', 'checks/data/shop.duckdb', 'the folder it is started in')}
`,
  ],
])('a file that nothing fills is opened by %s', (_name, fixture) =>
  checkFindings(systems, `${opens('../warehouse/shop.duckdb')}${fixture}`),
);

test.each([
  [
    'Evidence',
    '#- /w/bi/sources/shop/connection.yaml\nname: shop\ntype: duckdb\noptions:\n  filename: ../../../warehouse/shop.duckdb\n',
  ],
  [
    'a file of another name',
    '#- /w/bi/sources/shop/connection.yaml\nname: shop\ntype: duckdb\noptions:\n  filename: other.duckdb\n',
  ],
  [
    'another kind of source',
    '#- /w/bi/sources/shop/connection.yaml\nname: shop\ntype: sqlite\noptions:\n  filename: shop.duckdb\n',
  ],
  [
    'options that name another file',
    '#- /w/bi/sources/shop/connection.yaml\nname: shop\ntype: duckdb\noptions:\n  filename: shop.duckdb\n#- /w/bi/sources/shop/connection.options.yaml\nfilename: b3RoZXIuZHVja2Ri\n',
  ],
  [
    'a variable that names another file',
    '#- /w/bi/sources/shop/connection.yaml\nname: shop\ntype: duckdb\noptions:\n  filename: shop.duckdb\n#- /w/.env\nEVIDENCE_SOURCE__shop__filename=x\n',
  ],
  [
    'a folder above the app to start it in',
    '#- /w/app/main.py\nimport streamlit\nduckdb.connect("warehouse/shop.duckdb")\n',
  ],
  [
    'secrets, from a folder above',
    '#- /w/app/.streamlit/secrets.toml\n[connections.w]\nurl = "duckdb:///warehouse/shop.duckdb"\n',
  ],
  ['code that is no app', '#- /w/app/main.py\nimport duckdb\nduckdb.connect("shop.duckdb")\n'],
  [
    'a comment in an app',
    '#- /w/app/main.py\nimport streamlit\n# duckdb.connect("shop.duckdb")\n"""duckdb.connect("shop.duckdb")"""\n',
  ],
  [
    'a name that code makes',
    '#- /w/app/main.py\nimport streamlit\nduckdb.connect(f"{x}/shop.duckdb")\nduckdb.connect("data/" + "shop.duckdb")\n',
  ],
  [
    'Great Expectations, from the folder of its own',
    '#- /w/gx/great_expectations.yml\nfluent_datasources:\n  shop:\n    connection_string: duckdb:///../warehouse/shop.duckdb\n',
  ],
  [
    'Great Expectations, from a variable',
    '#- /w/gx/great_expectations.yml\nfluent_datasources:\n  shop:\n    connection_string: duckdb:///${HERE}/shop.duckdb\n',
  ],
])('nothing is said of what is only read by %s', (_name, fixture) =>
  checkFindings(systems, `${opens('../warehouse/shop.duckdb')}${fixture}`),
);

test('the fix writes the way to the file that is meant, and what is found is gone when either side moves', async () => {
  const { platform, files } = await openFixture(systems, {
    '/w/meltano.yml': loads('warehouse/shop.duckdb').split('\n').slice(1).join('\n'),
    '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/dbt/profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: shop.duckdb }\n',
  });
  const profiles = '/w/dbt/profiles.yml';
  const codes = (): readonly string[] => platform.findings(profiles).map(({ code }) => code);
  const [finding] = platform.findings(profiles);
  expect(finding?.fixes?.map(({ title, certain }) => [title, certain])).toEqual([
    ['Change to `../warehouse/shop.duckdb`', false],
  ]);
  expect(finding?.related?.[0]?.path).toBe('/w/meltano.yml');
  const before = files.texts.get('/w/meltano.yml')!;
  files.texts.set('/w/meltano.yml', before.replace('warehouse/', 'dbt/'));
  expect(platform.update(['/w/meltano.yml'])).toContain(profiles);
  expect(codes()).toEqual([]);
  files.texts.set('/w/meltano.yml', `# moved\n${before}`);
  platform.update(['/w/meltano.yml']);
  expect(codes()).toEqual(['platform/other-duckdb-file']);
  files.texts.delete('/w/meltano.yml');
  platform.update(['/w/meltano.yml']);
  expect(codes()).toEqual([]);
});
