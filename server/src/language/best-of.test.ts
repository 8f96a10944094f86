import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOf } from './best-of.ts';

test('the best are those that come first when all are sorted, equal ones in the order they had', () => {
  const items = fc.array(fc.tuple(fc.nat(5), fc.nat()));
  const compare = ([a]: readonly number[], [b]: readonly number[]): number => a! - b!;
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 12 }), (all, most) => {
      expect(bestOf(all, most, compare)).toEqual(all.toSorted(compare).slice(0, most));
    }),
  );
});

test('of many in order, each but the best is compared once', () => {
  let compared = 0;
  const all = Array.from({ length: 10_000 }, (_, at) => at);
  const best = bestOf(all, 10, (a, b) => (compared++, a - b));
  expect(best).toEqual(all.slice(0, 10));
  expect(compared).toBeLessThan(all.length + 100);
});
