import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { define } from '../../language/define.ts';
import { dbt } from '../dbt/index.ts';
import { meltano } from '../meltano/index.ts';
import { compose } from './index.ts';

const systems = [meltano, dbt, compose];
const job = 'jobs: [{ name: lo<|>ad, tasks: [] }]\n';
const services = (name: string): string => `services:
  list: { image: 'meltano/meltano:v4.4.1-python3.12', command: [run, ${name}] }
  text:
    image: docker.io/meltano/meltano@sha256:${'a'.repeat(64)}
    command: --environment=prod run ${name}
  program: { image: own, command: [meltano, run, "${name}"] }
  entrypoint: { image: own, entrypoint: [/venv/bin/meltano, run], command: ${name} }
  template: { build: ., command: meltano run ${name} }
`;

test('a job is renamed where the command of a service runs it', async () => {
  const texts = { '/w/el/meltano.yml': job, '/w/compose.yaml': services('load') };
  expect(await renamed(systems, texts, 'fetch')).toEqual({
    '/w/el/meltano.yml': job.replace('lo<|>ad', 'fetch'),
    '/w/compose.yaml': services('fetch'),
  });
});

test('what is selected leads to the model', async () => {
  const text = 'services: { dbt: { image: own, command: [dbt, build, --select, orders+] } }\n';
  const { platform } = await openFixture(systems, {
    '/w/dbt/dbt_project.yml': 'name: shop\n',
    '/w/dbt/models/orders.sql': 'select 1',
    '/w/compose.yaml': text,
  });
  const found = define(platform, '/w/compose.yaml', text.indexOf('orders') + 1);
  expect(found?.targets.map(({ path }) => path)).toEqual(['/w/dbt/models/orders.sql']);
});

test.each([
  ['names that nobody has', services('nowhere')],
  ['another image', 'services: { a: { image: own/runner, command: [run, load] } }\n'],
  [
    'an entrypoint of the image’s own program',
    'services: { a: { image: meltano/meltano, entrypoint: sh, command: [run, load] } }\n',
  ],
  ['what a variable decides', 'services: { a: { image: meltano/meltano, command: run $JOB } }\n'],
])('nothing is said of %s', async (_what, text) => {
  const { platform } = await openFixture(systems, {
    '/w/el/meltano.yml': job.replace('<|>', ''),
    '/w/compose.yaml': text,
  });
  expect(platform.findings('/w/compose.yaml').filter(({ code }) => !code.startsWith('compose/'))).toEqual([]);
});
