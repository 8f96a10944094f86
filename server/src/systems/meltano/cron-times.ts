import { cronAliases, cronFault, fields, type Field } from './cron.ts';

/** What an interval says, field by field; undefined for one that names no times or cannot be read. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly isLastDay: boolean;
  readonly months: readonly number[];
  /** Sunday is 0. */
  readonly weekdays: readonly number[];
  /** Whether the field leaves none out. */
  readonly any: { readonly day: boolean; readonly weekday: boolean; readonly month: boolean };
  /** The fields as they are written, names of intervals put into fields. */
  readonly written: readonly string[];
}

/** Meltano's names for intervals that stand for times. */
const named: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

export function readCron(interval: string): Cron | undefined {
  const text = interval.trim().toLowerCase();
  if (cronFault(text) !== undefined || (cronAliases.includes(text) && named[text] === undefined))
    return undefined;
  const written = (named[text] ?? text).split(/\s+/u);
  if (fields.some((field, at) => written[at]!.split(',').some((part) => isRiddle(part, field))))
    return undefined;
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = fields.map((field, at) =>
    valuesOf(written[at]!, field),
  );
  return {
    minutes,
    hours,
    days,
    isLastDay: written[2]!.split(',').includes('l'),
    months,
    weekdays: [...new Set(weekdays.map((day) => day % 7))].sort((a, b) => a - b),
    any: {
      day: leavesNoneOut(written[2]!),
      month: leavesNoneOut(written[3]!),
      weekday: leavesNoneOut(written[4]!),
    },
    written,
  };
}

const dayMs = 86_400_000;

/** Limit: a 29 February that is a certain day of the week may be this far. */
const mostDays = 366 * 41;

/** The next times from `nowMs` on, in UTC, as an orchestrator that knows no other time zone starts them. */
export function nextTimes(cron: Cron, nowMs: number, count: number): readonly number[] {
  const found: number[] = [];
  const today = Math.floor(nowMs / dayMs) * dayMs;
  for (let day = 0; day < mostDays && found.length < count; day++) {
    const midnight = today + day * dayMs;
    if (!isDay(cron, new Date(midnight))) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const time = midnight + (hour * 60 + minute) * 60_000;
        if (time > nowMs && found.length < count) found.push(time);
      }
    }
  }
  return found;
}

/** A day of the month and a day of the week widen each other where both are given. */
function isDay({ days, isLastDay, months, weekdays, any }: Cron, date: Date): boolean {
  if (!months.includes(date.getUTCMonth() + 1)) return false;
  const tomorrow = new Date(date.getTime() + dayMs);
  const isOfMonth = days.includes(date.getUTCDate()) || (isLastDay && tomorrow.getUTCDate() === 1);
  const isOfWeek = weekdays.includes(date.getUTCDay());
  if (any.day) return isOfWeek;
  return any.weekday ? isOfMonth : isOfMonth || isOfWeek;
}

function valuesOf(written: string, field: Field): readonly number[] {
  const values = new Set<number>();
  for (const part of written.split(',')) for (const value of partOf(part, field)) values.add(value);
  return [...values].sort((a, b) => a - b);
}

function partOf(part: string, field: Field): readonly number[] {
  const { from, to } = field;
  if (part === 'l') return [];
  const [base = '', step] = part.split('/');
  const every = step === undefined ? 1 : Number(step);
  if (isAny(base)) return range(from, to, every);
  const [first, last] = base.split('-').map((text) => numberOf(text, field));
  if (first === undefined) return [];
  if (last === undefined) return step === undefined ? [first] : range(first, to, every);
  if (first <= last) return range(first, last, every);
  // Past the end of the field it goes on from its beginning, as from Friday to Monday.
  const all = [...range(first, to, 1), ...range(from, last, 1)];
  return all.filter((_, at) => at % every === 0);
}

function range(from: number, to: number, every: number): readonly number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += every) values.push(value);
  return values;
}

function numberOf(text: string, { from, words }: Field): number {
  const at = words.indexOf(text);
  return at < 0 ? Number(text) : from + at;
}

/** What Meltano takes and readers of cron understand each in their own way: `5-5`, `fri-mon/2`, `tue/2`. */
function isRiddle(part: string, field: Field): boolean {
  const [base = '', step] = part.split('/');
  if (isAny(base) || base === 'l') return false;
  const [first, last] = base.split('-').map((text) => numberOf(text, field));
  if (first === undefined) return false;
  if (last === undefined) return step !== undefined && (field.to === 7 || first === field.to);
  return first === last || (first > last && step !== undefined);
}

/** A list of all values is not the same: with it, a day of the week widens the days of the month. */
function leavesNoneOut(written: string): boolean {
  return written.split(',').some(isAny);
}

function isAny(written: string): boolean {
  return written === '*' || written === '?';
}
