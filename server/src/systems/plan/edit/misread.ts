import type { PlanEdit, PlanPlace } from '../../../core/plan-edit.ts';
import type { Plan, PlanItem, PlanStatus } from '../../../core/plan.ts';
import { asidesOf } from '../asides.ts';
import { splitDependencies } from '../dependencies.ts';
import { readPriority } from '../vocabulary.ts';
import { isMovedAlong, isWith, isWithout, saidBesides, type Besides, type TakenAlong } from './besides.ts';
import { dateInMannerOf } from './date-manner.ts';

/** What leaves its place with an edit. */
export interface Leaving {
  /** The items, in order. */
  readonly moved: readonly string[];
  /** What else the plan says in their lines; undefined where nothing may go along. */
  readonly along?: TakenAlong | undefined;
  /** True where it goes to another document. */
  readonly isGone: boolean;
  /** What an item that moves may be from then on; what it was, where absent. */
  readonly becomes?: readonly PlanStatus[] | undefined;
}

const nothing: Leaving = { moved: [], isGone: false };

/**
 * True where a document does not read, after an edit, as the edit means it, or where something that the edit does not
 * speak of reads otherwise than before.
 */
export function isMisread(before: Plan, after: Plan, edit: PlanEdit, leaving: Leaving = nothing): boolean {
  if (!arranging.has(edit.kind)) return said(expectedPlan(before, after, edit)) !== said(after);
  const here: PlanEdit =
    leaving.isGone && 'item' in edit && typeof edit.item === 'string'
      ? { kind: 'remove', item: edit.item }
      : edit;
  return (
    !isKeptBesides(before, after, leaving) ||
    !isArranged(before.items, after.items, { edit: here, ...leaving, moved: new Set(leaving.moved) })
  );
}

function isKeptBesides(before: Plan, after: Plan, { along, isGone }: Leaving): boolean {
  if (!along) return saidBesides(before) === saidBesides(after);
  return isGone ? isWithout(before, after, along) : isMovedAlong(before, after, along);
}

/** What changes which items there are, or where they stand. */
const arranging: ReadonlySet<PlanEdit['kind']> = new Set(['move', 'add', 'remove', 'complete']);

/**
 * The same for the document that an item came to: it has as many items more, or says nothing of them as tasks. What is
 * finished is done there; where bullets are tasks, those below a heading come as several.
 */
export function isMisreadThere(
  before: Plan,
  after: Plan,
  edit: PlanEdit,
  { moved, along }: Leaving,
): boolean {
  const place = edit.kind === 'move' ? edit.place : undefined;
  const isFinished = edit.kind === 'complete';
  const added = after.items.length - before.items.length;
  if (along ? !isWith(before, after, along) : saidBesides(before) !== saidBesides(after)) return true;
  if (added === 0) return place !== undefined || !isInserted(before.items, after.items, 0, () => true);
  if (added < 0 || (added > moved.length && !isFinished)) return true;
  return !isInserted(before.items, after.items, added, (at) =>
    isFinished
      ? after.items.slice(at, at + added).every(isClosed)
      : place === undefined || isPlaced(before.items, at, place),
  );
}

function isClosed({ status }: PlanItem): boolean {
  return status === 'done' || status === 'skipped';
}

type Said = Besides & Pick<Plan, 'items'>;

function said(plan: Said): string {
  return JSON.stringify([plan.items.map(whole), saidBesides(plan)]);
}

function whole(item: PlanItem): string {
  const { group, owner, due, finished, note } = item;
  return JSON.stringify([group, core(item), owner, due, finished, note]);
}

/** What an item says wherever it stands. Only among what is finished a day alone is none of the title's words. */
function core({ title, status, priority, effort, dependencies }: PlanItem): string {
  const name = /\d{4}/.test(title) ? asidesOf(title, { isFinished: true }).title : title;
  return JSON.stringify([name, status, priority ?? '', effort ?? '', dependencies]);
}

function expectedPlan(before: Plan, after: Plan, edit: PlanEdit): Said {
  switch (edit.kind) {
    case 'status':
      return withItem(before, edit.item, { status: edit.status, ...daysNow(before, after, edit) });
    case 'priority':
      return withItem(before, edit.item, { priority: readPriority(edit.priority) });
    case 'effort':
      return withItem(before, edit.item, { effort: edit.effort.trim() || undefined });
    case 'criterion':
      return withCriterion(before, edit.criterion, edit.nth ?? 0, edit.done);
    case 'updated': {
      const { updated } = before;
      return { ...before, updated: updated === undefined ? edit.date : dateInMannerOf(updated, edit.date) };
    }
    case 'overall':
      return { ...before, claimedOverall: edit.percent };
    case 'category': {
      const readiness = before.readiness.map((claim) =>
        claim.category === edit.category ? { ...claim, claimed: edit.percent } : claim,
      );
      // A status cell may hold the percentage, and says another status then.
      const statuses = readiness.map((claim, at) => ({
        ...claim,
        status: after.readiness[at]?.status ?? claim.status,
      }));
      return { ...before, readiness: statuses };
    }
    case 'move':
    case 'add':
    case 'remove':
    case 'complete':
      return before;
  }
}

