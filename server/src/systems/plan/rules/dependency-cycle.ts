import type { BetweenRule } from '../../../core/rule.ts';
import { documentNamespace, itemNamespace } from '../facts.ts';
import { isPlanFile, planFactsOf, type FactItem } from '../item-facts.ts';

/** Items that wait for each other can never begin. */
export const dependencyCycle: BetweenRule = {
  id: 'plan/dependency-cycle',
  severity: 'warning',
  over: [itemNamespace, documentNamespace],
  check(file, _facts, report) {
    if (!isPlanFile(file)) return;
    const plan = file.once(planFactsOf);
    for (const cycle of plan.cycles()) {
      const [first, ...others] = fromFirst(cycle);
      if (first!.path !== file.path) continue;
      const at = plan
        .meanings(first!)
        .findIndex((meaning) => meaning.kind === 'items' && meaning.items.includes(others[0] ?? first!));
      const names = [...others, first!].map(({ title }) => `\`${title}\``).join(', which waits for ');
      report(
        plan.spanOf(first!, at),
        `\`${first!.title}\` waits for ${names}; take one of these dependencies away`,
        {
          related: others.map(({ path, title, definition }) => ({
            path,
            span: definition.span,
            message: `\`${title}\` stands here`,
          })),
        },
      );
    }
  },
};

/** The same circle from the item that stands first, so that it is said once, in one place. */
function fromFirst(cycle: readonly FactItem[]): readonly FactItem[] {
  const first = cycle.reduce((a, b) => (b.path < a.path || (b.path === a.path && b.at < a.at) ? b : a));
  const at = cycle.indexOf(first);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}
