import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogReader } from './log-reader.ts';
import type { RunEventBody } from './run-event.ts';

const bodies: readonly RunEventBody[] = [
  {
    type: 'run-started',
    format: 1,
    requested: ['pipeline:daily'],
    title: 'daily',
    steps: [],
    pid: 1,
    folder: '/shop',
    // As nothing but a line of output begins, and yet none.
    parameters: { type: 'output' },
  },
  { type: 'output', step: '1', stream: 'stdout', level: 'info', text: 'größer' },
  { type: 'node-started', step: '1', node: '"type":"output"', title: 'm', what: 'model' },
  { type: 'output', step: '1', stream: 'stderr', level: 'warn', text: 'x'.repeat(500) },
  {
    type: 'run-ended',
    status: 'succeeded',
    durationMs: 1,
    totals: { succeeded: 1, failed: 0, skipped: 0, warned: 0 },
  },
];

function readAll(withoutOutput: boolean): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-reader-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'events.jsonl');
  const lines = bodies.map(
    (body, seq) => `${JSON.stringify({ seq, at: '2026-11-23T08:32:40.000Z', run: 'r1', ...body })}\n`,
  );
  writeFileSync(file, lines.join(''));
  const reader = new LogReader(file, { withoutOutput });
  const read: string[] = [];
  for (let events = reader.next(); events; events = reader.next()) {
    for (const [at, { seq, type }] of events.entries()) {
      const before = lines.slice(0, seq).join('');
      read.push(`${type} ${reader.offsets[at] === Buffer.byteLength(before)}`);
    }
    expect(reader.offsets.at(-1)).toBe(Buffer.byteLength(lines.join('')));
  }
  return read;
}

test('a log is read event by event, and each says where it stands', () => {
  expect(readAll(false)).toEqual(bodies.map(({ type }) => `${type} true`));
});

test('output can be passed over, and nothing else is', () => {
  expect(readAll(true)).toEqual(['run-started true', 'node-started true', 'run-ended true']);
});
