import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const models =
  '--- /w/models/staging/shop/stg_orders.sql\nselect 1 as id\n--- /w/models/marts/orders_v2.sql\nselect 1 as id\n';
const check = (fixture: string): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${fixture}${models}`);

test('folders and models that are there', () =>
  check(`models:
  +materialized: view
  shop:
    +enabled: true
    staging:
      shop:
        +tags: [a]
        stg_orders:
          +enabled: true
    marts:
      orders:
        v2:
          +enabled: true
    later: {}
`));

test('folders that hold nothing, each once', () =>
  check(`models:
  shop:
    stagin:
#   ^^^^^^ warning dbt/unused-config: no model lies in the folder \`stagin\` of \`shop\`, so this does nothing; correct the path or remove it
      +enabled: true
      shop:
        +tags: [a]
    staging:
      nope:
#     ^^^^ warning dbt/unused-config: no model lies in the folder \`staging/nope\` of \`shop\`, so this does nothing; correct the path or remove it
        deep:
          +tags: [a]
  marts:
# ^^^^^ warning dbt/unused-config: there is no package \`marts\`, but a folder; write it below \`shop:\`
    +enabled: true
  other:
# ^^^^^ warning dbt/unused-config: no package with models is named \`other\`, so this does nothing; correct the name or remove it
    +enabled: true
seeds:
  shop:
# ^^^^ warning dbt/unused-config: the project has no seeds, so this does nothing; remove it
    +enabled: true
`));

test('packages that are not installed may have anything', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nmodels:\n  dbt_utils:\n    +enabled: false\n',
    '/w/packages.yml': 'packages: [{package: dbt-labs/dbt_utils, version: 1.3.0}]\n',
  });
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
});

test('the models of an installed package count; a folder that comes later mends it', async () => {
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml':
      'name: shop\nmodels:\n  utils:\n    u: {+enabled: false}\n    deep: {w: {+enabled: false}}\n  shop:\n    new:\n      +enabled: true\n',
    '/w/models/a.sql': 'select 1',
    '/w/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    '/w/dbt_packages/utils/models/u.sql': 'select 1',
    '/w/dbt_packages/utils/models/deep/w_v1.sql': 'select 1',
  });
  expect(platform.findings('/w/dbt_project.yml')).toHaveLength(1);
  files.texts.set('/w/models/new/b.sql', 'select 1');
  platform.update(['/w/models/new/b.sql']);
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
});

test('a snapshot that is written in YAML lies nobody knows where', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\nsnapshots:\n  shop:\n    deep:\n      +enabled: true\n',
    '/w/models/a.sql': 'select 1',
    '/w/snapshots/s.yml':
      'snapshots:\n  - name: s\n    relation: ref("a")\n    config: {strategy: check, check_cols: all, unique_key: id}\n',
  });
  expect(platform.findings('/w/dbt_project.yml')).toEqual([]);
});

test('sources, tests, exposures and the like, by the folder of their file and their own names', () =>
  check(`sources:
  shop:
    marts:
      raw:
        orders:
          +enabled: true
        payments:
#       ^^^^^^^^ warning dbt/unused-config: no source lies below \`marts/raw/payments\` of \`shop\`, so this does nothing; correct the path or remove it
          +enabled: true
    staging:
#   ^^^^^^^ warning dbt/unused-config: no source lies below \`staging\` of \`shop\`, so this does nothing; correct the path or remove it
      +enabled: true
data_tests:
  shop:
    marts:
      mine:
        +severity: warn
      unique_orders_id:
        +severity: warn
      positive_orders_id:
        +severity: warn
    deep:
      +severity: warn
    mart:
#   ^^^^ warning dbt/unused-config: no data test lies below \`mart\` of \`shop\`, so this does nothing; correct the path or remove it
      +severity: warn
unit_tests:
  shop:
    marts:
      stg_orders:
        +enabled: true
exposures:
  shop:
    nope:
#   ^^^^ warning dbt/unused-config: no exposure lies below \`nope\` of \`shop\`, so this does nothing; correct the path or remove it
      +enabled: true
semantic-models:
  shop:
# ^^^^ warning dbt/unused-config: the project has no semantic models, so this does nothing; remove it
    +enabled: true
functions:
  shop:
# ^^^^ warning dbt/unused-config: the project has no functions, so this does nothing; remove it
    +enabled: true
#- /w/models/marts/_p.yml
sources:
  - name: raw
    tables: [{name: orders}]
models:
  - name: stg_orders
    columns:
      - name: id
        data_tests: [unique, positive: {name: mine}]
unit_tests:
  - {name: u, model: stg_orders, given: [], expect: {rows: []}}
exposures:
  - {name: e, type: dashboard, owner: {name: a, email: a@b.c}}
--- /w/tests/deep/t.sql
select 1 where false
--- /w/macros/m.sql
{% test positive(model, column_name) %}select 1{% endtest %}
`));

test('of packages only folders are known, in a broken file nothing', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml':
      'name: shop\nsources:\n  utils:\n    raw:\n      +enabled: false\n  shop:\n    +enabled: true\n',
    '/w/models/a.yml': 'sources:\n  - name: [\n',
    '/w/dbt_packages/utils/dbt_project.yml': 'name: utils\n',
    '/w/dbt_packages/utils/models/s.yml': 'sources: [{name: raw, tables: [{name: t}]}]\n',
  });
  expect(platform.findings('/w/dbt_project.yml').map(({ message }) => message)).toEqual([
    'the project has no sources, so this does nothing; remove it',
  ]);
});
