import { expect, test } from 'vitest';
import { RowHeights } from './row-heights.ts';

test('rows are as high as one line until one was seen to be higher', () => {
  const heights = new RowHeights(18);
  heights.setCount(1_000_000);
  expect(heights.total).toBe(18_000_000);
  heights.set(3, 54);
  heights.set(900_000, 36);
  expect([heights.top(3), heights.top(4), heights.top(900_001)]).toEqual([54, 108, 16_200_072]);
  expect(heights.total).toBe(18_000_054);
  heights.set(3, 18);
  expect(heights.top(4)).toBe(72);
});

test('the row at a height is found, the last one beyond the end', () => {
  const heights = new RowHeights(10);
  heights.setCount(2000);
  heights.set(1, 30);
  heights.set(1500, 20);
  for (const row of [0, 1, 2, 511, 512, 1499, 1500, 1501, 1999]) {
    expect(heights.at(heights.top(row))).toBe(row);
    expect(heights.at(heights.top(row + 1) - 1)).toBe(row);
  }
  expect(heights.at(1e9)).toBe(1999);
});
