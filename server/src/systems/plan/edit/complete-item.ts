import { keepsFinishedItems } from '../../../core/plan-edit.ts';
import type { PlanItem } from '../../../core/plan.ts';
import type { Block, HeadingBlock, Row } from '../markdown.ts';
import { withoutDecoration } from '../vocabulary.ts';
import {
  formOf,
  isRefused,
  type Change,
  type Draft,
  type EntryForm,
  type ItemForm,
  type Refused,
} from './draft.ts';
import type { EntryBody } from './entry-body.ts';
import { finishSection, isNewestFirst } from './finish-section.ts';
import { addBullet } from './finished-bullet.ts';
import { entriesBelow } from './entry-lines.ts';
import { besideEntry, takeItem } from './move-item.ts';
import { calledByCode, pack, type Parcel } from './parcel.ts';
import { emptyTable, placeParcel, tableOf, targetOf, type Target } from './place-parcel.ts';
import { recount } from './recount.ts';
import { blocksOfSection, sectionLines } from './section-lines.ts';
import { finishedBody, statusLineOf } from './status-line.ts';

/**
 * Marks an item done and moves it, with the day, to where finished ones are kept: another document, or a section of
 * its own one. What has no place there (an effort, what it waited for) is left behind.
 */
export function completeItem(draft: Draft, id: string, date: string, into: Draft = draft): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  const { item } = form.item;
  const open = form.kind === 'entry' ? openPartOf(draft, form) : undefined;
  if (open) return { refused: `\`${open.title}\` in \`${item.title}\` is not done; finish or move it first` };
  const home = into === draft ? homeOf(draft, form) : undefined;
  if (into === draft && home === undefined)
    return {
      refused: 'no document or section keeps finished tasks; write one, or name the document that they go to',
    };
  if (home && isIn(draft, form, home))
    return { refused: `\`${item.title}\` is among the finished tasks already` };
  const moved =
    form.kind === 'heading' ? finishSection(draft, form, date, { into, home: home?.heading }) : undefined;
  if (moved) return moved;
  const { statusText: _, ...packed } = pack(draft, form);
  const body = form.kind === 'entry' && packed.body ? finished(draft, form, packed.body) : undefined;
  if (body && isRefused(body)) return body;
  const parcel: Parcel = { ...packed, ...(body ? { body } : {}), status: 'done', finished: date };
  const change = putFinished(into, parcel, home?.title, item.group);
  if (isRefused(change)) return change;
  return [...change, ...takeItem(draft, form)];
}

/** What lies in an entry, once it is finished. */
function finished(draft: Draft, form: EntryForm, body: EntryBody): EntryBody | Refused {
  const line = statusLineOf(draft, form);
  return !line ? body : isRefused(line) ? line : finishedBody(draft, form, line, body);
}

/** What is still to be done in an entry of a list. */
function openPartOf(draft: Draft, form: EntryForm): PlanItem | undefined {
  const starts = new Set(entriesBelow(form).map(({ span }) => span.start));
  const parts = draft.model.entries.map(({ item }) => item);
  return parts.find(
    ({ location, status }) => starts.has(location.span.start) && status !== 'done' && status !== 'skipped',
  );
}

/** A section that keeps finished items. */
interface Home {
  readonly title: string;
  readonly heading: HeadingBlock | undefined;
}

/** The last section of a document that keeps finished items; what belongs to a task is none. */
function homeOf(draft: Draft, form: ItemForm): Home | undefined {
  const { model, blocks } = draft;
  const tasks = new Set(model.entries.map(({ item }) => item.location.span.end));
  const own: ReadonlySet<Block> = new Set(
    form.kind === 'heading' ? blocksOfSection(draft, form.heading) : [],
  );
  const headings = blocks.flatMap((block) =>
    block.kind !== 'heading' || tasks.has(block.span.end) || own.has(block)
      ? []
      : [{ title: titleOf(block), heading: block }],
  );
  const group = model.plan.groups.findLast((title) => keepsFinishedItems(title));
  const kept = headings.findLast(({ heading }) => keepsFinishedItems(heading.text));
  if (group === undefined) return kept;
  const named = headings.findLast(({ title }) => group === title || group.endsWith(` › ${title}`));
  return { title: group, heading: (named ?? kept)?.heading };
}

function titleOf({ text }: HeadingBlock): string {
  return withoutDecoration(text.replace(/\s+/g, ' '));
}

function isIn(draft: Draft, { item: { item } }: ItemForm, { title, heading }: Home): boolean {
  if (item.group === title) return true;
  if (!heading || heading.level === 1) return false;
  const { start, end } = sectionLines(draft, heading);
  return item.location.span.start >= start && item.location.span.start < end;
}

function putFinished(into: Draft, parcel: Parcel, home: string | undefined, from: string): Change {
  const groups = into.model.plan.groups;
  const group = home ?? groups.find((title) => title === from) ?? groups[0];
  const target = group === undefined ? undefined : finishedTarget(into, group);
  if (target) {
    const { edits, marker } = recount(into, undefined, besideEntry(target));
    const placed = placeParcel(into, target, calledByCode(parcel, tableOf(target)), marker);
    if (!isRefused(placed)) return [...placed, ...edits];
    // Where a table keeps them, a list beside it would be another place.
    if (parcel.body) return placed;
  }
  const table = home === undefined ? emptyTable(into) : emptyTable(into, home);
  if (table) return placeParcel(into, { kind: 'empty', table }, calledByCode(parcel, table));
  return addBullet(into, calledByCode(parcel, undefined), home);
}

/** Where the newest stand first, the next one goes to the top. */
function finishedTarget(into: Draft, group: string): Target | undefined {
  const target = targetOf(into, { kind: 'end', group });
  if (isRefused(target) || target.kind !== 'beside' || target.form.kind !== 'row')
    return isRefused(target) ? undefined : target;
  const { rows } = target.form.table;
  const said = ({ span }: Row): string => into.text.slice(span.start, span.end);
  if (rows.length < 2 || !isNewestFirst(said(rows[0]!), said(rows.at(-1)!))) return target;
  const first = into.model.entries.find(({ item }) => item.location.span.start >= rows[0]!.span.start);
  const form = first && formOf(into, first.item.id);
  return form && !isRefused(form) ? { kind: 'beside', form, isBefore: true } : target;
}
