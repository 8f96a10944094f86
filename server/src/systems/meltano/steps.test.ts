import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Step } from '../../core/step.ts';
import { meltano } from './index.ts';

const project = `
default_environment: dev
environments:
- name: dev
- name: prod
  config:
    plugins:
      loaders:
      - { name: target-duckdb, config: { filepath: prod.duckdb } }
plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders:
  - { name: target-duckdb, namespace: d, config: { filepath: data/dev.duckdb } }
  - { name: target-again, inherit_from: target-duckdb }
  - { name: target-other, namespace: o, config: { filepath: other.jsonl } }
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
jobs:
- { name: load, tasks: [tap-x target-duckdb, 'dbt:run'] }
- { name: again, tasks: [[tap-x target-again]] }
- { name: other, tasks: [tap-x target-other] }
`;

async function stepsOf(
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, Step>> {
  const { platform } = await openFixture([meltano], { '/w/shop/meltano.yml': text, ...more });
  return new Map(platform.steps().map((step) => [step.id, step]));
}

const ofProject = [
  'meltano:install',
  'meltano:lock',
  'meltano:run',
  'meltano:state',
  'meltano:state-get',
  'meltano:state-clear',
];

const commandOf = (steps: ReadonlyMap<string, Step>, id: string): Command => steps.get(id)!.work as Command;

test('jobs, extractors, commands of plugins and the installation can be run', async () => {
  const steps = await stepsOf(project);
  expect([...steps.keys()]).toEqual([
    'meltano:job/load',
    'meltano:job/again',
    'meltano:job/other',
    'meltano:plugin/tap-x',
    'meltano:plugin/dbt:run',
    ...ofProject,
  ]);
  expect(commandOf(steps, 'meltano:job/load')).toMatchObject({
    executable: { name: 'meltano' },
    args: ['--log-format=json', 'run', '--no-install', 'load'],
    cwd: '/w/shop',
    cancel: [
      { signal: 'SIGINT', waitMs: 10_000 },
      { signal: 'SIGTERM', waitMs: 5_000 },
      { signal: 'SIGKILL' },
    ],
  });
  expect(commandOf(steps, 'meltano:plugin/tap-x').args).toEqual([
    '--log-format=json',
    '--environment=dev',
    'config',
    'test',
    '--no-install',
    '--plugin-type=extractor',
    'tap-x',
  ]);
  expect(commandOf(steps, 'meltano:plugin/dbt:run').args.slice(1)).toEqual([
    'run',
    '--no-install',
    'dbt:run',
  ]);
});

test('a job writes the DuckDB files of its loaders, inherited ones too, as the environment in force has them', async () => {
  const steps = await stepsOf(project);
  expect(commandOf(steps, 'meltano:job/load').writes).toEqual(['/w/shop/data/dev.duckdb']);
  expect(commandOf(steps, 'meltano:job/again').writes).toEqual(['/w/shop/data/dev.duckdb']);
  expect(commandOf(steps, 'meltano:job/other').writes).toEqual([]);
  const inProd = await stepsOf(project.replace('default_environment: dev', 'default_environment: prod'));
  expect(commandOf(inProd, 'meltano:job/load').writes).toEqual(['/w/shop/prod.duckdb']);
});

test.each([
  ['$MELTANO_PROJECT_ROOT/x.duckdb', ['/w/shop/x.duckdb']],
  ['../shared/x.duckdb', ['/w/shared/x.duckdb']],
  ['/data/x.duckdb', ['/data/x.duckdb']],
  ['C:\\data\\x.duckdb', ['/c:/data/x.duckdb']],
  ['$ELSEWHERE/x.duckdb', []],
  ["':memory:'", []],
  ['md:shop', []],
])('the file %s is %j', async (written, files) => {
  const steps = await stepsOf(project.replace('data/dev.duckdb', written));
  expect(commandOf(steps, 'meltano:job/load').writes).toEqual(files);
});

test('only loaders of DuckDB write DuckDB files, whatever an environment configures', async () => {
  const text = project.replace(
    '{ name: target-duckdb, config: { filepath: prod.duckdb } }',
    '{ name: target-other, config: { filepath: prod.jsonl } }',
  );
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  expect([...platform.facts.all('duckdb.file')].map((file) => file.name)).toEqual(['/w/data/dev.duckdb']);
});

test('without a default environment a run is given the first, since it needs one', async () => {
  const steps = await stepsOf(project.replace('default_environment: dev\n', ''));
  expect(commandOf(steps, 'meltano:job/load').args).toEqual([
    '--log-format=json',
    '--environment=dev',
    'run',
    '--no-install',
    'load',
  ]);
  const withNone = await stepsOf('jobs: [{ name: a, tasks: [] }]');
  expect(commandOf(withNone, 'meltano:job/a').args).toEqual([
    '--log-format=json',
    'run',
    '--no-install',
    'a',
  ]);
});

test('jobs of included files are run in the project', async () => {
  const steps = await stepsOf('include_paths: [inc/*.yml]\n', {
    '/w/shop/inc/a.yml': 'jobs: [{ name: late, tasks: [] }]\n',
  });
  expect(steps.get('meltano:job/late')).toMatchObject({
    project: '/w/shop',
    location: { path: '/w/shop/inc/a.yml' },
  });
});

test('the commands of a locked plugin are steps where the project has the plugin', async () => {
  const lock = '{"name": "dbt", "commands": {"build": {"args": "build"}}}';
  const path = '/w/shop/plugins/utilities/dbt--x.lock';
  const steps = await stepsOf('plugins: { utilities: [{ name: dbt, variant: x }] }\n', { [path]: lock });
  expect([...steps.keys()]).toContain('meltano:plugin/dbt:build');
  expect([...(await stepsOf('plugins: {}\n', { [path]: lock })).keys()]).toEqual(ofProject);
});

test('every step is defined as a name, so that pipelines can use it', async () => {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': project });
  const names = [...platform.facts.all('step')].map((definition) => definition.name);
  expect(new Set(names)).toEqual(new Set(platform.steps().map((step) => step.id)));
});
