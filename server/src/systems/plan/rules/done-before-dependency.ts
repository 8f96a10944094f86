import { isOpen } from '../../../core/plan-next.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { statusName } from '../describe.ts';
import { documentNamespace, itemNamespace } from '../facts.ts';
import { isPlanFile, planFactsOf } from '../item-facts.ts';

/** What is done did not wait for what is open: one of the two statuses is wrong, or the dependency is. */
export const doneBeforeDependency: BetweenRule = {
  id: 'plan/done-before-dependency',
  severity: 'warning',
  over: [itemNamespace, documentNamespace],
  check(file, _facts, report) {
    if (!isPlanFile(file)) return;
    const plan = file.once(planFactsOf);
    for (const item of plan.own) {
      if (item.status !== 'done') continue;
      for (const [at, meaning] of plan.meanings(item).entries()) {
        const [open, ...more] = meaning.kind === 'items' ? meaning.items.filter(isOpen) : [];
        if (!open) continue;
        const others = more.length === 0 ? '' : ` and ${more.length} more`;
        report(
          plan.spanOf(item, at),
          `\`${item.title}\` is done, but \`${open.title}\`${others}, which it depends on, is ${statusName(open.status)}; correct a status or the dependency`,
          {
            related: [
              { path: open.path, span: open.definition.span, message: `\`${open.title}\` stands here` },
            ],
          },
        );
      }
    }
  },
};
