import { expect, test } from 'vitest';
import { cleanLine, plainText } from './terminal-text.ts';

const esc = '\u001b';

test('links, titles and cursor movements leave only their text', () => {
  expect(cleanLine(`${esc}]8;;https://docs.example${esc}\\docs${esc}]8;;${esc}\\`)).toBe('docs');
  expect(cleanLine(`${esc}]0;title\u0007text${esc}[2K${esc}[1A`)).toBe('text');
  expect(cleanLine(`${esc}[32mok${esc}[0m`)).toBe(`${esc}[32mok${esc}[0m`);
});

test('of an overwritten line the last part stands', () => {
  expect(cleanLine('10 %\r50 %\r100 %')).toBe('100 %');
  expect(cleanLine('done\r')).toBe('done');
  expect(cleanLine(`${esc}[33m10 %\r${esc}[1m100 %`)).toBe(`${esc}[33m${esc}[1m100 %`);
});

test('plain text has no colours, however they are written', () => {
  expect(plainText(`a${esc}[31mb${esc}[38:2::1:2:3mc${esc}[0m`)).toBe('abc');
});
