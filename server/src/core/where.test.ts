import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { systems } from '../systems/index.ts';
import type { FactReader } from './fact-index.ts';
import { allServices, type Mount, type Service } from './services.ts';
import {
  describeSpot,
  inContainer,
  onHost,
  placeOf,
  placeOfEnvFile,
  sameFile,
  spotIn,
  spotKey,
  type Place,
} from './where.ts';

const facts = async (texts: Readonly<Record<string, string>>): Promise<FactReader> =>
  (await openFixture(systems, texts)).platform.facts;

const compose = `services:
  meltano:
    image: meltano/meltano:v4.4
    working_dir: /project
    volumes:
      - ./meltano:/project
      - ./shared/plugins:/project/plugins
      - warehouse:/data
      - ./secrets:/data/secrets:ro
  dbt:
    build: { context: ./docker/dbt }
    volumes:
      - type: bind
        source: ./dbt
        target: /usr/app/dbt/
      - { type: volume, source: warehouse, target: /warehouse }
  viewer:
    image: some/viewer
    volumes:
      - ./meltano:/look:ro
volumes:
  warehouse:
`;

const meltano = { root: '/w/meltano', system: 'meltano' };
const dbt = { root: '/w/dbt', system: 'dbt' };

test('a path of the container is a path of the workspace, or of a volume', async () => {
  const place = placeOf(meltano, await facts({ '/w/compose.yaml': compose }));
  expect(onHost(place, '/project/extract/orders.csv')).toEqual({
    at: 'workspace',
    path: '/w/meltano/extract/orders.csv',
  });
  expect(onHost(place, 'extract/../orders.csv')).toEqual({ at: 'workspace', path: '/w/meltano/orders.csv' });
  expect(onHost(place, '/project/plugins/x.lock')).toEqual({
    at: 'workspace',
    path: '/w/shared/plugins/x.lock',
  });
  expect(onHost(place, '/data/secrets/key')).toEqual({ at: 'workspace', path: '/w/secrets/key' });
  expect(onHost(place, '/data/shop.duckdb')).toEqual({
    at: 'volume',
    volume: 'warehouse',
    scope: '/w',
    path: 'shop.duckdb',
  });
  expect(onHost(place, '/projects/x')).toMatchObject({
    at: 'container',
    service: 'meltano',
    path: '/projects/x',
  });
  expect(inContainer(place, '/w/meltano/meltano.yml')).toBe('/project/meltano.yml');
  expect(inContainer(place, '/w/shared/plugins')).toBe('/project/plugins');
  // Another mount lies over it.
  expect(inContainer(place, '/w/meltano/plugins/x')).toBeUndefined();
  expect(inContainer(place, '/w/dbt')).toBeUndefined();
});

test('one file under two names is one file', async () => {
  const known = await facts({ '/w/compose.yaml': compose });
  const [a, b] = [spotIn(meltano, '/data/shop.duckdb', known), spotIn(dbt, '/warehouse/shop.duckdb', known)];
  expect(spotKey(a!)).toBe(spotKey(b!));
  expect(describeSpot(a!, ['/w'])).toBe('`shop.duckdb` in the volume `warehouse`');
  expect(spotIn(meltano, '/w/meltano/x', known)).toEqual({ at: 'workspace', path: '/w/meltano/x' });
  // Relative to the project's folder, wherever the image starts its programs.
  expect(spotIn(dbt, 'target/x.duckdb', known)).toEqual({ at: 'workspace', path: '/w/dbt/target/x.duckdb' });
  expect(spotIn(dbt, '../x.duckdb', known)).toMatchObject({ at: 'container', path: '/usr/app/x.duckdb' });
});

test('files of two tools are compared as seen from where each runs', async () => {
  const known = await facts({
    '/w/compose.yaml': compose,
    '/w/meltano/meltano.yml': `plugins:
  loaders:
    - name: target-duckdb
      namespace: target_duckdb
      config: { filepath: /data/shop.duckdb }
`,
    '/w/dbt/dbt_project.yml': 'name: shop\nprofile: shop\n',
    '/w/dbt/profiles.yml': `shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: /warehouse/shop.duckdb }
    own: { type: duckdb, path: /data/shop.duckdb }
    set: { type: duckdb, path: "{{ env_var('DB', '/warehouse/shop.duckdb') }}" }
`,
    '/w/.env': 'DB=/elsewhere\n',
  });
  const files = [...known.all('duckdb.file')];
  const [loaded] = files.filter(({ data }) => data?.['system'] === 'meltano');
  const read = (target: string): boolean | undefined =>
    sameFile(
      known,
      loaded!,
      files.find(({ data }) => data?.['target'] === target)!,
    );
  expect([read('dev'), read('own'), read('set')]).toEqual([true, false, undefined]);
});

test('a project that no service mounts runs here', async () => {
  const known = await facts({ '/w/compose.yaml': 'services:\n  db: { image: postgres:17 }\n' });
  expect(placeOf(meltano, known)).toEqual({ kind: 'here' });
  expect(spotIn(meltano, 'x.csv', known)).toEqual({ at: 'workspace', path: '/w/meltano/x.csv' });
  expect(spotIn(meltano, '/data/x.csv', known)).toEqual({ at: 'workspace', path: '/data/x.csv' });
});

