import { expect, test } from 'vitest';
import { checkFindings, openFixture, textsOf } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { define } from '../../language/define.ts';
import { dbt } from '../dbt/index.ts';
import { env } from '../env/index.ts';
import { meltano } from '../meltano/index.ts';
import { penstock } from './index.ts';

const systems = [dbt, meltano, env, penstock];
const platform = `#- /w/dbt/dbt_project.yml
name: shop
#- /w/dbt/models/orders.sql
{{ config(tags=['nightly']) }}
select 1
#- /w/el/meltano.yml
environments: [{ name: prod }]
plugins:
  extractors: [{ name: tap-shop, namespace: tap_shop, pip_url: tap-shop }]
  loaders: [{ name: target-x, namespace: target_x, pip_url: target-x }]
  utilities:
    - name: mailer
      namespace: mailer
      pip_url: mailer
      commands: { send: --now }
jobs: [{ name: daily, tasks: [tap-shop target-x] }]
schedules: [{ name: every-day, interval: '@daily', job: daily }]
`;
const pipeline = (steps: string): string => `#- /w/penstock.yaml
pipelines:
  nightly:
    steps:
${steps}`;

const model = 'warning dbt/empty-selection: no model, seed, snapshot or folder is named';
const block = 'error meltano/undefined-plugin: no job, plugin or mapping is named';

test('what a command of a pipeline names is held against the project that it runs in', () =>
  checkFindings(
    systems,
    `${pipeline(`      - run: dbt build --select tag:nightyl
      #                             ^^^^^^^ warning dbt/empty-selection: nothing has the tag \`nightyl\`, so this selects nothing; did you mean \`nightly\`?
        cwd: dbt
      - run: uv run dbt test --project-dir dbt -s "ordesr+"
      #                                            ^^^^^^ ${model} \`ordesr\`, so this selects nothing; did you mean \`orders\`?
      - run: [.venv/bin/dbt, run, --project-dir=dbt, --exclude, ordesr]
      #                                                         ^^^^^^ ${model} \`ordesr\`, so this selects nothing; did you mean \`orders\`?
      - run: meltano --environment=prd run --run-id x --full-refresh dayly tap-shop target-y
      #                            ^^^ error meltano/undefined-environment: no environment is named \`prd\`; did you mean \`prod\`?
      #                                                              ^^^^^ ${block} \`dayly\`; did you mean \`daily\`?
      #                                                                             ^^^^^^^^ ${block} \`target-y\`; did you mean \`target-x\`?
        cwd: el
      - run: meltano --cwd el invoke maier:send
      #                              ^^^^^ error meltano/undefined-plugin: no plugin is named \`maier\`; did you mean \`mailer\`?
      - run: meltano --cwd=el el tap-shop target-shop
      #                                   ^^^^^^^^^^^ error meltano/undefined-plugin: no loader is named \`target-shop\`; define it under \`plugins\` or correct the name
      - run: meltano --cwd el config --plugin-type=extractor set tap-shpo key value
      #                                                          ^^^^^^^^ error meltano/undefined-plugin: no plugin is named \`tap-shpo\`; did you mean \`tap-shop\`?
      - run: meltano --cwd el config tap-shpo list
      #                              ^^^^^^^^ error meltano/undefined-plugin: no plugin is named \`tap-shpo\`; did you mean \`tap-shop\`?
      - run: meltano --cwd el select --list tap-shpo orders name
      #                                     ^^^^^^^^ error meltano/undefined-plugin: no extractor is named \`tap-shpo\`; did you mean \`tap-shop\`?
      - run: meltano --cwd el job list dayly
      #                                ^^^^^ error meltano/undefined-job: no job is named \`dayly\`; did you mean \`daily\`?
      - run: meltano --cwd el lock -u target-y
      #                               ^^^^^^^^ error meltano/undefined-plugin: no plugin is named \`target-y\`; did you mean \`target-x\`?
      - run: meltano --cwd el install --clean target-y
      - run: meltano --cwd el install extractor tap-shpo
      - run: meltano --cwd el config meltano set cli.log_level debug
      - run: meltano --cwd el config print tap-shop
      - run: meltano --cwd el job list
      - run: meltano schedule run every-dya
      #                           ^^^^^^^^^ error meltano/undefined-schedule: no schedule is named \`every-dya\`; did you mean \`every-day\`?
        cwd: el
checks:
  built: { run: { command: dbt build -s people, cwd: dbt } }
  #                                     ^^^^^^ ${model} \`people\`, so this selects nothing; correct the name
`)}${platform}`,
  ));

