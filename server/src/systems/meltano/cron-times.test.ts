import { expect, test } from 'vitest';
import { nextTimes, readCron } from './cron-times.ts';
import { inWords, timesInWords } from './cron-words.ts';

/** A Sunday. */
const now = Date.UTC(2026, 10, 29, 16, 40);

test.each([
  ['0 3 * * *', 'at 03:00 every day', 'Mon 30 Nov, Tue 1 Dec, Wed 2 Dec at 03:00'],
  ['@daily', 'at 00:00 every day', 'Mon 30 Nov, Tue 1 Dec, Wed 2 Dec at 00:00'],
  ['@Hourly', 'every hour', 'Sun 29 Nov 17:00, 18:00, 19:00'],
  ['*/15 * * * *', 'every 15 minutes', 'Sun 29 Nov 16:45, 17:00, 17:15'],
  ['* * * * *', 'every minute', 'Sun 29 Nov 16:41, 16:42, 16:43'],
  ['30 */6 * * *', 'every 6 hours at minute 30', 'Sun 29 Nov 18:30, Mon 30 Nov 00:30, Mon 30 Nov 06:30'],
  [
    '0 9,17 * * 1-5',
    'at 09:00 and 17:00 on Monday to Friday',
    'Mon 30 Nov 09:00, Mon 30 Nov 17:00, Tue 1 Dec 09:00',
  ],
  ['0 0 * * 7', 'at 00:00 on Sunday', 'Sun 6 Dec, Sun 13 Dec, Sun 20 Dec at 00:00'],
  [
    '0 0 ? * fri-mon',
    'at 00:00 on Sunday, Monday, Friday and Saturday',
    'Mon 30 Nov, Fri 4 Dec, Sat 5 Dec at 00:00',
  ],
  ['0 6 1 * *', 'at 06:00 on day 1 of the month', 'Tue 1 Dec, Fri 1 Jan, Mon 1 Feb at 06:00'],
  ['0 6 L * ?', 'at 06:00 on the last day of the month', 'Mon 30 Nov, Thu 31 Dec, Sun 31 Jan at 06:00'],
  ['0 6 1 * mon', 'at 06:00 on day 1 of the month or on Monday', 'Mon 30 Nov, Tue 1 Dec, Mon 7 Dec at 06:00'],
  [
    '0 0 1 jan,jul *',
    'at 00:00 on day 1 of the month in January and July',
    'Fri 1 Jan, Thu 1 Jul, Sat 1 Jan at 00:00',
  ],
  ['0-10 * * * *', 'at minute 0 to 10 of every hour', 'Sun 29 Nov 17:00, 17:01, 17:02'],
  ['10/20 2 * * *', 'at 02:10, 02:30 and 02:50 every day', 'Mon 30 Nov 02:10, 02:30, 02:50'],
  ['*/5 8-18 * * *', 'every 5 minutes of hours 8 to 18', 'Sun 29 Nov 16:45, 16:50, 16:55'],
  [
    '0 0 29 2 *',
    'at 00:00 on day 29 of the month in February',
    'Tue 29 Feb, Sun 29 Feb, Fri 29 Feb at 00:00',
  ],
])('%s: %s', (interval, words, times) => {
  const cron = readCron(interval)!;
  expect(inWords(cron)).toBe(words);
  expect(timesInWords(nextTimes(cron, now, 3))).toBe(times);
});

test('what names no times, or is refused, is told nothing of', () => {
  for (const interval of ['@once', '@manual', '@none', '0 3 * *', '61 * * * *', '@noon'])
    expect(readCron(interval)).toBeUndefined();
  expect(nextTimes(readCron('0 0 31 2 *')!, now, 3)).toEqual([]);
});
