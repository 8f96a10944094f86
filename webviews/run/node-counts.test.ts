import { expect, test } from 'vitest';
import { countsText, recordsText } from './node-counts.ts';

test.each([
  [{}, '', ''],
  [{ records: 1200 }, '1,200 rows', '1,200 rows'],
  [{ records: 998, loaded: 500 }, '500 of 998 rows', '998 rows read, 500 rows loaded'],
  [
    { records: 5, loaded: 5, bytes: 1_234_567, requests: 1, states: 2 },
    '5 rows',
    '5 rows read, 5 rows loaded, 1.2 MB, 1 request, state kept 2 times',
  ],
  [{ records: 0, bytes: 900, states: 1 }, '0 rows', '0 rows, 900 bytes, state kept'],
])('the counts %j', (counts, short, whole) => {
  expect(recordsText(counts)).toBe(short);
  expect(countsText(counts)).toBe(whole);
});
