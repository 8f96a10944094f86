import type { ItemEvidenceAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { byNext } from '../views/next-task.ts';
import { statusLooks } from '../views/plan-row-data.ts';

/** A task that is worth doing next, and why, each a few words. */
export interface NextItem {
  readonly uri: string;
  readonly item: PlanItemAnswer;
  readonly why: readonly string[];
}

/** The best tasks to do next over all documents, in the server's order. */
export function nextItems(
  plans: readonly PlanAnswer[],
  evidence: readonly ItemEvidenceAnswer[],
  most: number,
): readonly NextItem[] {
  const waiting = new Map<string, number>();
  for (const { uri, id } of plans.flatMap(({ items }) => items.flatMap(({ blockedBy = [] }) => blockedBy)))
    waiting.set(keyOf(uri, id), (waiting.get(keyOf(uri, id)) ?? 0) + 1);
  const proven = new Set(
    evidence.filter(({ standing }) => standing === 'open-but-proven').map(({ uri, id }) => keyOf(uri, id)),
  );
  return plans
    .flatMap(({ uri, items }) => items.flatMap((item) => (item.next ? [{ uri, item }] : [])))
    .sort((a, b) => byNext(a.item, b.item))
    .slice(0, most)
    .map(({ uri, item }) => {
      const key = keyOf(uri, item.id);
      return { uri, item, why: reasons(item, { isProven: proven.has(key), waiting: waiting.get(key) ?? 0 }) };
    });
}

function reasons(
  { priority, status, effort }: PlanItemAnswer,
  { isProven, waiting }: { readonly isProven: boolean; readonly waiting: number },
): readonly string[] {
  return [
    ...(priority === undefined ? [] : [priority]),
    ...(status === 'in-progress' ? [statusLooks[status].label.toLowerCase()] : []),
    ...(isProven ? ['proven already'] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'task waits' : 'tasks wait'} for it`] : []),
    ...(effort === undefined ? [] : [`${effort.toLowerCase()} effort`]),
  ];
}

function keyOf(uri: string, id: string): string {
  return `${uri}#${id}`;
}
