import { expect, test } from 'vitest';
import { LineScanner } from './line-scanner.ts';

/** Each line with what it was taken for. */
function scan(scanner: LineScanner, text: string): readonly string[] {
  const said: string[] = [];
  scanner.scan(Buffer.from(text), {
    plain: (lines) => void said.push(`plain ${lines.toString().trimEnd().replaceAll('\n', '|')}`),
    quoted: (line) => void said.push(`quoted ${line}`),
    remarkable: (line) => void said.push(`remarkable ${line}`),
  });
  return said;
}

function begun(words: readonly string[]): LineScanner {
  const scanner = new LineScanner(words);
  scan(scanner, 'nothing\n');
  return scanner;
}

test('plain lines come together, others by themselves and in their place', () => {
  const scanner = begun(['secret', '\nError']);
  expect(
    scan(scanner, 'a\nb ✓\nmy SECRET\nc\n{"d": 1}\ncoloured \u001b[31m\nno Error\nError: x\n\ne\n'),
  ).toEqual([
    'plain a|b ✓',
    'remarkable my SECRET',
    'plain c',
    'quoted {"d": 1}',
    'remarkable coloured \u001b[31m',
    'plain no Error',
    'remarkable Error: x',
    'plain |e',
  ]);
});

test('a word that a line end parts is none', () => {
  expect(scan(begun(['secret']), 'sec\nret\n')).toEqual(['plain sec|ret']);
});

test('a line that ends in what may be base64, and the one after it, are looked at', () => {
  const run = 'QUJDREVGR0hJSktM';
  const scanner = begun([]);
  expect(scan(scanner, `a\n${run}\nTU4=\nb\nkey: ${run}\n`)).toEqual([
    'plain a',
    `remarkable ${run}`,
    'remarkable TU4=',
    'plain b',
    `remarkable key: ${run}`,
  ]);
  expect(scan(scanner, 'c\nd\n')).toEqual(['remarkable c', 'plain d']);
  scanner.passed();
  expect(scan(scanner, 'e\nf\n')).toEqual(['remarkable e', 'plain f']);
});
