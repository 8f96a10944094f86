import { expect, test } from 'vitest';
import type { PreviewAnswer } from '../../../server/src/protocol/requests.ts';
import type { RunEventBody } from '../../../server/src/runs/run-event.ts';
import { CompiledText } from './compiled-text.ts';

const made: PreviewAnswer = {
  kind: 'made',
  name: 'orders',
  step: 'tool:compile/orders',
  folderUri: 'file:///w',
  resultUri: 'file:///w/out/orders.sql',
  language: 'sql',
};

/** A run that is ended by the test. */
interface FakeRun {
  readonly tell: (...events: readonly RunEventBody[]) => void;
  readonly end: (problem?: string) => void;
  cancelled: boolean;
}

function create({ answer = made, mayRun = true }: { answer?: PreviewAnswer; mayRun?: boolean } = {}) {
  const runs: FakeRun[] = [];
  const shown: string[] = [];
  const file: { current: { text: string; writtenAt: number } | undefined } = { current: undefined };
  let now = 1_000_000;
  const text = new CompiledText({
    name: 'orders',
    find: async () => answer,
    start: (_made, onEvent) => {
      const { promise, resolve } = Promise.withResolvers<{ problem?: string }>();
      const run: FakeRun = {
        tell: (...events) => {
          for (const event of events) onEvent({ seq: 0, at: '', run: '', ...event });
        },
        end: (problem) => resolve(problem === undefined ? {} : { problem }),
        cancelled: false,
      };
      runs.push(run);
      return {
        finished: promise,
        cancel: () => {
          run.cancelled = true;
          run.tell(ended('cancelled'));
          resolve({});
        },
      };
    },
    read: async () => file.current,
    mayRun: () => mayRun,
    now: () => now,
    clock: (at) => `at ${at}`,
    changed: () => shown.push(text.text),
  });
  const started = async (count: number): Promise<FakeRun> => {
    while (runs.length < count) await Promise.resolve();
    return runs[count - 1]!;
  };
  return {
    text,
    runs,
    shown,
    file,
    started,
    later: (ms: number) => (now += ms),
    write: (sql: string) => (file.current = { text: sql, writtenAt: now }),
  };
}

function ended(status: 'succeeded' | 'failed' | 'cancelled'): RunEventBody {
  return { type: 'run-ended', status, durationMs: 1 };
}

const output = (level: 'info' | 'error' | 'debug', line: string): RunEventBody => ({
  type: 'output',
  step: '1',
  stream: 'stdout',
  level,
  text: line,
});

test('the result is shown as it was written, and nothing else', async () => {
  const { text, shown, started, write } = create();
  expect(text.text).toBe('-- Compiling orders …\n');
  const done = text.refresh();
  const run = await started(1);
  write('select 1\n');
  run.tell(ended('succeeded'));
  run.end();
  await done;
  expect(shown).toEqual(['select 1\n']);
});

test('who waits for another step says so', async () => {
  const { text, started } = create();
  void text.refresh();
  const run = await started(1);
  run.tell({
    type: 'step-waiting',
    step: '1',
    reason: 'waits for `tool:build`, which writes shop.duckdb too',
  });
  expect(text.text).toBe('-- Compiling orders: it waits for `tool:build`, which writes shop.duckdb too …\n');
});

test('a failure stands in place of the result, in the tool’s words; later above the last one', async () => {
  const { text, started, write, later } = create();
  const failed: RunEventBody = {
    type: 'node-ended',
    step: '1',
    node: 'model.orders',
    status: 'failed',
    message: 'Compilation Error in model orders\n  `foo` is undefined',
  };
  const first = text.refresh();
  (await started(1)).tell(output('error', 'noise'), failed, ended('failed'));
  (await started(1)).end();
  await first;
  expect(text.text).toBe(
    '-- orders could not be compiled (at 1000000):\n--\n-- Compilation Error in model orders\n--   `foo` is undefined\n',
  );
  const second = text.refresh();
  write('select 1');
  (await started(2)).tell(ended('succeeded'));
  (await started(2)).end();
  await second;
  later(60_000);
  const third = text.refresh();
  (await started(3)).tell(failed, ended('failed'));
  (await started(3)).end();
  await third;
  expect(text.text).toBe(
    '-- orders could not be compiled (at 1060000):\n--\n-- Compilation Error in model orders\n--   `foo` is undefined\n--\n-- Below: what it was compiled to at at 1000000.\n\nselect 1',
  );
});

test.each<[string, readonly RunEventBody[], string | undefined, string]>([
  ['errors', [output('info', 'hello'), output('error', 'no profile')], undefined, 'no profile'],
  ['its last words', [output('debug', 'x'), output('info', 'hello')], undefined, 'hello'],
  [
    'the step’s end',
    [{ type: 'step-ended', step: '1', status: 'not-started', durationMs: 0, message: '`dbt` was not found' }],
    undefined,
    '`dbt` was not found',
  ],
  ['nothing', [], undefined, 'It ended without a word.'],
  ['a driver that did not start', [], 'The run could not start: no room', 'The run could not start: no room'],
])('where no node failed, the reason is told by %s', async (_what, events, problem, reason) => {
  const { text, started } = create();
  const done = text.refresh();
  const run = await started(1);
  run.tell(...events, ended('failed'));
  run.end(problem);
  await done;
  expect(text.text).toBe(`-- orders could not be compiled (at 1000000):\n--\n-- ${reason}\n`);
});

test('a success that wrote nothing shows no old result', async () => {
  const { text, started, write, later } = create();
  write('select old');
  later(60_000);
  const done = text.refresh();
  (await started(1)).tell(ended('succeeded'));
  (await started(1)).end();
  await done;
  expect(text.text).toContain('Nothing was written for it.');
  expect(text.text).not.toContain('select old');
});

test('what is outdated is cancelled before the next begins, and shown by nobody', async () => {
  const { text, runs, shown, started, write } = create();
  const done = text.refresh();
  const first = await started(1);
  void text.refresh();
  void text.refresh();
  expect(first.cancelled).toBe(true);
  const second = await started(2);
  write('select 2');
  second.tell(ended('succeeded'));
  second.end();
  await done;
  expect(runs).toHaveLength(2);
  expect(shown).toEqual(['select 2']);
});

test('closing cancels, and nothing more is shown', async () => {
  const { text, shown, started } = create();
  const done = text.refresh();
  const run = await started(1);
  text.dispose();
  await done;
  expect(run.cancelled).toBe(true);
  expect(shown).toEqual([]);
});

test('nothing is started where nothing may be, or where there is nothing to make', async () => {
  const restricted = create({ mayRun: false });
  await restricted.text.refresh();
  expect(restricted.text.text).toMatch(/^-- Penstock starts no program in Restricted Mode/);
  const seed = create({ answer: { kind: 'nothing', message: 'countries is a seed.' } });
  await seed.text.refresh();
  expect(seed.text.text).toBe('-- countries is a seed.\n');
  expect([...restricted.runs, ...seed.runs]).toEqual([]);
});
