import type { PlanChanges } from '../../../server/src/protocol/plan-requests.ts';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';

/** The plans as the server has told of them, piece by piece. */
export class ToldPlans {
  plans: readonly PlanAnswer[] = [];
  /** What to ask the server with for what has changed since. */
  revision = 0;

  take({ since, revision, plans }: PlanChanges): void {
    const before = new Map(since === 0 ? [] : this.plans.map((plan) => [plan.uri, plan.items]));
    this.plans = plans.map(({ items: { from, gone, come }, ...plan }) => ({
      ...plan,
      items: (before.get(plan.uri) ?? []).toSpliced(from, gone, ...come),
    }));
    this.revision = revision;
  }
}
