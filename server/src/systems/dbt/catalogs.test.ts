import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const check = (fixture: string, flags = ''): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${flags}#- /w/catalogs.yml\n${fixture}`);
const second = 'flags: {use_catalogs_v2: true}\n';

test('catalogs of the first form', () =>
  check(`catalogs:
  - name: one
#   ^^^^ information dbt/refused-by-v2: the key \`active_write_integration\` is missing, says dbt v2; add it
    write_integrations:
      - {name: a, catalog_type: iceberg_rest, table_format: ICEBERG}
  - name: two
#   ^^^^ information dbt/refused-by-v2: the key \`active_write_integration\` is missing, says dbt v2; add it
    #     ^^^ error dbt/invalid-catalog: catalog \`two\` has several integrations; say by \`active_write_integration\` which one is in use
    write_integrations:
      - {name: a, catalog_type: x, table_format: iceberg}
      - {name: a, catalog_type: x, table_format: iceberg}
      #        ^ error dbt/invalid-catalog: two integrations of the catalog are named \`a\`; rename one of them
  - name: three
    active_write_integration: z
    #                         ^ error dbt/invalid-catalog: no integration of the catalog is named \`z\`; take one of \`a\`
    write_integrations:
      - name: a
#       ^^^^ error dbt/missing-key: the key \`catalog_type\` is missing; add it
        adapter_property: {}
#       ^^^^^^^^^^^^^^^^ error dbt/unknown-key: unknown key \`adapter_property\`; did you mean \`adapter_properties\`?
  - name: four
#   ^^^^ information dbt/refused-by-v2: the keys \`active_write_integration\` and \`write_integrations\` are missing, says dbt v2; add them
    #     ^^^^ error dbt/invalid-catalog: catalog \`four\` has no integration to write with; add one under \`write_integrations\`
  - name: five
    active_write_integration: "{{ env_var('X', 'a') }}"
    write_integrations: [{name: a, catalog_type: x, table_format: default}, {name: b, catalog_type: x}]
    #                                                                        ^^^^ information dbt/refused-by-v2: the key \`table_format\` is missing, says dbt v2; add it
other: 1
#<- information dbt/refused-by-v2: unknown key \`other\`, says dbt v2; remove it
`));

test('catalogs of the first form, as dbt v2 reads them', () =>
  checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
#- /w/catalogs.yml
catalogs:
  - name: one
    active_write_integration: a
    write_integrations:
      - {integration_name: a, catalog_type: BUILT_IN, table_format: ICEBERG, external_volume: v}
  - catalog_name: one
    #             ^^^ error dbt/invalid-catalog: two catalogs are named \`one\`; rename one of them
    active_write_integration: b
    #                         ^ error dbt/invalid-catalog: no integration of the catalog is named \`b\`; take one of \`a\`
    write_integrations: [{name: a, catalog_type: x, table_format: "{{ env_var('F', 'iceberg') }}"}]
  - active_write_integration: a
#   ^^^^^^^^^^^^^^^^^^^^^^^^ error dbt/missing-key: the key \`name\` is missing; add it
    write_integrations: [{name: a, integration_name: a, catalog_type: x, table_format: hudi}]
    #                              ^^^^^^^^^^^^^^^^ error dbt/conflicting-keys: \`integration_name\` is another name of \`name\`, and both are written; keep one of them
    #                                                                                  ^^^^ error dbt/invalid-value: \`hudi\` is no value for \`table_format\`; it must be one of \`default\` or \`iceberg\`
  - name: four
#   ^^^^ error dbt/missing-key: the keys \`active_write_integration\` and \`write_integrations\` are missing; add them
`,
    '2.0.0',
  ));

test('catalogs of the second form', () =>
  check(
    `catalogs:
  - {name: one, type: biglake, table_format: ICEBERG, config: {bigquery: {}, snowflake: }}
  - {name: one, type: biglake, table_format: delta, config: {bigquery: x}}
    #      ^^^ error dbt/invalid-catalog: two catalogs are named \`one\`; rename one of them
    #                                        ^^^^^ error dbt/invalid-value: \`delta\` is no value for \`table_format\`; it must be one of \`default\` or \`iceberg\`
    #                                                                  ^ error dbt/wrong-type: \`bigquery\` must be a mapping, not a string
  - {name: two, type: biglake, table_format: iceberg}
#    ^^^^ error dbt/missing-key: the key \`config\` is missing; add it
other: 1
#<- error dbt/unknown-key: unknown key \`other\`; remove it
`,
    second,
  ));

test.each(['', second])('nothing is said of a list that is empty (%j)', (flags) =>
  check('catalogs: []\n', flags),
);

test('a list at the top is refused', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/catalogs.yml': '- x\n',
  });
  expect(platform.findings('/w/catalogs.yml').map(({ severity }) => severity)).toContain('error');
});
