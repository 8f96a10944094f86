import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { dbt } from '../dbt/index.ts';
import { env } from '../env/index.ts';
import { penstock } from '../penstock/index.ts';
import { meltano } from './index.ts';

const systems = [dbt, meltano, env];
const project = `#- /w/dbt/dbt_project.yml
name: shop
#- /w/dbt/models/orders.sql
{{ config(tags=['nightly']) }}
select 1
#- /w/dbt/selectors.yml
selectors:
  - name: nightly
    definition: { method: tag, value: nightly }
`;
const utility = (commands: string, dir = 'project_dir: dbt'): string => `#- /w/meltano.yml
plugins:
  utilities:
    - name: dbt-duckdb
      namespace: dbt_duckdb
      pip_url: dbt-core dbt-duckdb
      executable: dbt
      settings: [{ name: project_dir }]
      config: { ${dir} }
      commands:
${commands}`;

const model = (name: string): string =>
  `warning dbt/empty-selection: no model, seed, snapshot or folder is named \`${name}\`, so this selects nothing`;

test('what a command of a dbt plugin selects is held against the project', () =>
  checkFindings(
    systems,
    `${utility(`        a: build --select tag:nightyl --target x
        #                     ^^^^^^^ warning dbt/empty-selection: nothing has the tag \`nightyl\`, so this selects nothing; did you mean \`nightly\`?
        b: { args: '--quiet run -s +ordesr+ tag:nightly', executable: dbt_invoker }
        #                           ^^^^^^ ${model('ordesr')}; did you mean \`orders\`?
        c: test --select=orders --exclude "customers"
        #                                  ^^^^^^^^^ ${model('customers')}; correct the name
        d: run --models orders people
        #                      ^^^^^^ ${model('people')}; correct the name
        e: build --selector=nihgtly
        #                   ^^^^^^^ error dbt/undefined-selector: no selector is named \`nihgtly\`; did you mean \`nightly\`?
`)}${project}`,
  ));

test('other variables of the plugin leave its project where it is', () =>
  checkFindings(
    [dbt, meltano],
    `${utility(
      `        a: run --select no_such_model
        #               ^^^^^^^^^^^^^ ${model('no_such_model')}; correct the name
`,
      'project_dir: dbt }\n      env: { DBT_PROFILES_DIR: profiles',
    )}${project}`,
  ));

test('an heir works on the project of the one that it inherits from', () =>
  checkFindings(
    [dbt, meltano],
    `${utility(`        a: run --select orders
    - name: dbt-nightly
      inherit_from: dbt-duckdb
      commands:
        b: run --select no_such_model
        #               ^^^^^^^^^^^^^ ${model('no_such_model')}; correct the name
    - name: dbt-other
      inherit_from: dbt-duckdb
      config: { project_dir: other }
      commands: { c: run --select no_such_model }
`)}${project}`,
  ));

test('of plugins that inherit in a circle nobody knows where they work', async () => {
  const heir = (name: string, from: string): string =>
    `  - { name: ${name}, inherit_from: ${from}, commands: { a: run --select no_such_model } }\n`;
  const text = `plugins:\n  utilities:\n${heir('dbt-a', 'dbt-b')}${heir('dbt-b', 'dbt-a')}`;
  const { platform } = await openFixture([dbt, meltano], { '/w/meltano.yml': text });
  expect(platform.findings('/w/meltano.yml').map(({ code }) => code)).not.toContain('dbt/empty-selection');
});

const wrong = '        a: build --select nowhere\n';

