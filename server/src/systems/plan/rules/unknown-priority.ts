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
    // A plan has few words for them, each many times.
    const isTold = new Map<string, boolean>();
    const unknown: PlanItem[] = [];
    for (const { item } of model.entries) {
      if (item.priority === undefined || !item.prioritySpan) continue;
      written++;
      if (!isTold.has(item.priority)) isTold.set(item.priority, priorityRank(item.priority) !== none);
      // What is done or left out comes nowhere.
      if (!isTold.get(item.priority) && item.status !== 'done' && item.status !== 'skipped')
        unknown.push(item);
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
