import { keepsFinishedItems } from '../../../core/plan-edit.ts';
import { withoutDecoration } from '../vocabulary.ts';
import { formOf, isRefused, type Change, type Draft } from './draft.ts';
import { addBullet } from './finished-bullet.ts';
import { hasMore, takeItem } from './move-item.ts';
import { pack, type Parcel } from './parcel.ts';
import { emptyTable, placeParcel, targetOf, type Target } from './place-parcel.ts';

/**
 * Marks an item done and moves it, with the day, to where finished ones are kept: another document, or a section of
 * its own one. What has no place there (an effort, what it waited for) is left behind.
 */
export function completeItem(draft: Draft, id: string, date: string, into: Draft = draft): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  const { item } = form.item;
  if (hasMore(draft, form))
    return { refused: `more than a line belongs to \`${item.title}\`; move it by hand` };
  const { statusText: _, ...packed } = pack(draft, form);
  const parcel: Parcel = { ...packed, status: 'done', finished: date };
  const home = into === draft ? sectionOf(draft) : undefined;
  if (into === draft && home === undefined)
    return {
      refused: 'no document or section keeps finished tasks; write one, or name the document that they go to',
    };
  if (home !== undefined && item.group === home)
    return { refused: `\`${item.title}\` is among the finished tasks already` };
  const change = putFinished(into, parcel, home, item.group);
  if (isRefused(change)) return change;
  return [...change, ...takeItem(draft, form)];
}

/** The section of a document that keeps finished items. */
function sectionOf({ model, blocks }: Draft): string | undefined {
  const group = model.plan.groups.findLast((title) => keepsFinishedItems(title));
  if (group !== undefined) return group;
  const heading = blocks.findLast((block) => block.kind === 'heading' && keepsFinishedItems(block.text));
  return heading?.kind === 'heading' ? withoutDecoration(heading.text.replace(/\s+/g, ' ')) : undefined;
}

function putFinished(into: Draft, parcel: Parcel, home: string | undefined, from: string): Change {
  const groups = into.model.plan.groups;
  const group = home ?? groups.find((title) => title === from) ?? groups[0];
  const target = group === undefined ? undefined : finishedTarget(into, group);
  if (target) {
    const placed = placeParcel(into, target, parcel);
    if (!isRefused(placed)) return placed;
  }
  const table = home === undefined ? emptyTable(into) : emptyTable(into, home);
  if (table) return placeParcel(into, { kind: 'empty', table }, parcel);
  return addBullet(into, parcel, home);
}

/** Where the newest stand first, the next one goes to the top. */
function finishedTarget(into: Draft, group: string): Target | undefined {
  const target = targetOf(into, { kind: 'end', group });
  if (isRefused(target) || target.kind === 'empty' || target.form.kind !== 'row')
    return isRefused(target) ? undefined : target;
  const { rows } = target.form.table;
  const days = [rows[0]!, rows.at(-1)!].map(
    ({ cells }) => cells.map(({ text }) => dayIn(text)).find(Boolean) ?? '',
  );
  if (rows.length < 2 || !(days[0]! > days[1]!)) return target;
  const first = into.model.entries.find(({ item }) => item.location.span.start >= rows[0]!.span.start);
  const form = first && formOf(into, first.item.id);
  return form && !isRefused(form) ? { kind: 'beside', form, isBefore: true } : target;
}

function dayIn(text: string): string | undefined {
  return /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0];
}
