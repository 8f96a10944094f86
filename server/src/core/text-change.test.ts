import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFoundIn, linesWith } from './found-in.ts';
import { SourceFile } from './source-file.ts';
import { changeBetween, changedLines } from './text-change.ts';

const seed = 20_261_129;

test('the one stretch in which two texts differ', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 9000, unit: fc.constantFrom('a', 'b') }),
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b') }),
      (text, where, gone, put) => {
        const before = text.repeat(50);
        const at = where % (before.length + 1);
        const after = before.slice(0, at) + put + before.slice(at + gone);
        const { start, end, newEnd } = changeBetween(before, after);
        expect(before.slice(0, start) + after.slice(start, newEnd) + before.slice(end)).toBe(after);
        expect(end - start).toBeLessThanOrEqual(gone);
        expect(newEnd - start).toBeLessThanOrEqual(put.length);
      },
    ),
    { seed, numRuns: 200 },
  );
});

test('the lines around a change, with a few that hold something on either side', () => {
  const lines = Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? '' : `line ${at}`));
  const before = lines.join('\n');
  const after = before.replace('line 20', 'line twenty');
  const linesOf = (one: string, other: string): ReturnType<typeof changedLines> =>
    changedLines(one, other, changeBetween(one, other));
  const changed = linesOf(before, after);
  expect(changed.before.split('\n')).toEqual(lines.slice(11, 30));
  expect(changed.after).toBe(changed.before.replace('line 20', 'line twenty'));
  expect(linesOf('a', 'ab')).toEqual({ before: 'a', after: 'ab' });
  expect(linesOf('', 'b')).toEqual({ before: '', after: 'b' });
});

/** Looks at each version of texts that are edited at random. */
function overEdits(piece: fc.Arbitrary<string>, look: (source: SourceFile) => void): void {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), piece), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), edits, (pieces, typed) => {
      let source = new SourceFile('/a', pieces.join(''));
      for (const [where, gone, put] of typed) {
        const { text } = source;
        const at = where % (text.length + 1);
        source = new SourceFile('/a', text.slice(0, at) + put + text.slice(at + gone), source);
        look(source);
      }
    }),
    { seed, numRuns: 1000 },
  );
}

test('what is looked for over a few lines is found after any edits as in the whole text', () => {
  const isIn = (text: string): boolean => /getenv\s*\(\s*[a-z]/.test(text);
  let found = 0;
  overEdits(fc.constantFrom('getenv', '(', 'a', '"', '\n', '  ', 'x\n', '\n\n'), (source) => {
    expect(isFoundIn(source, isIn)).toBe(isIn(source.text));
    if (isIn(source.text)) found++;
  });
  expect(found).toBeGreaterThan(50);
});

test('the lines with what is looked for are after any edits those of the whole text', () => {
  const pattern = /v\d+/g;
  let found = 0;
  overEdits(fc.constantFrom('v', '1', '2', ' ', '\n', 'v3\n', '\n\n'), (source) => {
    const lines = linesWith(source, pattern).map((line) => source.slice(line));
    expect(lines).toEqual(source.text.split('\n').filter((line) => /v\d/.test(line)));
    found += lines.length;
  });
  expect(found).toBeGreaterThan(1000);
});
