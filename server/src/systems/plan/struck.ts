import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';

/** The two marks around a title that is struck out. */
export interface Strike {
  readonly marks: readonly [Span, Span];
  /** What follows in brackets: `~~Load~~ (deferred)`. */
  readonly aside: string;
}

const sign = String.raw`[^\p{L}\p{N}~]`;
const struck = new RegExp(
  String.raw`^(${sign}*(?:[[(]?P\d(?:\.\d+)?[\])]?(?=${sign})${sign}*)?)~~(?!\s)((?:(?!~~)[^])*\S)~~(?!~)${sign}*?(?:\(([^()]*)\)${sign}*)?$`,
  'u',
);

/** The strike through the whole of a title as it is written, signs and a priority before it aside; undefined where words are left. */
export function strikeOf(text: string, { start, end }: Span): Strike | undefined {
  const raw = text.slice(start, end);
  if (!raw.includes('~~')) return undefined;
  const [, before, title, aside = ''] = struck.exec(raw) ?? [];
  if (before === undefined || title === undefined || !/[\p{L}\p{N}]/u.test(title)) return undefined;
  const opens = start + before.length;
  const closes = opens + '~~'.length + title.length;
  const marks = [opens, closes].map((at) => ({ start: at, end: at + '~~'.length }));
  return { marks: [marks[0]!, marks[1]!], aside };
}

/** What a task is: one that is struck out was dropped, where all else leaves it open. */
export function statusIfStruck(
  { status, statusText }: Pick<PlanItem, 'status' | 'statusText'>,
  strike: Strike | undefined,
): PlanStatus {
  const isOpen = status === 'planned' || (status === 'unknown' && statusText === '');
  return strike && isOpen ? 'skipped' : status;
}
