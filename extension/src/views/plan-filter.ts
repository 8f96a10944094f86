import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { isClosed, type PlanEvidence } from './plan-row-data.ts';

/** Which tasks the Plan view shows. */
export type PlanFilter = 'all' | 'open' | 'mine' | 'blocked' | 'ready' | 'p0' | 'failing';

export const filterLabels: Readonly<Record<PlanFilter, string>> = {
  all: 'All',
  open: 'Open',
  mine: 'Mine',
  blocked: 'Blocked',
  ready: 'Ready to Start',
  p0: 'P0',
  failing: 'Failing Checks',
};

export interface PlanSelection {
  readonly filter: PlanFilter;
  /** Words that the title, group, owner or priority must hold, in any order. */
  readonly search: string;
  /** Whose tasks are 'mine'. */
  readonly owner: string;
}

/** What takes a task; undefined where all are taken. */
export function taskFilter(
  { filter, search, owner }: PlanSelection,
  evidence: PlanEvidence,
): ((uri: string, item: PlanItemAnswer) => boolean) | undefined {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (filter === 'all' && words.length === 0) return undefined;
  return (uri, item) =>
    isTaken(uri, item, { filter, owner, evidence }) && words.every((word) => said(item).includes(word));
}

function said({ title, group, owner = '', priority = '' }: PlanItemAnswer): string {
  return [title, group, owner, priority].join('\n').toLowerCase();
}

function isTaken(
  uri: string,
  item: PlanItemAnswer,
  { filter, owner, evidence }: Pick<PlanSelection, 'filter' | 'owner'> & { readonly evidence: PlanEvidence },
): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return !isClosed(item.status);
    case 'mine':
      return owner !== '' && ownersOf(item).includes(owner);
    case 'blocked':
      return item.status === 'blocked' || (item.blockedBy?.length ?? 0) > 0;
    case 'ready':
      return item.ready === true;
    case 'p0':
      return /^P0(?:\.\d+)?$/i.test(item.priority ?? '') && !isClosed(item.status);
    case 'failing':
      return evidence.of(uri, item.id)?.state === 'failed';
  }
}

function ownersOf({ owner = '' }: PlanItemAnswer): readonly string[] {
  return owner
    .split(/[,;&/]|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Everyone who has a task, by name. */
export function ownersIn(plans: readonly PlanAnswer[]): readonly string[] {
  return [...new Set(plans.flatMap(({ items }) => items.flatMap(ownersOf)))].sort();
}

/** The filters that can take anything in these plans. */
export function usableFilters(plans: readonly PlanAnswer[], hasEvidence: boolean): readonly PlanFilter[] {
  const items = plans.flatMap((plan) => plan.items);
  return (Object.keys(filterLabels) as PlanFilter[]).filter((filter) => {
    if (filter === 'mine') return items.some((item) => item.owner !== undefined);
    if (filter === 'ready') return items.some(({ ready }) => ready === true);
    return filter !== 'failing' || hasEvidence;
  });
}
