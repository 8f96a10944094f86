import type { Definition, Fact, Located } from '../../../core/facts.ts';
import { readDate, readRhythm } from '../../../core/plan-date.ts';
import type { DatedRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/span.ts';
import { dateInMannerOf } from '../edit/date-manner.ts';
import { documentNamespace } from '../facts.ts';

const dayMs = 86_400_000;

/** A plan that nobody has gone through for long says what was true then: 'Review: Weekly', last updated a year ago. */
export const reviewOverdue: DatedRule = {
  id: 'plan/review-overdue',
  severity: 'information',
  check(facts, nowMs, report) {
    const document = facts.find(isDocument);
    const { review, reviewSpan, updated, updatedSpan } = document?.data ?? {};
    if (!document || review === undefined || reviewSpan === undefined) return;
    const rhythm = readRhythm(review);
    const last = updated === undefined ? undefined : readDate(updated);
    if (rhythm === undefined) {
      // A date by itself is that of the next review.
      const due = readDate(review);
      if (due && nowMs > due.toMs + dayMs && (!last || last.toMs < due.fromMs))
        report(
          spanOf(reviewSpan),
          `the review of this plan was due ${review}; go through it and write down the next date`,
        );
      return;
    }
    if (!last || updatedSpan === undefined) return;
    // Half as much again is not late yet: people are ill, and days have hours.
    if (nowMs - last.toMs <= (rhythm + Math.max(1, rhythm / 2)) * dayMs) return;
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const newText = dateInMannerOf(updated!, today);
    report(
      spanOf(updatedSpan),
      `this plan is to be reviewed '${review}', and was last updated ${updated}, ${ago(nowMs - last.toMs)} ago; go through it and write the day`,
      {
        fixes: [
          {
            title: `Write ${newText}`,
            edits: [{ path: document.path, span: spanOf(updatedSpan), newText }],
            certain: false,
          },
        ],
      },
    );
  },
};

function isDocument(fact: Located<Fact>): fact is Located<Definition> {
  return fact.fact === 'definition' && fact.namespace === documentNamespace;
}

function spanOf(written: string): Span {
  const [start = 0, end = 0] = written.split(' ').map(Number);
  return { start, end };
}

function ago(ms: number): string {
  const days = Math.floor(ms / dayMs);
  if (days < 14) return `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  return days < 730 ? `${Math.floor(days / 30.4)} months` : `${Math.floor(days / 365)} years`;
}
