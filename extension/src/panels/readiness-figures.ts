import type { ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';

/** A figure of a plan that says something else than what is proven. */
export interface Figure {
  readonly uri: string;
  readonly category: string;
  readonly claimed: number;
  readonly percent: number;
  readonly passed: number;
  readonly counting: number;
}

/** What is proven beside what the plans claim, for each category that has both and where they differ. */
export function figuresOf(
  { categories }: Pick<ReadinessAnswer, 'categories'>,
  plans: readonly PlanAnswer[],
): readonly Figure[] {
  return plans.flatMap(({ uri, readiness }) =>
    readiness.flatMap(({ category, claimed }) => {
      const found = categories.find((each) => each.category === category);
      if (found?.proven === undefined || found.proven === claimed) return [];
      const { passed, warning, failed, stale, unknown } = found.counts;
      const counting = passed + warning + failed + stale + unknown;
      return [{ uri, category, claimed, percent: found.proven, passed: passed + warning, counting }];
    }),
  );
}
