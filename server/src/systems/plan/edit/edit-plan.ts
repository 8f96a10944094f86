import { withEdits, type PlanEdit, type PlanEditOutcome } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import type { Plan, PlanStatus } from '../../../core/plan.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { columnOf } from '../lanes.ts';
import type { PlanModel } from '../model.ts';
import { readPlan } from '../read-plan.ts';
import { completeItem } from './complete-item.ts';
import { formOf, isRefused, openDraft, type Change, type Draft } from './draft.ts';
import { entriesBelow } from './entry-lines.ts';
import { isMisread, isMisreadThere, isUnmarked, type Leaving } from './misread.ts';
import { refusedPriority } from './known-priority.ts';
import { addItem, moveItem, removeItem } from './move-item.ts';
import { linesOfForm } from './place-parcel.ts';
import { setEffort, setPriority } from './set-facts.ts';
import { setCategory, setCriterion, setOverall, setUpdated } from './set-figures.ts';
import { setStatus } from './set-status.ts';
import { statusLabels } from '../vocabulary.ts';

/**
 * The edits that make a change to a plan. They are tried on the text first: what would not read back as it is meant, or
 * would change the meaning of anything else, is refused.
 */
export function editPlan(
  file: ParsedFile<PlanModel>,
  edit: PlanEdit,
  other?: ParsedFile<PlanModel>,
): PlanEditOutcome {
  if (file.model.isTruncated || other?.model.isTruncated)
    return { kind: 'refused', message: 'the document is too long to be read whole; split it first' };
  const draft = openDraft(file);
  const into = other && other.source.path !== file.source.path ? openDraft(other) : undefined;
  const moved = edit.kind === 'status' ? moveOnBoard(draft, edit) : undefined;
  return moved?.kind === 'edits' ? moved : tried(draft, edit, { into });
}

interface Trial {
  readonly into?: Draft | undefined;
  readonly becomes?: readonly PlanStatus[];
}

function tried(
  draft: Draft,
  edit: PlanEdit,
  { into, becomes = becoming(draft, edit) }: Trial,
): PlanEditOutcome {
  const change = changeOf(draft, edit, into);
  if (isRefused(change)) return { kind: 'refused', message: change.refused };
  const isThere = edit.kind === 'move' && change.length === 0;
  if (isThere) return { kind: 'edits', edits: [] };
  return isSafe(draft, edit, change, { into, becomes })
    ? { kind: 'edits', edits: change }
    : {
        kind: 'refused',
        message:
          whyMisread(draft, edit, change, into) ??
          'the document would not read back as it is meant; make this change by hand',
      };
}

/** On a board a status is a column, so who gives a card another one moves it there; undefined where there is none for it. */
function moveOnBoard(
  draft: Draft,
  { item: id, status }: PlanEdit & { readonly kind: 'status' },
): PlanEditOutcome | undefined {
  const form = formOf(draft, id);
  if (isRefused(form) || form.kind !== 'entry' || form.entry.depth > 0) return undefined;
  const { group, status: now } = form.item.item;
  const here = columnOf(draft.model, group);
  if (now === status || here?.lane === status) return undefined;
  const there = draft.model.columns.find(({ board, lane }) => board === here?.board && lane === status);
  if (!there) return undefined;
  const move: PlanEdit = { kind: 'move', item: id, place: { kind: 'end', group: there.group } };
  return tried(draft, move, { becomes: [status] });
}

/** What an item that is moved may be there: what it was, or what a column of a board says. */
function becoming({ model }: Draft, edit: PlanEdit): readonly PlanStatus[] | undefined {
  if (edit.kind !== 'move') return undefined;
  const { place } = edit;
  const { items } = model.plan;
  const was = items.find(({ id }) => id === edit.item)?.status;
  const group = place.kind === 'end' ? place.group : items.find(({ id }) => id === place.item)?.group;
  const column = group === undefined ? undefined : columnOf(model, group);
  return was && column && [was, column.lane];
}

