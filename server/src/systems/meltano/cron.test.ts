import { expect, test } from 'vitest';
import { cronFault } from './cron.ts';

test.each([
  '@daily',
  '@Daily',
  '@once',
  '@annually',
  '0 3 * * *',
  '*/5 * * * *',
  '0 0 1,15 jan-mar mon',
  '0 0 l * ?',
  '0 0 ? * 7',
  '10 22-4 * * *',
  '0 0 * * fri-mon',
])('%s is an interval', (interval) => {
  expect(cronFault(interval)).toBeUndefined();
});

test.each([
  ['@dayly', "is none of Meltano's names"],
  ['* * *', 'has 3 of the five cron fields'],
  ['0 0 3 * * *', 'has 6 of the five cron fields'],
  ['60 * * * *', 'has `60` for the minute; give 0 to 59'],
  ['0 25 * * *', 'has `25` for the hour'],
  ['0 0 0 * *', 'has `0` for the day of the month'],
  ['0 0 * 13 *', 'has `13` for the month; give 1 to 12, or jan to dec'],
  ['0 0 * * 8', 'has `8` for the day of the week'],
  ['*/0 * * * *', 'has `*/0` for the minute'],
  ['1,99 * * * *', 'has `99` for the minute'],
  ['? * * * *', 'has `?` for the minute'],
  ['', 'has 1 of the five cron fields'],
])('%s is none: %s', (interval, why) => {
  expect(cronFault(interval)).toContain(why);
});
