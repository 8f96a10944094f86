import { withEdits, type SettableStatus } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import type { Span } from '../../../core/span.ts';
import { isPlain } from '../columns.ts';
import type { Lane } from '../lanes.ts';
import type { ItemEntry, PlanModel, StatusSlot } from '../model.ts';
import { findEntryMark, findMark, isMarkWord } from '../marks.ts';
import { boxMarkOf, bulletSymbolOf, labelOf, symbolOf, usedLabels, wordOf } from '../status-style.ts';
import { strikeOf } from '../struck.ts';
import { statusLabels } from '../vocabulary.ts';
import { continuation, writeCell, writeColumn } from './cells.ts';
import { statusLineOf, writeStatusLine, type StatusLine } from './status-line.ts';
import {
  editOf,
  formOf,
  isRefused,
  itemOf,
  type Change,
  type Draft,
  type HeadingForm,
  type RowForm,
} from './draft.ts';

/** Gives an item a status, in the document's own style. No edits where it has the status already. */
export function setStatus(draft: Draft, id: string, status: SettableStatus): Change {
  const entry = itemOf(draft, id);
  if (isRefused(entry)) return entry;
  const { model, text } = draft;
  const strike = strikeOf(text, entry.item.location.span);
  const form = formOf(draft, id);
  const line = !isRefused(form) && form.kind === 'entry' ? statusLineOf(draft, form) : undefined;
  if (line && isRefused(line)) return line;
  const isSaid = entry.item.statusText !== '' || strike !== undefined;
  if (entry.item.status === status && isSaid && (!line || line.status === status)) return [];
  const isBullet = !isRefused(form) && (form.kind !== 'row' || isPlain(form.columns));
  const mark: Mark = {
    draft,
    model,
    text,
    status,
    isBullet,
    heading: !isRefused(form) && form.kind === 'heading' ? form : undefined,
    isStruck: strike !== undefined,
    edit: (span, newText) => editOf(draft, span, newText),
  };
  const written = line ? withLine(entry, line, mark) : editsOf(entry, mark);
  const edits = written.filter(({ span, newText }) => text.slice(span.start, span.end) !== newText);
  // What is open again is struck out no longer.
  const marks = strike && status !== 'done' && status !== 'skipped' ? strike.marks : [];
  const unstruck = marks.map((span) => editOf(draft, span, ''));
  if (isRefused(form) || form.kind !== 'row') return [...edits, ...unstruck];
  const isBeside = isPlain(form.columns) && entry.slot.kind === 'tick';
  return isBeside
    ? inTitle(draft, form, [...edits, ...unstruck])
    : [...edits, ...inTitle(draft, form, unstruck)];
}

/** What is written beside or around a title as an edit of the title's cell, whose blanks give way. */
function inTitle(draft: Draft, form: RowForm, edits: readonly TextEdit[]): readonly TextEdit[] {
  if (edits.length === 0) return [];
  const { start, end } = form.item.item.location.span;
  const written = withEdits(draft.text.slice(0, end), edits).slice(start).trim();
  return [writeColumn(draft, form, form.columns.title, written)];
}

interface Mark {
  readonly draft: Draft;
  readonly model: PlanModel;
  readonly text: string;
  readonly status: SettableStatus;
  /** In a list, a heading or a plain table, where what has no symbol may be no item, or is what its section says. */
  readonly isBullet: boolean;
  readonly heading: HeadingForm | undefined;
  readonly isStruck: boolean;
  edit(span: Span, newText: string): TextEdit;
}

function editsOf(entry: ItemEntry, mark: Mark): readonly TextEdit[] {
  const { slot, item } = entry;
  if (slot.kind === 'cell') {
    const isMark = mark.isBullet && slot.isPlain;
    const label = isMark
      ? wordOfMark(mark.status, mark.draft)
      : (shareOf(mark.status, item.statusText) ?? labelOf(mark.status, mark.model, mark.text));
    return [writeCell(mark.draft, { span: item.statusSpan, room: slot.room }, slot.column, label)];
  }
  if (slot.kind === 'absent') return [absentEdit(slot, item.statusSpan, mark)];
  if (slot.kind === 'tick') {
    const isMarked = item.statusText !== '' || mark.isStruck;
    const isBare =
      mark.status === 'planned' && isMarked && !saysMore(entry, mark) && hasBareNeighbour(entry, mark.model);
    return isBare ? [mark.edit(item.statusSpan, '')] : tickEdits(slot, item.statusSpan, mark);
  }
  return boxEdits(slot, item.statusSpan, mark);
}

