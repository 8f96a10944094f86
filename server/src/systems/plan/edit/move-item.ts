import { withEdits, type NewItem, type PlanPlace } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import type { PlanItem } from '../../../core/plan.ts';
import { columnOf, type Lane } from '../lanes.ts';
import { strikeOf } from '../struck.ts';
import {
  editOf,
  formOf,
  isRefused,
  type Change,
  type Draft,
  type EntryForm,
  type ItemForm,
} from './draft.ts';
import { saysOnlyOfItself } from './entry-body.ts';
import { leadOf, withGap } from './entry-lines.ts';
import { withBreak } from './lines.ts';
import { pack, packNew } from './parcel.ts';
import { isBesideSection, moveSection, takeSection } from './place-section.ts';
import { markerAt, recount, withMarker, type BesideEntry } from './recount.ts';
import {
  fitsAsItIs,
  insertLines,
  linesOfForm,
  placeParcel,
  tableOf,
  targetOf,
  type Target,
} from './place-parcel.ts';

/** Moves an item within a document or, with `into`, to another one. What lies in a list's entry or below a heading goes with it. */
export function moveItem(draft: Draft, id: string, place: PlanPlace, into: Draft = draft): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  const target = targetOf(into, place);
  if (isRefused(target)) return target;
  if (into === draft && isThere(draft, form, target)) return [];
  const beside = target.kind === 'beside' ? target.form : undefined;
  if (form.kind === 'heading' && beside?.kind === 'heading' && target.kind === 'beside')
    return moveSection(draft, form, { form: beside, isBefore: target.isBefore }, { into });
  const goes = form.kind === 'entry' ? form : undefined;
  const joins = besideEntry(target);
  // Numbers of one list are told for both, where it stays in it.
  const { edits, marker } = recount(draft, goes, into === draft ? joins : undefined);
  const there = into === draft ? { edits: [], marker } : recount(into, undefined, joins);
  const put = into === draft ? putAsItIs(draft, form, target, there.marker) : undefined;
  const change = put ?? anew(draft, form, { target, into, marker: there.marker });
  if (isRefused(change)) return change;
  return [...change, ...there.edits, ...edits, ...takeLines(draft, form)];
}

export function addItem(draft: Draft, item: NewItem, place: PlanPlace): Change {
  if (item.title.trim() === '') return { refused: 'a task needs a title' };
  const target = targetOf(draft, place);
  if (isRefused(target)) return target;
  const { edits, marker } = recount(draft, undefined, besideEntry(target));
  const change = placeParcel(draft, target, packNew(item), marker);
  return isRefused(change) ? change : [...change, ...edits];
}

export function removeItem(draft: Draft, id: string): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  if (form.kind === 'entry' && !saysOnlyOfItself(form))
    return { refused: `other entries lie below \`${form.item.item.title}\`; move or remove them first` };
  if (holdsBesides(draft, form))
    return {
      refused: `criteria, risks or the like stand below \`${form.item.item.title}\`; move or remove them first`,
    };
  return takeItem(draft, form);
}

/** True where a plan says more in an item's lines than the item. */
function holdsBesides(draft: Draft, form: ItemForm): boolean {
  const { criteria, readiness, blockers, risks } = draft.model.plan;
  const { start, end } = linesOfForm(draft, form);
  return [...criteria, ...readiness, ...blockers, ...risks].some(
    ({ span }) => start <= span.start && span.start < end,
  );
}

/** Takes an item away with all that belongs to it; a list that counts goes on counting. */
export function takeItem(draft: Draft, form: ItemForm): readonly TextEdit[] {
  const { edits } = recount(draft, form.kind === 'entry' ? form : undefined, undefined);
  return [...edits, ...takeLines(draft, form)];
}

function takeLines(draft: Draft, form: ItemForm): readonly TextEdit[] {
  if (form.kind === 'heading') return [takeSection(draft, form)];
  const lines = linesOfForm(draft, form);
  const gone = form.kind === 'entry' ? withGap(draft.text, lines) : withBreak(draft.text, lines);
  return [editOf(draft, gone, '')];
}

/** The entry of a list that a target is beside. */
export function besideEntry(target: Target): BesideEntry | undefined {
  if (target.kind !== 'beside' || target.form.kind !== 'entry') return undefined;
  return { form: target.form, isBefore: target.isBefore };
}

/** True where the item stands at its target already. */
function isThere(draft: Draft, form: ItemForm, target: Target): boolean {
  if (target.kind !== 'beside') return false;
  if (target.form.item === form.item) return true;
  if (target.form.kind === 'heading' || form.kind === 'heading')
    return (
      target.form.kind === 'heading' &&
      form.kind === 'heading' &&
      isBesideSection(draft, form, { form: target.form, isBefore: target.isBefore })
    );
  if (target.form.kind === 'entry' && form.kind === 'entry' && target.form.entry.depth !== form.entry.depth)
    return false;
  const own = withBreak(draft.text, linesOfForm(draft, form));
  const other = withBreak(draft.text, linesOfForm(draft, target.form));
  const [upper, lower] = target.isBefore ? [own, other] : [other, own];
  return upper.end <= lower.start && draft.text.slice(upper.end, lower.start).trim() === '';
}

