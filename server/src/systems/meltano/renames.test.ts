import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { complete } from '../../language/complete.ts';
import { compose } from '../compose/index.ts';
import { env } from '../env/index.ts';
import { penstock } from '../penstock/index.ts';
import { meltano } from './index.ts';

const selecting = {
  '/w/el/meltano.yml': 'environments: [{ name: dev }, { name: pr<|>od }]\n',
  '/w/el/.env': 'MELTANO_ENVIRONMENT="prod" # mine\nOTHER=prod\n',
  '/w/el/.env.example': 'MELTANO_ENVIRONMENT=prod\n',
  '/w/el/.envrc': 'export MELTANO_ENVIRONMENT=prod\n',
  '/w/.env': 'A=1\nMELTANO_ENVIRONMENT=prod\n',
  '/w/compose.yaml': `services:
  one: { image: m, environment: { MELTANO_ENVIRONMENT: prod, OTHER: prod } }
  two: { image: m, environment: ["MELTANO_ENVIRONMENT=prod", 'MELTANO_ENVIRONMENT=\${E}'] }
  three: { image: m, environment: { MELTANO_ENVIRONMENT: "\${E:-prod}" } }
  four: { image: m, environment: ['MELTANO_ENVIRONMENT=\${E-prod}', 'A=\${MELTANO_ENVIRONMENT:-prod}'] }
`,
};
const renamedBeside = {
  '/w/el/meltano.yml': 'environments: [{ name: dev }, { name: live }]\n',
  '/w/el/.env': 'MELTANO_ENVIRONMENT="live" # mine\nOTHER=prod\n',
  '/w/el/.env.example': 'MELTANO_ENVIRONMENT=live\n',
  '/w/el/.envrc': 'export MELTANO_ENVIRONMENT=live\n',
};

test('an environment is renamed where a variable selects it: beside its project, and for everybody', async () => {
  expect(await renamed([meltano, env, compose], selecting, 'live')).toEqual({
    ...renamedBeside,
    '/w/.env': 'A=1\nMELTANO_ENVIRONMENT=live\n',
    '/w/compose.yaml': `services:
  one: { image: m, environment: { MELTANO_ENVIRONMENT: live, OTHER: prod } }
  two: { image: m, environment: ["MELTANO_ENVIRONMENT=live", 'MELTANO_ENVIRONMENT=\${E}'] }
  three: { image: m, environment: { MELTANO_ENVIRONMENT: "\${E:-live}" } }
  four: { image: m, environment: ['MELTANO_ENVIRONMENT=\${E-live}', 'A=\${MELTANO_ENVIRONMENT:-prod}'] }
`,
  });
});

test('where another project has an environment of that name, what selects it for everybody stays', async () => {
  const texts = {
    ...selecting,
    '/w/elt/meltano.yml': 'environments: [{ name: prod }]\n',
    '/w/elt/.env': 'MELTANO_ENVIRONMENT=prod\n',
  };
  expect(await renamed([meltano, env, compose], texts, 'live')).toEqual(renamedBeside);
});

test('an extractor is renamed in all of its steps, and in commands that tell of it', async () => {
  const project = 'plugins: { extractors: [{ name: tap-<|>a, namespace: a }] }\n';
  const pipeline = (name: string): string => `pipelines:
  daily:
  - meltano:plugin/${name}
  - meltano:catalog/${name}
  - meltano:config/${name}@el
  - { step: meltano:run/${name}, id: load }
  - { id: print, run: meltano config print ${name}, cwd: el }
  - { id: list, run: meltano select ${name} --list, cwd: el }
`;
  const texts = { '/w/el/meltano.yml': project, '/w/penstock.yaml': pipeline('tap-a') };
  expect(await renamed([meltano, penstock], texts, 'tap-shop')).toEqual({
    '/w/el/meltano.yml': project.replace('tap-<|>a', 'tap-shop'),
    '/w/penstock.yaml': pipeline('tap-shop'),
  });
});

test('an environment, an extractor and a loader are renamed where pipelines tell them to steps', async () => {
  const texts = {
    '/w/el/meltano.yml':
      'environments: [{ name: dev }, { name: pr<|>od }]\nplugins: { extractors: [{ name: tap-a, namespace: a }], loaders: [{ name: target-b, namespace: b }] }\njobs: [{ name: load, tasks: [tap-a target-b] }]\n',
    '/w/penstock.yaml': `pipelines:
  daily:
    env: { MELTANO_ENVIRONMENT: prod, OTHER: prod }
    steps:
      - { step: "meltano:job/load", with: { environment: prod, state-id-suffix: prod } }
      - { step: "meltano:job/load@el", id: b, with: { environment: 'prod' }, env: { MELTANO_ENVIRONMENT: "\${E:-prod}" } }
      - { step: "meltano:run", with: { extractor: tap-a, loader: target-b, environment: prods } }
      - { id: c, run: meltano --environment=prod run load, cwd: el, env: { MELTANO_ENVIRONMENT: prod } }
`,
  };
  const { '/w/penstock.yaml': text } = (await renamed([meltano, penstock], texts, 'live')) as Record<
    string,
    string
  >;
  const lines = text!.split('\n');
  expect(lines[2]).toBe('    env: { MELTANO_ENVIRONMENT: live, OTHER: prod }');
  expect(lines[4]).toContain('with: { environment: live, state-id-suffix: prod }');
  expect(lines[5]).toContain('with: { environment: \'live\' }, env: { MELTANO_ENVIRONMENT: "${E:-live}" }');
  expect(lines[6]).toContain('environment: prods');
  expect(lines[7]).toContain(
    'run: meltano --environment=live run load, cwd: el, env: { MELTANO_ENVIRONMENT: live }',
  );
  const other = {
    ...texts,
    '/w/el/meltano.yml': texts['/w/el/meltano.yml']
      .replace('<|>', '')
      .replace('name: target-b', 'name: target<|>-b'),
  };
  expect(await renamed([meltano, penstock], other, 'target-c')).toMatchObject({
    '/w/penstock.yaml': expect.stringContaining(
      'extractor: tap-a, loader: target-c, environment: prods',
    ) as string,
  });
  const { platform } = await openFixture([meltano, penstock], {
    '/w/meltano.yml': 'environments: [{ name: dev }, { name: prod }]\njobs: [{ name: load, tasks: [] }]\n',
    '/w/penstock.yaml': 'pipelines: { daily: [{ step: "meltano:job/load", with: { environment: pr } }] }\n',
  });
  const at = platform.source('/w/penstock.yaml')!.text.indexOf('pr }') + 2;
  expect(complete(platform, '/w/penstock.yaml', at).items.map(({ label }) => label)).toEqual(['prod', 'dev']);
});
