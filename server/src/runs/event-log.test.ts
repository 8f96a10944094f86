import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { EventLog } from './event-log.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const timers: (() => void)[] = [];
const clock: Clock = {
  now: () => Date.parse('2026-11-23T08:32:45.120Z'),
  after(_delayMs, callback) {
    timers.push(callback);
    return () => void timers.splice(timers.indexOf(callback), 1);
  },
};

function output(text: string): RunEventBody {
  return { type: 'output', step: 's', stream: 'stdout', level: 'info', text };
}

function open(file: string): { log: EventLog; problems: string[]; heard: RunEvent[] } {
  const problems: string[] = [];
  const heard: RunEvent[] = [];
  const onEvent = (event: RunEvent): void => void heard.push(event);
  return {
    log: new EventLog({
      run: 'r',
      file,
      clock,
      onEvent,
      onOutput: onEvent,
      onProblem: (message) => problems.push(message),
    }),
    problems,
    heard,
  };
}

test('events are numbered, dated, and written together after a moment', () => {
  const file = join(folder, 'events.jsonl');
  const { log, heard } = open(file);
  log.write(output('a'));
  log.write(output('b'));
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(timers).toHaveLength(1);
  timers[0]!();
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  expect(lines).toEqual(heard);
  expect(lines[1]).toEqual({ seq: 1, at: '2026-11-23T08:32:45.120Z', run: 'r', ...output('b') });
  expect(timers).toHaveLength(0);
  log.close();
});

test('much output does not wait for the moment, and nothing is lost at the end', () => {
  const file = join(folder, 'events.jsonl');
  const { log } = open(file);
  for (let at = 0; at < 200; at++) log.write(output('x'.repeat(1000)));
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(64 * 1024);
  log.close();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(200);
  expect(timers).toHaveLength(0);
});

test('many lines at once are the events that they are one by one, and come in order with others', () => {
  const head = { type: 'output', step: 's', stream: 'stderr', level: 'info' } as const;
  const texts = ['', 'plain', 'ä✓🚰 it is', 'long '.repeat(100_000), 'last'];
  const file = join(folder, 'events.jsonl');
  const { log, heard } = open(file);
  log.write(output('before'));
  log.writeLines(head, Buffer.from(texts.map((text) => `${text}\n`).join('')));
  log.write(output('after'));
  log.close();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as RunEvent);
  expect(events).toEqual(heard);
  expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(events.map((event) => (event.type === 'output' ? event.text : ''))).toEqual([
    'before',
    ...texts,
    'after',
  ]);
  expect(events[2]).toMatchObject(head);
});

test('a batch that somebody was given stays as it was', () => {
  const batches: Buffer[] = [];
  const log = new EventLog({
    run: 'r',
    file: undefined,
    clock,
    onBatch: (lines) => batches.push(lines),
    onProblem: () => {},
  });
  for (const text of ['a', 'b']) {
    log.write(output(text));
    log.flush();
  }
  expect(batches.map((bytes) => (JSON.parse(bytes.toString()) as { text: string }).text)).toEqual(['a', 'b']);
});

test('a log that cannot be made is said once, and events still arrive', () => {
  const { log, problems, heard } = open(join(folder, 'gone', 'events.jsonl'));
  log.write(output('a'));
  log.write(output('b'));
  log.close();
  expect(problems).toEqual([
    expect.stringMatching(/^the run's log cannot be written, the run goes on without: ENOENT/),
  ]);
  expect(heard.map((event) => event.seq)).toEqual([0, 1]);
});

test('a full disk is said once, and does not stop the run', () => {
  // Writing to this device fails as on a full disk.
  const full = '/dev/full';
  if (!existsSync(full)) return;
  const { log, problems, heard } = open(full);
  for (let at = 0; at < 300; at++) log.write(output('x'.repeat(1000)));
  log.close();
  expect(problems).toEqual([expect.stringContaining('ENOSPC')]);
  expect(heard).toHaveLength(300);
});

test('an existing log is added to, never overwritten', () => {
  const file = join(folder, 'events.jsonl');
  for (const text of ['a', 'b']) {
    const { log } = open(file);
    log.write(output(text));
    log.close();
  }
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  chmodSync(file, 0o644);
});
