import { expect, test } from 'vitest';
import { cutParts, parseAnsi } from './ansi.ts';

const esc = '\u001b';

test('text without colours is handed through as it is', () => {
  const text = 'a < b & "c"';
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

test('the segments of a line are its plain text', () => {
  const line = `a${esc}[31mb${esc}[0mc${esc}[38;5;1md`;
  const together = parseAnsi(line)
    .map(({ text }) => text)
    .join('');
  expect(together).toBe('abcd');
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

test('colours written with colons and kinds of underlines are read, too', () => {
  const line = `${esc}[38:2::10:20:30mdeep${esc}[0m${esc}[38:5:208morange${esc}[0;4:3mcurly${esc}[24mplain`;
  expect(parseAnsi(line).map(({ text, foreground, styles }) => [text, foreground, ...styles])).toEqual([
    ['deep', 'rgb(10, 20, 30)'],
    ['orange', 'rgb(255, 135, 0)'],
    ['curly', undefined, 'underline'],
    ['plain', undefined],
  ]);
});
