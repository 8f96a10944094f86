import { expect, test } from 'vitest';
import type { Clock } from '../../../server/src/runs/clock.ts';
import type { FollowEnd, FollowHooks, FollowOptions } from '../../../server/src/runs/follow-log.ts';
import type { RunEvent, RunEventBody } from '../../../server/src/runs/run-event.ts';
import type { LogQuery, ToWebview } from '../../../webviews/run/protocol.ts';
import { MemoryLines } from '../run-log/test-support/memory-lines.ts';
import { readEarlierDurations } from './earlier-durations.ts';
import { RunFeed } from './run-feed.ts';

/** A log that grows when the test says so, and a clock that only the test moves. */
class World {
  readonly sent: ToWebview[] = [];
  readonly events: RunEvent[] = [];
  followers = 0;
  readonly written = new Map<string, number>();
  #listener: FollowHooks['onEvents'] | undefined;
  #onEnd: ((end: FollowEnd) => void) | undefined;
  #onCatchUp: FollowOptions['onCatchUp'];
  /** False where the log takes a while to read. */
  isReadAtOnce = true;
  #timers = new Set<() => void>();
  readonly clock: Clock = {
    now: () => 5000,
    after: (_ms, callback) => {
      this.#timers.add(callback);
      return () => this.#timers.delete(callback);
    },
  };
  readonly feed = new RunFeed({
    source: {
      follow: (_id, onEvents, onEnd, options) => {
        this.followers++;
        this.#listener = onEvents;
        this.#onEnd = onEnd;
        this.#onCatchUp = options?.onCatchUp;
        if (this.events.length > 0) onEvents([...this.events], []);
        if (this.isReadAtOnce) options?.onCatchUp?.(1);
        return { dispose: () => this.followers-- };
      },
    },
    openLines: () => new MemoryLines(),
    readEarlier: () => readEarlierDurations({ ids: () => [], outcome: () => undefined }, 'r1'),
    isFile: async () => false,
    writtenAt: async (path) => this.written.get(path),
    folder: '/shop',
    run: 'r1',
    clock: this.clock,
    send: (message) => this.sent.push(message),
  });

  happen(...bodies: RunEventBody[]): void {
    const events = bodies.map((body, index): RunEvent => {
      return { seq: this.events.length + index, at: '2026-11-23T08:32:40.000Z', run: 'r1', ...body };
    });
    this.events.push(...events);
    this.#listener?.(events, []);
  }

  catchUp(part: number): void {
    this.#onCatchUp?.(part);
  }

  end(end: FollowEnd): void {
    this.#onEnd?.(end);
  }

