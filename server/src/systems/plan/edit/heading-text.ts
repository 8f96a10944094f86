import type { SettableStatus } from '../../../core/plan-edit.ts';
import { bulletSymbolOf } from '../status-style.ts';
import { aroundDate, dateInMannerOf } from './date-manner.ts';
import { textOfHeading, type Draft, type HeadingForm } from './draft.ts';
import type { Parcel } from './parcel.ts';
import { leadsHeading, wordOfMark } from './set-status.ts';

/** What a heading says of an item. */
export type HeadingFacts = Pick<Parcel, 'title' | 'status' | 'priority' | 'finished'>;

/** The text of a heading, with its status and its day where and how another heading has them. */
export function headingText(draft: Draft, beside: HeadingForm | undefined, facts: HeadingFacts): string {
  const { finished, ...undated } = facts;
  const { status } = facts;
  const known: SettableStatus = status === 'unknown' ? 'planned' : status;
  const symbol = bulletSymbolOf(known, draft.model, draft.text);
  if (!beside) return `${unmarkedText(draft, beside, facts)} ${symbol}`;
  const { slot, item } = beside.item;
  if (isMarked(beside) && slot.kind === 'cell') {
    const said = finished === undefined ? undefined : datedStatus(beside, finished);
    const text = unmarkedText(draft, beside, said === undefined ? facts : undated);
    const { start, end } = textOfHeading(draft, beside);
    const before = draft.text.slice(start, item.statusSpan.start);
    const word = said ?? wordOfMark(known, draft);
    if (before === '[') return `[${word}] ${text}`;
    const closing = draft.text.slice(item.statusSpan.end, end)[0];
    return /[[(]$/.test(before) ? `${text} ${before.at(-1)}${word}${closing}` : `${text} - ${word}`;
  }
  const text = unmarkedText(draft, beside, facts);
  const isBefore = slot.kind !== 'tick' || slot.isBefore;
  return isBefore && leadsHeading(symbol, known, draft.model) ? `${symbol} ${text}` : `${text} ${symbol}`;
}

/** The same without its status, which a line below it says. */
export function unmarkedText(
  draft: Draft,
  beside: HeadingForm | undefined,
  { title, priority, finished }: HeadingFacts,
): string {
  const name = title.replace(/\s+/g, ' ').trim();
  const dated = finished === undefined ? name : `${name} (${dayBeside(draft, beside, finished)})`;
  return priority === '' ? dated : `${dated} (${priority})`;
}

/** True where the heading itself says its status. */
export function isMarked({ item: { item } }: HeadingForm): boolean {
  return item.statusText !== '' && item.statusSpan.end <= item.location.span.end;
}

/** What another finished item says with its day ('Done, July 2025'), with this day; undefined where it says none there. */
export function datedStatus({ item: { item } }: HeadingForm, day: string): string | undefined {
  return item.status === 'done' && aroundDate(item.statusText)
    ? dateInMannerOf(item.statusText, day)
    : undefined;
}

/** A day as another heading has its own in brackets. */
function dayBeside(draft: Draft, beside: HeadingForm | undefined, day: string): string {
  if (!beside) return day;
  const { start, end } = textOfHeading(draft, beside);
  for (const [, said] of draft.text.slice(start, end).matchAll(/\(([^()]*)\)/g)) {
    const around = aroundDate(said!);
    if (around?.behind === '' && wordsBeforeDay.test(around.before)) return dateInMannerOf(said!, day);
  }
  return day;
}

const wordsBeforeDay = /^(?:(?:completed|done|finished|closed|resolved|shipped|delivered)(?: on| in)?:? )?$/i;
