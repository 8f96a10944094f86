import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { complete } from '../../language/complete.ts';
import { define, findReferences } from '../../language/define.ts';
import { hover } from '../../language/hover.ts';
import { outline } from '../../language/symbols.ts';
import type { Platform } from '../../core/platform.ts';
import type { OutlineSymbol } from '../../core/system.ts';
import { env } from '../env/index.ts';
import { penstock } from '../penstock/index.ts';
import { meltano } from './index.ts';

/** Opens files of which one holds the cursor, `<|>`. */
async function open(
  texts: Readonly<Record<string, string>>,
): Promise<{ platform: Platform; path: string; offset: number }> {
  const [path, text] = Object.entries(texts).find(([, each]) => each.includes('<|>'))!;
  const { platform } = await openFixture([meltano], { ...texts, [path]: text.replace('<|>', '') });
  return { platform, path, offset: text.indexOf('<|>') };
}

async function labelsAt(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { platform, path, offset } = await open(texts);
  return complete(platform, path, offset).items.map((each) => each.label);
}

const plugins = `
plugins:
  extractors: [{ name: tap-x, namespace: x, description: Reads x. }]
  loaders: [{ name: target-y, namespace: y }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
`;

test.each([
  ['a definition of Meltano Hub', 'name: tap-x\nnamespace: tap_x\npip_url: tap-x\nsettings: []\n', false],
  ['a project', 'default_environment: dev\n', true],
  ['an empty file', '', true],
  ['a broken file', 'plugins: [\n', true],
  ['a project that has a name', 'name: x\nnamespace: y\nplugins: {}\n', true],
])('%s is a project: %s', async (_title, text, isProject) => {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  expect(platform.has('/w/meltano.yml')).toBe(isProject);
  expect(platform.steps().length > 0).toBe(isProject);
});

test('a project has its marker, what it includes and its lock files, and nothing of what it installed', async () => {
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': 'include_paths: ["**/*.meltano.yml"]\n',
    '/w/inc/a.meltano.yml': 'jobs: []\n',
    '/w/inc/b.yml': 'jobs: []\n',
    '/w/plugins/loaders/target-y--default.lock': '{}',
    '/w/plugins/loaders/readme.lock': '{}',
    '/w/plugins/other/a--b.lock': '{}',
    '/w/.meltano/x.meltano.yml': 'jobs: []\n',
  });
  expect([...platform.paths()].sort()).toEqual([
    '/w/inc/a.meltano.yml',
    '/w/meltano.yml',
    '/w/plugins/loaders/target-y--default.lock',
  ]);
});

test('a task completes with the names of blocks, also where nothing is typed yet', async () => {
  const blocks = ['tap-x', 'target-y', 'dbt', 'dbt:run'];
  expect(await labelsAt({ '/w/meltano.yml': `${plugins}jobs:\n- name: a\n  tasks:\n  - ta<|>\n` })).toEqual([
    'tap-x',
    'target-y',
  ]);
  expect(
    await labelsAt({ '/w/meltano.yml': `${plugins}jobs:\n- name: a\n  tasks:\n  - tap-x <|>\n` }),
  ).toEqual(blocks);
  expect(await labelsAt({ '/w/meltano.yml': `${plugins}jobs:\n- name: a\n  tasks:\n  - <|>\n` })).toEqual(
    blocks,
  );
  expect(await labelsAt({ '/w/meltano.yml': `${plugins}jobs:\n- name: a\n  tasks:\n  - dbt:<|>\n` })).toEqual(
    ['run'],
  );
});

test('a schedule completes with jobs, extractors, intervals and keys', async () => {
  const head = `${plugins}jobs: [{ name: load, tasks: [] }]\nschedules:\n- name: a\n  `;
  expect(await labelsAt({ '/w/meltano.yml': `${head}job: <|>\n` })).toEqual(['load']);
  expect(await labelsAt({ '/w/meltano.yml': `${head}extractor: t<|>\n` })).toEqual(['tap-x']);
  expect(await labelsAt({ '/w/meltano.yml': `${head}interval: <|>\n` })).toContain('@daily');
  expect(await labelsAt({ '/w/meltano.yml': `${head}transform: <|>\n` })).toEqual(['run', 'skip', 'only']);
  const keys = await labelsAt({ '/w/meltano.yml': `${head}<|>\n` });
  expect(keys).toEqual(expect.arrayContaining(['interval', 'job', 'extractor', 'env']));
  expect(keys).not.toContain('name');
});

test('from a block to its plugin, across files', async () => {
  const texts = {
    '/w/meltano.yml': `include_paths: [jobs.yml]\n${plugins}`,
    '/w/jobs.yml': 'jobs: [{ name: a, tasks: [tap-x target<|>-y] }]\n',
  };
  const { platform, path, offset } = await open(texts);
  const found = define(platform, path, offset);
  expect(platform.source(path)!.slice(found!.origin)).toBe('target-y');
  expect(found!.targets.map((target) => platform.source(target.path)!.slice(target.span))).toEqual([
    'target-y',
  ]);
});

