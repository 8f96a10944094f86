import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { asidesOf } from './asides.ts';

/** The two marks around a title that is struck out. */
export interface Strike {
  readonly marks: readonly [Span, Span];
  /** What follows in brackets: `~~Load~~ (deferred)`. */
  readonly aside: string;
}

const sign = String.raw`[^\p{L}\p{N}~]`;
const struck = new RegExp(
  String.raw`^(${sign}*(?:[[(]?P\d(?:\.\d+)?[\])]?(?=${sign})${sign}*)?(?:@[\w-]+(?=${sign})${sign}*)*)~~(?!\s)((?:(?!~~)[^])*\S)~~(?!~)([^]*)$`,
  'u',
);
const behind = new RegExp(String.raw`^${sign}*?(?:\(([^()]*)\)${sign}*)?$`, 'u');

/** The strike through the whole of a title as it is written, signs and what is said beside it aside; undefined where words are left. */
export function strikeOf(text: string, { start, end }: Span): Strike | undefined {
  const raw = text.slice(start, end);
  if (!raw.includes('~~')) return undefined;
  const [, before, title, rest] = struck.exec(raw) ?? [];
  if (before === undefined || title === undefined || !/[\p{L}\p{N}]/u.test(title)) return undefined;
  const left = behind.exec(withoutBesides(rest!));
  if (!left) return undefined;
  const opens = start + before.length;
  const closes = opens + '~~'.length + title.length;
  const marks = [opens, closes].map((at) => ({ start: at, end: at + '~~'.length }));
  return { marks: [marks[0]!, marks[1]!], aside: left[1] ?? '' };
}

/** What is left of what stands behind a title without whose it is, by when it is due and the like. */
function withoutBesides(rest: string): string {
  const title = 'x';
  return asidesOf(title + rest.replaceAll(/[*_`]/g, '')).title.slice(title.length);
}

/** What a task is: one that is struck out was dropped, where all else leaves it open. */
export function statusIfStruck(
  { status, statusText }: Pick<PlanItem, 'status' | 'statusText'>,
  strike: Strike | undefined,
): PlanStatus {
  const isOpen = status === 'planned' || (status === 'unknown' && statusText === '');
  return strike && isOpen ? 'skipped' : status;
}
