import type { Plan } from '../../../core/plan.ts';
import type { Span } from '../../../core/span.ts';

/** What a plan says beside its items. */
export type Besides = Pick<
  Plan,
  'criteria' | 'readiness' | 'blockers' | 'risks' | 'updated' | 'claimedOverall'
>;

/** What of it lies in the lines that an item takes along: as it was, and as it is in the document that it is looked for in. */
export interface TakenAlong {
  readonly of: Besides;
  readonly span: Span;
}

export function saidBesides(plan: Besides): string {
  return JSON.stringify([listsOf(plan), plan.updated, plan.claimedOverall]);
}

/** True where nothing is another but for what went away with an item. */
export function isWithout(before: Besides, after: Besides, { span }: TakenAlong): boolean {
  const rest = listsOf(before, (at) => !isIn(at, span));
  return isSameTotal(before, after) && JSON.stringify(rest) === JSON.stringify(listsOf(after));
}

/** True where nothing is another but for what came with an item, all of it at one place. */
export function isWith(before: Besides, after: Besides, { of, span }: TakenAlong): boolean {
  return (
    isInserted(
      listsOf(before),
      listsOf(after),
      listsOf(of, (at) => isIn(at, span)),
    ) && isSameTotal(before, after)
  );
}

/** True where nothing is another but for the place of what moved with an item. */
export function isMovedAlong(before: Besides, after: Besides, { span }: TakenAlong): boolean {
  const rest = listsOf(before, (at) => !isIn(at, span));
  return (
    isInserted(
      rest,
      listsOf(after),
      listsOf(before, (at) => isIn(at, span)),
    ) && isSameTotal(before, after)
  );
}

type Lists = readonly (readonly string[])[];

function listsOf(
  { criteria, readiness, blockers, risks }: Besides,
  holds: (at: Span) => boolean = () => true,
): Lists {
  const said = (list: readonly { readonly span: Span }[], say: readonly string[]): readonly string[] =>
    say.filter((_said, at) => holds(list[at]!.span));
  return [
    said(
      criteria,
      criteria.map(({ text, done }) => JSON.stringify([text, done])),
    ),
    said(
      readiness,
      readiness.map(({ category, claimed, status }) => JSON.stringify([category, claimed, status])),
    ),
    said(
      blockers,
      blockers.map(({ text }) => text),
    ),
    said(
      risks,
      risks.map(({ text }) => text),
    ),
  ];
}

function isIn(at: Span, { start, end }: Span): boolean {
  return at.start >= start && at.start < end;
}

function isSameTotal(before: Besides, after: Besides): boolean {
  return before.updated === after.updated && before.claimedOverall === after.claimedOverall;
}

function isInserted(before: Lists, after: Lists, come: Lists): boolean {
  return after.every((list, at) => {
    const [was, own] = [before[at]!, come[at]!];
    const all = JSON.stringify(list);
    return Array.from({ length: was.length + 1 }, (_, place) => was.toSpliced(place, 0, ...own)).some(
      (each) => JSON.stringify(each) === all,
    );
  });
}
