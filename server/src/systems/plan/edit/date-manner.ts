/** A day (`2026-11-29`) written as another date is, with what stands around that one; as it is where no manner is known. */
export function dateInMannerOf(written: string, day: string): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const parts: Parts = { day, year, month, dayOfMonth };
  const found = findDate(written);
  return found ? found.before + found.write(found.match, parts) + found.behind : day;
}

/** What stands around the day or month that a text says; undefined where it says none. */
export function aroundDate(
  written: string,
): { readonly before: string; readonly behind: string } | undefined {
  return findDate(written);
}

/** The day or month that a text says, as a text that sorts by it; empty where it says none. */
export function sortableDate(written: string): string {
  const said = findDate(written)?.match[0] ?? '';
  if (said === '' || /^\d{4}/.test(said)) return said.replaceAll('/', '-');
  const dotted = /^(\d+)\.(\d+)\.(\d{4})$/.exec(said);
  const word = new RegExp(monthWord, 'i').exec(said)?.[0].slice(0, 3).toLowerCase();
  const month = dotted
    ? Number(dotted[2])
    : months.findIndex((name) => name.toLowerCase().startsWith(word!)) + 1;
  const day = dotted?.[1] ?? /\b\d{1,2}(?!\d)/.exec(said)?.[0] ?? 0;
  return `${said.slice(-4)}-${twoDigits(month)}-${twoDigits(Number(day))}`;
}

function findDate(written: string): FoundDate | undefined {
  for (const [pattern, write] of manners) {
    const match = pattern.exec(written);
    if (match) {
      const before = written.slice(0, match.index);
      return { before, behind: written.slice(match.index + match[0].length), match, write };
    }
  }
  return undefined;
}

interface FoundDate {
  readonly before: string;
  readonly behind: string;
  readonly match: RegExpExecArray;
  readonly write: (match: RegExpExecArray, parts: Parts) => string;
}

interface Parts {
  readonly day: string;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

const months = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July',
  'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore

const monthWord = String.raw`(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)`;

/** Limit: `03/04/2026` is read differently on the two sides of an ocean, so a date with slashes gives way to the plain day. */
const manners: readonly (readonly [pattern: RegExp, write: (match: RegExpExecArray, parts: Parts) => string])[] = [
  [/\b\d{4}-\d{2}-\d{2}\b/, (_match, { day }) => day],
  [/\b\d{4}\/\d{2}\/\d{2}\b/, (_match, { day }) => day.replaceAll('-', '/')],
  [
    /\b\d{1,2}\.\d{1,2}\.(\d{4})\b/,
    (_match, { year, month, dayOfMonth }) => `${twoDigits(dayOfMonth)}.${twoDigits(month)}.${year}`,
  ],
  [
    new RegExp(String.raw`\b${monthWord}(\.?) \d{1,2}(?:st|nd|rd|th)?(,?) \d{4}\b`, 'i'),
    ([, word, dot, comma], { year, month, dayOfMonth }) =>
      `${monthAs(word!, month)}${dot} ${dayOfMonth}${comma} ${year}`,
  ],
  [
    new RegExp(String.raw`\b\d{1,2}(?:st|nd|rd|th)?(\.?) ${monthWord} \d{4}\b`, 'i'),
    ([, dot, word], { year, month, dayOfMonth }) => `${dayOfMonth}${dot} ${monthAs(word!, month)} ${year}`,
  ],
  [
    new RegExp(String.raw`\b${monthWord}(\.?) \d{4}\b`, 'i'),
    ([, word, dot], { year, month }) => `${monthAs(word!, month)}${dot} ${year}`,
  ],
  [/\b\d{4}-\d{2}\b/, (_match, { day }) => day.slice(0, 7)],
]; // prettier-ignore

/** A month is written out where the other one is; May tells nothing, and counts as written out. */
function monthAs(word: string, month: number): string {
  const name = months[month - 1]!;
  return word.length > 3 || /^may$/i.test(word) ? name : name.slice(0, 3);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