/** With a line in its entry that says the status, an item says by its box or mark what these can say, and no other status. */
function withLine(entry: ItemEntry, line: StatusLine, mark: Mark): readonly TextEdit[] {
  const { slot, item } = entry;
  const edits = writeStatusLine(mark.draft, line, mark.status);
  if (slot.kind === 'box')
    return [
      mark.edit(item.statusSpan, (mark.status === 'done' ? ownMark(mark) : undefined) ?? marks.planned),
      mark.edit(slot.symbolSpan, ''),
      ...edits,
    ];
  const isBare = slot.kind === 'tick' && slot.symbol === undefined;
  return isBare || item.status === mark.status ? edits : [...editsOf(entry, mark), ...edits];
}

/** Where a share stands, the share that says the status: 100 % or 0 %. */
function shareOf(status: SettableStatus, written: string): string | undefined {
  const sign = /^\d{1,3}(?:[.,]\d+)?(\s*%)$/.exec(written)?.[1];
  if (sign === undefined || (status !== 'done' && status !== 'planned')) return undefined;
  return `${status === 'done' ? 100 : 0}${sign}`;
}

/** The word that says a status in brackets beside a text: the document's own, where it has one that is read there. */
export function wordOfMark(status: SettableStatus, { model, text }: Pick<Draft, 'model' | 'text'>): string {
  const words = [...usedLabels(status, model, text), labelOf(status, model, text), wordOf(status, model)];
  return words.find((word) => isMarkWord(word, status, model.legend)) ?? statusLabels[status].word;
}

/** The row is continued to its status column. */
function absentEdit(slot: Extract<StatusSlot, { kind: 'absent' }>, at: Span, mark: Mark): TextEdit {
  const label = labelOf(mark.status, mark.model, mark.text);
  return mark.edit(at, continuation(slot, label));
}

/** True where what is left of an entry without its sign says how it is, too: `✅ Load (done 2026-11-03)`. */
function saysMore({ item }: ItemEntry, { text, model, isBullet }: Mark): boolean {
  const { span } = item.location;
  const { start, end } = item.statusSpan;
  const left = text.slice(span.start, start) + text.slice(end, span.end);
  return isBullet && findEntryMark(left.trim(), model.legend) !== undefined;
}

/** True where planned items beside this one carry no sign, so that this one needs none either. */
function hasBareNeighbour({ item }: ItemEntry, { entries }: PlanModel): boolean {
  return entries.some(
    (other) =>
      other.item.group === item.group &&
      other.item.id !== item.id &&
      other.item.status === 'planned' &&
      other.slot.kind === 'tick' &&
      other.slot.symbol === undefined,
  );
}

function tickEdits(slot: Extract<StatusSlot, { kind: 'tick' }>, span: Span, mark: Mark): readonly TextEdit[] {
  const { status, model, text, heading } = mark;
  const symbol = mark.isBullet ? bulletSymbolOf(status, model, text) : symbolOf(status, model, text);
  if (symbol === undefined) return [mark.edit(span, '')];
  if (!slot.isBefore) return [mark.edit(span, ` ${symbol}`)];
  if (!heading || leadsHeading(symbol, status, model)) return [mark.edit(span, `${symbol} `)];
  const { end } = heading.item.item.location.span;
  return [mark.edit(span, ''), mark.edit({ start: end, end }, ` ${symbol}`)];
}

/** Before a heading some symbols only decorate; they say a status behind it. */
export function leadsHeading(symbol: string, status: SettableStatus, { legend }: PlanModel): boolean {
  return findMark(`${symbol} x`, legend, { isHeading: true })?.status === status;
}

const marks = { planned: ' ', done: 'x' } as const;

function boxEdits(slot: Extract<StatusSlot, { kind: 'box' }>, box: Span, mark: Mark): readonly TextEdit[] {
  const { status, model, text } = mark;
  // In a column of a board an empty box is what the column says.
  const own = slot.lane === undefined ? ownMark(mark) : ownMarkIn(slot.lane, mark);
  if (own !== undefined) return [mark.edit(box, own), mark.edit(slot.symbolSpan, '')];
  return [mark.edit(box, ' '), mark.edit(slot.symbolSpan, `${bulletSymbolOf(status, model, text)} `)];
}

function ownMarkIn(lane: Lane, mark: Mark): string | undefined {
  if (mark.status === 'planned') return undefined;
  return mark.status === lane ? marks.planned : ownMark(mark);
}

/** The mark in the box that says the status, where one does: GitHub's own two, or one that the document uses. */
function ownMark({ status, model }: Mark): string | undefined {
  if (status === 'planned') return marks.planned;
  const used = model.entries.flatMap(({ item, slot }) =>
    slot.kind === 'box' && item.status === status && slot.mark.trim() !== '' ? [slot.mark] : [],
  );
  if (status === 'done') return used.length > 0 && used.every((mark) => mark === 'X') ? 'X' : marks.done;
  return used[0] ?? boxMarkOf(status, model);
}
