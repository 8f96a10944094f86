import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { asidesOf } from './asides.ts';
import { entryFacts, statusBelow, type EntryContext } from './entry-facts.ts';
import { flat } from './flat.ts';
import { isAttribute, isRemark, saysNone } from './labels.ts';
import type { ListEntry } from './markdown.ts';
import { findEntryMark, labelBefore, type Mark } from './marks.ts';
import type { StatusSlot } from './model.ts';
import { spanOfText, withBlanks, type ItemContext } from './places.ts';
import { strikeOf } from './struck.ts';
import { withoutDecoration } from './vocabulary.ts';

/** Which bullets of a list are items, and what an unmarked one is. */
export interface BulletOptions {
  /** `marked`: those that begin or end with a status; `all`: also plain ones that lie in no other entry. */
  readonly which: 'marked' | 'all';
  /** Of a plain bullet: what the heading above it says. */
  readonly status: PlanStatus;
  /** Of a plain bullet that is struck out while that is open: people cross off what is done, and ideas that they drop. */
  readonly struck: 'done' | 'skipped';
  /** An entry of the list explains what its heading speaks of. */
  readonly isExplained: boolean;
}

export interface ReadBullet {
  readonly item: Omit<PlanItem, 'id' | 'group'>;
  readonly span: Span;
  readonly slot: StatusSlot;
}

/** Reads an entry without a box: `- ✅ **Name**: text`, `- Name ✅`, `- [DONE] Name`, `- Done: Name`, `1. **Name** – text`. */
export function readBullet(
  entry: ListEntry,
  { which, status, struck, isExplained }: BulletOptions,
  context: EntryContext,
): ReadBullet | undefined {
  const text = flat(entry.text);
  if (isAttribute(text) || saysNone(text)) return undefined;
  const mark =
    findEntryMark(text, context.legend, context) ??
    (which === 'all' ? labelBefore(text, context.legend) : undefined);
  if (!mark && (which === 'marked' || entry.depth > 0 || isRemark(text, isExplained))) return undefined;
  const rest = mark?.rest ?? text;
  const asides = asidesOf(rest, { isFinished: context.isFinished });
  const before = asides.lead + (mark?.place === 'behind' ? 0 : text.length - rest.length);
  const { title, note } = nameOf(asides.title, entry.name - before);
  if (!/[\p{L}\p{N}]/u.test(title)) return undefined;
  const place = placeOfMark(mark, entry.span, context);
  const line = mark ? undefined : statusBelow(context.below, context.legend);
  const isStruck = !line && status === 'planned' && strikeOf(context.text, entry.span)?.aside === '';
  const own = mark?.status ?? line?.status ?? (isStruck ? struck : status);
  return {
    item: {
      title,
      status: own,
      statusText: mark?.text ?? line?.text ?? '',
      location: { path: context.path, span: entry.span },
      statusSpan: place.span,
      ...entryFacts(asides, own, entry.span, context),
      ...(note === '' ? {} : { note }),
    },
    span: entry.span,
    slot: place.slot,
  };
}

/** Where a mark is written and how another one is written in its place. */
export function placeOfMark(
  mark: Mark | undefined,
  within: Span,
  context: ItemContext,
): { readonly span: Span; readonly slot: StatusSlot } {
  if (!mark) {
    const span = { start: within.start, end: within.start };
    return { span, slot: { kind: 'tick', symbol: undefined, isBefore: true } };
  }
  const isBefore = mark.place === 'before';
  const written = isBefore ? spanOfText(within, mark.text, context) : spanBehind(mark, within, context);
  if (mark.kind === 'word') {
    const slot = {
      kind: 'cell',
      room: written,
      column: { width: undefined },
      isPlain: true,
      symbol: undefined,
    } as const;
    return { span: written, slot };
  }
  return {
    span: withBlanks(written, within, context.text, isBefore),
    slot: { kind: 'tick', symbol: mark.text, isBefore },
  };
}

/** Where a mark stands behind a title; what stands behind it may say the same. */
function spanBehind({ text, tail = '' }: Mark, within: Span, context: ItemContext): Span {
  let written = spanOfText(within, text, context, 'end');
  for (let more = tail.split(text).length - 1; more > 0; more--)
    written = spanOfText({ start: within.start, end: written.start }, text, context, 'end');
  return written;
}

/** Longer texts are sentences, of which the first words serve as a name. */
const longestTitle = 100;

/** What an entry is called, and what it says besides: 'Load: all orders' is 'Load', where 'Load' is bold. */
function nameOf(text: string, bold: number): { readonly title: string; readonly note: string } {
  const cut = bold > 0 && bold < text.length ? bold : cutOf(text);
  const separator = /^\s*(?:[:.–—-]+\s*)?/.exec(text.slice(cut))![0];
  return {
    title: withoutDecoration(text.slice(0, cut).replace(/[\s:–—-]+$/, '')),
    note: text.slice(cut + separator.length).trim(),
  };
}

function cutOf(text: string): number {
  if (text.length <= longestTitle) return text.length;
  const end = /[.;:](?=\s)|\s[–—-]\s/.exec(text.slice(0, longestTitle));
  if (end && end.index >= 12) return end.index;
  const blank = text.lastIndexOf(' ', longestTitle);
  return blank > 0 ? blank : longestTitle;
}
