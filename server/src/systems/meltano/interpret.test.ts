import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Command, Reading, Step } from '../../core/step.ts';
import { interpretMeltano } from './interpret.ts';
import { unknownColumns, whyStale } from './stale-catalog.ts';

function read(name: string, blocks: string): readonly Reading[] {
  const text = readFileSync(new URL(`./test-support/logs/${name}.txt`, import.meta.url), 'utf8');
  const interpreter = interpretMeltano(stepOf(blocks));
  return text.split('\n').flatMap((line) => interpreter.line('stderr', line));
}

function stepOf(blocks: string): Step {
  const work: Command = {
    kind: 'command',
    executable: { name: 'meltano', install: '' },
    args: ['run', '--no-install', 'job'],
    cwd: '/w',
    writes: [],
    cancel: [],
  };
  return {
    id: 'meltano:job/job',
    title: '',
    detail: blocks,
    system: 'meltano',
    project: '/w',
    kind: 'job',
    work,
  };
}

const events = (readings: readonly Reading[]): readonly Reading[] =>
  readings.filter(({ kind }) => kind !== 'text');
const errors = (readings: readonly Reading[]): readonly string[] =>
  readings.flatMap((reading) => (reading.kind === 'text' && reading.level === 'error' ? reading.text : []));

const load = 'tap-spreadsheets target-duckdb';
const started = {
  kind: 'node-started',
  node: 'block-1',
  title: 'tap-spreadsheets → target-duckdb',
  what: 'load',
};

test.each([
  ['load', 7, 19, 2121],
  ['structured', 7, 26, 2166],
])(
  '%s: a block and its streams are nodes, with their records and times',
  (name, customersMs, ordersMs, blockMs) => {
    const status = 'succeeded';
    expect(events(read(name, load))).toEqual([
      started,
      { kind: 'node-started', node: 'block-1/customers', title: 'customers', what: 'stream' },
      { kind: 'progress', node: 'block-1/customers', records: 50 },
      { kind: 'progress', node: 'block-1', records: 50 },
      { kind: 'node-ended', node: 'block-1/customers', status, durationMs: customersMs },
      { kind: 'node-started', node: 'block-1/orders', title: 'orders', what: 'stream' },
      { kind: 'progress', node: 'block-1/orders', records: 500 },
      { kind: 'progress', node: 'block-1', records: 550 },
      { kind: 'node-ended', node: 'block-1/orders', status, durationMs: ordersMs },
      { kind: 'progress', node: 'block-1/customers', records: 50, loaded: 50 },
      { kind: 'progress', node: 'block-1', records: 550, loaded: 50 },
      { kind: 'progress', node: 'block-1/orders', records: 500, loaded: 500 },
      { kind: 'progress', node: 'block-1', records: 550, loaded: 550 },
      { kind: 'progress', node: 'block-1', records: 550, loaded: 550, states: 1 },
      { kind: 'node-ended', node: 'block-1', status, durationMs: blockMs },
    ]);
  },
);

test('what a plugin prints is text of its block, with the plugin before it, and metrics are for those who ask', () => {
  const texts = read('load', load).filter((reading) => reading.kind === 'text');
  expect(texts).toContainEqual({
    kind: 'text',
    text: `target-duckdb | Loading 500 rows into '"warehouse"."raw"."orders"'`,
    level: 'info',
    node: 'block-1',
  });
  expect(texts[0]).toEqual({
    kind: 'text',
    text: 'Meltano 4.4.1, Python 3.11.7, Linux (x86_64)',
    level: 'info',
  });
  const metrics = texts.filter(({ text }) => text.includes('METRIC'));
  expect(metrics.map(({ level }) => level)).toEqual(['debug', 'debug', 'debug', 'debug']);
});

test('a loader that fails says why in the words of its last line', () => {
  expect(events(read('loader-fails', load))).toEqual([
    started,
    {
      kind: 'node-ended',
      node: 'block-1',
      status: 'failed',
      durationMs: 1654,
      message:
        'Loader failed (exit code 1): _duckdb.IOException: IO Error: Cannot open file "/nonexistent/dir/w.duckdb": No such file or directory',
    },
  ]);
});

test('a load that fails for what a kept catalog does not know says how to get another one', () => {
  const seen = events(read('stale-catalog', 'tap-shop target-warehouse'));
  // Meltano 3 does not say that a load begins.
  expect(seen[0]).toEqual({
    kind: 'node-started',
    node: 'block-1',
    title: 'tap-shop → target-warehouse',
    what: 'load',
  });
  expect(seen.filter(({ kind }) => kind === 'node-started')).toHaveLength(3);
  const ends = seen.filter((reading) => reading.kind === 'node-ended' && reading.status === 'failed');
  expect(ends).toMatchObject([
    {
      node: 'block-1',
      message:
        'RunnerError(\'Loader failed\') (exit code 1): _duckdb.CatalogException: Catalog Error: table "items" does not have a column named "id". The catalog that Meltano keeps does not know `id` of `items`: run it once with the parameter `refresh-catalog`',
    },
  ]);
});

