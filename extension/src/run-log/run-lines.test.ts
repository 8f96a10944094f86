import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogReader } from '../../../server/src/runs/log-reader.ts';
import type { RunEventBody } from '../../../server/src/runs/run-event.ts';
import { LinesInLog } from './run-lines.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-lines-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function output(text: string): RunEventBody {
  return { type: 'output', step: '1', stream: 'stdout', level: 'info', text };
}

/** Writes a log and takes it in piece by piece, as the follower does. */
function linesOf(bodies: readonly (RunEventBody | string)[]): LinesInLog {
  const file = join(folder, 'events.jsonl');
  const texts = bodies.map((body, seq) =>
    typeof body === 'string'
      ? body
      : JSON.stringify({ seq, at: '2026-11-23T08:32:40.000Z', run: 'r1', ...body }),
  );
  writeFileSync(file, `${texts.join('\n')}\n`);
  const lines = new LinesInLog(file);
  const reader = new LogReader(file);
  for (let events = reader.next(); events; events = reader.next()) lines.append(events, reader.offsets);
  return lines;
}

test('lines are read from the log where they stand, near ones and distant ones, after letters of several bytes', () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    output(`zeile ${index} – größer ${'.'.repeat(200)}`),
  );
  const lines = linesOf(many);
  expect(lines.table.count).toBe(3000);
  const wanted = [0, 1, 2, 700, 1499, 1500, 2999];
  const read = lines.read(wanted);
  expect(read.map(({ number, line }) => [number, line.text.split(' –')[0]])).toEqual(
    wanted.map((number) => [number, `zeile ${number}`]),
  );
});

test('an event that makes several lines gives each of them', () => {
  const lines = linesOf([
    output('before'),
    { type: 'step-ended', step: '1', status: 'failed', durationMs: 1000, message: 'one\ntwo\nthree' },
    output('after'),
  ]);
  const texts = (...wanted: readonly number[]) => lines.read(wanted).map(({ line }) => line.text);
  expect(texts(0, 1, 2, 3, 4)).toEqual(['before', 'Failed after 1.0 s: one', 'two', 'three', 'after']);
  expect(texts(2)).toEqual(['two']);
  expect(texts(3, 4)).toEqual(['three', 'after']);
});

test('broken lines are no lines, and a log that is gone gives nothing', () => {
  const lines = linesOf([output('a'), '{"seq":', output('b')]);
  expect(lines.read([0, 1]).map(({ line }) => line.text)).toEqual(['a', 'b']);
  rmSync(join(folder, 'events.jsonl'));
  expect(lines.read([0])).toEqual([]);
});

test('a million lines cost some bytes each, not their texts', () => {
  const lines = new LinesInLog(join(folder, 'none'));
  const event = { seq: 0, at: '2026-11-23T08:32:40.000Z', run: 'r1', ...output('x'.repeat(500)) };
  const piece = Array.from({ length: 10_000 }, () => event);
  const offsets = [...piece.map((_, index) => index * 600), 0];
  const before = process.memoryUsage();
  for (let taken = 0; taken < 1_000_000; taken += piece.length) lines.append(piece, offsets);
  const after = process.memoryUsage();
  expect(lines.table.count).toBe(1_000_000);
  const buffers = after.arrayBuffers - before.arrayBuffers;
  // Fifteen bytes a line, in lists that have room to grow to twice their size.
  expect(buffers).toBeLessThan(60_000_000);
});
