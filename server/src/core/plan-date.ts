/** The stretch of time that a written date means, in milliseconds since 1970: a day, a month, a quarter, a year. */
export interface DateSpan {
  readonly fromMs: number;
  /** Its end, which is no part of it. */
  readonly toMs: number;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthWord = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

const shapes: readonly (readonly [pattern: RegExp, read: (parts: readonly string[]) => DateSpan | undefined])[] = [
  [/\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b/, ([y, m, d]) => day(y!, m!, d!)],
  [/\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b/, ([d, m, y]) => day(y!, m!, d!)],
  [new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(?:of\\s+)?${monthWord},?\\s+(\\d{4})\\b`, 'i'), ([d, m, y]) => day(y!, monthOf(m!), d!)],
  [new RegExp(`\\b${monthWord}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'), ([m, d, y]) => day(y!, monthOf(m!), d!)],
  [/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/, ([a, b, y]) => either(day(y!, a!, b!), day(y!, b!, a!))],
  [new RegExp(`\\b${monthWord},?\\s+(\\d{4})\\b`, 'i'), ([m, y]) => stretch(Number(y), Number(monthOf(m!)), 1)],
  [/\b(\d{4})[-/](\d{1,2})\b/, ([y, m]) => stretch(Number(y), Number(m), 1)],
  [/\bQ([1-4])[ /-]*(\d{4})\b/i, ([q, y]) => stretch(Number(y), 3 * Number(q) - 2, 3)],
  [/\b(\d{4})[ /-]*Q([1-4])\b/i, ([y, q]) => stretch(Number(y), 3 * Number(q) - 2, 3)],
  [/\b(20\d{2})\b/, ([y]) => stretch(Number(y), 1, 12)],
]; // prettier-ignore

/** The first date in a text, in the shapes that people write; undefined where there is none that can be told. */
export function readDate(text: string): DateSpan | undefined {
  for (const [pattern, read] of shapes) {
    const match = pattern.exec(text);
    if (match) return read(match.slice(1));
  }
  return undefined;
}

/** What is said of the day by which something open is to be done: `due 2026-11-01`, and once that is over everywhere, `overdue since 2026-11-01`. */
export function dueText(due: string, nowMs: number): string {
  const date = readDate(due);
  return date && nowMs >= date.toMs + dayMs / 2 ? `overdue since ${due}` : `due ${due}`;
}

const dayMs = 86_400_000;

function day(year: string, month: string, date: string): DateSpan | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(date)];
  const fromMs = Date.UTC(y, m - 1, d);
  const isReal = m >= 1 && m <= 12 && new Date(fromMs).getUTCDate() === d;
  return isReal ? { fromMs, toMs: fromMs + dayMs } : undefined;
}

function stretch(year: number, month: number, length: number): DateSpan | undefined {
  if (month < 1 || month > 12) return undefined;
  return { fromMs: Date.UTC(year, month - 1, 1), toMs: Date.UTC(year, month - 1 + length, 1) };
}

/** Of a date that is read differently on the two sides of an ocean, all that it may mean. */
function either(a: DateSpan | undefined, b: DateSpan | undefined): DateSpan | undefined {
  if (!a || !b) return a ?? b;
  return { fromMs: Math.min(a.fromMs, b.fromMs), toMs: Math.max(a.toMs, b.toMs) };
}

function monthOf(word: string): string {
  return String(months.indexOf(word.slice(0, 3).toLowerCase()) + 1);
}

const units: Readonly<Record<string, number>> = {
  day: 1,
  week: 7,
  fortnight: 14,
  sprint: 14,
  month: 31,
  quarter: 92,
  year: 366,
};
const words: readonly (readonly [pattern: RegExp, days: number])[] = [
  [/\b(?:bi-?weekly|fortnightly)\b/i, 14],
  [/\bdaily\b/i, 1],
  [/\bweekly\b/i, 7],
  [/\bmonthly\b/i, 31],
  [/\bquarterly\b/i, 92],
  [/\b(?:yearly|annual(?:ly)?)\b/i, 366],
];

/** How many days may lie between two reviews; undefined where the words tell none. */
export function readRhythm(text: string): number | undefined {
  const every =
    /\b(?:every|each|per|once a|a)\s+(?:(\d+|two|three|four|six|other|second)\s+)?(day|week|fortnight|sprint|month|quarter|year)s?\b/i.exec(
      text,
    );
  if (every)
    return (
      (numbers[every[1]?.toLowerCase() ?? ''] ?? Number(every[1] ?? 1)) * units[every[2]!.toLowerCase()]!
    );
  const weekday = /\bevery\s+(other\s+|second\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i.exec(text);
  if (weekday) return weekday[1] === undefined ? 7 : 14;
  return words.find(([pattern]) => pattern.test(text))?.[1];
}

const numbers: Readonly<Record<string, number>> = { two: 2, other: 2, second: 2, three: 3, four: 4, six: 6 };
