import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Platform } from '../../core/platform.ts';
import type { Command, Parameter, Step } from '../../core/step.ts';
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
  extractors: [{ name: tap-x, namespace: x }, { name: tap-y, namespace: y }]
  loaders: [{ name: target-duckdb, namespace: d, config: { filepath: dev.duckdb } }]
jobs: [{ name: load, tasks: [tap-x target-duckdb] }]
`;

const open = async (text = project, version = '4.4.1'): Promise<Platform> => {
  const tool = { version, source: 'the test' };
  return (await openFixture([meltano], { '/w/meltano.yml': text }, ['/w'], tool)).platform;
};

function stepOf(platform: Platform, name: string): Step {
  const listed = platform.steps().find(({ id }) => id === platform.stepList.listedName(name))!;
  return listed.id === name ? listed : platform.stepList.variant(listed, name)!;
}

function parametersOf(platform: Platform, name: string): readonly Parameter[] {
  const around = { projects: platform.projects(), facts: platform.facts };
  return platform.stepList.options(stepOf(platform, name), around);
}

async function made(
  name: string,
  given: Readonly<Record<string, string>> = {},
  version?: string,
): Promise<Command> {
  const platform = await open(project, version);
  const around = { projects: platform.projects(), facts: platform.facts };
  const told = platform.stepList.withOptions(stepOf(platform, name), new Map(Object.entries(given)), around);
  if ('refused' in told) throw new Error(told.refused);
  return told.work as Command;
}

const words = async (name: string, given?: Readonly<Record<string, string>>): Promise<string> =>
  (await made(name, given)).args.slice(1).join(' ');

test('a job takes an environment of the project and what `run` takes', async () => {
  const parameters = parametersOf(await open(), 'meltano:job/load');
  expect(parameters.map(({ name }) => name)).toEqual([
    'environment',
    'full-refresh',
    'state-id-suffix',
    'no-state-update',
    'refresh-catalog',
    'force',
    'dry-run',
  ]);
  expect(parameters[0]).toMatchObject({ type: 'choice', options: ['dev', 'prod'], default: 'dev' });
});

test('options stand before what is run, the environment before the command', async () => {
  expect(await words('meltano:job/load')).toBe('run --no-install load');
  expect(
    await words('meltano:job/load', {
      environment: 'prod',
      'full-refresh': 'true',
      force: 'false',
      'state-id-suffix': 'late',
    }),
  ).toBe('--environment=prod run --full-refresh --state-id-suffix=late --no-install load');
  expect(await words('meltano:plugin/tap-x', { environment: 'prod' })).toBe(
    '--environment=prod config test --no-install --plugin-type=extractor tap-x',
  );
  expect(await words('meltano:install', { clean: 'true', parallelism: '2' })).toBe(
    'install --clean --parallelism=2',
  );
});

test('another environment writes another file', async () => {
  expect((await made('meltano:job/load', { 'full-refresh': 'true' })).writes).toEqual(['/w/dev.duckdb']);
  expect((await made('meltano:job/load', { environment: 'prod' })).writes).toEqual(['/w/prod.duckdb']);
});

test('a load is an extractor and a loader; the only one is meant where nothing is said', async () => {
  const platform = await open();
  expect(parametersOf(platform, 'meltano:run').slice(0, 2)).toEqual([
    {
      name: 'extractor',
      type: 'choice',
      description: 'the extractor of the load',
      options: ['tap-x', 'tap-y'],
    },
    {
      name: 'loader',
      type: 'choice',
      description: 'the loader of the load',
      options: ['target-duckdb'],
      default: 'target-duckdb',
    },
  ]);
  const load = await made('meltano:run', { extractor: 'tap-y', environment: 'prod' });
  expect(load.args.slice(1).join(' ')).toBe('--environment=prod run --no-install tap-y target-duckdb');
  expect(load.writes).toEqual(['/w/prod.duckdb']);
  expect(await words('meltano:run/tap-x')).toBe('--environment=dev run --no-install tap-x target-duckdb');
});

test('an extractor is loaded, asked for its streams and shown as it is configured', async () => {
  const platform = await open();
  const variants = platform.stepList.variants(stepOf(platform, 'meltano:plugin/tap-x'));
  expect(variants.map(({ id, verb }) => `${id} ${verb}`)).toEqual([
    'meltano:run/tap-x Load…',
    'meltano:catalog/tap-x Streams',
    'meltano:config/tap-x Configuration',
  ]);
  expect(await words('meltano:catalog/tap-x', { 'refresh-catalog': 'true' })).toBe(
    '--environment=dev select --refresh-catalog --no-install --list --all tap-x',
  );
  expect(await words('meltano:config/tap-x')).toBe(
    '--environment=dev config list --plugin-type=extractor tap-x',
  );
});

test('a state must be named, and clearing it says what is gone', async () => {
  const platform = await open();
  expect(parametersOf(platform, 'meltano:state-clear')[0]).toEqual({
    name: 'state-id',
    type: 'string',
    description: 'which state, as the list of states has it: `dev:tap-x-to-target-duckdb`',
  });
  expect(stepOf(platform, 'meltano:state-clear').destroys).toBe('The next load begins from the start.');
  expect(await words('meltano:state-clear', { 'state-id': 'dev:a-to-b' })).toBe(
    'state clear --force dev:a-to-b',
  );
  expect(await words('meltano:state-get', { 'state-id': 'x', environment: 'prod' })).toBe(
    '--environment=prod state get x',
  );
  await expect(made('meltano:state-get', { 'state-id': '--all' })).rejects.toThrow(
    '`--all` is an option, which no state is; take it out',
  );
});

/** Each was run with that very Meltano, 3.9.5 and 3.0.0. */
test.each([
  [
    '3.9.5',
    {
      'meltano:lock': '--log-format=json lock --update --all',
      'meltano:job/load': '--log-format=json --environment=prod run --refresh-catalog --no-install load',
      'meltano:plugin/tap-x':
        '--log-format=json --environment=prod config --plugin-type=extractor tap-x test --no-install',
      'meltano:config/tap-x':
        '--log-format=json --environment=prod config --plugin-type=extractor tap-x list',
      'meltano:catalog/tap-x':
        '--log-format=json --environment=prod select --refresh-catalog --no-install --list --all tap-x',
    },
  ],
  [
    '3.0.0',
    {
      'meltano:lock': 'lock --update --all',
      'meltano:job/load': '--environment=prod run load',
      'meltano:run/tap-x': '--environment=prod run tap-x target-duckdb',
      'meltano:plugin/tap-x': '--environment=prod config --plugin-type=extractor tap-x test',
      'meltano:config/tap-x': '--environment=prod config --plugin-type=extractor tap-x list',
      'meltano:catalog/tap-x': '--environment=prod select --list --all tap-x',
    },
  ],
])('Meltano %s is told in the words that it has', async (version, commands) => {
  const given = { environment: 'prod', update: 'true', 'refresh-catalog': 'true' };
  for (const [name, command] of Object.entries(commands))
    expect((await made(name, given, version)).args.join(' ')).toBe(command);
});

test('what came with Meltano 3.5 is not offered before', async () => {
  const names = async (version: string): Promise<readonly string[]> =>
    parametersOf(await open(project, version), 'meltano:job/load').map(({ name }) => name);
  expect(await names('3.5.0')).toContain('refresh-catalog');
  expect(await names('3.4.2')).not.toContain('refresh-catalog');
});
