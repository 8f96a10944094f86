const aliases = [
  '@once',
  '@manual',
  '@none',
  '@hourly',
  '@daily',
  '@midnight',
  '@weekly',
  '@monthly',
  '@yearly',
  '@annually',
];

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** One of the five fields of an interval. */
export interface Field {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** Names for numbers, the first for `from`. */
  readonly words: readonly string[];
  /** Marks that stand for the whole field. */
  readonly marks: string;
}

export const fields: readonly Field[] = [
  { title: 'minute', from: 0, to: 59, words: [], marks: '*' },
  { title: 'hour', from: 0, to: 23, words: [], marks: '*' },
  { title: 'day of the month', from: 1, to: 31, words: [], marks: '*?l' },
  { title: 'month', from: 1, to: 12, words: months, marks: '*' },
  // 7 is Sunday, as 0 is.
  { title: 'day of the week', from: 0, to: 7, words: days, marks: '*?' },
];

/** Why an interval is no cron expression for Meltano, in words that follow the interval; undefined for a valid one. */
export function cronFault(interval: string): string | undefined {
  const text = interval.trim().toLowerCase();
  if (text.startsWith('@')) {
    return aliases.includes(text)
      ? undefined
      : `is none of Meltano's names for an interval; use one of ${aliases.join(', ')}, or five cron fields`;
  }
  const written = text.split(/\s+/u);
  if (written.length !== fields.length) {
    return `has ${written.length} of the five cron fields; give minute, hour, day of the month, month and day of the week`;
  }
  for (const [at, field] of fields.entries()) {
    const value = written[at]!;
    if (value.length === 1 && field.marks.includes(value)) continue;
    const wrong = value.split(',').find((part) => !isPart(part, field));
    if (wrong !== undefined) return `has \`${wrong}\` for the ${field.title}; give ${rangeOf(field)}`;
  }
  return undefined;
}

export const cronAliases: readonly string[] = aliases;

function isPart(part: string, field: Field): boolean {
  const [base = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^0*[1-9]\d*$/u.test(step))) return false;
  if (base === '*') return true;
  const [from, to, ...rest] = base.split('-');
  if (rest.length > 0) return false;
  return isValue(from, field) && (to === undefined || isValue(to, field));
}

function isValue(text: string | undefined, field: Field): boolean {
  if (text === undefined) return false;
  if (field.words.includes(text)) return true;
  if (text === 'l') return field.marks.includes('l');
  return /^\d+$/u.test(text) && Number(text) >= field.from && Number(text) <= field.to;
}

function rangeOf({ from, to, words }: Field): string {
  const named = words.length > 0 ? `, or ${words[0]} to ${words.at(-1)}` : '';
  return `${from} to ${to}${named}`;
}
