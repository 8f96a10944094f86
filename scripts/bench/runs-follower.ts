// What the extension does with runs, alone in a process: follows one for a panel, or opens a long history.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readEarlierDurations } from '../../extension/src/panels/earlier-durations.ts';
import { RunFeed } from '../../extension/src/panels/run-feed.ts';
import { LinesInLog } from '../../extension/src/run-log/run-lines.ts';
import { systemClock } from '../../server/src/runs/clock.ts';
import { logFile } from '../../server/src/runs/run-folder.ts';
import { RunStore } from '../../server/src/runs/run-store.ts';
import type { LogQuery, ToWebview } from '../../webviews/run/protocol.ts';
import { leaveRun } from '../../server/src/runs/test-support/history.ts';

const [what, folder = '', more = ''] = process.argv.slice(2);

/**
 * The longest stretch of work between two turns of the event loop, in processor time of its thread: on a machine that is
 * shared, time by the clock, and what the collector does in other threads meanwhile, would tell of others' work.
 */
class LongestWork {
  longest = 0;
  #last = process.threadCpuUsage();
  #isOver = false;

  start(): void {
    this.#last = process.threadCpuUsage();
    setImmediate(() => this.#turn());
  }

  stop(): number {
    this.#isOver = true;
    this.#note();
    return this.longest;
  }

  #turn(): void {
    if (this.#isOver) return;
    this.#note();
    setImmediate(() => this.#turn());
  }

  #note(): void {
    const { user, system } = process.threadCpuUsage(this.#last);
    this.longest = Math.max(this.longest, (user + system) / 1000);
    this.#last = process.threadCpuUsage();
  }
}

const query: LogQuery = {
  level: 'info',
  folded: [],
  search: { text: '', regex: false, matchCase: false, wholeWord: false },
  onlyMatching: false,
};
const screens = 200;
const rowsAScreen = 150;

/** Follows a run to its end, as a panel's feed does, and hands every message on as text; then looks about in its output. */
async function follow(run: string): Promise<object> {
  const log = logFile(folder, run);
  // A run that is still to come: its log is waited for, as the panel of a run that begins does.
  mkdirSync(dirname(dirname(log)), { recursive: true });
  const reading = new LongestWork();
  let last: (ToWebview & { readonly kind: 'log' }) | undefined;
  let peak = 0;
  const began = performance.now();
  reading.start();
  const source = new RunStore(folder);
  const ended = Promise.withResolvers<void>();
  let onSearched = (): void => {};
  const feed = new RunFeed({
    source: {
      follow: (id, onEvents, onEnd, options) =>
        source.follow(id, onEvents, (end) => (onEnd?.(end), ended.resolve()), options),
    },
    openLines: () => new LinesInLog(log),
    readEarlier: () => readEarlierDurations(source, run),
    isFile: async () => false,
    writtenAt: async () => undefined,
    folder,
    run,
    clock: systemClock,
    send(message) {
      JSON.stringify(message);
      if (message.kind === 'log') last = message;
      if (last?.search?.isDone === true) onSearched();
      peak = Math.max(peak, process.memoryUsage.rss());
    },
  });
  feed.start(0, query);
  // Nothing of it keeps a process alive, as nothing of it keeps VS Code open.
  setInterval(() => {}, 1000);
  await ended.promise;
  const time = performance.now() - began;
  const longest = reading.stop();
  const lines = last?.lines ?? 0;
  const screen = medianScreen(feed, lines);
  const searching = new LongestWork();
  searching.start();
  const searchBegan = performance.now();
  await new Promise<void>((resolve) => {
    onSearched = resolve;
    feed.receive({ kind: 'view', view: 1, query: { ...query, search: { ...query.search, text: '99999' } } });
  });
  return {
    time,
    longest: Math.max(longest, searching.stop()),
    lines,
    screen,
    search: performance.now() - searchBegan,
    hits: last?.search?.hits ?? 0,
    peak,
  };
}

/** The page jumps about, and asks each time for what comes into view: the median of what that takes. */
function medianScreen(feed: RunFeed, lines: number): number {
  const times = Array.from({ length: screens }, (_, at) => {
    const from = Math.floor((((at * 7919) % screens) / screens) * Math.max(0, lines - rowsAScreen));
    const began = performance.now();
    feed.receive({ kind: 'rows', view: 0, from, count: rowsAScreen });
    return performance.now() - began;
  });
  return times.sort((one, other) => one - other)[screens / 2] ?? 0;
}

/** A history as a year of dbt runs leaves it: fifty models each. */
function leave(count: number): void {
  const models = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`model_${at}`, 100 + at]));
  for (let at = 0; at < count; at++) {
    const began = new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString();
    leaveRun(folder, { step: 'dbt:build', at: began, durationMs: 5000, models });
  }
}

async function open(): Promise<object> {
  const work = new LongestWork();
  work.start();
  const began = performance.now();
  const store = new RunStore(folder);
  const watching = store.watch(() => {});
  const listed = await store.list();
  const time = performance.now() - began;
  const longest = work.stop();
  watching.dispose();
  return { time, longest, listed: listed.length };
}

if (what === 'leave') leave(Number(more));
else
  process.stdout.write(JSON.stringify(what === 'open' ? await open() : await follow(more)), () =>
    process.exit(0),
  );
