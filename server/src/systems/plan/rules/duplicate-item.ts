import type { Rule } from '../../../core/rule.ts';
import type { ItemEntry, PlanModel } from '../model.ts';

/** One task written twice in a group is counted twice, and marking one leaves the other behind. */
export const duplicateItem: Rule<PlanModel> = {
  id: 'plan/duplicate-item',
  severity: 'warning',
  check({ model }, report) {
    if (!model.hasNamesakes) return;
    const first = new Map<string, ItemEntry>();
    for (const entry of model.entries) {
      const key = `${entry.item.group.toLowerCase()}\0${entry.key}`;
      const known = first.get(key);
      if (!known) {
        first.set(key, entry);
        continue;
      }
      report(
        entry.item.location.span,
        `task \`${entry.item.title}\` stands twice in \`${entry.item.group}\`; remove one or tell them apart`,
        {
          related: [{ ...known.item.location, message: 'it stands here first' }],
        },
      );
    }
  },
};