/** What is open again was not finished: its day goes, or is the one by when it is due. */
function daysNow(
  before: Plan,
  after: Plan,
  { item: id, status }: PlanEdit & { kind: 'status' },
): Pick<Changed, 'due' | 'finished'> {
  const [was, is] = [before, after].map(({ items }) => items.find((item) => item.id === id));
  if (!was || !is || (was.status === 'done') === (status === 'done')) return {};
  const isDue = is.due === was.due || is.due === was.finished || is.finished === was.due;
  return isDue ? { due: is.due, finished: is.finished } : {};
}

function withItem(plan: Plan, id: string, change: Changed): Said {
  return {
    ...plan,
    items: plan.items.map((item) => (item.id === id ? ({ ...item, ...change } as PlanItem) : item)),
  };
}

type Changed = { readonly [Key in keyof PlanItem]?: PlanItem[Key] | undefined };

function withCriterion(plan: Plan, text: string, nth: number, done: boolean): Said {
  let seen = -1;
  const criteria = plan.criteria.map((each) =>
    each.text === text && ++seen === nth ? { ...each, done } : each,
  );
  return { ...plan, criteria };
}

interface Arrangement {
  readonly edit: PlanEdit;
  readonly moved: ReadonlySet<string>;
  readonly becomes?: readonly PlanStatus[] | undefined;
}

function isArranged(
  before: readonly PlanItem[],
  after: readonly PlanItem[],
  { edit, moved, becomes }: Arrangement,
): boolean {
  const stay = before.filter(({ id }) => !moved.has(id));
  const goes = before.filter(({ id }) => moved.has(id));
  if (edit.kind === 'remove') return isInserted(stay, after, 0, () => true);
  if (edit.kind === 'complete')
    return (
      isInserted(stay, after, 0, () => true) ||
      isInserted(
        stay,
        after,
        goes.length,
        (at) =>
          after[at]!.status === 'done' &&
          after[at]!.title.includes(goes[0]?.title ?? '') &&
          goes.slice(1).every((item, index) => core(item) === core(after[at + 1 + index]!)),
      )
    );
  if (edit.kind === 'add')
    return isInserted(
      stay,
      after,
      1,
      (at) => isNew(after[at]!, edit.item) && isPlaced(stay, at, edit.place, after[at]),
    );
  if (edit.kind !== 'move') return false;
  return isInserted(
    stay,
    after,
    goes.length,
    (at) =>
      goes.every((item, index) => isSame(item, after[at + index]!, index === 0 ? becomes : undefined)) &&
      isPlaced(stay, at, edit.place, after[at]),
  );
}

function isSame(item: PlanItem, read: PlanItem, becomes: readonly PlanStatus[] = [item.status]): boolean {
  return becomes.some((status) => core({ ...item, status }) === core(read));
}

/** True of what is written of a status where its place says it: nothing, or an empty box. */
export function isUnmarked(statusText: string): boolean {
  return statusText === '' || statusText === '[ ]';
}

/** Where nothing is said of a status, an item without a mark has that of its section. */
function isNew(
  read: PlanItem,
  { status, priority, effort = '', dependencies = [] }: (PlanEdit & { kind: 'add' })['item'],
): boolean {
  return (
    read.dependencies.length === splitDependencies(dependencies.join(', ')).length &&
    (read.status === (status ?? 'planned') || (status === undefined && isUnmarked(read.statusText))) &&
    read.priority === (priority === undefined ? undefined : readPriority(priority)) &&
    (read.effort ?? '') === effort.trim()
  );
}

/** True where `after` is `stay` with so many items more at one place that suits. */
function isInserted(
  stay: readonly PlanItem[],
  after: readonly PlanItem[],
  count: number,
  suits: (at: number) => boolean,
): boolean {
  if (after.length !== stay.length + count) return false;
  let same = 0;
  while (same < stay.length && whole(stay[same]!) === whole(after[same]!)) same++;
  for (let at = same; at >= 0; at--) {
    const isTail = stay.slice(at).every((item, index) => whole(item) === whole(after[at + count + index]!));
    if (!isTail) return false;
    if (suits(at)) return true;
  }
  return false;
}

/** True where the items that came at `at` stand where they should, and read as part of its group. */
function isPlaced(stay: readonly PlanItem[], at: number, place: PlanPlace, first?: PlanItem): boolean {
  if (place.kind === 'end') {
    const last = stay.findLastIndex(({ group }) => group === place.group);
    return (first === undefined || last < 0 || first.group === place.group) && at > last;
  }
  const target = stay.findIndex(({ id }) => id === place.item);
  const { group } = stay[target] ?? {};
  if (group === undefined || (first !== undefined && first.group !== group)) return false;
  if (place.kind === 'before') return at === target;
  // What lies below the other item in a list comes first.
  return at > target && stay.slice(target, at).every((item) => item.group === group);
}
