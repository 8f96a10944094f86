import { expect, test } from 'vitest';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { OperationCancelled, type Pause } from '../core/cancellation.ts';
import { silentLog } from '../core/log.ts';
import { Platform } from '../core/platform.ts';
import type { System } from '../core/system.ts';
import { decodeSettings } from './settings.ts';
import { Session } from './session.ts';

interface Bench {
  readonly session: Session;
  readonly files: MemoryFiles;
  readonly platform: Platform;
  /** How often each file was read by its system. */
  readonly parses: Map<string, number>;
  /** Closes the way for work that lets others have a turn; opens it again. */
  readonly hold: () => () => void;
}

function openBench(texts: Readonly<Record<string, string>>): Bench {
  const parses = new Map<string, number>();
  const counting: System = {
    ...toy,
    parse: (source, claim, project) => {
      parses.set(source.path, (parses.get(source.path) ?? 0) + 1);
      return toy.parse(source, claim, project);
    },
  };
  let gate = Promise.resolve();
  const pause: Pause = async (token) => {
    await gate;
    if (token.isCancellationRequested) throw new OperationCancelled();
  };
  const files = new MemoryFiles(texts);
  const platform = new Platform({ systems: [counting], files, log: silentLog, pause });
  const session = new Session(platform, decodeSettings({}), { log: silentLog, pause });
  return {
    session,
    files,
    platform,
    parses,
    hold: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
  };
}

function many(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`/w/f_${at}.toy`, `use x`]));
}

/** True while a promise has not come to an end by itself, other work having had its turns. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  let ended = false;
  void promise.then(() => (ended = true));
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setTimeout(next, 0));
  return !ended;
}

test('an edit of a project’s layout keeps nobody waiting who asks about the file, and is taken in by all in the end', async () => {
  const { session, files, parses, hold } = openBench({
    '/w/toy.txt': 'a',
    '/w/z.toy': 'def x',
    ...many(100),
  });
  await session.load(['/w']);
  const open = hold();
  files.texts.set('/w/toy.txt', 'another name');
  session.touch('/w/toy.txt');
  const platform = await session.now();
  expect(platform.source('/w/toy.txt')?.text).toBe('another name');
  const whole = session.settled();
  expect(await isWaiting(whole)).toBe(true);
  expect(parses.get('/w/f_7.toy')).toBe(1);
  open();
  await whole;
  expect(parses.get('/w/f_7.toy')).toBe(2);
  expect(platform.projectOf('/w/f_7.toy')?.name).toBe('another name');
  session.dispose();
});

test('letters typed while files are looked at again count, and each file ends as it is then', async () => {
  const { session, files, platform } = openBench({ '/w/toy.txt': 'a', ...many(100) });
  await session.load(['/w']);
  for (const name of ['ab', 'abc', 'abcd']) {
    files.texts.set('/w/toy.txt', name);
    session.touch('/w/toy.txt');
    await session.now();
  }
  files.texts.set('/w/f_1.toy', 'def x');
  session.touch('/w/f_1.toy');
  await session.settled();
  expect(platform.projectOf('/w/f_99.toy')?.name).toBe('abcd');
  expect(platform.findings('/w/f_99.toy')).toEqual([]);
  session.dispose();
});

test('half the disk changing at once lets others have their turn', async () => {
  const texts = { '/w/toy.txt': 'a', ...many(100) };
  const { session, files, hold } = openBench(texts);
  await session.load(['/w']);
  const open = hold();
  const changed = Object.keys(many(100));
  for (const path of changed) files.texts.set(path, 'def y');
  session.touchOnDisk(changed);
  await session.now();
  const whole = session.settled();
  expect(await isWaiting(whole)).toBe(true);
  open();
  const platform = await whole;
  expect(changed.every((path) => platform.source(path)?.text === 'def y')).toBe(true);
  session.dispose();
});

test('who is told of changes hears of every file once all is taken in', async () => {
  const { session, files } = openBench({ '/w/toy.txt': 'a', ...many(100) });
  await session.load(['/w']);
  const told: number[] = [];
  session.onChanged(({ paths }) => told.push(paths.size));
  files.texts.set('/w/toy.txt', 'b');
  session.touch('/w/toy.txt');
  await session.settled();
  expect(told).toEqual([1, 100]);
  session.dispose();
});

test('an edit while the workspace is read is taken in, whatever was read before', async () => {
  const { session, files, hold } = openBench({ '/w/toy.txt': 'a', ...many(200) });
  const open = hold();
  const loading = session.load(['/w']);
  await isWaiting(loading);
  files.texts.set('/w/f_0.toy', 'def x');
  session.touch('/w/f_0.toy');
  const asked = session.now();
  expect(await isWaiting(asked)).toBe(true);
  open();
  expect((await asked).findings('/w/f_199.toy')).toEqual([]);
  session.dispose();
});

test('a reading that begins anew is what a question waits for; the one before is given up', async () => {
  const { session, parses, hold } = openBench({
    '/w/toy.txt': 'a',
    ...many(200),
    '/v/toy.txt': 'b',
    '/v/a.toy': '',
  });
  const open = hold();
  const first = session.load(['/w']);
  const asked = session.settled();
  await isWaiting(first);
  const second = session.load(['/v']);
  open();
  const platform = await asked;
  expect([...platform.paths()]).toEqual(['/v/toy.txt', '/v/a.toy']);
  expect(parses.has('/w/f_199.toy')).toBe(false);
  await Promise.all([first, second]);
  session.dispose();
});
