import { expect, test } from 'vitest';
import type { LogLine } from '../../../webviews/run/protocol.ts';
import { CarriedStyles, styleAfter } from './carried-style.ts';

/** The style in words: `␛` stands for the escape character. */
function after(before: string, text: string): string {
  const real = (shown: string): string => shown.replaceAll('␛', '\u001b');
  return styleAfter(real(before), real(text)).replaceAll('\u001b', '␛');
}

test.each([
  ['a colour goes on', '', '␛[31mred', '␛[31m'],
  ['a colour that is ended does not', '', '␛[31mred␛[0m', ''],
  ['an empty code ends all', '␛[1;31m', 'x␛[m', ''],
  ['the last colour counts', '', '␛[31m␛[92mgreen', '␛[92m'],
  ['styles add up', '␛[1m', '␛[4mx', '␛[1;4m'],
  ['one of two is ended', '␛[1;4m', 'x␛[24m', '␛[1m'],
  ['22 ends bold and dim', '␛[1;2;3m', '␛[22m', '␛[3m'],
  ['39 ends the foreground alone', '␛[31;44m', '␛[39m', '␛[44m'],
  ['24-bit colours are one code', '', '␛[1;38;2;255;0;10;4mx', '␛[1;38;2;255;0;10;4m'],
  ['zero in a colour ends nothing', '␛[1m', '␛[38;2;0;0;0m', '␛[1;38;2;0;0;0m'],
  ['colours of the palette are one code', '', '␛[48;5;208mx', '␛[48;5;208m'],
  ['colons are kept as they are', '', '␛[38:2::1:2:3m␛[4:3m', '␛[38:2::1:2:3;4:3m'],
  ['an underline may end with a colon', '␛[4:3m', '␛[4:0m', ''],
  ['what moves the cursor is no style', '␛[31m', '␛[2K␛[1Ax', '␛[31m'],
])('%s', (_name, before, text, expected) => {
  expect(after(before, text)).toBe(expected);
});

function line(step: string, text: string, kind: LogLine['kind'] = 'output'): LogLine {
  return { at: 0, step, level: 'info', kind, text };
}

test('each step goes on in its own style, and anew with each attempt; our own lines have none', () => {
  const styles = new CarriedStyles();
  const begins = (taken: LogLine): string => styles.sequence(styles.take(taken));
  expect(begins(line('1', '\u001b[31mred'))).toBe('');
  expect(begins(line('2', 'plain'))).toBe('');
  expect(begins(line('1', 'Waiting', 'note'))).toBe('');
  expect(begins(line('1', 'still red'))).toBe('\u001b[31m');
  expect(begins(line('1', 'end of it\u001b[0m'))).toBe('\u001b[31m');
  expect(begins(line('1', 'plain'))).toBe('');
  expect(begins(line('1', '\u001b[32m'))).toBe('');
  expect(begins(line('1', '$ dbt build', 'command'))).toBe('');
  expect(begins(line('1', 'plain again'))).toBe('');
});
