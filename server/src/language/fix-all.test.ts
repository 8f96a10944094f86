import { expect, test } from 'vitest';
import type { Finding, Fix } from '../core/finding.ts';
import { fixAll } from './fix-all.ts';

function finding(start: number, end: number, fix: Partial<Fix> = {}): Finding {
  const edits = [{ path: '/a', span: { start, end }, newText: 'x' }];
  return {
    code: 'toy/x',
    severity: 'warning',
    span: { start, end },
    message: '',
    fixes: [{ title: '', edits, certain: true, ...fix }],
  };
}

test('takes certain fixes only, and of two that touch the same text the first', () => {
  const { edits, count } = fixAll([
    finding(0, 4),
    finding(3, 5),
    finding(4, 6),
    finding(7, 8, { certain: false }),
    finding(9, 9),
    finding(9, 9),
  ]);
  expect(edits.map(({ span }) => [span.start, span.end])).toEqual([
    [0, 4],
    [4, 6],
    [9, 9],
  ]);
  expect(count).toBe(3);
});

test('makes a file once, and never with two texts', () => {
  const creates = (text: string): Partial<Fix> => ({ creates: [{ path: '/new', text }], edits: [] });
  const all = fixAll([finding(0, 1, creates('a')), finding(2, 3, creates('a')), finding(4, 5, creates('b'))]);
  expect(all).toEqual({ edits: [], creates: [{ path: '/new', text: 'a' }], count: 2 });
});
