import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { isClosed, type PlanTask } from './plan-row-data.ts';

/**
 * The open task after the cursor in its planning document, from the top again after the last one.
 * Elsewhere the best one to do next, as the plan orders them; else the most urgent one: by priority, then what is in
 * progress, then by place.
 */
export function nextOpenTask(
  plans: readonly PlanAnswer[],
  cursor?: { readonly uri: string; readonly line: number },
): PlanTask | undefined {
  const here = plans.find((plan) => plan.uri === cursor?.uri);
  if (here && cursor) {
    const open = openTasks(here).sort((a, b) => a.item.line - b.item.line);
    return open.find(({ item }) => item.line > cursor.line) ?? open[0];
  }
  return plans
    .flatMap(openTasks)
    .sort(
      (a, b) => byNext(a.item, b.item) || urgency(a).localeCompare(urgency(b), 'en', { numeric: true }),
    )[0];
}

function openTasks(plan: PlanAnswer): PlanTask[] {
  return plan.items.filter((item) => !isClosed(item.status)).map((item) => ({ uri: plan.uri, item }));
}

/** The one to be done sooner first, those that cannot be begun last. */
export function byNext(a: PlanItemAnswer, b: PlanItemAnswer): number {
  if (!a.next || !b.next) return Number(!a.next) - Number(!b.next);
  for (const [at, rank] of a.next.entries()) if (rank !== b.next[at]) return rank - b.next[at]!;
  return 0;
}

function urgency({ item }: PlanTask): string {
  return `${item.priority ?? 'Z'} ${item.status === 'in-progress' ? 0 : 1}`;
}
