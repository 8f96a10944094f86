import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Reading } from '../../core/step.ts';
import { placeOf } from './failure-place.ts';
import { DbtInterpreter } from './progress.ts';

/** What dbt 1.12.0 really printed; see `recordings/README.md`. */
function replay(name: string): readonly Reading[] {
  const interpreter = new DbtInterpreter();
  const lines = readFileSync(new URL(`./recordings/${name}.jsonl`, import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line) => interpreter.line('stdout', line));
}

type Ended = Extract<Reading, { kind: 'node-ended' }>;

const endsOf = (readings: readonly Reading[]): readonly Ended[] =>
  readings.filter((reading) => reading.kind === 'node-ended');

test('a seed starts, tells its rows and ends', () => {
  const nodes = replay('seed').filter((reading) => reading.kind !== 'text');
  expect(nodes).toEqual([
    { kind: 'node-started', node: 'seed.shop.raw_orders', title: 'raw_orders', what: 'seed' },
    { kind: 'progress', node: 'seed.shop.raw_orders', records: 2 },
    {
      kind: 'node-ended',
      node: 'seed.shop.raw_orders',
      status: 'succeeded',
      durationMs: expect.any(Number),
      message: 'INSERT 2',
    },
  ]);
});

test('every node that starts ends, and the number of nodes is told with the second', () => {
  const readings = replay('run');
  const started = readings.filter((reading) => reading.kind === 'node-started');
  expect(started.map((reading) => [reading.title, reading.total])).toEqual([
    ['stg_orders', undefined],
    ['orders', 2],
  ]);
  expect(endsOf(readings).map((reading) => [reading.node, reading.status])).toEqual([
    ['model.shop.stg_orders', 'succeeded'],
    ['model.shop.orders', 'succeeded'],
  ]);
});

test('a failed model tells its file and line at once, and what depends on it is skipped', () => {
  const ends = endsOf(replay('build-failing'));
  const failed = ends.find((reading) => reading.node === 'model.shop.broken_orders');
  expect(failed).toMatchObject({ status: 'failed', path: 'models/broken_orders.sql', line: 2 });
  expect(failed?.message).toContain('Referenced column "nmae" not found');
  expect(ends.find((reading) => reading.node === 'model.shop.after_broken')?.status).toBe('skipped');
});

test('a failing test fails, its file follows at the end of the run; one of severity warn is warned', () => {
  const ends = endsOf(replay('build-failing'));
  const failed = ends.filter((reading) => reading.node === 'test.shop.no_first_order');
  expect(failed.map((reading) => [reading.status, reading.path])).toEqual([
    ['failed', undefined],
    ['failed', 'tests/no_first_order.sql'],
  ]);
  expect(ends.find((reading) => reading.node === 'test.shop.few_orders')?.status).toBe('warned');
});

test('a project that cannot be read is a failure with its file', () => {
  expect(endsOf(replay('parse-error'))).toMatchObject([
    { node: 'parse', status: 'failed', path: 'models/typo.sql' },
  ]);
  expect(endsOf(replay('jinja-error'))).toMatchObject([
    { node: 'parse', status: 'failed', path: 'models/typo.sql', line: 2 },
  ]);
});

test('text keeps its level and node; dbt’s bookkeeping is left out', () => {
  const texts = replay('build-failing').filter((reading) => reading.kind === 'text');
  expect(texts).toContainEqual({
    kind: 'text',
    text: 'Done. PASS=7 WARN=1 ERROR=2 SKIP=2 NO-OP=0 REUSED=0 TOTAL=12',
    level: 'info',
  });
  const error = texts.find((reading) => reading.text.includes('ERROR creating sql view model'));
  expect(error).toMatchObject({ level: 'error', node: 'model.shop.broken_orders' });
  expect(texts.some((reading) => reading.text.startsWith('Using duckdb connection'))).toBe(false);
  expect(texts.some((reading) => reading.text.includes('\n'))).toBe(false);
});

test('dbt v2: what failed says why and where, though its end says neither', () => {
  expect(endsOf(replay('v2-build-failing')).filter(({ status }) => status !== 'skipped')).toMatchObject([
    { node: 'seed.shop.raw_orders', status: 'succeeded' },
    { node: expect.stringContaining('not_null_raw_orders_id'), status: 'succeeded' },
    {
      node: 'test.shop.no_first_order',
      status: 'failed',
      message: 'Got 1 result',
      path: 'tests/no_first_order.sql',
      rowsStep: 'dbt:show/no_first_order',
    },
    {
      status: 'failed',
      message: 'Got 1 result',
      path: 'seeds/s.yml',
      line: 9,
      rowsStep: 'dbt:show/placed_only',
    },
    { status: 'warned', message: 'Got 1 result', path: 'seeds/s.yml', line: 12 },
  ]);
  expect(endsOf(replay('v2-run-failing'))).toMatchObject([
    { node: 'model.shop.stg_orders', status: 'succeeded' },
    {
      node: 'model.shop.broken_orders',
      status: 'failed',
      message: expect.stringMatching(/^Database Error in model broken_orders .*\n {2}Binder Error: /),
      path: 'models/broken_orders.sql',
      line: 2,
    },
    { node: 'model.shop.after', status: 'skipped' },
  ]);
});

