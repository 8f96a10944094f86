import type { TextEdit } from '../../core/finding.ts';
import type { PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import { measure } from './column-shape.ts';
import type { ItemEntry, PlanModel, StatusSlot } from './model.ts';
import { labelOf, symbolOf } from './status-style.ts';

/**
 * The edits that give an item a status, in the document's own style. None where it has the status already;
 * undefined where there is no such item, or where the status cannot be written.
 */
export function markItem(
  { model, source }: ParsedFile<PlanModel>,
  itemId: string,
  status: PlanStatus,
): readonly TextEdit[] | undefined {
  const entry = model.entries.find(({ item }) => item.id === itemId);
  if (!entry || status === 'unknown') return undefined;
  if (entry.item.status === status && entry.item.statusText !== '') return [];
  const edit = (span: Span, newText: string): TextEdit => ({ path: source.path, span, newText });
  const edits = editsOf(entry, { model, text: source.text, status, edit });
  return edits.filter(({ span, newText }) => source.slice(span) !== newText);
}

interface Mark {
  readonly model: PlanModel;
  readonly text: string;
  readonly status: Exclude<PlanStatus, 'unknown'>;
  edit(span: Span, newText: string): TextEdit;
}

function editsOf(entry: ItemEntry, mark: Mark): readonly TextEdit[] {
  const { slot, item } = entry;
  if (slot.kind === 'cell') return [cellEdit(slot, item.statusSpan, mark)];
  if (slot.kind === 'absent') return [absentEdit(slot, item.statusSpan, mark)];
  if (slot.kind === 'tick') return [tickEdit(slot, item.statusSpan, mark)];
  return boxEdits(slot, item.statusSpan, mark);
}

/** Blanks at the cell's end give way or fill up where the column is aligned, as far as there are any. */
function cellEdit(slot: Extract<StatusSlot, { kind: 'cell' }>, span: Span, mark: Mark): TextEdit {
  const label = labelOf(mark.status, mark.model, mark.text);
  const { width } = slot.column;
  if (!width) return mark.edit(span, label);
  const lead = mark.text.slice(slot.room.start, span.start);
  const least = span.end < slot.room.end ? 1 : 0;
  const blanks = Math.max(least, width.size - measure(lead + label, width.by));
  return mark.edit({ start: span.start, end: slot.room.end }, label + ' '.repeat(blanks));
}

/** The row is continued to its status column. */
function absentEdit(slot: Extract<StatusSlot, { kind: 'absent' }>, at: Span, mark: Mark): TextEdit {
  const label = labelOf(mark.status, mark.model, mark.text);
  const between = slot.missing - 1;
  if (slot.endsWithPipe) return mark.edit(at, `${'  |'.repeat(between)} ${label} |`);
  return mark.edit(at, `${' | '.repeat(between)} | ${label}`);
}

function tickEdit(slot: Extract<StatusSlot, { kind: 'tick' }>, span: Span, mark: Mark): TextEdit {
  const symbol = symbolOf(mark.status, mark.model, mark.text);
  if (symbol === undefined) return mark.edit(span, '');
  return mark.edit(span, slot.isBefore ? `${symbol} ` : ` ${symbol}`);
}

const marks = { planned: ' ', done: 'x' } as const;

function boxEdits(slot: Extract<StatusSlot, { kind: 'box' }>, box: Span, mark: Mark): readonly TextEdit[] {
  const own = ownMark(mark);
  if (own !== undefined) return [mark.edit(box, own), mark.edit(slot.symbolSpan, '')];
  return [
    mark.edit(box, ' '),
    mark.edit(slot.symbolSpan, `${symbolOf(mark.status, mark.model, mark.text)} `),
  ];
}

/** The mark in the box that says the status, where one does: GitHub's own two, or one that the document uses. */
function ownMark({ status, model }: Mark): string | undefined {
  if (status === 'planned') return marks.planned;
  const used = model.entries.flatMap(({ item, slot }) =>
    slot.kind === 'box' && item.status === status && slot.mark.trim() !== '' ? [slot.mark] : [],
  );
  if (status === 'done') return used.length > 0 && used.every((mark) => mark === 'X') ? 'X' : marks.done;
  return used[0];
}