test('a hover tells what a plugin is, and what a key means', async () => {
  const used = await open({
    '/w/meltano.yml': `${plugins}jobs: [{ name: a, tasks: [tap<|>-x target-y] }]\n`,
  });
  expect(hover(used.platform, used.path, used.offset)?.markdown).toContain('Reads x.');
  const key = await open({ '/w/meltano.yml': 'project_read<|>only: true\n' });
  expect(hover(key.platform, key.path, key.offset)?.markdown).toContain('read-only');
});

test('the outline shows plugins by kind, jobs with tasks, and no value that may be secret', async () => {
  const text = `${plugins}database_uri: postgres://u:hidden@h/d\njobs:\n- name: load\n  tasks:\n  - tap-x target-y\nenvironments:\n- name: dev\n`;
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  const draw = (symbols: readonly OutlineSymbol[], depth = 0): readonly string[] =>
    symbols.flatMap((each) => [`${' '.repeat(depth)}${each.name}`, ...draw(each.children, depth + 1)]);
  const symbols = outline(platform, '/w/meltano.yml');
  expect(draw(symbols)).toEqual([
    'extractors',
    ' tap-x',
    'loaders',
    ' target-y',
    'utilities',
    ' dbt',
    '  run',
    'database_uri',
    'jobs',
    ' load',
    '  tap-x target-y',
    'environments',
    ' dev',
  ]);
  expect(JSON.stringify(symbols)).not.toContain('hidden');
});

test('secrets are the values of sensitive settings and of keys that are called so; variables are none', async () => {
  const text = `
database_uri: postgres://meltano:db-pass@host/db
env: { WAREHOUSE_TOKEN: env-token, REGION: eu-west }
environments:
- name: prod
  config:
    plugins:
      extractors: [{ name: tap-x, config: { api_key: prod-key } }]
plugins:
  extractors:
  - name: tap-x
    namespace: x
    pip_url: git+https://pip-token@host/tap.git
    settings:
    - { name: account, sensitive: true }
    - { name: code, kind: password, value: default-code }
    config:
      account: account-value
      password: $PASSWORD
      client_secret: client-value
      auth: { nested: { token: nested-token } }
      primary_key: order_id
      start_date: '2026-01-01'
`;
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  expect([...platform.secrets()].sort()).toEqual([
    'account-value',
    'client-value',
    'db-pass',
    'default-code',
    'env-token',
    'nested-token',
    'pip-token',
    'prod-key',
  ]);
});

test('a hover does not show the token of an address', async () => {
  const text =
    'plugins:\n  extractors:\n  - { name: ta<|>p-x, namespace: x, pip_url: "git+https://u:pip-token@host/tap.git" }\n';
  const { platform, path, offset } = await open({ '/w/meltano.yml': text });
  expect(hover(platform, path, offset)?.markdown).toContain('git+https://host/tap.git');
  expect(JSON.stringify(platform.facts.of(path))).not.toContain('pip-token');
});

const odd = [
  'plugins: [1, 2]',
  'jobs: 5',
  'plugins: { extractors: [a, [b], { name: [x] }] }',
  'jobs: [{ tasks: { a: [b] } }]',
  '&a [*a]',
  'schedules: [{ interval: [1] }]',
  '\t',
  '? [a]\n: b',
  '\u{feff}jobs: []\r\n',
  'a: "',
];

test.each(odd)('no text makes it throw: %j', async (text) => {
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': text,
    '/w/plugins/loaders/a--b.lock': text,
  });
  for (let offset = 0; offset <= text.length; offset++) {
    complete(platform, '/w/meltano.yml', offset);
    hover(platform, '/w/meltano.yml', offset);
  }
  outline(platform, '/w/meltano.yml');
  platform.steps();
  platform.secrets();
  expect(platform.has('/w/meltano.yml')).toBe(true);
});

test('a variable must be set in arguments of commands, and everywhere in the strict mode', async () => {
  const text = `env: { A: $IN_ENV }
plugins:
  extractors:
  - { name: tap-x, namespace: x, executable: $IN_PATH, config: { a: $IN_CONFIG, b: $TAP_X_A, c: $MELTANO_ANY } }
  utilities:
  - { name: dbt, namespace: dbt, commands: { run: run $IN_TEXT, test: { args: test $IN_ARGS, executable: $IN_PROGRAM } } }
`;
  const roles = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { platform } = await openFixture([meltano], files);
    const facts = Object.keys(files).flatMap((path) => platform.facts.of(path));
    return facts
      .flatMap((fact) => (fact.fact === 'use' && fact.role === 'must-be-set' ? fact.name : []))
      .sort();
  };
  const always = ['IN_ARGS', 'IN_TEXT'];
  const strict = ['IN_ARGS', 'IN_CONFIG', 'IN_ENV', 'IN_TEXT', 'TAP_X_A'];
  expect(await roles({ '/w/meltano.yml': text })).toEqual(always);
  expect(await roles({ '/w/meltano.yml': `ff: { strict_env_var_mode: no }\n${text}` })).toEqual(always);
  expect(await roles({ '/w/meltano.yml': `ff: { strict_env_var_mode: true }\n${text}` })).toEqual(strict);
  // `.env` decides before `meltano.yml`.
  const flag = 'MELTANO_FF_STRICT_ENV_VAR_MODE';
  expect(await roles({ '/w/meltano.yml': text, '/w/.env': `X=1\n${flag}=1\n` })).toEqual(strict);
  for (const off of ['false', ''])
    expect(
      await roles({
        '/w/meltano.yml': `ff: { strict_env_var_mode: true }\n${text}`,
        '/w/.env': `${flag}=${off}\n`,
      }),
    ).toEqual(always);
  const head = "include_paths: [a.yml]\nff.strict_env_var_mode: 'true'\n";
  expect(await roles({ '/w/meltano.yml': head, '/w/a.yml': text })).toEqual(strict);
});