test('dbt v2: of a node whose rows are shown these are said, and nothing else at the level of information', () => {
  const said = replay('v2-show').filter(
    (reading) => reading.kind === 'text' && reading.level === 'info' && reading.node !== undefined,
  );
  const texts = said.map((reading) => (reading.kind === 'text' ? reading.text : ''));
  expect([texts[0], texts.at(-1), texts.length]).toEqual([
    'Query show_test_shop_placed_only_bbf2d6d0ba',
    '1 rows.',
    7,
  ]);
});

test('dbt v2: each file that cannot be read is a failure of its own', () => {
  expect(endsOf(replay('v2-parse-error'))).toEqual([
    {
      kind: 'node-ended',
      node: 'models/jinja.sql:2',
      status: 'failed',
      message: expect.stringContaining('unexpected identifier'),
      path: 'models/jinja.sql',
      line: 2,
    },
    {
      kind: 'node-ended',
      node: 'models/typo.sql:1',
      status: 'failed',
      message: "Ref 'nope' not found in project. Searched for 'shop.nope, nope'",
      path: 'models/typo.sql',
      line: 1,
    },
  ]);
});

test('lines that are no events pass as text', () => {
  const interpreter = new DbtInterpreter();
  expect(interpreter.line('stdout', 'plain words')).toEqual([
    { kind: 'text', text: 'plain words', level: 'info' },
  ]);
  expect(interpreter.line('stderr', '{"half": ')).toEqual([
    { kind: 'text', text: '{"half": ', level: 'warn' },
  ]);
  expect(interpreter.line('stdout', '{"info": 1}')).toEqual([
    { kind: 'text', text: '{"info": 1}', level: 'info' },
  ]);
  expect(interpreter.line('stdout', '')).toEqual([]);
});

test.each([
  ['Parsing Error\n  Invalid models config given in models/s.yml @ models', { path: 'models/s.yml' }],
  ['The schema file at models/a b/s.yml is invalid because', { path: 'models/a b/s.yml' }],
  [
    'Compilation Error\n  dbt found two entries\n   - models/s.yml\n  models/s2.yml',
    { path: 'models/s.yml' },
  ],
  ['Runtime Error\n  Could not find profile named `x`', {}],
])('finds the file in %j', (message, place) => {
  expect(placeOf(message, undefined)).toEqual(place);
});

test('a test that failed for rows names the step that shows them, a model that failed does not', () => {
  const ends = endsOf(replay('build-failing'));
  const of = (node: string) =>
    ends.filter((reading) => reading.node === node).map(({ rowsStep }) => rowsStep);
  expect(of('test.shop.no_first_order')).toEqual(['dbt:show/no_first_order', 'dbt:show/no_first_order']);
  expect(of('model.shop.broken_orders')).toEqual([undefined]);
});

test('rows that are shown are said of the node, what dbt says of itself is not', () => {
  const event = (name: string, msg: string, data: object): string =>
    JSON.stringify({ data, info: { name, msg, level: 'info' } });
  const id = 'test.shop.unique_orders_id.6ab2d89856';
  const interpreter = new DbtInterpreter();
  const said = interpreter.line('stdout', event('ShowNode', 'Previewing:\n| id |', { unique_id: id }));
  expect(said).toEqual([
    { kind: 'text', text: 'Previewing:', level: 'info', node: id },
    { kind: 'text', text: '| id |', level: 'info', node: id },
  ]);
  expect(interpreter.line('stdout', event('MainReportVersion', 'Running', {}))).toEqual([
    { kind: 'text', text: 'Running', level: 'info' },
  ]);
});

test('what was compiled of a node that failed is a file to look at', () => {
  const left = replay('build-failing').filter((reading) => reading.kind === 'artifact');
  expect(left.map(({ node, title }) => [node, title])).toEqual([
    ['model.shop.broken_orders', 'Compiled SQL'],
    ['test.shop.no_first_order', 'Compiled SQL'],
    ['test.shop.few_orders', 'Compiled SQL'],
  ]);
  expect(left[1]!.path).toMatch(/^target\/compiled\/shop\/tests\/no_first_order\.sql$/);
});
