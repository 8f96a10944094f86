import { expect, test } from 'vitest';
import { cleanLine, cutParts, parseAnsi, plainText } from './ansi.ts';

const esc = '\u001b';

test('text without colours is handed through as it is', () => {
  const text = 'a < b & "c"';
  expect(cleanLine(text)).toBe(text);
  expect(parseAnsi(text)).toEqual([{ text, styles: [] }]);
});

test('named, bright, 256 and 24-bit colours become CSS colours', () => {
  const line = `${esc}[32mgreen${esc}[91mbright${esc}[38;5;208morange${esc}[38;5;250mgrey${esc}[48;2;1;2;3mback${esc}[0mend`;
  expect(parseAnsi(line).map(({ text, foreground, background }) => [text, foreground, background])).toEqual([
    ['green', 'var(--vscode-terminal-ansiGreen)', undefined],
    ['bright', 'var(--vscode-terminal-ansiBrightRed)', undefined],
    ['orange', 'rgb(255, 135, 0)', undefined],
    ['grey', 'rgb(188, 188, 188)', undefined],
    ['back', 'rgb(188, 188, 188)', 'rgb(1, 2, 3)'],
    ['end', undefined, undefined],
  ]);
});

test('bold and underline are kept, and reversed text swaps the colours of the editor', () => {
  const [strong, reversed] = parseAnsi(`${esc}[1;4mstrong${esc}[0m${esc}[7mreversed${esc}[0m`);
  expect(strong?.styles).toEqual(['bold', 'underline']);
  expect(reversed?.foreground).toBe('var(--vscode-editor-background)');
  expect(reversed?.background).toBe('var(--vscode-editor-foreground)');
});

test('links, titles and cursor movements leave only their text', () => {
  expect(cleanLine(`${esc}]8;;https://docs.example${esc}\\docs${esc}]8;;${esc}\\`)).toBe('docs');
  expect(cleanLine(`${esc}]0;title\u0007text${esc}[2K${esc}[1A`)).toBe('text');
  expect(cleanLine(`${esc}[32mok${esc}[0m`)).toBe(`${esc}[32mok${esc}[0m`);
});

test('of an overwritten line the last part stands', () => {
  expect(cleanLine('10 %\r50 %\r100 %')).toBe('100 %');
  expect(cleanLine('done\r')).toBe('done');
});

test('the segments of a line are its plain text', () => {
  const line = cleanLine(`a${esc}[31mb${esc}[0m${esc}[?25lc${esc}[38;5;1md`);
  const together = parseAnsi(line)
    .map(({ text }) => text)
    .join('');
  expect(together).toBe('abcd');
  expect(plainText(line)).toBe('abcd');
});

test('parts are cut at the borders of ranges, also across parts', () => {
  const ranges = [
    { start: 2, end: 5 },
    { start: 5, end: 6 },
  ];
  const pieces = cutParts([{ text: 'abc' }, { text: 'defg' }], ranges, (_, text, range) => [text, range]);
  expect(pieces).toEqual([
    ['ab', undefined],
    ['c', 0],
    ['de', 0],
    ['f', 1],
    ['g', undefined],
  ]);
});
