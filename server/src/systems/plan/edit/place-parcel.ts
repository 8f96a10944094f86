import type { TextEdit } from '../../../core/finding.ts';
import type { PlanPlace } from '../../../core/plan-edit.ts';
import { shapeOfColumn } from '../column-shape.ts';
import type { Lane } from '../lanes.ts';
import type { HeadingBlock, Row, TableBlock } from '../markdown.ts';
import { bulletSymbolOf, symbolOf } from '../status-style.ts';
import { withoutDecoration } from '../vocabulary.ts';
import { buildRow } from './cells.ts';
import {
  editOf,
  formOf,
  isRefused,
  taskColumns,
  textOfEntry,
  type Change,
  type Draft,
  type EntryForm,
  type ItemForm,
  type Refused,
  type RowForm,
} from './draft.ts';
import { bodyBelow } from './entry-body.ts';
import { gapBeside, linesOfEntry } from './entry-lines.ts';
import { lineBreakAt, lineEnd, lineStart, linesOf, nextLine } from './lines.ts';
import { asTexts, asWritten, type Parcel } from './parcel.ts';
import { placeHeading } from './place-section.ts';
import { withMarker } from './recount.ts';
import { sectionLines } from './section-lines.ts';
import { prefersLeading } from './set-facts.ts';
import { wordOfMark } from './set-status.ts';

/** Beside which item something goes, or into which table that has no rows, or column of a board that has no cards. */
export type Target =
  | { readonly kind: 'beside'; readonly form: ItemForm; readonly isBefore: boolean }
  | { readonly kind: 'empty'; readonly table: TableBlock }
  | {
      readonly kind: 'column';
      readonly heading: HeadingBlock;
      readonly lane: Lane;
      /** A card of the same board, as which others are written. */
      readonly like: EntryForm;
    };

/** What a place means in a document. */
export function targetOf(draft: Draft, place: PlanPlace): Target | Refused {
  if (place.kind !== 'end') {
    const form = formOf(draft, place.item);
    return isRefused(form) ? form : { kind: 'beside', form, isBefore: place.kind === 'before' };
  }
  const last = draft.model.entries.findLast(({ item }) => item.group === place.group);
  if (last) return targetOf(draft, { kind: 'after', item: lastTopOf(draft, last.item.id) });
  const table = emptyTable(draft, place.group);
  if (table) return { kind: 'empty', table };
  return (
    emptyColumn(draft, place.group) ?? {
      refused: `the document has no section \`${place.group}\` with tasks`,
    }
  );
}

function emptyColumn(draft: Draft, group: string): Target | undefined {
  const { columns, entries } = draft.model;
  const column = columns.find((each) => each.isEmpty && each.group === group);
  const heading = draft.blocks.find(
    (block) => block.kind === 'heading' && block.span.start === column?.heading.start,
  );
  if (!column || heading?.kind !== 'heading') return undefined;
  const others = columns.flatMap((each) => (each.board === column.board ? [each.group] : []));
  for (const { item } of entries) {
    const like = others.includes(item.group) ? formOf(draft, item.id) : undefined;
    if (like && !isRefused(like) && like.kind === 'entry' && like.entry.depth === 0)
      return { kind: 'column', heading, lane: column.lane, like };
  }
  return undefined;
}

/** Behind a list's last item means behind the outermost one that it lies in. */
function lastTopOf(draft: Draft, id: string): string {
  const form = formOf(draft, id);
  if (isRefused(form) || form.kind !== 'entry' || form.entry.depth === 0) return id;
  const at = form.list.entries.indexOf(form.entry);
  const top = form.list.entries.slice(0, at).findLast(({ depth, box }) => depth === 0 && box);
  const entry = draft.model.entries.find(({ item }) => item.location.span.start === top?.span.start);
  return entry?.item.id ?? id;
}

/** The table that a row would come to. */
export function tableOf(target: Target): TableBlock | undefined {
  if (target.kind !== 'beside') return target.kind === 'empty' ? target.table : undefined;
  return target.form.kind === 'row' ? target.form.table : undefined;
}