test('a catalog is blamed for no failure that is about something else', () => {
  const said = unknownColumns(
    "Properties ('id', 'v') were present in the 'items' stream but not found in catalog schema. Ignoring.",
  );
  const unknown = new Map([[said!.stream, said!.columns]]);
  expect(whyStale('table "items" does not have a column named "id"', unknown)).toContain('refresh-catalog');
  expect(whyStale('table "items" does not have a column named "x"', unknown)).toBeUndefined();
  expect(whyStale('table "orders" does not have a column named "id"', unknown)).toBeUndefined();
  expect(whyStale('cannot connect', unknown)).toBeUndefined();
  expect(unknownColumns("Beginning sync of 'items'")).toBeUndefined();
});

test('a discovery that fails says its cause, not its traceback', () => {
  expect(events(read('discovery-fails', load)).at(-1)).toMatchObject({
    status: 'failed',
    message:
      "Cannot start plugin tap-spreadsheets: Catalog discovery failed (exit code 1): UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 9: invalid start byte",
  });
});

test('a command that fails in silence is a node of its own, named by what Meltano says of it', () => {
  expect(events(read('command-fails', `${load} hello:bad`)).slice(-2)).toEqual([
    { kind: 'node-started', node: 'block-2', title: 'hello:bad', what: 'command' },
    {
      kind: 'node-ended',
      node: 'block-2',
      status: 'failed',
      durationMs: 4,
      message: '`hello bad` failed with exit code: 1',
    },
  ]);
});

test('the step of a single command names its block whole', () => {
  const { work, ...step } = stepOf('command of the plugin hello');
  const single = {
    ...step,
    kind: 'plugin',
    work: { ...(work as Command), args: ['run', '--no-install', 'hello:say'] },
  };
  const line = { name: 'hello', cmd_type: 'command', event: 'hello world', level: 'info', stdio: 'stderr' };
  expect(interpretMeltano(single).line('stderr', JSON.stringify(line))).toEqual([
    { kind: 'node-started', node: 'block-1', title: 'hello:say', what: 'command' },
    { kind: 'text', text: 'hello | hello world', level: 'info', node: 'block-1' },
  ]);
});

test('a plugin that is not installed: the message tells the command that installs it', () => {
  expect(events(read('not-installed', load)).at(-1)).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('`meltano install --plugin-type extractor tap-spreadsheets`') as unknown,
  });
});

test('what Meltano prints outside its log is text, and its errors are errors', () => {
  expect(errors(read('undefined-block', 'nope:say'))).toEqual(['Error: Block nope:say not found']);
  expect(errors(read('interrupted', load))).toContain('Aborted!');
});

test('an interrupted block is not told to have ended', () => {
  const nodes = events(read('interrupted', load));
  expect(nodes.filter((reading) => reading.kind === 'node-ended')).toMatchObject([
    { node: 'block-1/customers' },
  ]);
});

test('an installation is a node for each plugin', () => {
  expect(events(read('install-fails', 'meltano install'))).toEqual([
    { kind: 'node-started', node: 'tap-spreadsheets', title: 'tap-spreadsheets', what: 'extractor' },
    { kind: 'node-started', node: 'target-duckdb', title: 'target-duckdb', what: 'loader' },
    { kind: 'node-ended', node: 'target-duckdb', status: 'succeeded' },
    { kind: 'node-started', node: 'hello', title: 'hello', what: 'utility' },
    { kind: 'node-ended', node: 'hello', status: 'skipped' },
    {
      kind: 'node-ended',
      node: 'tap-spreadsheets',
      status: 'failed',
      message:
        'Command failed: cause: Because there is no version of tap-spreadsheets==99 and you require tap-spreadsheets==99, we can conclude that your requirements are unsatisfiable.',
    },
  ]);
});

test('counts add up, and a stream that is read in parts ends with its block', () => {
  const interpreter = interpretMeltano(stepOf(''));
  const line = (record: object): readonly Reading[] =>
    interpreter.line('stderr', JSON.stringify({ level: 'info', ...record }));
  const tap = { name: 'tap-x', producer: true, cmd_type: 'elb' };
  const metric = (type: string, name: string, value: number): object => ({
    ...tap,
    event: `INFO METRIC: ${JSON.stringify({ type, metric: name, value, tags: { stream: 'lines', context: { id: 1 } } })}`,
  });
  line({ event: "Running job with name 'dev:tap-x-to-target-y:late' and run ID '1'" });
  const readings = [
    ...line(metric('counter', 'record_count', 3)),
    ...line(metric('timer', 'sync_duration', 1)),
    ...line(metric('counter', 'record_count', 4)),
    ...line({ event: 'Block run completed', block_type: 'ExtractLoadBlocks', success: true }),
  ];
  expect(events(readings)).toEqual([
    { kind: 'node-started', node: 'block-1/lines', title: 'lines', what: 'stream' },
    { kind: 'progress', node: 'block-1/lines', records: 3 },
    { kind: 'progress', node: 'block-1', records: 3 },
    { kind: 'progress', node: 'block-1/lines', records: 7 },
    { kind: 'progress', node: 'block-1', records: 7 },
    { kind: 'node-ended', node: 'block-1/lines', status: 'succeeded' },
    { kind: 'node-ended', node: 'block-1', status: 'succeeded' },
  ]);
});