test('what Meltano sets for the settings of a plugin is there for those that come later, and not for its own', () =>
  checkFindings(
    [meltano, env],
    `
#- /w/meltano.yml
environments:
- name: dev
  config: { plugins: { extractors: [{ name: tap-x, config: { host: $TAP_X_TOKEN } }] } }
#                                                                   ^^^^^^^^^^^ information env/undefined-variable: nothing here sets \`TAP_X_TOKEN\`, so it is taken as empty; set it in \`.env\`
plugins:
  extractors:
  - name: tap-x
    namespace: x_ns
    settings: [{ name: host, value: $X_NS_HOST }, { name: token }, { name: path }]
    #                                ^^^^^^^^^ information env/undefined-variable: nothing here sets \`X_NS_HOST\`, so it is taken as empty; set it in \`.env\`
    config: { token: $TARGET_Y_HOST, path: $TAP_X_SET, host: $MELTANO_EXTRACTOR_NAME }
    #                 ^^^^^^^^^^^^^ information env/undefined-variable: nothing here sets \`TARGET_Y_HOST\`, so it is taken as empty; set it in \`.env\`
    commands: { show: '$TAP_X_HOST' }
  loaders:
  - name: target-y
    namespace: target_y
    settings: [{ name: host }, { name: token }]
    config: { host: $TAP_X_HOST/$MELTANO_EXTRACT_HOST, token: $TARGET_Y_HOST }
    #                                                          ^^^^^^^^^^^^^ information env/undefined-variable: nothing here sets \`TARGET_Y_HOST\`, so it is taken as empty; set it in \`.env\`
#- /w/.env
TAP_X_SET=1
`,
  ));

test('a variable of a setting is followed to where it is set, and renamed with it', async () => {
  const text =
    'plugins:\n  extractors:\n  - { name: tap-x, namespace: x, config: { token: $TAP_X_TOKEN } }\n';
  const texts = { '/w/meltano.yml': text.replace('TOKEN', 'TO<|>KEN'), '/w/.env': 'TAP_X_TOKEN=a\n' };
  expect(await renamed([meltano, env], texts, 'SHOP')).toEqual({
    '/w/meltano.yml': text.replace('TAP_X_TOKEN', 'SHOP'),
    '/w/.env': 'SHOP=a\n',
  });
});

test('no other file is told of where a place names nothing', async () => {
  const text = 'plugins:\n  extractors:\n  - { name: tap-x, namespace: x, config: { token: plain } }\n';
  const head = 'include_paths: [b.yml]\n';
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': head + text,
    '/w/b.yml': text.replace('tap-x', 'tap-y'),
  });
  const at = (head + text).indexOf('plain') + 1;
  const found = findReferences(platform, '/w/meltano.yml', at, { withDefinition: true });
  expect(found.map(({ path }) => path)).not.toContain('/w/b.yml');
});

test('the hover of an interval says when it runs, in words', async () => {
  const { platform, path, offset } = await open({
    '/w/meltano.yml':
      'jobs: [{ name: a, tasks: [] }]\nschedules: [{ name: b, job: a, interval: "0 <|>3 * * 1-5" }]\n',
  });
  expect(hover(platform, path, offset)?.markdown).toBe(
    'Runs at 03:00 on Monday to Friday, in UTC unless your orchestrator is told another time zone.',
  );
});

test('a job is used where its step is named, too', async () => {
  const texts = {
    '/w/meltano.yml':
      'jobs: [{ name: load, tasks: [] }]\nschedules: [{ name: a, interval: "@daily", job: load }]\n',
    '/w/penstock.yaml': 'pipelines: { daily: ["meltano:job/load"] }\n',
  };
  const { platform } = await openFixture([meltano, penstock], texts);
  const at = texts['/w/meltano.yml'].indexOf('load');
  const found = findReferences(platform, '/w/meltano.yml', at, { withDefinition: false });
  expect(found.map(({ path, span }) => platform.source(path)!.slice(span))).toEqual([
    'load',
    'meltano:job/load',
  ]);
  expect(hover(platform, '/w/meltano.yml', at)?.markdown).toMatch(/ · used by 1 file$/u);
});
