import { expect, test } from 'vitest';
import { plainInterpreter, safeInterpreter } from './safe-interpreter.ts';

const said = (text: string): object => ({ kind: 'text', text, level: 'info' });
const told = {
  kind: 'text',
  text: 'Penstock could not read this output, which is shown as it was printed: Error: no such thing',
  level: 'warn',
};

test('a line that an interpreter fails at is shown as it was printed, and that it failed is told once', () => {
  const interpreter = safeInterpreter(() => ({
    line(_stream, text) {
      if (text.startsWith('bad')) throw new Error('no such thing');
      return [{ kind: 'progress', node: text, records: 1 }];
    },
  }));
  expect(['good', 'bad', 'better', 'bad again'].map((text) => interpreter.line('stdout', text))).toEqual([
    [{ kind: 'progress', node: 'good', records: 1 }],
    [told, said('bad')],
    [{ kind: 'progress', node: 'better', records: 1 }],
    [said('bad again')],
  ]);
});

test('one that cannot be made is told of, too', () => {
  const interpreter = safeInterpreter(() => {
    throw new Error('no such thing');
  });
  expect(interpreter.line('stdout', 'one')).toEqual([told, said('one')]);
  expect(interpreter.line('stderr', 'two')).toEqual([said('two')]);
});

test('plain output is read as plainly as without', () => {
  expect(safeInterpreter(() => plainInterpreter)).toBe(plainInterpreter);
});
