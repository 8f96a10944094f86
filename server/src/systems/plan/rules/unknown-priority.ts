import { priorityRank } from '../../../core/plan-next.ts';
import type { PlanItem } from '../../../core/plan.ts';
import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A priority that cannot be told puts its task behind all others: `| Load orders | PX |` among P0 and P1. */
export const unknownPriority: Rule<PlanModel> = {
  id: 'plan/unknown-priority',
  severity: 'information',
  check({ model }, report) {
    let written = 0;
    const unknown: PlanItem[] = [];
    for (const { item } of model.entries) {
      if (item.priority === undefined || !item.prioritySpan) continue;
      written++;
      if (priorityRank(item.priority) === none) unknown.push(item);
    }
    // A scale of its own, which nobody has to explain.
    if (unknown.length * 2 >= written) return;
    for (const item of unknown) {
      report(
        item.prioritySpan!,
        `\`${item.priority}\` is no priority that can be told, so the task comes after all others; write one as the other tasks have it`,
      );
    }
  },
};

const none = priorityRank(undefined);
