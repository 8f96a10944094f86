import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';
import { checkShop } from './test-support/shop.ts';

test('a test of relationships asks for a column that its target’s contract lists', () =>
  checkShop(`#- /w/models/s.yml
models:
  - name: a
    config: { contract: { enforced: true } }
    columns:
      - { name: id, data_type: int }
  - name: b
    columns:
      - name: a_id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: ID } }
          - relationships: { arguments: { to: ref('a'), field: other_id } }
#                                                              ^^^^^^^^ warning dbt/undefined-column: \`a\` has no column \`other_id\`, says its contract; correct the name
          - relationships: { arguments: { to: ref('sd'), field: other_id } }
#                                                               ^^^^^^^^ warning dbt/undefined-column: \`sd\` has no column \`other_id\`, says its first line; correct the name
`));

test('a test of relationships asks for a column that a seed or a model’s SQL surely does not have', async () => {
  const tests = (target: string, field: string): string =>
    `          - relationships: { arguments: { to: ref('${target}'), field: ${field} } }`;
  await checkShop(`--- /w/seeds/countries.csv
code,name
--- /w/models/a.sql
with source as (select * from {{ ref('b') }})
select id, {{ dbt.type_int() }} as price from source
--- /w/models/star.sql
select * from {{ ref('a') }}
--- /w/models/odd.sql
{{ config(materialized='audited') }} select id from t
--- /w/macros/m.sql
{% materialization audited, default %}{% endmaterialization %}
#- /w/models/s.yml
models:
  - name: b
    columns:
      - name: a_id
        data_tests:
${tests('countries', 'Code')}
${tests('countries', 'cod')}
#                                                                      ^^^ warning dbt/undefined-column: \`countries\` has no column \`cod\`, says its first line; did you mean \`code\`?
${tests('a', 'ID')}
${tests('a', 'rowid')}
${tests('a', 'amount')}
#                                                              ^^^^^^ warning dbt/undefined-column: \`a\` has no column \`amount\`, says its SQL; correct the name
${tests('star', 'amount')}
${tests('odd', 'amount')}
          - relationships: { to: ref('a'), field: prize }
#                            ^^ warning dbt/deprecated: \`to\` and \`field\` are arguments of \`relationships\`, which dbt v2 refuses to take here; move them under \`arguments\`
#                                                 ^^^^^ warning dbt/undefined-column: \`a\` has no column \`prize\`, says its SQL; did you mean \`price\`?
`);
});

test('the column of a relationship is looked for again when its target’s text changes', async () => {
  const path = '/w/models/s.yml';
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/seeds/countries.csv': 'code\nDE\n',
    '/w/models/a.sql': 'select 1 as id',
    [path]: `models:
  - name: a
    columns:
      - name: id
        data_tests:
          - relationships: { arguments: { to: ref('a'), field: key } }
          - relationships: { arguments: { to: ref('countries'), field: code } }
`,
  });
  const found = (): readonly string[] =>
    platform.findings(path).map(({ span }) => platform.source(path)!.slice(span));
  expect(found()).toEqual(['key']);
  files.texts.set('/w/models/a.sql', 'select 1 as key');
  expect(platform.update(['/w/models/a.sql'])).toContain(path);
  expect(found()).toEqual([]);
  files.texts.set('/w/models/a.sql', 'select 1 as key -- the only one');
  expect(platform.update(['/w/models/a.sql'])).not.toContain(path);
  files.texts.set('/w/seeds/countries.csv', 'iso\nDE\n');
  expect(platform.update(['/w/seeds/countries.csv'])).toContain(path);
  expect(found()).toEqual(['code']);
});

test('while the YAML is broken nobody knows what a test is given', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/a.sql': 'select 1',
    '/w/models/raw.yml': 'sources: [{ name: raw, tables: [{ name: orders }] }]\n',
    '/w/models/s.yml': `models:
  - name: a
    columns:
      - name: b
        data_tests:
          - relationships: { arguments: { to: source('raw', 'orders'), field: id } }
`,
  });
  expect(platform.findings('/w/models/s.yml').map(({ code }) => code)).toEqual(['yaml/syntax']);
});
