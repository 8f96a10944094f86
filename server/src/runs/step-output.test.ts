import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Step } from '../core/step.ts';
import { createRedactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';
import { plainInterpreter } from './safe-interpreter.ts';
import { StepOutput } from './step-output.ts';

const step = { id: 's' } as Step;
const redact = createRedactor(['hunter22', 'p@ss w0r-d/ä', 'correct horse battery staple']);

function open(): { readonly output: StepOutput; readonly events: RunEventBody[] } {
  const events: RunEventBody[] = [];
  const output = new StepOutput({
    id: 's',
    step,
    cwd: '/w',
    interpreter: plainInterpreter,
    redact,
    to: {
      event: (event) => void events.push(event),
      lines(head, lines) {
        for (const text of lines.toString().slice(0, -1).split('\n')) events.push({ ...head, text });
      },
    },
  });
  return { output, events };
}

const base64 = Buffer.from('me:correct horse battery staple@host').toString('base64');
const line = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\r\n]/gu, '')),
  fc.constantFrom(
    'plain',
    '',
    'it is hunter22!',
    'hun\u001b[1mter22',
    'p@ss w0r-d/ä',
    base64.slice(0, 24),
    base64.slice(24),
    '{"a": "b\\c"}',
    'postgres://me:topsecret@db/x',
    'Traceback (most recent call last):',
    '  File "load.py", line 7, in <module>',
    'ValueError: no',
    'During handling of the above exception, another exception occurred:',
    'E       assert 1 == 2',
    'tests/test_a.py:4: AssertionError',
    'a.sql:3: error: no such column',
  ),
);

test('lines that come as a block are the events that they are one by one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(line, { minLength: 1, maxLength: 12 }), { maxLength: 4 }), (blocks) => {
      const [one, many] = [open(), open()];
      for (const lines of blocks) {
        for (const text of lines) one.output.line('stdout', text);
        many.output.block('stdout', Buffer.from(lines.map((text) => `${text}\n`).join('')));
      }
      one.output.end();
      many.output.end();
      expect(many.events).toEqual(one.events);
    }),
    { numRuns: 500 },
  );
});

test('a failure at keys of a file stands at their line, or at the first one where they lead nowhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-output-'));
  const path = join(folder, 'compose.yaml');
  writeFileSync(path, 'name: shop\nservices:\n  web:\n    imag: web\n');
  const { output, events } = open();
  for (const said of [
    "services.web additional properties 'imag' not allowed",
    'services.db must be a mapping',
  ])
    output.line('stderr', `validating ${path}: ${said}`);
  rmSync(folder, { recursive: true });
  const problems = events.flatMap((event) => (event.type === 'problem' ? [[event.path, event.line]] : []));
  expect(problems).toEqual([
    [path, 4],
    [path, 1],
  ]);
});
