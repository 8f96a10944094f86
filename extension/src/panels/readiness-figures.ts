import type { PlanEdit } from '../../../server/src/core/plan-edit.ts';
import type { ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';

/** A figure of a plan that says something else than what is proven. */
export interface Figure {
  readonly uri: string;
  /** Absent for the overall percentage of the document. */
  readonly category?: string;
  readonly claimed: number;
  readonly percent: number;
  /** What the new figure rests on. */
  readonly because: string;
}

type Proven = Pick<ReadinessAnswer, 'categories' | 'total'>;

/** What is proven beside what the plans claim, for each figure that has both and where they differ. */
export function figuresOf(answer: Proven, plans: readonly PlanAnswer[]): readonly Figure[] {
  return plans.flatMap((plan) => {
    const categories = categoryFigures(answer, plan);
    const overall = overallFigure(answer, plan, categories);
    return overall ? [...categories, overall] : categories;
  });
}

/** The edits that write figures of one plan, and the day on which it was last updated where it tells one. */
export function figureEdits(plan: PlanAnswer, chosen: readonly Figure[], today: string): readonly PlanEdit[] {
  const edits = chosen.map(({ category, percent }): PlanEdit => {
    if (category !== undefined) return { kind: 'category', category, percent };
    // The table sums up to something else where not all of it is written.
    return { kind: 'overall', percent: averageOf(plan, chosen) ?? percent };
  });
  const isDated = edits.length > 0 && /\d/.test(plan.updated ?? '');
  return isDated ? [...edits, { kind: 'updated', date: today }] : edits;
}

function categoryFigures({ categories }: Proven, { uri, readiness }: PlanAnswer): readonly Figure[] {
  return readiness.flatMap(({ category, claimed }) => {
    const found = categories.find((each) => each.category === category);
    if (found?.proven === undefined || found.proven === claimed) return [];
    return [{ uri, category, claimed, percent: found.proven, because: passedText(found.counts) }];
  });
}

/** Held to the table where there is one, as the finding about the two does; else to all checks. */
function overallFigure(
  { categories, total }: Proven,
  plan: PlanAnswer,
  figures: readonly Figure[],
): Figure | undefined {
  const { uri, readiness, claimedOverall } = plan;
  if (claimedOverall === undefined) return undefined;
  const average = averageOf(plan, figures);
  const isProven = readiness.some(
    ({ category }) => categories.find((each) => each.category === category)?.proven !== undefined,
  );
  const percent = average === undefined ? total.proven : isProven ? average : undefined;
  if (percent === undefined || percent === claimedOverall) return undefined;
  const because = average === undefined ? passedText(total.counts) : 'what the table then sums up to';
  return { uri, claimed: claimedOverall, percent, because };
}

/** What the readiness table averages once figures of it are written; undefined where no table sums up to anything. */
function averageOf({ readiness }: PlanAnswer, written: readonly Figure[]): number | undefined {
  if (readiness.length < 2) return undefined;
  const shares = readiness.map(
    ({ category, claimed }) => written.find((each) => each.category === category)?.percent ?? claimed,
  );
  return Math.round(shares.reduce((sum, share) => sum + share, 0) / shares.length);
}

function passedText({ passed, warning, failed, stale, unknown }: ReadinessAnswer['total']['counts']): string {
  return `${passed + warning} of ${passed + warning + failed + stale + unknown} checks passed`;
}