function changeOf(draft: Draft, edit: PlanEdit, into: Draft | undefined): Change {
  switch (edit.kind) {
    case 'status':
      return setStatus(draft, edit.item, edit.status);
    case 'priority':
      return setPriority(draft, edit.item, edit.priority);
    case 'effort':
      return setEffort(draft, edit.item, edit.effort);
    case 'criterion':
      return setCriterion(draft, edit.criterion, edit.nth ?? 0, edit.done);
    case 'move':
      return moveItem(draft, edit.item, edit.place, into);
    case 'add':
      return refusedPriority(draft, edit.item.priority ?? '') ?? addItem(draft, edit.item, edit.place);
    case 'remove':
      return removeItem(draft, edit.item);
    case 'complete':
      return completeItem(draft, edit.item, edit.date, into);
    case 'updated':
      return isDay(edit.date)
        ? setUpdated(draft, edit.date)
        : { refused: `\`${edit.date}\` is no day; write it as 2026-11-29` };
    case 'overall':
      return isPercent(edit.percent) ? setOverall(draft, edit.percent) : notPercent(edit.percent);
    case 'category':
      return isPercent(edit.percent)
        ? setCategory(draft, edit.category, edit.percent)
        : notPercent(edit.percent);
  }
}

function isDay(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
}

function isPercent(percent: number): boolean {
  return percent >= 0 && percent <= 100;
}

function notPercent(percent: number): Change {
  return { refused: `${percent} is no percentage; use 0 to 100` };
}

function isSafe(
  draft: Draft,
  edit: PlanEdit,
  change: readonly TextEdit[],
  { into, becomes }: { readonly into: Draft | undefined; readonly becomes: Trial['becomes'] | undefined },
): boolean {
  const leaving = { ...leavingWith(draft, edit, into !== undefined), becomes };
  if (isMisread(draft.model.plan, readAgain(draft, change), edit, leaving)) return false;
  return !into || !isMisreadThere(into.model.plan, readAgain(into, change), edit, leaving);
}

/** Of an item that only its section says the status of: what that section would make of it. */
function whyMisread(
  draft: Draft,
  edit: PlanEdit,
  change: readonly TextEdit[],
  into: Draft = draft,
): string | undefined {
  if (edit.kind !== 'move' && edit.kind !== 'add') return undefined;
  const { place } = edit;
  const item =
    edit.kind === 'add'
      ? { title: edit.item.title.trim(), status: edit.item.status ?? 'planned', statusText: '' }
      : draft.model.plan.items.find(({ id }) => id === edit.item);
  const group =
    place.kind === 'end' ? place.group : into.model.plan.items.find(({ id }) => id === place.item)?.group;
  if (!item || !isUnmarked(item.statusText) || group === undefined) return undefined;
  const read = readAgain(into, change).items.find(
    (each) => each.title === item.title && each.group === group,
  );
  if (!read || read.status === item.status || !isUnmarked(read.statusText)) return undefined;
  if (item.status === 'unknown' || read.status === 'unknown') return undefined;
  const [was, is] = [item.status, read.status].map((status) => statusLabels[status].word.toLowerCase());
  if (edit.kind === 'add')
    return `below \`${group}\` a task without a mark is ${is}, not ${was}; add it with the status \`${is}\`, or to another section`;
  const way = `give it the status \`${is}\` first${read.status === 'done' ? ', or complete it' : ''}`;
  return `\`${item.title}\` is ${was} and has no mark of its own, and below \`${group}\` that means ${is}; ${way}`;
}

function readAgain({ source, text, words }: Draft, change: readonly TextEdit[]): Plan {
  const own = change.filter(({ path }) => path === source.path);
  return readPlan(source.path, withEdits(text, own), words).plan;
}

/** What leaves its place: the item that is meant, what lies in its entry of a list, and what is said below its heading. */
function leavingWith(draft: Draft, edit: PlanEdit, isGone: boolean): Leaving {
  if (edit.kind !== 'move' && edit.kind !== 'remove' && edit.kind !== 'complete')
    return { moved: [], isGone };
  const form = formOf(draft, edit.item);
  if (isRefused(form)) return { moved: [edit.item], isGone };
  const span = linesOfForm(draft, form);
  const along = edit.kind === 'remove' || form.kind === 'row' ? undefined : { of: draft.model.plan, span };
  if (form.kind !== 'entry') return { moved: [edit.item], along, isGone };
  const starts = new Set(entriesBelow(form).map((entry) => entry.span.start));
  const moved = draft.model.entries.flatMap(({ item }) =>
    item.id === edit.item || starts.has(item.location.span.start) ? [item.id] : [],
  );
  return { moved, along, isGone };
}
