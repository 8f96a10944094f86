import type { ItemEvidenceAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { isClosed, statusLooks } from '../views/plan-rows.ts';

/** A task that is worth doing next, and why, each a few words. */
export interface NextItem {
  readonly uri: string;
  readonly item: PlanItemAnswer;
  readonly why: readonly string[];
}

/**
 * The best tasks to do next: nothing that is blocked, nor what names another open task as its dependency. What is
 * most urgent comes first, then what was begun, then what proves itself already, then what takes least.
 */
export function nextItems(
  plans: readonly PlanAnswer[],
  evidence: readonly ItemEvidenceAnswer[],
  most: number,
): readonly NextItem[] {
  const open = new Set<string>();
  const waited = new Map<string, number>();
  for (const { items } of plans)
    for (const item of items) {
      if (!isClosed(item.status)) open.add(nameOf(item.title));
      for (const each of item.dependencies)
        if (!isClosed(item.status)) waited.set(nameOf(each), (waited.get(nameOf(each)) ?? 0) + 1);
    }
  const parents = new Set(plans.flatMap(({ items }) => items.flatMap(({ parent }) => parent ?? [])));
  const proven = new Set(
    evidence.filter(({ standing }) => standing === 'open-but-proven').map(({ uri, id }) => `${uri}#${id}`),
  );
  const isFree = (item: PlanItemAnswer): boolean =>
    !isClosed(item.status) &&
    item.status !== 'blocked' &&
    !parents.has(item.id) &&
    !item.dependencies.some((each) => open.has(nameOf(each)) && nameOf(each) !== nameOf(item.title));
  return plans
    .flatMap(({ uri, items }) => items.filter(isFree).map((item) => ({ uri, item })))
    .map(({ uri, item }) => {
      const isProven = proven.has(`${uri}#${item.id}`);
      const waiting = waited.get(nameOf(item.title)) ?? 0;
      const rank = [
        rankOf(item.priority, priorities),
        item.status === 'in-progress' ? 0 : 1,
        isProven ? 0 : 1,
        -waiting,
        rankOf(item.effort, efforts),
      ];
      return { uri, item, rank, why: reasons(item, { isProven, waiting }) };
    })
    .sort((a, b) => compare(a.rank, b.rank))
    .slice(0, most)
    .map(({ uri, item, why }) => ({ uri, item, why }));
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

const priorities: readonly RegExp[] = [
  /^(?:P0\b|critical|highest|blocker|urgent)/i,
  /^(?:P1\b|high)/i,
  /^(?:P2\b|medium|normal)/i,
  /^(?:P3\b|low\b)/i,
  /^(?:P\d|lowest)/i,
];

const efforts: readonly RegExp[] = [
  /^(?:xs|tiny|trivial)\b/i,
  /^(?:s|low|small|\d+ ?h(?:ours?)?)\b/i,
  /^(?:m|medium|[1-3] ?d(?:ays?)?)\b/i,
  /^(?:l|high|large|\d+ ?d(?:ays?)?)\b/i,
  /^(?:xl|very|\d+ ?w(?:eeks?)?)\b/i,
];

/** Words that nobody knows stand behind all others, before none at all. */
function rankOf(text: string | undefined, ranks: readonly RegExp[]): number {
  if (text === undefined || text === '') return ranks.length + 1;
  const found = ranks.findIndex((rank) => rank.test(text));
  return found === -1 ? ranks.length : found;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at === -1 ? 0 : a[at]! - b[at]!;
}

function nameOf(title: string): string {
  return title.replace(/[*_`]/g, '').trim().toLowerCase();
}
