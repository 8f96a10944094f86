import type { SettableStatus } from '../../../core/plan-edit.ts';
import type { TextEdit } from '../../../core/finding.ts';
import type { Span } from '../../../core/span.ts';
import type { ItemEntry, PlanModel, StatusSlot } from '../model.ts';
import { bulletSymbolOf, labelOf, symbolOf } from '../status-style.ts';
import { continuation, writeCell } from './cells.ts';
import { editOf, formOf, isRefused, itemOf, type Change, type Draft } from './draft.ts';

/** Gives an item a status, in the document's own style. No edits where it has the status already. */
export function setStatus(draft: Draft, id: string, status: SettableStatus): Change {
  const entry = itemOf(draft, id);
  if (isRefused(entry)) return entry;
  if (entry.item.status === status && entry.item.statusText !== '') return [];
  const { model, text } = draft;
  const form = formOf(draft, id);
  const isBullet = !isRefused(form) && form.kind === 'entry';
  const mark: Mark = {
    draft,
    model,
    text,
    status,
    isBullet,
    edit: (span, newText) => editOf(draft, span, newText),
  };
  return editsOf(entry, mark).filter(({ span, newText }) => text.slice(span.start, span.end) !== newText);
}

interface Mark {
  readonly draft: Draft;
  readonly model: PlanModel;
  readonly text: string;
  readonly status: SettableStatus;
  /** In a list, where what has no symbol may be no item. */
  readonly isBullet: boolean;
  edit(span: Span, newText: string): TextEdit;
}

function editsOf(entry: ItemEntry, mark: Mark): readonly TextEdit[] {
  const { slot, item } = entry;
  if (slot.kind === 'cell') {
    const label = labelOf(mark.status, mark.model, mark.text);
    return [writeCell(mark.draft, { span: item.statusSpan, room: slot.room }, slot.column, label)];
  }
  if (slot.kind === 'absent') return [absentEdit(slot, item.statusSpan, mark)];
  if (slot.kind === 'tick') return [tickEdit(slot, item.statusSpan, mark)];
  return boxEdits(slot, item.statusSpan, mark);
}

/** The row is continued to its status column. */
function absentEdit(slot: Extract<StatusSlot, { kind: 'absent' }>, at: Span, mark: Mark): TextEdit {
  const label = labelOf(mark.status, mark.model, mark.text);
  return mark.edit(at, continuation(slot, label));
}

function tickEdit(slot: Extract<StatusSlot, { kind: 'tick' }>, span: Span, mark: Mark): TextEdit {
  const symbol = mark.isBullet
    ? bulletSymbolOf(mark.status, mark.model, mark.text)
    : symbolOf(mark.status, mark.model, mark.text);
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
