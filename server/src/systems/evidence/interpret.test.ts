import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Interpreter, Reading } from '../../core/step.ts';
import { evidence } from './index.ts';
import { interpretEvidence } from './interpret.ts';

const { platform } = await openFixture([evidence], {
  '/w/shop/package.json': JSON.stringify({
    scripts: { sources: 'evidence sources' },
    dependencies: { '@evidence-dev/evidence': '40.1.8' },
  }),
  '/w/shop/sources/shop/connection.yaml': 'name: shop\ntype: duckdb\noptions:\n  filename: shop.duckdb\n',
  '/w/shop/sources/files/connection.yaml': 'name: web\ntype: csv\n',
});
const [step] = platform.steps();

function reader(): Interpreter {
  return interpretEvidence(step!);
}

/** See `recordings/README.md`. */
function readingsOf(recording: string, change = (text: string): string => text): readonly Reading[] {
  const read = reader();
  return readFileSync(new URL(`recordings/${recording}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [, stream, text = ''] = /^(stdout|stderr) (.*)$/u.exec(line) ?? [];
      return read.line(stream === 'stdout' ? 'stdout' : 'stderr', change(text));
    });
}

const nodes = (readings: readonly Reading[]): readonly Reading[] =>
  readings.filter(({ kind }) => kind === 'node-ended' || kind === 'progress');

const binder = `Binder Error: Referenced column "custmer" not found in FROM clause!`;
const wrong = {
  kind: 'node-ended',
  node: 'shop.wrong',
  status: 'failed',
  message: `${binder}\nCandidate bindings: "customer", "amount"\n\nLINE 2:   custmer\n          ^`,
  path: '/w/shop/sources/shop/wrong.sql',
  line: 2,
};

test('a query of a source that fails is a node at its file and line, also where Evidence goes on', () => {
  const readings = readingsOf('sources-failing.txt');
  expect(nodes(readings)).toEqual([
    { kind: 'progress', node: 'shop.orders', records: 100 },
    { kind: 'node-ended', node: 'shop.orders', status: 'succeeded' },
    wrong,
  ]);
  expect(readings.filter(({ kind }) => kind === 'node-started')).toEqual(
    ['orders', 'wrong'].map((name) => ({
      kind: 'node-started',
      node: `shop.${name}`,
      title: `shop.${name}`,
      what: 'query',
      path: `/w/shop/sources/shop/${name}.sql`,
    })),
  );
  expect(nodes(readingsOf('sources-strict.txt'))).toEqual(nodes(readings));
});

test('colours change nothing', () => {
  const paint = (text: string): string =>
    text.replace(/[✔✖]|-----| {2}\[Processing\]/u, '\u001b[32m$&\u001b[39m');
  expect(nodes(readingsOf('sources-failing.txt', paint))).toEqual(nodes(readingsOf('sources-failing.txt')));
});

test('a query that has not changed was skipped', () => {
  expect(nodes(readingsOf('sources-changed.txt'))).toEqual([
    { kind: 'node-ended', node: 'shop.orders', status: 'skipped', message: 'From Cache' },
    wrong,
  ]);
});

test('a source that cannot be opened is a node at its connection', () => {
  expect(nodes(readingsOf('no-database.txt'))).toEqual([
    {
      kind: 'node-ended',
      node: 'shop',
      status: 'failed',
      message:
        'Error connecting to datasource shop: IO Error: Cannot open database "/shop/sources/shop/shop.duckdb" in read-only mode: database does not exist',
      path: '/w/shop/sources/shop/connection.yaml',
    },
  ]);
});

test('a source whose folder has another name is found; one that nobody knows has no file', () => {
  const read = reader();
  const lines = (source: string): readonly Reading[] => [
    ...read.line('stdout', `  [Processing] ${source}`),
    ...read.line('stderr', '  hits ✔ Finished, wrote 7 rows.'),
  ];
  expect(lines('web')).toContainEqual(expect.objectContaining({ path: '/w/shop/sources/files/hits.sql' }));
  expect(lines('gone')).toContainEqual({
    kind: 'node-started',
    node: 'gone.hits',
    title: 'gone.hits',
    what: 'query',
  });
});

test('a build says nothing but text', () => {
  expect(readingsOf('build.txt').filter(({ kind }) => kind !== 'text')).toEqual([]);
});

test('a query of a page that fails is a node, though the build goes on and names no page', () => {
  const failed = {
    kind: 'node-ended',
    node: 'wrong',
    status: 'failed',
    message: `${binder}\nCandidate bindings: "orders.customer"`,
  };
  expect(nodes(readingsOf('build-strict-failing-query.txt'))).toEqual([failed]);
});

test('a page that cannot be built is a node; which of two files it was is told only where it is plain', () => {
  const failed = { kind: 'node-ended', status: 'failed', message: 'Block was left open' };
  expect(nodes(readingsOf('build-broken-page.txt'))).toEqual([{ ...failed, node: 'pages/orders' }]);
  const atRoot = (text: string): string => text.replaceAll('/orders/+page', '/+page');
  expect(nodes(readingsOf('build-broken-page.txt', atRoot))).toEqual([
    { ...failed, node: 'pages/index.md', path: 'pages/index.md' },
  ]);
});

test('a preview that has no server to start says so, though Evidence ends well', () => {
  const readings = readingsOf('preview-without-serve.txt');
  expect(nodes(readings)).toEqual([
    {
      kind: 'node-ended',
      node: 'serve',
      status: 'failed',
      message: 'npx canceled due to missing packages and no YES option: ["serve@14.2.7"]',
    },
  ]);
  expect(readings.filter((each) => each.kind === 'text' && each.level === 'error')).toHaveLength(2);
});