test.each([
  ['names that are there', utility('        a: build -s orders --selector nightly\n')],
  ['values of other options', utility('        a: run --target nowhere --vars x\n')],
  ['a command that selects nothing', utility('        a: run-operation --select nowhere\n')],
  ['another project in the command', utility('        a: build --project-dir x --select nowhere\n')],
  ['variables and what is quoted', utility('        a: build --select $WHAT no"where"\n')],
  ['another program', utility('        a: { args: build --select nowhere, executable: bash }\n')],
  [
    'another plugin',
    utility(wrong)
      .replaceAll(/dbt[-_]duckdb/g, 'cube')
      .replace('executable: dbt', ''),
  ],
  ['another folder', utility(wrong, 'project_dir: other')],
  ['a folder that a variable names', utility(wrong, 'project_dir: $HERE/dbt')],
  [
    'a folder that the plugin sets for dbt',
    utility(wrong, 'project_dir: dbt }\n      env: { DBT_PROJECT_DIR: dbt2'),
  ],
  ['a folder that is not told', utility(wrong, '')],
  [
    'an environment that names the folder',
    `${utility(wrong)}environments:\n  - name: dev\n    config: { plugins: { utilities: [{ name: dbt-duckdb, config: { project_dir: dbt2 } }] } }\n`,
  ],
])('nothing is said of %s', async (_name, fixture) => {
  const { platform } = await openFixture(systems, textsOf(`${fixture}${project}`));
  const codes = platform.findings('/w/meltano.yml').map(({ code }) => code);
  expect(codes.filter((code) => code.startsWith('dbt/'))).toEqual([]);
});

test('the finding comes and goes with the project, and broken YAML gives none', async () => {
  const { platform, files } = await openFixture(systems, textsOf(utility(wrong) + project));
  const codes = (): readonly string[] =>
    platform.findings('/w/meltano.yml').flatMap(({ code }) => (code.startsWith('dbt/') ? [code] : []));
  const write = (path: string, text: string | undefined): readonly string[] => {
    if (text === undefined) files.texts.delete(path);
    else files.texts.set(path, text);
    platform.update([path]);
    return codes();
  };
  expect(codes()).toEqual(['dbt/empty-selection']);
  expect(write('/w/dbt/models/nowhere.sql', 'select 1')).toEqual([]);
  expect(write('/w/dbt/models/nowhere.sql', undefined)).toEqual(['dbt/empty-selection']);
  const before = files.texts.get('/w/meltano.yml')!;
  expect(write('/w/meltano.yml', `${before}jobs: [\n`)).toEqual([]);
  expect(write('/w/meltano.yml', before)).toEqual(['dbt/empty-selection']);
  expect(write('/w/dbt/dbt_project.yml', 'name: [')).toEqual(['dbt/empty-selection']);
  expect(write('/w/dbt/dbt_project.yml', undefined)).toEqual([]);
});

test.each(['project_dir: dbt', 'project_dir: /transform'])(
  'a model is renamed in commands: %s',
  async (dir) => {
    const texts = textsOf(utility('        a: build --select orders+ --exclude "orders"\n', dir) + project);
    const before = texts['/w/meltano.yml']!;
    const found = await renamed(
      systems,
      { ...texts, '/w/meltano.yml': before.replace('orders', 'ord<|>ers') },
      'sales',
    );
    expect(found).toMatchObject({
      '/w/meltano.yml': before.replaceAll('orders', 'sales'),
      '/w/dbt/models/sales.sql': texts['/w/dbt/models/orders.sql'],
    });
  },
);

test('where a plugin works in a folder that only a container knows, pipelines are held to the project all the same', () =>
  checkFindings(
    [...systems, penstock],
    `${utility('        a: build --select nowhere\n', 'project_dir: /transform')}${project}#- /w/penstock.yaml
pipelines:
  daily:
  - { step: dbt:build, select: nowhere }
  #                            ^^^^^^^ ${model('nowhere')}; correct the name
`,
  ));

test('what Meltano sets for all that it starts is set for dbt, where there is a Meltano project', async () => {
  const texts = {
    '/w/dbt/dbt_project.yml': 'name: shop\n',
    '/w/dbt/models/a.sql': `select '{{ env_var("MELTANO_ENVIRONMENT") }}', '{{ env_var("OTHER_ONE") }}'`,
  };
  const { platform, files } = await openFixture(systems, texts);
  const missed = (): readonly string[] =>
    platform
      .findings('/w/dbt/models/a.sql')
      .map(({ span }) => platform.source('/w/dbt/models/a.sql')!.slice(span));
  expect(missed()).toEqual(['MELTANO_ENVIRONMENT', 'OTHER_ONE']);
  files.texts.set('/w/el/meltano.yml', 'plugins: {}\n');
  platform.update(['/w/el/meltano.yml']);
  expect(missed()).toEqual(['OTHER_ONE']);
});
