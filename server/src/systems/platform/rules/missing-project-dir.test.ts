import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { compose } from '../../compose/index.ts';
import { dbt } from '../../dbt/index.ts';
import { env } from '../../env/index.ts';
import { meltano } from '../../meltano/index.ts';
import { platform as between } from '../index.ts';

const systems = [dbt, meltano, compose, env, between];
const utility = (config: string): string => `#- /w/meltano.yml
plugins:
  utilities:
    - name: dbt-duckdb
      namespace: dbt_duckdb
      pip_url: dbt-core dbt-duckdb
      settings: [{ name: project_dir }, { name: profiles_dir }]
      config:
${config}`;
const project = `#- /w/dbt/dbt_project.yml
name: shop
profile: shop
#- /w/dbt/profiles.yml
shop: { target: dev, outputs: { dev: { type: duckdb, path: x.duckdb } } }
`;

test('folders in which no dbt project and no profiles lie', () =>
  checkFindings(
    systems,
    `${utility(`        project_dir: transform
        #            ^^^^^^^^^ warning platform/missing-project-dir: \`transform\` does not hold a dbt project, which the plugin \`dbt-duckdb\` takes from there; name the folder of \`dbt/dbt_project.yml\`
        profiles_dir: $MELTANO_PROJECT_ROOT/profiles
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning platform/missing-project-dir: \`profiles\` does not hold a \`profiles.yml\`, which the plugin \`dbt-duckdb\` takes from there; name the folder of \`dbt/profiles.yml\`
`)}${project}`,
  ));

test.each([
  [
    'the right folders',
    `${utility('        project_dir: $MELTANO_PROJECT_ROOT/dbt\n        profiles_dir: dbt/\n')}${project}`,
  ],
  [
    'a folder of another variable',
    `${utility('        project_dir: $PLACE/dbt\n')}${project}#- /w/.env\nPLACE=x\n`,
  ],
  ['a platform without dbt', utility('        project_dir: transform\n')],
  [
    'dbt’s file that cannot be read',
    `${utility('        project_dir: dbt\n')}#- /w/dbt/dbt_project.yml\nname: shop\n`,
  ],
  [
    'a folder that only a container has',
    `${utility('        project_dir: /dbt\n')}${project}#- /w/compose.yaml\nservices:\n  meltano: { image: meltano, volumes: ['./:/project'] }\n`,
  ],
  [
    'the folder as a container sees it',
    `${utility('        project_dir: /project/dbt\n')}${project}#- /w/compose.yaml\nservices:\n  meltano: { image: meltano, volumes: ['./:/project'] }\n`,
  ],
  [
    'another plugin',
    `#- /w/meltano.yml\nplugins:\n  utilities:\n    - name: cube\n      namespace: cube\n      settings: [{ name: project_dir }]\n      config: { project_dir: cube }\n${project}`,
  ],
])('nothing is said of %s', (_name, fixture) => checkFindings(systems, fixture));

test('the fix names the folder as seen from the Meltano project', async () => {
  const { platform } = await openFixture(systems, {
    '/w/el/meltano.yml': utility('        project_dir: transform\n').split('\n').slice(1).join('\n'),
    '/w/dbt/dbt_project.yml': 'name: shop\n',
  });
  const found = platform.findings('/w/el/meltano.yml').find(({ code }) => code.startsWith('platform/'));
  expect(found?.fixes?.map(({ title, certain }) => [title, certain])).toEqual([
    ['Change to `../dbt`', false],
  ]);
});
