import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { systems } from '../systems/index.ts';
import { define } from './define.ts';
import { hover } from './hover.ts';

const texts = {
  '/w/compose.yaml': `services:
  meltano:
    image: meltano/meltano:v4.4
    volumes: ['./meltano:/project', './dbt:/dbt']
  db:
    image: postgres:17
    ports: ['5433:5432', '9187:9187']
    networks: { default: { aliases: [Warehouse] } }
`,
  '/w/meltano/meltano.yml': `plugins:
  extractors:
    - { name: tap-a, namespace: a, config: { host: db, port: 5432 } }
    - { name: tap-b, namespace: b, config: { host: warehouse } }
    - { name: tap-c, namespace: c, config: { host: db.example.org } }
`,
  '/w/alone/meltano.yml': 'plugins: { extractors: [{ name: tap-x, namespace: x, config: { host: db } }] }\n',
  '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/dbt/profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev: { type: postgres, host: db, port: 5432, user: a, password: b, dbname: c, schema: d }\n',
};

async function at(path: string, text: string) {
  const { platform } = await openFixture(systems, texts);
  const offset = platform.source(path)!.text.indexOf(text) + text.length - 1;
  const target = define(platform, path, offset)?.targets.find((each) => each.path === '/w/compose.yaml');
  return {
    says: hover(platform, path, offset)?.markdown ?? '',
    leadsTo: target && platform.source(target.path)!.slice(target.span),
  };
}

test.each([
  ['/w/meltano/meltano.yml', 'host: db'],
  ['/w/meltano/meltano.yml', 'host: warehouse'],
  ['/w/dbt/profiles.yml', 'host: db'],
])('a host is the service that it names where the tool runs: %s, %s', async (path, text) => {
  const { says, leadsTo } = await at(path, text);
  expect(says).toContain(
    'In the service `meltano` this is the service `db`, which listens on port 5432, 9187',
  );
  expect(leadsTo).toBe('db');
});

test.each([
  ['/w/meltano/meltano.yml', 'host: db.example.org'],
  ['/w/alone/meltano.yml', 'host: db'],
])('another host, and a tool that runs in no service: %s, %s', async (path, text) => {
  const { says, leadsTo } = await at(path, text);
  expect(says).not.toContain('In the service');
  expect(leadsTo).toBeUndefined();
});