  passTime(): void {
    const due = [...this.#timers];
    this.#timers.clear();
    for (const callback of due) callback();
  }

  start(): void {
    this.feed.start(0, {
      level: 'info',
      folded: [],
      search: { text: '', regex: false, matchCase: false, wholeWord: false },
      onlyMatching: false,
    });
  }

  /** What the last message about the output shows at its end. */
  get lines(): string[] {
    const last = this.sent.findLast((message) => message.kind === 'log');
    return last?.tail.rows.map(({ text }) => text) ?? [];
  }
}

const started: RunEventBody = {
  type: 'run-started',
  format: 1,
  requested: ['dbt:build'],
  title: 'dbt build',
  steps: [{ id: '1', step: 'dbt:build', title: 'dbt build', system: 'dbt', needs: [] }],
  pid: 1,
  folder: '/shop',
};

function output(text: string): RunEventBody {
  return { type: 'output', step: '1', stream: 'stdout', level: 'info', text };
}

test('the first events are sent at once, the run before its lines', () => {
  const world = new World();
  world.start();
  world.happen(started, output('hello'));
  expect(world.sent.map(({ kind }) => kind)).toEqual(['run', 'log']);
  expect(world.sent[0]).toMatchObject({ now: 5000, run: { id: 'r1', folder: '/shop', status: 'running' } });
});

test('a log is read to its end before the page hears of its run, which never seems to go on that has ended', () => {
  const world = new World();
  world.isReadAtOnce = false;
  world.start();
  world.happen(started, output('hello'));
  world.catchUp(0.5);
  world.happen(
    { type: 'step-ended', step: '1', status: 'succeeded', durationMs: 10 },
    { type: 'run-ended', status: 'succeeded', durationMs: 12 },
  );
  expect(world.sent).toEqual([]);
  world.end({ kind: 'ended' });
  world.passTime();
  expect(world.sent.map(({ kind }) => kind)).toEqual(['run', 'log']);
  expect(world.sent[0]).toMatchObject({ run: { status: 'succeeded', durationMs: 12 } });
  expect(world.lines).toEqual(['hello', 'Ended after 0.0 s']);
});

test('of a log that takes a moment to read the page hears how far that has come, and then how the run stands', () => {
  const world = new World();
  world.isReadAtOnce = false;
  world.start();
  world.happen(started, output('a'));
  world.catchUp(0.25);
  world.catchUp(0.5);
  expect(world.sent).toEqual([]);
  world.passTime();
  world.happen(output('b'));
  world.catchUp(1);
  world.passTime();
  expect(world.sent).toMatchObject([
    { kind: 'reading', run: 'r1', part: 0.5 },
    { kind: 'run', run: { status: 'running' } },
    { kind: 'log', lines: 2 },
  ]);
});

test('what is searched for is looked for in what was read before the page heard of it', () => {
  const world = new World();
  world.isReadAtOnce = false;
  world.feed.start(0, {
    level: 'info',
    folded: [],
    search: { text: 'b', regex: false, matchCase: false, wholeWord: false },
    onlyMatching: true,
  });
  world.happen(started, output('a'), output('b'));
  world.catchUp(1);
  for (let turn = 0; turn < 3; turn++) world.passTime();
  expect(world.lines).toEqual(['b']);
});

test('what comes in quick succession is sent together', () => {
  const world = new World();
  world.start();
  world.happen(started);
  world.sent.length = 0;
  world.happen(output('a'));
  world.happen(output('b'));
  expect(world.sent).toEqual([]);
  world.passTime();
  expect(world.sent).toMatchObject([{ kind: 'log', lines: 2, shown: 2, tail: { from: 0 } }]);
  expect(world.lines).toEqual(['a', 'b']);
});

test('output alone sends no new picture of the run, a node that ends does', () => {
  const world = new World();
  world.start();
  world.happen(started);
  world.sent.length = 0;
  world.happen(output('a'));
  world.passTime();
  world.happen({
    type: 'node-ended',
    step: '1',
    node: 'm',
    status: 'failed',
    path: '/shop/models/m.sql',
    line: 3,
  });
  world.passTime();
  expect(world.sent.map(({ kind }) => kind)).toEqual(['log', 'run']);
  expect(world.feed.names('/shop/models/m.sql')).toBe(true);
  expect(world.feed.names('/etc/passwd')).toBe(false);
});

test('started again it sends everything from the first line, and listens once', () => {
  const world = new World();
  world.start();
  world.happen(started, output('a'));
  world.happen(output('b'));
  world.sent.length = 0;
  world.start();
  expect(world.followers).toBe(1);
  expect(world.lines).toEqual(['a', 'b']);
  expect(world.sent.map(({ kind }) => kind)).toEqual(['run', 'log']);
});

test('a run whose driver is gone is interrupted', () => {
  const world = new World();
  world.start();
  world.happen(started, { type: 'step-started', step: '1', command: ['dbt'], cwd: '/shop', pid: 2 });
  world.end({ kind: 'interrupted' });
  expect(world.sent.findLast(({ kind }) => kind === 'run')).toMatchObject({
    run: { status: 'interrupted', steps: [{ status: 'interrupted' }] },
  });
});

test('a log that cannot be read is said where there is nothing else to show', () => {
  const world = new World();
  world.start();
  world.end({ kind: 'unreadable', message: 'another format' });
  expect(world.sent).toEqual([{ kind: 'unavailable', message: 'another format' }]);
});

test('stopped, it listens and sends no more', () => {
  const world = new World();
  world.start();
  world.happen(started);
  world.happen(output('late'));
  world.feed.stop();
  world.passTime();
  expect(world.followers).toBe(0);
  expect(world.lines).toEqual([]);
});

test('a style that a line begins goes on in the next ones, also for who asks for those alone', () => {
  const world = new World();
  world.start();
  world.happen(started, output('\u001b[31mred'), output('red still\u001b[0m'), output('plain'));
  expect(world.lines).toEqual(['\u001b[31mred', '\u001b[31mred still\u001b[0m', 'plain']);
  world.feed.receive({ kind: 'rows', view: 0, from: 1, count: 1 });
  expect(world.sent.at(-1)).toMatchObject({ rows: [{ number: 1, text: '\u001b[31mred still\u001b[0m' }] });
});

test('a file that the run left is told as it was, as written again, and as gone', async () => {
  const world = new World();
  world.start();
  world.written.set('/shop/target/same.json', 10).set('/shop/target/again.json', 20);
  const left = { type: 'artifact', step: '1', modifiedMs: 10 } as const;
  world.happen(started, { ...left, title: 'Same', path: '/shop/target/same.json' });
  world.happen({ ...left, title: 'Again', path: '/shop/target/again.json', node: 'm' });
  world.happen({ ...left, title: 'Gone', path: '/shop/target/gone.json' });
  world.passTime();
  await new Promise((resolve) => setImmediate(resolve));
  world.passTime();
  const last = world.sent.findLast((message) => message.kind === 'run');
  expect(last?.run.steps[0]?.artifacts).toEqual([
    { title: 'Same', path: '/shop/target/same.json', shownPath: 'target/same.json', state: 'current' },
    {
      title: 'Again',
      path: '/shop/target/again.json',
      shownPath: 'target/again.json',
      node: 'm',
      state: 'overwritten',
    },
    { title: 'Gone', path: '/shop/target/gone.json', shownPath: 'target/gone.json', state: 'gone' },
  ]);
});

test('of very many lines another selection is told in pieces, and what is looked for waits for all of them', () => {
  const world = new World();
  world.start();
  world.happen(started);
  const piece = Array.from({ length: 20_000 }, () => output('a line'));
  for (let at = 0; at < 6; at++) world.happen(...piece);
  for (let turn = 0; turn < 5; turn++) world.passTime();
  const query: LogQuery = {
    level: 'warn',
    folded: [],
    search: { text: '', regex: false, matchCase: false, wholeWord: false },
    onlyMatching: false,
  };
  world.happen({ type: 'output', step: '1', stream: 'stderr', level: 'warn', text: 'the only one' });
  world.sent.length = 0;
  world.feed.receive({ kind: 'view', view: 1, query });
  world.feed.receive({ kind: 'locate', request: 1, what: { kind: 'part', step: '1' } });
  expect(world.sent).toMatchObject([{ kind: 'log', view: 1, lines: 120_001, shown: 0 }]);
  for (let turn = 0; turn < 5; turn++) world.passTime();
  expect(world.lines).toEqual(['the only one']);
  expect(world.sent.at(-1)).toMatchObject({ kind: 'located', request: 1, position: 0 });
});
