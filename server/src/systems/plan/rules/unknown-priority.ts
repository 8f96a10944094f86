import { priorityRank } from '../../../core/plan-next.ts';
import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A priority that cannot be told puts its task behind all others: `| Load orders | PX |` among P0 and P1. */
export const unknownPriority: Rule<PlanModel> = {
  id: 'plan/unknown-priority',
  severity: 'information',
  check({ model }, report) {
    const written = model.entries.filter(({ item }) => item.priority !== undefined && item.prioritySpan);
    const unknown = written.filter(({ item }) => priorityRank(item.priority) === none);
    // A scale of its own, which nobody has to explain.
    if (unknown.length * 2 >= written.length) return;
    for (const { item } of unknown) {
      report(
        item.prioritySpan!,
        `\`${item.priority}\` is no priority that can be told, so the task comes after all others; write one as the other tasks have it`,
      );
    }
  },
};

const none = priorityRank(undefined);