/** A table of tasks without rows below the heading of that title. */
export function emptyTable(draft: Draft, group?: string): TableBlock | undefined {
  let title = '';
  for (const block of draft.blocks) {
    if (block.kind === 'heading') title = withoutDecoration(block.text.replace(/\s+/g, ' '));
    else if (block.kind === 'table' && block.rows.length === 0 && taskColumns(draft, block)) {
      if (group === undefined || group === title || group.endsWith(` › ${title}`)) return block;
    }
  }
  return undefined;
}

/** Writes an item anew at a place, as its neighbours are written; with the `marker` that is its own in a list that counts. */
export function placeParcel(draft: Draft, target: Target, parcel: Parcel, marker?: string): Change {
  const form = target.kind === 'beside' ? target.form : undefined;
  if (form?.kind === 'heading' && target.kind === 'beside')
    return parcel.body
      ? { refused: refusedIn('sections', parcel) }
      : placeHeading(draft, { form, isBefore: target.isBefore }, parcel);
  const lines = linesFor(draft, target, parcel);
  if (isRefused(lines)) return lines;
  return insertLines(draft, target, marker === undefined ? lines.text : withMarker(lines.text, marker));
}

function linesFor(draft: Draft, target: Target, parcel: Parcel): { readonly text: string } | Refused {
  if (target.kind === 'beside') {
    if (target.form.kind === 'entry') return entryFor(draft, target.form, parcel);
    if (target.form.kind === 'row') return rowFor(draft, target.form, target.form.row, parcel);
    return { refused: `nothing can be written beside \`${target.form.item.item.title}\` from here` };
  }
  if (target.kind === 'column') return entryFor(draft, target.like, parcel);
  const { table } = target;
  return rowFor(draft, { table, columns: taskColumns(draft, table)! }, table.header, parcel);
}

function rowFor(
  draft: Draft,
  form: Pick<RowForm, 'table' | 'columns'>,
  beside: Row,
  parcel: Parcel,
): { readonly text: string } | Refused {
  if (parcel.body && !parcel.isToldApart) return { refused: refusedIn('a table', parcel) };
  const texts = asTexts(draft, form, parcel);
  if (isRefused(texts)) return texts;
  const { start } = beside.span;
  return {
    text: draft.text.slice(lineStart(draft.text, start), start) + buildRow(draft, form.table, texts),
  };
}

function entryFor(draft: Draft, form: EntryForm, packed: Parcel): { readonly text: string } | Refused {
  const parcel = asWritten(packed);
  const homeless = [...(parcel.effort === '' ? [] : ['effort']), ...parcel.others.keys()];
  if (homeless.length > 0 && parcel.finished === undefined)
    return { refused: `a list has no place for \`${homeless[0]}\` of \`${parcel.title}\`` };
  const begin = beginningOf(draft, form, parcel);
  const { title, priority, finished } = parcel;
  const name = title.replace(/\s+/g, ' ').trim();
  const isLeading = prefersLeading(draft) && begin.symbol === '';
  const shown = name.includes('*') ? name : `${begin.bold}${name}${begin.bold}`;
  const dated = finished === undefined ? shown : `${shown} (${finished})`;
  const ranked = priority === '' ? dated : isLeading ? `${priority}: ${dated}` : `${dated} (${priority})`;
  const isWaiting = parcel.dependencies !== '' && finished === undefined;
  const waiting = isWaiting ? ` (depends on: ${parcel.dependencies})` : '';
  const text = `${begin.lead}${begin.symbol}${ranked}${waiting}${begin.behind}`;
  if (!parcel.body) return { text };
  const eol = lineBreakAt(draft.text, form.entry.span.start);
  return { text: text + bodyBelow(parcel.body, text, eol) };
}

function refusedIn(where: string, { title }: Parcel): string {
  return `more than a line belongs to \`${title}\`, and tasks stand in ${where} there; move it by hand`;
}

/** What stands around an entry's text. */
interface Manner {
  readonly lead: string;
  readonly symbol: string;
  readonly bold: string;
  readonly behind: string;
}

