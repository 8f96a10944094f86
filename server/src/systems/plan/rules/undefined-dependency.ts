import { closest } from '../../../core/closest.ts';
import { sameItemKey, saysEnough } from '../../../core/plan-set.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { documentNamespace, itemNamespace } from '../facts.ts';
import { isPlanFile, planFactsOf, type PlanFacts } from '../item-facts.ts';

/** A step that the plan has not is never done: 'Step 9 completion' where the steps end at 5. */
export const undefinedDependency: BetweenRule = {
  id: 'plan/undefined-dependency',
  severity: 'warning',
  over: [itemNamespace, documentNamespace],
  check(file, _facts, report) {
    if (!isPlanFile(file)) return;
    const plan = file.once(planFactsOf);
    const isAboutItems = meansItems(plan);
    const near = new NearTitles(plan);
    for (const item of plan.own) {
      const meanings = plan.meanings(item);
      for (let at = 0; at < meanings.length; at++) {
        const meaning = meanings[at]!;
        if (meaning.kind === 'missing') {
          const message = `the plan has no \`${meaning.name}\`; correct the dependency or add the item`;
          report(plan.spanOf(item, at), message);
          continue;
        }
        const written = item.dependencies[at]!;
        const meant = meaning.kind === 'text' && isAboutItems ? near.to(written) : undefined;
        if (meant === undefined) continue;
        const span = plan.spanOf(item, at);
        const fix = {
          title: `Change to \`${meant}\``,
          edits: [{ path: file.path, span, newText: meant }],
          certain: false,
        };
        report(span, `the plan has no item \`${written}\`; did you mean \`${meant}\`?`, { fixes: [fix] });
      }
    }
  },
};

/** Only where the document's other dependencies mostly name items does one that nearly does mean one. */
function meansItems(plan: PlanFacts): boolean {
  let [items, others] = [0, 0];
  for (const item of plan.own) {
    const meanings = plan.meanings(item);
    for (let at = 0; at < meanings.length; at++) {
      if (meanings[at]!.kind === 'items') items++;
      else others++;
    }
  }
  return items >= 2 && items >= others;
}

/** The titles of a plan that are nearly what is written; a plan says the same many times. */
class NearTitles {
  readonly #plan: PlanFacts;
  readonly #known = new Map<string, string | undefined>();

  constructor(plan: PlanFacts) {
    this.#plan = plan;
  }

  to(written: string): string | undefined {
    if (!this.#known.has(written)) this.#known.set(written, this.#find(sameItemKey(written)));
    return this.#known.get(written);
  }

  #find(key: string): string | undefined {
    if (!saysEnough(key)) return undefined;
    const { all } = this.#plan;
    // Slips of the fingers are few.
    const alike = all.filter((item) => Math.abs(item.key.length - key.length) <= 3).map((item) => item.key);
    const near = closest(key, alike);
    // Two words that differ are two things.
    if (near === undefined || differences(near, key) > 1) return undefined;
    return all.findLast((item) => item.key === near)?.title;
  }
}

function differences(a: string, b: string): number {
  const [left, right] = [a.split(' '), b.split(' ')];
  return left.length === right.length ? left.filter((word, at) => word !== right[at]).length : 2;
}
