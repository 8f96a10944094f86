import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import { startTestClient } from '../../../../../test/support/test-client.ts';
import { pathsOf } from '../../../cli/check-place.ts';
import { systemsRequest, type SystemAnswer } from '../../../protocol/requests.ts';
import { systems } from '../../index.ts';
import { env } from '../index.ts';

/** Two variables that are told of where nobody reads them. */
const envFile = { '/w/.env': 'SHOP_KEY=1\nSHOP_PLACE=2\n' };

async function unused(
  more: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>> = envFile,
): Promise<string> {
  const { platform } = await openFixture(systems, { ...texts, ...more });
  return platform
    .findings('/w/.env')
    .flatMap(({ code, span }) => (code === 'env/unused-variable' ? [span] : []))
    .map(({ start, end }) => platform.source('/w/.env')!.text.slice(start, end))
    .join(' ');
}

test('a variable that nothing reads is told of, as what could be removed', async () => {
  const { platform } = await openFixture(systems, envFile);
  expect(platform.findings('/w/.env')).toMatchObject([
    {
      code: 'env/unused-variable',
      severity: 'hint',
      tag: 'unnecessary',
      span: { start: 0, end: 8 },
      message: 'nothing in this workspace reads `SHOP_KEY`; remove it, or correct its name',
    },
    { span: { start: 11, end: 21 } },
  ]);
});

test.each([
  ['a value beside it', { '/w/.env.local': 'SHOP_URL=x/${SHOP_KEY}\n' }],
  [
    'a value that must be set',
    { '/w/compose.yaml': 'services:\n  a: {image: "a:${SHOP_KEY:?set it in .env}"}\n' },
  ],
  ['a value of compose', { '/w/compose.yaml': 'services:\n  a: {image: "a:${SHOP_KEY}"}\n' }],
  [
    'a variable that compose hands on',
    { '/w/compose.yaml': 'services:\n  a: {image: a, environment: [SHOP_KEY]}\n' },
  ],
  [
    'a query',
    { '/w/dbt/dbt_project.yml': 'name: a\n', '/w/dbt/models/a.sql': "select '{{ env_var('SHOP_KEY') }}'\n" },
  ],
  ['a profile', { '/w/dbt/dbt_project.yml': 'name: a\nprofile: "{{ env_var(\'SHOP_KEY\') }}"\n' }],
  ['a value of Meltano', { '/w/meltano.yml': 'state_backend: {uri: "$SHOP_KEY"}\n' }],
  [
    'a pipeline',
    { '/w/penstock.yaml': 'pipelines:\n  a:\n    - {id: b, run: "x", env: {A: "${SHOP_KEY}"}}\n' },
  ],
  ['a program', { '/w/a.py': 'import os\nprint(os.environ[\'SHOP_KEY\'], os.getenv("A"))\n' }],
  ['a script', { '/w/bin/a.sh': 'curl "$SHOP_KEY"\n' }],
  ['a recipe', { '/w/Makefile': 'a:\n\techo $(SHOP_KEY)\n' }],
  ['an image', { '/w/Dockerfile.dev': 'FROM a\nARG SHOP_KEY\n' }],
  ['a workflow', { '/w/.github/workflows/a.yml': 'jobs: {a: {env: {A: "${{ secrets.SHOP_KEY }}"}}}\n' }],
  ['a template', { '/w/.env.example': 'SHOP_KEY=\n' }],
  ['a start of something', { '/w/package.json': '{"scripts": {"a": "x $SHOP_KEY"}}' }],
])('%s reads what it names, and no other', async (_who, texts) => {
  expect(await unused(texts)).toBe('SHOP_PLACE');
});