/** What stands before an entry's text, with the status that it says: `- [x] `, `- ✅ **`. */
function beginningOf(draft: Draft, form: EntryForm, { status, isStatusBelow = false }: Parcel): Manner {
  const { item, entry } = form;
  const known = status === 'unknown' ? 'planned' : status;
  const until = entry.box?.span.start ?? entry.span.start;
  const lead = draft.text.slice(lineStart(draft.text, until), until);
  if (entry.box) {
    const isPlain = known === 'planned' || known === 'done' || isStatusBelow;
    const symbol = isPlain ? undefined : symbolOf(known, draft.model, draft.text);
    return {
      lead: `${lead}${known === 'done' ? 'x' : ' '}] `,
      symbol: symbol === undefined ? '' : `${symbol} `,
      bold: '',
      behind: '',
    };
  }
  const bold = /^(?:\*\*|__)/.exec(draft.text.slice(textOfEntry(form).start))?.[0] ?? '';
  const { slot } = item;
  if (slot.kind === 'cell') return { lead, ...wordBeside(draft, form, wordOfMark(known, draft)), bold };
  if (slot.kind !== 'tick' || slot.symbol === undefined) return { lead, symbol: '', bold, behind: '' };
  const symbol = bulletSymbolOf(known, draft.model, draft.text);
  return slot.isBefore
    ? { lead, symbol: `${symbol} `, bold, behind: '' }
    : { lead, symbol: '', bold, behind: ` ${symbol}` };
}

/** A word where and how another entry has its own: `[DONE] Load`, `Load (done)`, `Load - done`. */
function wordBeside(
  { text }: Draft,
  { item: { item }, entry }: EntryForm,
  word: string,
): Pick<Manner, 'symbol' | 'behind'> {
  const before = text.slice(entry.span.start, item.statusSpan.start);
  if (before === '[') return { symbol: `[${word}] `, behind: '' };
  const dash = /\s[–—-]+\s*$/.exec(before)?.[0];
  return { symbol: '', behind: dash === undefined ? ` (${word})` : `${dash}${word}` };
}

/** Puts whole lines before or behind a target. */
export function insertLines(draft: Draft, target: Target, lines: string): Change {
  const { text } = draft;
  if (target.kind === 'column') return [firstCard(draft, target.heading, lines)];
  const around = target.kind === 'empty' ? linesOf(text, target.table.span) : linesOfForm(draft, target.form);
  const eol = lineBreakAt(text, around.start);
  const gap = gapOf(draft, target);
  const between = gap === undefined ? eol : eol + gap + eol;
  if (target.kind === 'beside' && target.isBefore)
    return [editOf(draft, { start: around.start, end: around.start }, lines + between)];
  const at = lineEnd(text, around.end);
  return [editOf(draft, { start: at, end: at }, between + lines)];
}

/** Behind all that stands in the column, a blank line below its heading. */
function firstCard(draft: Draft, heading: HeadingBlock, lines: string): TextEdit {
  const { text } = draft;
  const at = sectionLines(draft, heading).end;
  const eol = lineBreakAt(text, heading.span.start);
  const isBare = at === lineEnd(text, heading.span.end);
  const next = nextLine(text, at);
  const isTight = next !== undefined && text.slice(next, lineEnd(text, next)).trim() !== '';
  return editOf(draft, { start: at, end: at }, `${isBare ? eol + eol : eol}${lines}${isTight ? eol : ''}`);
}

/** The blank line between the entries of a list that is written with some. */
function gapOf({ text }: Draft, target: Exclude<Target, { kind: 'column' }>): string | undefined {
  if (target.kind === 'empty' || target.form.kind !== 'entry') return undefined;
  return gapBeside(text, target.form, target.isBefore);
}

/** The lines that an item takes, with all that belongs to it. */
export function linesOfForm(draft: Draft, form: ItemForm): { readonly start: number; readonly end: number } {
  if (form.kind === 'row') return linesOf(draft.text, form.row.span);
  return form.kind === 'entry' ? linesOfEntry(draft.text, form) : sectionLines(draft, form.heading);
}

/** True where a row can go as it is: the columns mean the same, and no cell would stick out. */
export function fitsAsItIs({ text }: Draft, { table, row }: RowForm, into: TableBlock): boolean {
  const headers = (block: TableBlock): string =>
    block.header.cells.map((cell) => cell.text.trim().toLowerCase()).join('\0');
  if (table === into) return true;
  if (headers(table) !== headers(into)) return false;
  return row.cells.every((_cell, column) => {
    const from = shapeOfColumn(table, column, text).width;
    const to = shapeOfColumn(into, column, text).width;
    return (from === undefined && to === undefined) || (from?.by === to?.by && from?.size === to?.size);
  });
}
