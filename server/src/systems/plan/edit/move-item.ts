import type { NewItem, PlanPlace } from '../../../core/plan-edit.ts';
import {
  editOf,
  formOf,
  isRefused,
  type Change,
  type Draft,
  type EntryForm,
  type ItemForm,
} from './draft.ts';
import { entriesBelow, leadOf } from './entry-lines.ts';
import { withBreak } from './lines.ts';
import { pack, packNew } from './parcel.ts';
import { fitsAsItIs, insertLines, linesOfForm, placeParcel, targetOf, type Target } from './place-parcel.ts';

/** Moves an item within a document or, with `into`, to another one. What lies in a list's entry goes with it. */
export function moveItem(draft: Draft, id: string, place: PlanPlace, into: Draft = draft): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  const target = targetOf(into, place);
  if (isRefused(target)) return target;
  if (into === draft && isThere(draft, form, target)) return [];
  const put = into === draft ? putAsItIs(draft, form, target) : undefined;
  const change = put ?? anew(draft, form, target, into);
  if (isRefused(change)) return change;
  return [...change, editOf(draft, withBreak(draft.text, linesOfForm(draft, form)), '')];
}

export function addItem(draft: Draft, item: NewItem, place: PlanPlace): Change {
  if (item.title.trim() === '') return { refused: 'a task needs a title' };
  const target = targetOf(draft, place);
  return isRefused(target) ? target : placeParcel(draft, target, packNew(item));
}

export function removeItem(draft: Draft, id: string): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  if (form.kind === 'entry' && entriesBelow(form).length > 0)
    return { refused: `other entries lie below \`${form.item.item.title}\`; move or remove them first` };
  return [editOf(draft, withBreak(draft.text, linesOfForm(draft, form)), '')];
}

/** True where the item stands at its target already. */
function isThere(draft: Draft, form: ItemForm, target: Target): boolean {
  if (target.kind === 'empty') return false;
  if (target.form.item === form.item) return true;
  if (target.form.kind === 'entry' && form.kind === 'entry' && target.form.entry.depth !== form.entry.depth)
    return false;
  const own = withBreak(draft.text, linesOfForm(draft, form));
  const other = withBreak(draft.text, linesOfForm(draft, target.form));
  return target.isBefore ? own.end === other.start : other.end === own.start;
}

/** The item's own lines, where they can stand at the target as they are written; undefined where they cannot. */
function putAsItIs(draft: Draft, form: ItemForm, target: Target): Change | undefined {
  const lines = linesOfForm(draft, form);
  const own = draft.text.slice(lines.start, lines.end);
  if (form.kind === 'row') {
    const into =
      target.kind === 'empty' ? target.table : target.form.kind === 'row' ? target.form.table : undefined;
    return into && fitsAsItIs(draft, form, into) ? insertLines(draft, target, own) : undefined;
  }
  if (target.kind === 'empty' || target.form.kind === 'row') return undefined;
  const home = linesOfForm(draft, target.form);
  if (home.start > lines.start && home.start < lines.end)
    return { refused: `\`${form.item.item.title}\` cannot move to a place inside of itself` };
  return insertLines(draft, target, indented(draft, own, target.form));
}

/** Lines of a list's entry as they stand beside another one: its indentation and, where both have one, its bullet. */
function indented(draft: Draft, own: string, beside: EntryForm): string {
  const home = linesOfForm(draft, beside);
  const lead = leadOf(draft.text.slice(home.start, home.end).split(/\r\n?|\n/)[0]!);
  const ownLead = leadOf(own.split(/\r\n?|\n/)[0]!);
  const bullet = draft.text[home.start + lead.length]!;
  const first = own.slice(ownLead.length);
  const marked = /[-*+]/.test(first[0]!) && /[-*+]/.test(bullet) ? bullet + first.slice(1) : first;
  const rest = marked.replace(/(\r\n?|\n)([^\r\n]+)/g, (_line, eol: string, line: string) =>
    line.startsWith(ownLead) ? `${eol}${lead}${line.slice(ownLead.length)}` : `${eol}${line}`,
  );
  return lead + rest;
}

function anew(draft: Draft, form: ItemForm, target: Target, into: Draft): Change {
  if (form.kind === 'entry' && hasMore(draft, form))
    return { refused: `more than a line belongs to \`${form.item.item.title}\`; move it by hand` };
  return placeParcel(into, target, pack(draft, form));
}

/** True where an entry holds more than its own paragraph. */
export function hasMore(draft: Draft, form: EntryForm): boolean {
  return draft.text.slice(form.entry.span.end, linesOfForm(draft, form).end).trim() !== '';
}