test.each([
  ['a service that takes the file', { '/w/compose.yaml': 'services:\n  a: {image: a, env_file: .env}\n' }],
  [
    'a service that sees it',
    { '/w/compose.yaml': 'services:\n  a: {image: a, volumes: ["./.env:/a/.env"]}\n' },
  ],
  ['a command that hands it over', { '/w/a.sh': 'docker run --env-file .env a\n' }],
  ['a recipe that hands on the file', { '/w/Makefile': 'include .env\nexport\n' }],
  ['a shell that sets all of it', { '/w/.envrc': 'dotenv\n' }],
  ['a prefix', { '/w/a.py': "import os\nos.environ.get('SHOP_' + name)\n" }],
  ['an end', { '/w/a.py': "import os\nos.environ.get('%s_KEY' % name)\n" }],
  ['an environment that is handed on whole', { '/w/a.py': 'import os\nrun(env={**os.environ})\n' }],
  ['a name that is put together', { '/w/a.py': "import os\nos.environ[f'SHOP_{x}']\n" }],
  ['a name that is known only when it runs', { '/w/a.py': 'import os\nos.environ.get(name)\n' }],
  ['settings that find their variables', { '/w/a.py': 'class S(BaseSettings):\n    shop_key: str\n' }],
  [
    'a macro that asks for any',
    { '/w/dbt/dbt_project.yml': 'name: a\n', '/w/dbt/macros/a.sql': '{{ env_var(x) }}' },
  ],
  ['JSON of whoever', { '/w/connectors/shop.json': '{"key": "${SHOP_KEY}"}' }],
  ['a program in another language', { '/w/src/main.go': 'package main\n' }],
  ['a program without an ending', { '/w/bin/deploy': '#!/usr/bin/env perl\n' }],
])('nothing is told of beside %s', async (_who, texts) => {
  expect(await unused(texts)).toBe('');
});

test('what tools read unasked, or is not written as variables are, is left alone', async () => {
  const names = [
    'DBT_A',
    'TAP_X_KEY',
    'AWS_REGION',
    'PGPASSWORD',
    'PYTHONPATH',
    'TOKEN',
    'shop_key',
    'MY_TOOL_KEY',
  ];
  const texts = { '/w/.env': `${names.join('=1\n')}=1\n` };
  expect(await unused({}, texts)).toBe('MY_TOOL_KEY');
  const plugin = 'plugins:\n  utilities:\n    - {name: my-tool, namespace: other}\n';
  expect(await unused({ '/w/meltano.yml': plugin }, texts)).toBe('');
});

test('documents and data read nothing', async () => {
  expect(
    await unused({
      '/w/README.md': 'SHOP_KEY',
      '/w/a.csv': 'SHOP_KEY',
      '/w/data/a.json': '{}',
      '/w/LICENSE': 'x',
    }),
  ).toBe('SHOP_KEY SHOP_PLACE');
});

test('it follows who comes, goes and is edited', async () => {
  const { platform, files } = await openFixture(systems, envFile);
  const count = (): number => platform.findings('/w/.env').length;
  const write = (path: string, text: string | undefined): boolean => {
    if (text === undefined) files.texts.delete(path);
    else files.texts.set(path, text);
    return platform.update([path]).has('/w/.env');
  };
  expect(count()).toBe(2);
  expect([write('/w/a.sh', 'echo $SHOP_KEY'), count()]).toEqual([true, 1]);
  expect([write('/w/a.sh', 'echo'), count()]).toEqual([true, 2]);
  expect([write('/w/a.go', ''), count()]).toEqual([true, 0]);
  expect([write('/w/a.go', undefined), count()]).toEqual([true, 2]);
  // The other one need not be documented either.
  expect([write('/w/.env.example', 'SHOP_PLACE='), count()]).toEqual([true, 1]);
});

test('what is only looked into for names is no file of the environment to anybody', async () => {
  const files = { '.env': 'SHOP_KEY=1\n', 'a.sh': 'echo $SHOP_KEY\n', 'main.go': 'package main\n' };
  const client = await startTestClient({ systems: [env], files });
  const [answer] = await client.connection.sendRequest<SystemAnswer[]>(systemsRequest);
  expect(answer?.projects.map((project) => project.files)).toEqual([1]);
  const { platform } = await openFixture([env], { '/w/a.sh': 'echo $SHOP_KEY\n' });
  expect(pathsOf({ platform, shadow: new Map(), wanted: ['/w'] })).toEqual([]);
});
