import { type Kind, append, blame, change, defect, mark, odd, write } from '../kind.ts';

const file = 'catalogs.yml';
const projectVars = "vars:\n  start_date: '2024-01-01'\n  shop:\n    currency: EUR\n";
const integration = (name: string): string =>
  `      - name: ${name}\n        catalog_type: built_in\n        external_volume: files\n`;

/** catalogs.yml and vars.yml. */
export const catalogsKinds: readonly Kind[] = [
  defect('catalogs-empty', 'an empty file', write(file, mark)),
  defect(
    'catalogs-no-active',
    'two integrations and none in use',
    write(
      file,
      `catalogs:\n  - name: lake${mark}\n    write_integrations:\n${integration('one')}${integration('two')}`,
    ),
  ),
  defect(
    'catalogs-active-unknown',
    'an integration in use that is not there',
    write(
      file,
      `catalogs:\n  - name: lake\n    active_write_integration: three${mark}\n    write_integrations:\n${integration('one')}`,
    ),
  ),
  defect(
    'catalogs-integration-twice',
    'two integrations of one name',
    write(
      file,
      `catalogs:\n  - name: lake\n    active_write_integration: one\n    write_integrations:\n${integration('one')}${integration(`one${mark}`)}`,
    ),
  ),
  defect(
    'catalogs-key',
    'a key that catalogs do not have',
    write(file, `catalogs:\n  - name: lake\n    write_integration: one${mark}\n    write_integrations: []\n`),
  ),
  defect(
    'catalogs-no-name',
    'a catalog without a name',
    write(file, `catalogs:\n  - write_integrations: []${mark}\n`),
  ),
  defect(
    'catalogs-no-integrations',
    'a catalog without integrations',
    write(file, `catalogs:\n  - name: lake${mark}\n`),
  ),
  defect('catalogs-yaml', 'a file that is no YAML', write(file, `catalogs: [${mark}\n`)),
  defect('catalogs-text', 'catalogs that are a text', write(file, `catalogs: lake${mark}\n`)),
  defect(
    'catalogs-integration-type',
    'an integration without a type',
    write(file, `catalogs:\n  - name: lake\n    write_integrations:\n      - name: one${mark}\n`),
  ),
  defect('vars-both', 'vars in both files', [
    write('vars.yml', `vars:${mark}\n  start_date: today\n`),
    blame('dbt_project.yml', 'vars:'),
  ]),
  defect('vars-list', 'a vars.yml that is a list', [
    change('dbt_project.yml', projectVars, ''),
    write('vars.yml', `${mark}- start_date\n`),
  ]),
  defect('vars-values', 'vars that are a list in vars.yml', [
    change('dbt_project.yml', projectVars, ''),
    write('vars.yml', `vars: [start_date]${mark}\n`),
  ]),
  defect('vars-yaml', 'a vars.yml that is no YAML', [
    change('dbt_project.yml', projectVars, ''),
    write('vars.yml', `vars: {${mark}\n`),
  ]),
  odd(
    'vars-file',
    'vars in a file of their own',
    [
      change('dbt_project.yml', projectVars, ''),
      write('vars.yml', 'vars:\n  start_date: today\n  shop:\n    currency: EUR\n'),
    ],
    { beyond: { v2: 'v2 does not read vars.yml' } },
  ),
  odd('vars-file-empty', 'an empty vars.yml', append('vars.yml', 'vars: {}\n')),
  odd('catalogs-none', 'no catalogs after all', write(file, 'catalogs: []\n')),
];
