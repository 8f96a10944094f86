import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBetween } from '../../core/text-change.ts';
import { cutPieces, mayHide, recutPieces, type PlacedPiece } from './pieces.ts';

const line = fc.constantFrom(
  '', '', '', 'words', '  words', '    code', '# Heading', '## Heading', '# a | b', '- entry', '  - part', '  more', '1. one', '- [ ] do', '| a | b |', '|--|--|',
  '| c |', '---', '===', '> quoted', '[ref]: a.md', '[ref]', '***', '-', '\tcode', '#', 'a | b', '- |', '|-|',
); // prettier-ignore

function placed(pieces: readonly PlacedPiece[], by = 0): readonly PlacedPiece[] {
  return pieces.map(({ kind, definitions, start, end }) => ({
    kind,
    definitions,
    start: start + by,
    end: end + by,
  }));
}

test('a document that is cut again about an edit has the pieces of one that is cut as a whole', () => {
  let kept = 0;
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 10, maxLength: 40, size: 'max' }),
      fc.nat({ max: 1000 }),
      fc.nat({ max: 12 }),
      fc.oneof(line, fc.constantFrom('\n', '\n\n', 'x', '-', ' ', '|')),
      fc.constantFrom('\n', '\r\n'),
      (lines, where, gone, typed, end) => {
        const before = lines.join(end);
        const at = where % (before.length + 1);
        const after = before.slice(0, at) + typed + before.slice(at + gone);
        if (/\r(?!\n)/.test(after)) return;
        const pieces = cutPieces(before);
        const recut = recutPieces(pieces, changeBetween(before, after), after);
        if (!recut) return;
        kept += recut.first + recut.last;
        expect([
          ...placed(pieces.slice(0, recut.first)),
          ...placed(recut.between),
          ...placed(pieces.slice(pieces.length - recut.last), after.length - before.length),
        ]).toEqual(placed(cutPieces(after)));
      },
    ),
    { numRuns: 3000 },
  );
  expect(kept).toBeGreaterThan(1000);
});

test('what a piece is may rest on the second line behind it', () => {
  const [before, after] = ['next', '|--|--|'].map((last) => `one\n\ntwo\n\nword\n# a | b\n${last}`);
  const recut = recutPieces(cutPieces(before!), changeBetween(before!, after!), after!);
  expect(recut?.between.map(({ kind }) => kind)).toEqual(['other']);
  expect(recut?.first).toBe(2);
});

test.each([
  ['a fence', 'a\n\n```\nb', true],
  ['a comment', '<!-- a', true],
  ['code in a line', 'a `b` <c>\n\n- ~~d~~', false],
])('%s may hide what stands behind it: %s', (_, text, may) => {
  expect(mayHide(text)).toBe(may);
});
