import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { imageVersion } from '../core/where.ts';
import { systems } from '../systems/index.ts';
import { containerLinks, containerPaths } from './container-paths.ts';
import { hover } from './hover.ts';

const texts = {
  '/w/compose.yaml': `services:
  meltano:
    image: meltano/meltano:v4.4-python3.12
    env_file: meltano/.env
    volumes: ['./meltano:/project', 'warehouse:/data', './dbt:/project/transform']
  dbt:
    image: ghcr.io/dbt-labs/dbt-duckdb:1.9.3@sha256:0
    volumes: ['./dbt:/usr/app/dbt', 'warehouse:/data']
volumes:
  warehouse:
`,
  '/w/meltano/meltano.yml': `plugins:
  extractors:
    - name: tap-csv
      namespace: tap_csv
      config:
        files: [{ path: /project/extract/orders.csv }]
        other: extract/customers.csv
        address: https://example.com/a.csv
        pattern: /project/*.csv
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      config: { filepath: /data/shop.duckdb, logs: /var/log/x }
`,
  '/w/meltano/.env': 'KEY_FILE=/project/keys/a.json\nSECRET_TOKEN=/data/abcdef\nNAME=shop\n',
  '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
  '/w/dbt/profiles.yml': 'shop:\n  outputs:\n    dev: { type: duckdb, path: /data/shop.duckdb }\n',
  '/w/alone/meltano.yml': 'plugins:\n  loaders:\n    - name: x\n      config: { filepath: /data/x }\n',
};

test('a path of the container says where it lies', async () => {
  const { platform } = await openFixture(systems, texts);
  const at = (path: string, text: string): string | undefined =>
    hover(platform, path, platform.source(path)!.text.indexOf(text) + 3)?.markdown;
  const meltano = '/w/meltano/meltano.yml';
  expect(at(meltano, '/project/extract')).toContain(
    'In the service `meltano` this is `meltano/extract/orders.csv`',
  );
  expect(at(meltano, 'extract/customers')).toContain('this is `meltano/extract/customers.csv`');
  expect(at(meltano, '/data/shop')).toContain('this is `shop.duckdb` in the volume `warehouse`');
  expect(at(meltano, '/var/log')).toContain('this is `/var/log/x`, which only the container has');
  for (const text of ['https:', '/project/*']) expect(at(meltano, text) ?? '').not.toContain('service');
  expect(at('/w/dbt/profiles.yml', '/data/shop')).toContain(
    'In the service `dbt` this is `shop.duckdb` in the volume `warehouse`',
  );
  expect(at('/w/meltano/.env', '/project/keys')).toBe(
    'In the service `meltano` this is `meltano/keys/a.json`',
  );
  expect(at('/w/meltano/.env', '/data/abcdef')).toBeUndefined();
  expect(containerPaths(platform, '/w/alone/meltano.yml')).toEqual([]);
});

test('links lead to files of the workspace alone', async () => {
  const { platform } = await openFixture(systems, texts);
  expect(containerLinks(platform, '/w/meltano/meltano.yml').map(({ target }) => target)).toEqual([
    '/w/meltano/extract/orders.csv',
    '/w/meltano/extract/customers.csv',
  ]);
  expect(containerLinks(platform, '/w/dbt/profiles.yml')).toEqual([]);
});

test('the tag of an image tells a version', async () => {
  const { platform } = await openFixture(systems, texts);
  const version = (root: string, system: string): unknown => imageVersion({ root, system }, platform.facts);
  expect(version('/w/meltano', 'meltano')).toEqual({
    version: '4.4',
    source: 'image of the service meltano',
  });
  expect(version('/w/dbt', 'dbt')).toEqual({ version: '1.9.3', source: 'image of the service dbt' });
  expect(version('/w/alone', 'meltano')).toBeUndefined();
});
