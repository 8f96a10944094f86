import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { evidence } from './index.ts';

test('a source’s file is seen from its folder; what stands in its options is secret', async () => {
  const { platform } = await openFixture([evidence], {
    '/w/bi/sources/shop/connection.yaml': 'name: shop\ntype: duckdb\noptions:\n  filename: ../shop.duckdb\n',
    '/w/bi/sources/cloud/connection.yaml': 'name: cloud\ntype: duckdb\noptions:\n  filename: md:shop\n',
    '/w/bi/sources/cloud/connection.options.yaml': 'token: aHVudGVyMjI=\n',
    '/w/bi/connection.yaml': 'type: duckdb\noptions: { filename: x.duckdb }\n',
    '/w/bi/sources/shop/deep/connection.yaml': 'type: duckdb\noptions: { filename: x.duckdb }\n',
  });
  expect([...platform.facts.all('duckdb.file')].map(({ name }) => name)).toEqual([
    '/w/bi/sources/shop.duckdb',
  ]);
  expect(platform.secrets()).toEqual(['aHVudGVyMjI=']);
  expect([...platform.paths()]).toHaveLength(3);
});

test.each(['', 'a: [', '- x', 'type: duckdb\noptions: nope\n', 'type: duckdb\noptions: { filename: 1 }\n'])(
  'says nothing of files in %j',
  async (text) => {
    const { platform } = await openFixture([evidence], { '/w/sources/a/connection.yaml': text });
    expect([...platform.facts.all('duckdb.file')]).toEqual([]);
  },
);

test('the scripts that npm has for Evidence are steps', async () => {
  const { platform } = await openFixture([evidence], {
    '/w/site/package.json': JSON.stringify({
      scripts: {
        sources: 'evidence sources',
        dev: 'evidence dev',
        build: 'vite build',
        lint: 'evidence lint',
      },
      dependencies: { '@evidence-dev/evidence': '40.1.8' },
    }),
    '/w/other/package.json': '{"scripts": {"dev": "evidence dev"}}',
  });
  const steps = platform.steps();
  expect(steps.map(({ id, project, detail }) => [id, project, detail])).toEqual([
    ['evidence:sources', '/w/site', 'npm run sources'],
    ['evidence:dev', '/w/site', 'npm run dev'],
  ]);
  expect(steps.map(({ work }) => work.kind === 'command' && work.serves)).toEqual([undefined, true]);
  expect(steps.map(({ work }) => work.kind === 'command' && work.writes)).toEqual([
    ['/w/site/.evidence/template'],
    [],
  ]);
  const around = { projects: platform.projects(), facts: platform.facts };
  const given = new Map([
    ['sources', 'shop'],
    ['strict', 'true'],
  ]);
  expect(platform.stepList.withOptions(steps[0]!, given, around)).toMatchObject({
    work: { args: ['run', 'sources', '--', '--sources', 'shop', '--strict'] },
  });
});

test('a preview downloads nothing', async () => {
  const { platform } = await openFixture([evidence], {
    '/w/site/package.json': JSON.stringify({
      scripts: { preview: 'evidence preview' },
      dependencies: { '@evidence-dev/evidence': '40.1.8' },
    }),
  });
  expect(platform.steps().map(({ work }) => work.kind === 'command' && work.env)).toEqual([
    { npm_config_yes: 'false' },
  ]);
});
