import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import type { Platform } from '../../../core/platform.ts';
import type { Command, Parameter, Step } from '../../../core/step.ts';
import { dbt } from '../index.ts';

const texts = {
  '/w/dbt_project.yml':
    "name: shop\nprofile: shop\nvars:\n  start: '2026-01-01'\n  days: 7\n  strict: false\n  api_token: xyz\n  many: [1, 2]\n",
  '/w/profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: dev.duckdb}\n    prod: {type: duckdb, path: prod.duckdb}\nother:\n  outputs:\n    ci: {type: duckdb, path: ci.duckdb}\n',
  '/w/models/orders.sql': 'select 1 as id',
  '/w/macros/grants.sql':
    "{% macro grant(role, schemas=['a'], on='x', dry=true, count=3, note=none) %}{% endmacro %}",
};

async function open(version = '1.12.0'): Promise<Platform> {
  const { platform } = await openFixture([dbt], texts, ['/w'], { version, source: 'the test' });
  return platform;
}

function stepOf(platform: Platform, name: string): Step {
  const listed = platform.steps().find(({ id }) => id === platform.stepList.listedName(name))!;
  return listed.id === name ? listed : platform.stepList.variant(listed, name)!;
}

function around(platform: Platform) {
  return { projects: platform.projects(), facts: platform.facts };
}

function parametersOf(platform: Platform, name: string): readonly Parameter[] {
  return platform.stepList.options(stepOf(platform, name), around(platform));
}

async function told(name: string, given: Readonly<Record<string, string>>): Promise<Command | string> {
  const platform = await open();
  const values = new Map(Object.entries(given));
  const made = platform.stepList.withOptions(stepOf(platform, name), values, around(platform));
  return 'refused' in made ? made.refused : (made.work as Command);
}

/** What dbt is told behind its own log options. */
async function words(name: string, given: Readonly<Record<string, string>>): Promise<string> {
  const made = await told(name, given);
  return typeof made === 'string' ? made : made.args.slice(5).join(' ');
}

test('a build can be told what dbt takes, with the project’s targets and variables', async () => {
  const platform = await open();
  const shown = parametersOf(platform, 'dbt:build').map(
    ({ name, type, default: otherwise, options }) =>
      `${name}: ${type}${options ? ` ${options.join('|')}` : ''}${otherwise === undefined ? '' : ` = ${otherwise}`}`,
  );
  expect(shown).toEqual([
    'target: choice dev|prod = dev',
    'select: selection',
    'exclude: selection',
    'full-refresh: boolean = false',
    'empty: boolean = false',
    'sample: string',
    'fail-fast: boolean',
    'store-failures: boolean = false',
    'indirect-selection: choice eager|cautious|buildable|empty',
    'state: string',
    'defer: boolean',
    'threads: number',
    'vars.start: string = 2026-01-01',
    'vars.days: number = 7',
    'vars.strict: boolean = false',
    'vars.api_token: string',
    'vars: string',
  ]);
});

test('each command has the options that dbt gives it, by its version', async () => {
  const names = async (step: string, version?: string): Promise<readonly string[]> =>
    parametersOf(await open(version), step)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('vars'));
  expect(await names('dbt:retry')).toEqual(['target', 'full-refresh', 'threads']);
  expect(await names('dbt:debug')).toEqual(['target']);
  expect(await names('dbt:docs-serve')).toEqual(['port']);
  expect(await names('dbt:test')).toContain('store-failures');
  expect(await names('dbt:run', '1.7.3')).not.toContain('empty');
  expect(await names('dbt:run', '1.9.0')).not.toContain('sample');
});

/** Each option was handed to the command line of `dbt-core-experimental-parser` 2.0.0a4, which refuses no other. */
test('dbt v2 is not told what its command line refuses', async () => {
  const platform = await open('2.0.0-alpha.4');
  const names = parametersOf(platform, 'dbt:retry').map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith('vars'))).toEqual(['target', 'threads']);
  const serve = stepOf(platform, 'dbt:docs-serve').work as Command;
  expect(serve.args.slice(-3)).toEqual(['docs', 'serve', '--no-open']);
  expect((stepOf(await open(), 'dbt:docs-serve').work as Command).args.at(-1)).toBe('--no-browser');
});

test('a step that selects by itself says what, and another selection takes its place', async () => {
  const platform = await open();
  const select = parametersOf(platform, 'dbt:model/orders').find(({ name }) => name === 'select');
  expect(select).toMatchObject({ type: 'selection', default: 'orders' });
  expect(await words('dbt:model/orders', { select: '+orders', exclude: 'tag:slow' })).toBe(
    'run --select +orders --exclude tag:slow',
  );
  expect(await words('dbt:build', { select: 'selector:nightly' })).toBe('build --selector nightly');
  expect(await words('dbt:show/orders', { limit: '5' })).toMatch(/^show --select orders .*--limit 5$/);
});

test('what is given becomes words of dbt, and of flags what switches them off where dbt has it', async () => {
  expect(
    await words('dbt:build', {
      target: 'prod',
      'full-refresh': 'true',
      empty: 'false',
      'fail-fast': 'false',
      threads: '8',
    }),
  ).toBe('build --target prod --full-refresh --no-fail-fast --threads 8');
});

test('another target writes another file', async () => {
  const writes = async (given: Readonly<Record<string, string>>): Promise<unknown> =>
    ((await told('dbt:build', given)) as Command).writes;
  expect(await writes({ threads: '2' })).toEqual(['/w/target', '/w/dev.duckdb']);
  expect(await writes({ target: 'prod' })).toEqual(['/w/target', '/w/prod.duckdb']);
});

test.each([
  [{ 'vars.days': '30' }, '{"days":30}'],
  [{ 'vars.start': '2026-02-01' }, '{"start":"2026-02-01"}'],
  [{ 'vars.strict': 'true', vars: '{days: 1, own: [a, b]}' }, '{"days":1,"own":["a","b"],"strict":true}'],
  [{ 'vars.api_token': '007' }, '{"api_token":"007"}'],
])('variables %j are typed as their defaults are', async (given, json) => {
  expect(await words('dbt:run', given as Readonly<Record<string, string>>)).toBe(`run --vars ${json}`);
});

test('a macro takes what its signature says, and more where somebody knows better', async () => {
  const platform = await open();
  const shown = parametersOf(platform, 'dbt:run-operation/grant')
    .filter(({ name }) => name.startsWith('args'))
    .map(({ name, type, default: otherwise = '' }) => `${name} ${type} ${otherwise}`.trim());
  expect(shown).toEqual([
    'args.role string',
    "args.schemas string ['a']",
    'args.on string x',
    'args.dry boolean true',
    'args.count number 3',
    'args.note string',
    'args string',
  ]);
  expect(
    await words('dbt:run-operation/grant', {
      'args.role': 'reporter',
      'args.on': '5',
      'args.schemas': '[a, b]',
      args: '{count: 1}',
    }),
  ).toBe('run-operation grant --args {"count":1,"role":"reporter","schemas":["a","b"],"on":"5"}');
});

test.each([
  [
    { select: '--full-refresh' },
    '`--full-refresh` is an option of dbt, which a selection cannot be; take it out',
  ],
  [{ threads: '1.5' }, 'parameter `threads` must be a whole number, which `1.5` is not'],
  [{ vars: '[1]' }, 'parameter `vars` must be a mapping in YAML: `{name: value}`'],
  [{ vars: '{a: ' }, 'parameter `vars` must be a mapping in YAML: `{name: value}`'],
])('%j is refused', async (given, why) => {
  expect(await told('dbt:build', given as Readonly<Record<string, string>>)).toBe(why);
});
