import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFile } from './source-file.ts';

const text = 'a\r\nbc\n\u{1F600}d\re';
const source = new SourceFile('/a', text);

test('positions count UTF-16 units and know all three line ends', () => {
  expect(source.positionAt(text.indexOf('b'))).toEqual({ line: 1, character: 0 });
  expect(source.positionAt(text.indexOf('d'))).toEqual({ line: 2, character: 2 });
  expect(source.positionAt(text.indexOf('e'))).toEqual({ line: 3, character: 0 });
  expect(source.lineCount).toBe(4);
});

test('a position past the end of a line is that end', () => {
  expect(source.offsetAt({ line: 0, character: 99 })).toBe(1);
  expect(source.offsetAt({ line: 99, character: 0 })).toBe(text.length);
  expect(source.lineSpan(1)).toEqual({ start: 3, end: 5 });
  expect(source.lineSpan(4)).toBeUndefined();
});

test('offset → position → offset is the identity outside line breaks', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '\u{1F600}') }),
      fc.nat(),
      (each, at) => {
        const file = new SourceFile('/x', each);
        const offset = at % (each.length + 1);
        const isInBreak = each[offset - 1] === '\r' && each[offset] === '\n';
        if (!isInBreak) expect(file.offsetAt(file.positionAt(offset))).toBe(offset);
      },
    ),
  );
});

test('a line is the same wherever one begins to look for it', () => {
  const file = new SourceFile('/x', 'a\n\nb\r\nc\n'.repeat(5));
  for (let offset = -1; offset <= file.text.length + 1; offset++)
    for (let near = 0; near <= file.lineCount + 1; near++)
      expect(file.lineAt(offset, near)).toBe(file.lineAt(offset));
});

test('what is kept goes from a version to the next, and is gone from the former one', () => {
  const key = {};
  const first = new SourceFile('/a', 'abc');
  first.kept(key, () => ['first']).push('again');
  const second = new SourceFile('/a', 'abcd', first);
  expect(second.kept(key, () => ['new'])).toEqual(['first', 'again']);
  expect(first.kept(key, () => ['new'])).toEqual(['new']);
  second.forget();
  expect(second.kept(key, () => ['new'])).toEqual(['new']);
});

test('the lines of a version that follows another are those of its text', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r'), maxLength: 4 });
  fc.assert(
    fc.property(
      part.map((each) => each.repeat(3)),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), part)),
      (text, edits) => {
        let file = new SourceFile('/a', 'x', new SourceFile('/a', text));
        for (const [where, gone, put] of [[0, 1, text] as const, ...edits]) {
          const at = where % (file.text.length + 1);
          file = new SourceFile('/a', file.text.slice(0, at) + put + file.text.slice(at + gone), file);
          const fresh = new SourceFile('/a', file.text);
          const starts = (each: SourceFile): readonly unknown[] =>
            Array.from({ length: each.lineCount }, (_, line) => each.lineSpan(line));
          expect(starts(file)).toEqual(starts(fresh));
        }
      },
    ),
  );
});