test.each([
  ['names that are there', 'run: meltano --environment prod run daily tap-shop mailer:send\n        cwd: el'],
  ['a folder without a project', 'run: meltano run nowhere'],
  ['a folder that a parameter names', "run: dbt build -s nowhere\n        cwd: '${{ parameters.dir }}'"],
  [
    'another project in a variable',
    'run: dbt build -s nowhere\n        cwd: dbt\n        env: { DBT_PROJECT_DIR: x }',
  ],
  ['a project that a shell names', 'run: dbt build -s nowhere --project-dir $HERE\n        cwd: dbt'],
  ['what only a shell could read', 'run: dbt build -s nowhere && dbt test\n        cwd: dbt'],
  ['a parameter', "run: 'meltano run ${{ parameters.job }}'\n        cwd: el"],
  ['commands that name nothing of it', 'run: meltano state clear nowhere\n        cwd: el'],
  ['another program', 'run: make run nowhere\n        cwd: el'],
  ['what an option takes', 'run: meltano run --timeout nowhere daily\n        cwd: el'],
])('nothing is said of %s', async (_name, step) => {
  const { platform: opened } = await openFixture(systems, textsOf(pipeline(`      - ${step}\n`) + platform));
  const codes = opened.findings('/w/penstock.yaml').map(({ code }) => code);
  expect(codes.filter((code) => /^(?:dbt|meltano)\//.test(code))).toEqual([]);
});

test('the finding comes and goes with the project', async () => {
  const texts = textsOf(pipeline('      - run: meltano --cwd el run nowhere\n') + platform);
  const { platform: opened, files } = await openFixture(systems, texts);
  const write = (path: string, text: string): number => {
    files.texts.set(path, text);
    opened.update([path]);
    return opened.findings('/w/penstock.yaml').length;
  };
  const before = texts['/w/el/meltano.yml']!;
  expect(opened.findings('/w/penstock.yaml')).toHaveLength(1);
  expect(write('/w/el/meltano.yml', before.replace('name: daily', 'name: nowhere'))).toBe(0);
  expect(write('/w/el/meltano.yml', `${before}x: [`)).toBe(0);
  expect(write('/w/el/meltano.yml', before)).toBe(1);
});

test('a rename of a job, a plugin or a model reaches commands, and a definition is found from there', async () => {
  const steps =
    '      - run: meltano --cwd el run daily tap-shop:x\n      - run: dbt build --project-dir dbt -s +orders\n';
  const texts = textsOf(pipeline(steps) + platform);
  const before = texts['/w/penstock.yaml']!;
  const renamedAt = (at: string, to: string): ReturnType<typeof renamed> =>
    renamed(systems, { ...texts, '/w/penstock.yaml': before.replace(at, `${at}<|>`) }, to);
  const expected = (from: string, to: string): object => ({ '/w/penstock.yaml': before.replace(from, to) });
  expect(await renamedAt('run dai', 'hourly')).toMatchObject(expected('daily', 'hourly'));
  expect(await renamedAt('tap-s', 'tap-z')).toMatchObject(expected('tap-shop', 'tap-z'));
  expect(await renamedAt('+ord', 'sales')).toMatchObject(expected('orders', 'sales'));
  const { platform: opened } = await openFixture(systems, texts);
  const found = define(opened, '/w/penstock.yaml', before.indexOf('daily') + 1);
  expect(found?.targets.map(({ path }) => path)).toEqual(['/w/el/meltano.yml']);
});

test('of two projects the one counts that the command runs in', async () => {
  const other = platform.replaceAll('/w/el/', '/w/other/').replace('name: daily', 'name: weekly');
  const steps =
    '      - run: meltano --cwd el run weekly\n      - run: meltano --cwd other run weekly tap-shop\n';
  const texts = textsOf(pipeline(steps) + platform + other.slice(other.indexOf('#- /w/other')));
  const { platform: opened } = await openFixture(systems, texts);
  const found = opened.findings('/w/penstock.yaml').map(({ code, span }) => `${code} ${span.start}`);
  const before = texts['/w/penstock.yaml']!;
  expect(found).toEqual([`meltano/undefined-plugin ${before.indexOf('weekly')}`]);
  const at = texts['/w/el/meltano.yml']!.indexOf('tap-shop') + 1;
  const marked = `${texts['/w/el/meltano.yml']!.slice(0, at)}<|>${texts['/w/el/meltano.yml']!.slice(at)}`;
  const after = await renamed(systems, { ...texts, '/w/el/meltano.yml': marked }, 'tap-z');
  expect(Object.keys(after)).toEqual(['/w/el/meltano.yml']);
});

const plugin = (more = '', executable = ''): string => `    - name: dbt-duckdb
      namespace: dbt_duckdb
      pip_url: dbt-core dbt-duckdb
      config: { project_dir: $MELTANO_PROJECT_ROOT/../dbt }
      commands: { build: build, compile: { args: compile } }${executable}
${more}`;
const withPlugin = (text = plugin()): string => platform.replace('jobs:', `${text}jobs:`);

test('what `meltano invoke` hands to dbt is held against the project that the plugin works on', () =>
  checkFindings(
    systems,
    `${pipeline(`      - run: meltano --cwd el --environment=prod invoke dbt-duckdb build --select tag:nightyl
      #                                                                               ^^^^^^^ warning dbt/empty-selection: nothing has the tag \`nightyl\`, so this selects nothing; did you mean \`nightly\`?
      - run: uv run meltano invoke dbt-duckdb:build -s ordesr+ --full-refresh
      #                                                ^^^^^^ ${model} \`ordesr\`, so this selects nothing; did you mean \`orders\`?
        cwd: el
        env: { MELTANO_ENVIRONMENT: prod }
      - run: [meltano, --cwd, el, invoke, 'dbt-duckdb', ls, --exclude, people]
      #                                                                ^^^^^^ ${model} \`people\`, so this selects nothing; correct the name
      - run: meltano --cwd el invoke dbt-duckdb run -s +orders tag:nightly
      - run: meltano --cwd el run dbt-duckdb:build dbt-dukdb:build
      #                                            ^^^^^^^^^ error meltano/undefined-plugin: no plugin is named \`dbt-dukdb\`; did you mean \`dbt-duckdb\`?
`)}${withPlugin()}`,
  ));

const nowhere = '      - run: meltano --cwd el invoke dbt-duckdb build -s nowhere\n';

test.each([
  ['a plugin whose folder a variable names', withPlugin(plugin().replace('$MELTANO_PROJECT_ROOT', '$HERE'))],
  ['a plugin that runs something else', withPlugin(plugin('', '\n      executable: bash'))],
  ['a plugin that is not there', platform],
  ['a folder without a dbt project', withPlugin(plugin().replace('/dbt }', '/db }'))],
  ['a project that cannot be read', `${withPlugin()}x: [`],
])('nothing is said of what is handed to %s', async (_name, fixture) => {
  const { platform: opened } = await openFixture(systems, textsOf(pipeline(nowhere) + fixture));
  const codes = opened.findings('/w/penstock.yaml').map(({ code }) => code);
  expect(codes.filter((code) => code.startsWith('dbt/'))).toEqual([]);
});

test.each([
  ['another project in the words', 'invoke dbt-duckdb build --project-dir x -s nowhere'],
  ['words of another plugin', 'invoke mailer build -s nowhere'],
  ['a command that selects nothing', 'invoke dbt-duckdb run-operation -s nowhere'],
])('nothing is said of %s', async (_name, words) => {
  const steps = `      - run: meltano --cwd el ${words}\n      - run: meltano --cwd el invoke dbt-duckdb build -s nowhere\n        env: { DBT_PROJECT_DIR: x }\n`;
  const { platform: opened } = await openFixture(systems, textsOf(pipeline(steps) + withPlugin()));
  const codes = opened.findings('/w/penstock.yaml').map(({ code }) => code);
  expect(codes.filter((code) => code.startsWith('dbt/'))).toEqual([]);
});

test('what is handed on follows edits of plugin and project, and is renamed with the model', async () => {
  const texts = textsOf(pipeline(nowhere.replace('nowhere', 'orders')) + withPlugin());
  const { platform: opened, files } = await openFixture(systems, texts);
  const write = (path: string, text: string | undefined): number => {
    if (text === undefined) files.texts.delete(path);
    else files.texts.set(path, text);
    opened.update([path]);
    return opened.findings('/w/penstock.yaml').length;
  };
  const orders = texts['/w/dbt/models/orders.sql']!;
  expect(write('/w/dbt/models/orders.sql', undefined)).toBe(1);
  expect(write('/w/el/meltano.yml', texts['/w/el/meltano.yml']!.replace('/../dbt', '/../db'))).toBe(0);
  expect(write('/w/el/meltano.yml', texts['/w/el/meltano.yml'])).toBe(1);
  expect(write('/w/dbt/dbt_project.yml', undefined)).toBe(0);
  expect(write('/w/dbt/dbt_project.yml', texts['/w/dbt/dbt_project.yml'])).toBe(1);
  expect(write('/w/dbt/models/orders.sql', orders)).toBe(0);
  const before = texts['/w/penstock.yaml']!;
  const at = before.indexOf('orders') + 1;
  expect(define(opened, '/w/penstock.yaml', at)?.targets.map(({ path }) => path)).toEqual([
    '/w/dbt/models/orders.sql',
  ]);
  const marked = { ...texts, '/w/penstock.yaml': `${before.slice(0, at)}<|>${before.slice(at)}` };
  const expected = {
    '/w/penstock.yaml': before.replace('orders', 'sales'),
    '/w/dbt/models/sales.sql': orders,
  };
  expect(await renamed(systems, marked, 'sales')).toMatchObject(expected);
});
