import type { Rule } from '../../../core/rule.ts';
import type { PlanModel } from '../model.ts';

/** A status that cannot be told counts neither as open nor as done: `| Load orders | Frobbed |`. */
export const unknownStatus: Rule<PlanModel> = {
  id: 'plan/unknown-status',
  severity: 'information',
  check({ model }, report) {
    for (const { item, slot } of model.entries) {
      if (item.status !== 'unknown' || item.statusText === '') continue;
      const way =
        slot.kind === 'box'
          ? `say in a legend what it means (\`Legend: ${item.statusText} in progress\`), or tick the box or empty it`
          : 'write planned, in progress, done, blocked or skipped';
      report(
        item.statusSpan,
        `\`${item.statusText}\` is no status that can be told, so the task counts as neither open nor done; ${way}`,
      );
    }
  },
};
