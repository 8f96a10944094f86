import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A status that cannot be told counts neither as open nor as done: `| Load orders | Frobbed |`. */
export const unknownStatus: Rule<PlanModel> = {
  id: 'plan/unknown-status',
  severity: 'information',
  check({ model }, report) {
    for (const { item } of model.entries) {
      if (item.status !== 'unknown' || item.statusText === '') continue;
      report(
        item.statusSpan,
        `\`${item.statusText}\` is no status that can be told, so the task counts as neither open nor done; write planned, in progress, done, blocked or skipped`,
      );
    }
  },
};