test.each([
  [
    'two services under other paths',
    `services:
  a: { image: x, volumes: ['./meltano:/a'] }
  b: { image: x, volumes: ['./meltano:/b'] }
`,
  ],
  ['an image of the folder', 'services:\n  loader: { build: ./meltano }\n'],
  ['an image of a folder around it', 'services:\n  meltano: { build: . }\n'],
])('%s: nobody can tell', async (_name, text) => {
  const known = await facts({ '/w/compose.yaml': text });
  const place = placeOf(meltano, known);
  expect(place.kind).toBe('unknown');
  expect([onHost(place, '/a/x'), inContainer(place, '/w/meltano/x'), spotIn(meltano, 'x', known)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('several services that agree are as good as one; where they do not, nothing is said', async () => {
  const place = placeOf(
    meltano,
    await facts({
      '/w/compose.yaml': `services:
  meltano-run: { image: x, working_dir: /project, volumes: ['./meltano:/project', './data:/data'] }
  meltano-ui: { image: x, volumes: ['./meltano:/project'] }
`,
    }),
  );
  expect(onHost(place, '/project/x')).toEqual({ at: 'workspace', path: '/w/meltano/x' });
  expect(onHost(place, '/data/x')).toBeUndefined();
  expect(onHost(place, 'x')).toBeUndefined();
});

test('variables: a default counts until somebody sets the variable', async () => {
  const text = `services:
  meltano: { image: x, volumes: ['./meltano:/project', '\${DATA:-./data}:/data', '\${OTHER}:/other'] }
`;
  const place = placeOf(meltano, await facts({ '/w/compose.yaml': text }));
  expect(onHost(place, '/data/x')).toEqual({ at: 'workspace', path: '/w/data/x' });
  expect(onHost(place, '/other/x')).toBeUndefined();
  const set = placeOf(meltano, await facts({ '/w/compose.yaml': text, '/w/.env': 'DATA=/big\n' }));
  expect(onHost(set, '/data/x')).toBeUndefined();
  expect(onHost(set, '/project/x')).toBeDefined();
});

test('override files are laid over the main one, and services over those that they extend', async () => {
  const known = await facts({
    '/w/compose.yaml': `services:
  meltano:
    extends: { service: base, file: common/compose.yaml }
    volumes: ['./meltano:/project']
`,
    '/w/compose.override.yaml': `services:
  meltano:
    image: own/image:1
    volumes: ['./elsewhere:/data']
`,
    '/w/compose.prod.yaml': 'services:\n  meltano: { image: prod, volumes: ["./meltano:/prod"] }\n',
    '/w/common/compose.yaml': `services:
  base:
    image: meltano/meltano:v4
    working_dir: /project
    volumes: ['./data:/data', './etc:/etc/base']
`,
  });
  const place = placeOf(meltano, known);
  expect(onHost(place, 'x')).toEqual({ at: 'workspace', path: '/w/meltano/x' });
  expect(onHost(place, '/data/x')).toEqual({ at: 'workspace', path: '/w/elsewhere/x' });
  expect(onHost(place, '/etc/base/x')).toEqual({ at: 'workspace', path: '/w/common/etc/x' });
  const service = allServices(known).find(({ name }) => name === 'meltano');
  expect(service?.image).toBe('own/image:1');
});

test('a file of variables means what it means to the service that it is handed to', async () => {
  const known = await facts({
    '/w/compose.yaml': 'services:\n  a: { image: x, env_file: config/a.env, volumes: ["./data:/data"] }\n',
  });
  const place = placeOfEnvFile('/w/config/a.env', { root: '/w' }, known);
  expect(onHost(place, '/data/x')).toEqual({ at: 'workspace', path: '/w/data/x' });
});

const names = fc.constantFrom('a', 'b', 'c', 'data');
const folders = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const mounts = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('bind' as const, 'bind' as const, 'volume' as const, 'tmpfs' as const),
    source: folders.map((path) => `/w${path}`),
    target: folders,
  }),
  { maxLength: 5, selector: ({ target }) => target },
);

function serviceOf(own: readonly Mount[]): Place {
  const lists = { ports: [], exposes: [], environment: [], envFiles: [], dependsOn: [], profiles: [] };
  const service: Service = { name: 's', scope: '/w', definitions: [], networks: [], ...lists, mounts: own };
  return { kind: 'service', services: [service] };
}

test('there and back again: what the container sees of a file leads to that file', () => {
  fc.assert(
    fc.property(mounts, folders, (own, path) => {
      const place = serviceOf(own);
      const inside = inContainer(place, `/w${path}`);
      if (inside !== undefined) expect(onHost(place, inside)).toEqual({ at: 'workspace', path: `/w${path}` });
    }),
  );
});

test('every file of the workspace that the container sees has a path that it sees it under', () => {
  fc.assert(
    fc.property(mounts, folders, (own, path) => {
      const place = serviceOf(own);
      const spot = onHost(place, path);
      if (spot?.at !== 'workspace') return;
      const inside = inContainer(place, spot.path);
      expect(inside && onHost(place, inside)).toEqual(spot);
    }),
  );
});
