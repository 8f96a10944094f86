import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const check = (fixture: string, flags = ''): Promise<void> =>
  checkFindings([dbt], `#- /w/dbt_project.yml\nname: shop\n${flags}#- /w/catalogs.yml\n${fixture}`);
const second = 'flags: {use_catalogs_v2: true}\n';

test('catalogs of the first form', () =>
  check(`catalogs:
  - name: one
    write_integrations:
      - {name: a, catalog_type: iceberg_rest}
  - name: two
    #     ^^^ error dbt/invalid-catalog: catalog \`two\` has several integrations; say by \`active_write_integration\` which one is in use
    write_integrations:
      - {name: a, catalog_type: x}
      - {name: a, catalog_type: x}
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
    #     ^^^^ error dbt/invalid-catalog: catalog \`four\` has no integration to write with; add one under \`write_integrations\`
  - name: five
    active_write_integration: "{{ env_var('X', 'a') }}"
    write_integrations: [{name: a, catalog_type: x}, {name: b, catalog_type: x}]
other: 1
`));

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