/** The item's own lines, where they can stand at the target as they are written; undefined where they cannot. */
function putAsItIs(
  draft: Draft,
  form: ItemForm,
  target: Target,
  marker: string | undefined,
): Change | undefined {
  if (form.kind === 'heading') return undefined;
  const lines = linesOfForm(draft, form);
  if (form.kind === 'row') {
    const own = draft.text.slice(lines.start, lines.end);
    const into = tableOf(target);
    return into && fitsAsItIs(draft, form, into) ? insertLines(draft, target, own) : undefined;
  }
  const joined = joinedBy(target);
  if (!joined) return undefined;
  const beside = joined.kind === 'column' ? joined.like : joined.form;
  // Among boxes a bullet without one is no task, nor are bullets beside a box.
  if ((form.entry.box === undefined) !== (beside.entry.box === undefined)) return undefined;
  const home = linesOfForm(draft, beside);
  if (joined.kind === 'beside' && home.start > lines.start && home.start < lines.end)
    return { refused: `\`${form.item.item.title}\` cannot move to a place inside of itself` };
  const edits = onTheWay(draft, form, joined);
  const own = withEdits(draft.text.slice(0, lines.end), edits).slice(lines.start);
  return insertLines(draft, target, indented(draft, own, { beside, marker }));
}

/** What changes of a card that goes to another column of a board: what is done there is ticked, all else has no mark, and what is open is not struck out. */
function onTheWay(draft: Draft, { item: { item, slot } }: EntryForm, target: Joined): readonly TextEdit[] {
  const lane = target.kind === 'column' ? target.lane : laneBeside(draft, item, target.form);
  if (lane === undefined || slot.kind === 'cell' || slot.kind === 'absent') return [];
  const strike = lane === 'done' || lane === 'skipped' ? undefined : strikeOf(draft.text, item.location.span);
  const unstruck = strike?.marks.map((span) => editOf(draft, span, '')) ?? [];
  if (slot.kind === 'tick') return [editOf(draft, item.statusSpan, ''), ...unstruck];
  const isSaid = target.kind === 'beside' && isSaidByColumn(target.form);
  return [
    editOf(draft, item.statusSpan, lane === 'done' && !isSaid ? 'x' : ' '),
    editOf(draft, slot.symbolSpan, ''),
    ...unstruck,
  ];
}

/** What the column says that something comes to beside a card of it. */
function laneBeside({ model }: Draft, { group }: PlanItem, { item, entry }: EntryForm): Lane | undefined {
  const there = item.item.group;
  return entry.depth > 0 || there === group ? undefined : columnOf(model, there)?.lane;
}

/** True where nobody ticks what stands in the column of a card. */
function isSaidByColumn({ item: { slot } }: EntryForm): boolean {
  return slot.kind === 'box' && slot.lane !== undefined;
}

/** A list that an entry joins, or begins. */
type Joined =
  Extract<Target, { readonly kind: 'column' }> | { readonly kind: 'beside'; readonly form: EntryForm };

function joinedBy(target: Target): Joined | undefined {
  if (target.kind === 'empty') return undefined;
  if (target.kind === 'column') return target;
  return target.form.kind === 'entry' ? { kind: 'beside', form: target.form } : undefined;
}

/** Lines of a list's entry as they stand beside another one: its indentation, and its bullet or, where the list counts, the next number. */
function indented(
  draft: Draft,
  own: string,
  { beside, marker }: { readonly beside: EntryForm; readonly marker: string | undefined },
): string {
  const home = linesOfForm(draft, beside);
  const lead = leadOf(draft.text.slice(home.start, home.end).split(/\r\n?|\n/)[0]!);
  const ownLead = leadOf(own.split(/\r\n?|\n/)[0]!);
  const marked = withMarker(own, marker ?? markerAt(draft.text, home.start + lead.length));
  const rest = marked
    .slice(ownLead.length)
    .replace(/(\r\n?|\n)([^\r\n]+)/g, (_line, eol: string, line: string) =>
      line.startsWith(ownLead) ? `${eol}${lead}${line.slice(ownLead.length)}` : `${eol}${line}`,
    );
  return lead + rest;
}

function anew(
  draft: Draft,
  form: ItemForm,
  {
    target,
    into,
    marker,
  }: { readonly target: Target; readonly into: Draft; readonly marker: string | undefined },
): Change {
  if (form.kind === 'heading' && hasMore(draft, form))
    return { refused: `more than a line belongs to \`${form.item.item.title}\`; move it by hand` };
  return placeParcel(into, target, pack(draft, form), marker);
}

/** True where an entry holds more than its own paragraph, or a heading more than its line. */
export function hasMore(draft: Draft, form: ItemForm): boolean {
  if (form.kind === 'row') return false;
  const from = form.kind === 'entry' ? form.entry.span.end : form.heading.span.end;
  return draft.text.slice(from, linesOfForm(draft, form).end).trim() !== '';
}
