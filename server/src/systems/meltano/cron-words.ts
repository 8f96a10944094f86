import type { Cron } from './cron-times.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** When a schedule runs, in words: `at 03:00 every day`, `every 15 minutes, Monday to Friday`. */
export function inWords(cron: Cron): string {
  const time = timeOf(cron);
  const day = dayOf(cron) ?? (/^at \d\d:/u.test(time) ? 'every day' : undefined);
  const month = cron.any.month ? undefined : `in ${listed(cron.months, (each) => months[each - 1]!)}`;
  return [time, day, month].filter((part) => part).join(' ');
}

function timeOf({ minutes, hours, written }: Cron): string {
  const [minute = '', hour = ''] = written;
  const everyMinutes = /^\*\/(\d+)$/u.exec(minute)?.[1];
  const everyHours = /^\*\/(\d+)$/u.exec(hour)?.[1];
  const isEachHour = hour === '*' || everyHours === '1';
  if (minute === '*' || everyMinutes === '1')
    return `every minute${isEachHour ? '' : ` of ${hoursOf(hours)}`}`;
  if (everyMinutes !== undefined)
    return `every ${everyMinutes} minutes${isEachHour ? '' : ` of ${hoursOf(hours)}`}`;
  if (minutes.length === 1 && (isEachHour || everyHours !== undefined)) {
    const past = minutes[0] === 0 ? '' : ` at minute ${minutes[0]}`;
    return `every ${isEachHour ? 'hour' : `${everyHours} hours`}${past}`;
  }
  if (minutes.length * hours.length <= 6) {
    const times = hours.flatMap((each) => minutes.map((at) => `${two(each)}:${two(at)}`));
    return `at ${listed(times, (each) => each)}`;
  }
  return `at minute ${listed(minutes, String)} of ${isEachHour ? 'every hour' : hoursOf(hours)}`;
}

function hoursOf(hours: readonly number[]): string {
  return `${hours.length === 1 ? 'hour' : 'hours'} ${listed(hours, String)}`;
}

function dayOf({ days, isLastDay, weekdays: chosen, any }: Cron): string | undefined {
  const ofWeek = any.weekday ? undefined : `on ${listed(chosen, (each) => weekdays[each]!)}`;
  const numbered = days.length === 0 ? [] : [`on day ${listed(days, String)} of the month`];
  const ofMonth = any.day ? [] : [...numbered, ...(isLastDay ? ['on the last day of the month'] : [])];
  const all = [...ofMonth, ...(ofWeek === undefined ? [] : [ofWeek])];
  return all.length === 0 ? undefined : all.join(' or ');
}

/** `1, 2 and 5`; three or more in a row are `1 to 5`. */
function listed<T>(values: readonly T[], word: (value: T) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < values.length;) {
    let end = at;
    while (isNext(values[end], values[end + 1])) end++;
    if (end - at >= 2) parts.push(`${word(values[at]!)} to ${word(values[end]!)}`);
    else for (const value of values.slice(at, end + 1)) parts.push(word(value));
    at = end + 1;
  }
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function isNext(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' && b === a + 1;
}

/** Times in UTC for a person: the date only where it differs from the others', the time of day likewise. */
export function timesInWords(times: readonly number[]): string {
  const dates = times.map((time) => dateOf(time));
  const hours = times.map((time) => clockOf(time));
  if (new Set(dates).size === 1) return `${dates[0]} ${hours.join(', ')}`;
  if (new Set(hours).size === 1) return `${dates.join(', ')} at ${hours[0]}`;
  return times.map((time) => `${dateOf(time)} ${clockOf(time)}`).join(', ');
}

/** `Mon 30 Nov` */
function dateOf(time: number): string {
  const date = new Date(time);
  const [day, month] = [weekdays[date.getUTCDay()]!, months[date.getUTCMonth()]!];
  return `${day.slice(0, 3)} ${date.getUTCDate()} ${month.slice(0, 3)}`;
}

function clockOf(time: number): string {
  const date = new Date(time);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
