/** `2026-12-24`, as the clock on the wall says. */
export function dayOf(date: Date): string {
  const part = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

/** `2026-12-24 08:32`. */
export function momentOf(date: Date): string {
  const part = (number: number): string => String(number).padStart(2, '0');
  return `${dayOf(date)} ${part(date.getHours())}:${part(date.getMinutes())}`;
}

/** The day so many days later. */
export function dayAfter(date: Date, days: number): string {
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days));
}

/** Why a text cannot be the last day of a waiver, in a sentence; undefined where it can. */
export function dayProblem(text: string, today: Date): string | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!found) return 'Write the day as 2026-12-24.';
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const isDay = dayOf(new Date(year, month - 1, day)) === text.trim();
  if (!isDay) return 'There is no such day.';
  return text.trim() < dayOf(today) ? 'That day is over.' : undefined;
}
