import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { SourceFile } from '../core/source-file.ts';
import { fingerprintsIn } from './fingerprint.ts';

const hashOf = (code: string, said: string, marked: string): string =>
  createHash('sha256').update([code, said, marked].join('\0')).digest('hex').slice(0, 16);

test('a fingerprint is of the code, the line and the words marked, whatever was asked before', () => {
  const fingerprintOf = fingerprintsIn(new SourceFile('/w/a.sql', '  one   two\nthree\n'));
  const asked = [
    { code: 'a/b', span: { start: 0, end: 0 }, hash: hashOf('a/b', '', '') },
    { code: 'a/b', span: { start: 2, end: 5 }, hash: hashOf('a/b', 'one two', 'one') },
    { code: 'a/c', span: { start: 8, end: 14 }, hash: hashOf('a/c', 'one two', 'two') },
    { code: 'a/b', span: { start: 8, end: 11 }, hash: hashOf('a/b', 'one two', 'two') },
    { code: 'a/b', span: { start: 12, end: 17 }, hash: hashOf('a/b', 'three', 'three') },
    { code: 'a/b', span: { start: 2, end: 5 }, hash: hashOf('a/b', 'one two', 'one') },
  ];
  for (const { hash, ...finding } of asked) expect(fingerprintOf(finding)).toBe(hash);
});

test('a line with many findings is read once', () => {
  const source = new SourceFile('/w/a.sql', 'x '.repeat(500));
  const slice = vi.spyOn(source, 'slice');
  const fingerprintOf = fingerprintsIn(source);
  for (let at = 0; at < 500; at++) fingerprintOf({ code: 'a/b', span: { start: at * 2, end: at * 2 + 1 } });
  expect(slice.mock.results.filter(({ value }) => String(value).length > 1)).toHaveLength(1);
});