test('the last word of the example platform’s load: what each stream and the block have moved', () => {
  const last = new Map<string, Reading>();
  for (const reading of read('platform', 'tap-shop target-warehouse'))
    if (reading.kind === 'progress') last.set(reading.node, reading);
  const counts = [...last.values()].map((reading) => {
    const { kind: _kind, ...rest } = reading as Reading & { kind: 'progress' };
    return rest;
  });
  expect(counts).toEqual([
    { node: 'block-1/customers', records: 120, loaded: 120 },
    { node: 'block-1', records: 1633, loaded: 1633, states: 1 },
    { node: 'block-1/order_items', records: 998, loaded: 998 },
    { node: 'block-1/orders', records: 500, loaded: 500 },
    { node: 'block-1/products', records: 15, loaded: 15 },
  ]);
});

test('requests of the source, and what loaders of other kinds say that they have written', () => {
  const interpreter = interpretMeltano(stepOf(''));
  const line = (record: object): readonly Reading[] =>
    events(interpreter.line('stderr', JSON.stringify({ level: 'info', ...record })));
  const metric = (name: string, value: number): string =>
    `METRIC: ${JSON.stringify({ type: 'counter', metric: name, value, tags: { stream: 'public-orders', endpoint: '/orders' } })}`;
  const tap = { name: 'tap-x', producer: true, cmd_type: 'elb' };
  const target = { name: 'target-y', consumer: true, cmd_type: 'elb' };
  line({ event: "Running job with name 'dev:tap-x-to-target-y' and run ID '1'" });
  line({ ...tap, event: metric('http_request_count', 2) });
  line({ ...tap, event: metric('record_count', 30) });
  const stream = 'block-1/public-orders';
  expect(line({ ...target, event: metric('record_count', 10) })[0]).toEqual({
    kind: 'progress',
    node: stream,
    records: 30,
    requests: 2,
    loaded: 10,
  });
  const told =
    'time=1 level=INFO message=Loading into raw."orders": {"inserts": 15, "updates": 5, "size_bytes": 900}';
  expect(line({ ...target, event: told })).toEqual([
    { kind: 'progress', node: stream, records: 30, requests: 2, loaded: 30, bytes: 900 },
    { kind: 'progress', node: 'block-1', records: 30, requests: 2, loaded: 30, bytes: 900 },
  ]);
  expect(line({ ...target, event: "Loading 5 rows into 'elsewhere'" })).toEqual([]);
});

test.each([
  '{',
  '{"event": 5}',
  '[]',
  'null',
  '{"event":"METRIC","level":"info","metric_info":[]}',
  '\u001b[31mred',
])('the odd line %s does no harm', (text) => {
  const interpreter = interpretMeltano(stepOf(''));
  expect(interpreter.line('stdout', text)).toMatchObject([{ kind: 'text' }]);
});

test('what Meltano 3 tells behind its offer of help is why it failed', () => {
  const offer = 'Need help fixing this problem? Visit http://melta.no/ for troubleshooting steps.';
  const line = (event: string, level: string): readonly Reading[] =>
    interpretMeltano(stepOf(load)).line('stderr', JSON.stringify({ event, level }));
  expect(line(`${offer}\n\nEnvironment 'nope' was not found.`, 'error')).toEqual([
    { kind: 'text', text: "Environment 'nope' was not found.", level: 'error' },
  ]);
  expect(line(`${offer}\n`, 'info')).toEqual([]);
});

test('Meltano 3 runs one load twice: the second is seen from its beginning, not from what the first still prints', () => {
  const own = (event: string, more: object = {}): object => ({ event, level: 'info', ...more });
  const tap = (event: string): object =>
    own(event, { name: 'tap-shop', cmd_type: 'elb', job_name: 'dev:tap-shop-to-target-warehouse' });
  const end = own('Block run completed', { block_type: 'ExtractLoadBlocks', success: true });
  const reader = interpretMeltano(stepOf('tap-shop target-warehouse tap-shop target-warehouse'));
  const nodes = (line: object): readonly string[] =>
    reader
      .line('stderr', JSON.stringify(line))
      .flatMap((each) =>
        each.kind === 'node-started' || each.kind === 'node-ended' ? `${each.kind} ${each.node}` : [],
      );
  const load = [own('Using systemdb state backend'), tap('hello'), own('Using systemdb state backend'), end];
  expect([...load, tap('bye'), ...load, own('Run completed'), tap('bye')].map(nodes)).toEqual([
    [],
    ['node-started block-1'],
    [],
    ['node-ended block-1'],
    [],
    [],
    ['node-started block-2'],
    [],
    ['node-ended block-2'],
    [],
    [],
  ]);
});
