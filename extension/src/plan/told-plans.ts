import type { Position } from '../../../server/src/core/span.ts';
import type { PlanChanges } from '../../../server/src/protocol/plan-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';

/** The plans as the server has told of them, piece by piece. */
export class ToldPlans {
  plans: readonly PlanAnswer[] = [];
  /** What to ask the server with for what has changed since. */
  revision = 0;

  take({ since, revision, plans }: PlanChanges): void {
    const before = new Map(since === 0 ? [] : this.plans.map((plan) => [plan.uri, plan.items]));
    this.plans = plans.map(({ items: { from, gone, come, moved }, ...plan }) => {
      const known = before.get(plan.uri) ?? [];
      const behind = known.slice(from + gone);
      return { ...plan, items: [...known.slice(0, from), ...come, ...movedBy(moved, behind)] };
    });
    this.revision = revision;
  }
}

function movedBy(lines: number, items: readonly PlanItemAnswer[]): readonly PlanItemAnswer[] {
  if (lines === 0) return items;
  const moved = ({ line, character }: Position): Position => ({ line: line + lines, character });
  return items.map((item) => ({
    ...item,
    line: item.line + lines,
    range: { start: moved(item.range.start), end: moved(item.range.end) },
  }));
}
