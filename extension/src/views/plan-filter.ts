import type { PlanAnswer, PlanItemAnswer } from '../../../server/src/protocol/requests.ts';
import { isClosed, type PlanEvidence } from './plan-row-data.ts';
import { count } from './row.ts';

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

/** The filters that mean anything in these plans: nothing is mine where nobody has a task. */
export function usableFilters(plans: readonly PlanAnswer[], hasEvidence: boolean): readonly PlanFilter[] {
  const isOwned = plans.some(({ items }) => items.some((item) => item.owner !== undefined));
  return (Object.keys(filterLabels) as PlanFilter[]).filter(
    (filter) => (filter !== 'mine' || isOwned) && (filter !== 'failing' || hasEvidence),
  );
}

/** How many tasks of all documents a selection takes. */
export function countTaken(
  plans: readonly PlanAnswer[],
  selection: PlanSelection,
  evidence: PlanEvidence,
): number {
  const filter = taskFilter(selection, evidence) ?? (() => true);
  return plans.reduce((sum, { uri, items }) => sum + items.filter((item) => filter(uri, item)).length, 0);
}

/** What stands above the tasks that are shown: how many, and which; empty where all are. */
export function filterMessage(
  plans: readonly PlanAnswer[],
  selection: PlanSelection,
  evidence: PlanEvidence,
): string {
  const { filter, search, owner } = selection;
  const words = search.trim();
  if (filter === 'all' && words === '') return '';
  const label = filter === 'mine' ? `${filterLabels.mine} (${owner})` : filterLabels[filter];
  const what = [filter === 'all' ? '' : label, words === '' ? '' : `"${words}"`].filter(
    (part) => part !== '',
  );
  const all = plans.reduce((sum, { items }) => sum + items.length, 0);
  const shown = countTaken(plans, selection, evidence);
  return `${shown === 0 ? 'None' : shown} of ${count(all, 'task')}: ${what.join(' · ')}`;
}
