import { expect, test } from 'vitest';
import { LineSplitter, maxLineBytes } from './line-splitter.ts';

function split(...chunks: readonly (string | Buffer)[]): readonly string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter({ line: (text) => void lines.push(text) });
  for (const chunk of chunks) splitter.push(Buffer.from(chunk as string));
  splitter.end();
  return lines;
}

const cases: Readonly<Record<string, readonly [input: string, lines: readonly string[]]>> = {
  'plain lines': ['a\nb\n', ['a', 'b']],
  'no line end at the end': ['a\nb', ['a', 'b']],
  'empty lines': ['a\n\n\nb\n', ['a', '', '', 'b']],
  'Windows line ends': ['a\r\nb\r\n', ['a', 'b']],
  'empty lines with Windows line ends': ['a\r\n\r\nb\r\n', ['a', '', 'b']],
  'an empty line that is a Windows line end': ['\r\nb\r\n', ['', 'b']],
  'a progress bar': ['10 %\r20 %\r30 %\ndone\n', ['10 %', '20 %', '30 %', 'done']],
  'a progress bar that begins with its CR': ['\r10 %\r20 %\r\ndone\n', ['10 %', '20 %', 'done']],
  'a doubled CR': ['a\r\r\nb\n', ['a', 'b']],
  nothing: ['', []],
  'characters of several bytes': ['ä✓🚰\nß', ['ä✓🚰', 'ß']],
};

for (const [name, [input, lines]] of Object.entries(cases)) {
  test(name, () => {
    expect(split(input)).toEqual(lines);
    expect(split(...Array.from(Buffer.from(input), (byte) => Buffer.of(byte)))).toEqual(lines);
  });
}

test('bytes that are no text become marks, not errors', () => {
  expect(split(Buffer.from([0xff, 0xfe, 0, 10, 0x61]))).toEqual(['\ufffd\ufffd\0', 'a']);
});

test('a line of 10 MB is cut, the next one is whole', () => {
  const [long, next, ...rest] = split('x y '.repeat(2_500_000), '\nnext\n');
  expect(long!.length).toBeLessThan(maxLineBytes + 100);
  expect(long!.slice(-40)).toMatch(/x y +… \[line cut, 9000000 more bytes\]$/);
  expect([next, ...rest]).toEqual(['next']);
});

test('a cut leaves no half of a word, which might be half of a secret', () => {
  const [long] = split(`${'a '.repeat(maxLineBytes / 2 - 5)}secretsecretsecret tail\n`);
  expect(long!.includes('secr')).toBe(false);
});
