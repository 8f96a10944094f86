import type { TextEdit } from '../../../core/finding.ts';
import type { Span } from '../../../core/span.ts';
import { ranksOfSigns } from '../aside-facts.ts';
import { placeOfValue } from '../entry-facts.ts';
import { isNothing, readPriority } from '../vocabulary.ts';
import { asCell, writeColumn } from './cells.ts';
import {
  editOf,
  formOf,
  isRefused,
  taskColumns,
  textOfEntry,
  type Change,
  type Draft,
  type EntryForm,
  type HeadingForm,
  type RowForm,
} from './draft.ts';
import { linesBelow } from './entry-body.ts';
import { refusedPriority } from './known-priority.ts';

/** Gives an item a priority in the document's own manner; an empty one takes it away. */
export function setPriority(draft: Draft, id: string, priority: string): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  // What an entry of a list can say is told where that is known.
  const refused = form.kind === 'entry' ? undefined : refusedPriority(draft, priority);
  if (refused) return refused;
  if (form.kind === 'heading') return priorityOfHeading(draft, form, priority.trim());
  if ((form.item.item.priority ?? '') === priority.trim()) return [];
  return form.kind === 'row'
    ? priorityOfRow(draft, form, priority.trim())
    : priorityOfEntry(draft, form, priority.trim());
}

/** Gives an item an effort, in a column of its table or a line in its entry of a list; an empty one takes it away. */
export function setEffort(draft: Draft, id: string, effort: string): Change {
  const form = formOf(draft, id);
  if (isRefused(form)) return form;
  const { item } = form.item;
  if ((item.effort ?? '') === effort.trim()) return [];
  const line = form.kind === 'entry' ? linesBelow(form).get('effort') : undefined;
  if (line)
    return writeLine(draft, { name: 'effort', title: item.title }, placeOfValue(line, draft.text), effort);
  const column = form.kind === 'row' ? form.columns.effort : undefined;
  if (form.kind !== 'row' || column === undefined)
    return { refused: `there is no place for an effort where \`${item.title}\` is written` };
  return [writeColumn(draft, form, column, asCell(effort))];
}

/** Where marks stand in a line's value, or nothing would, nobody can tell what of it is meant. */
function writeLine(
  draft: Draft,
  { name, title }: { readonly name: string; readonly title: string },
  span: Span | undefined,
  value: string,
): Change {
  const newText = value.replace(/\s+/g, ' ').trim();
  if (!span || newText === '' || /[*_`[\]]/.test(draft.text.slice(span.start, span.end)))
    return { refused: `the ${name} of \`${title}\` is written in a way that cannot be changed from here` };
  return [editOf(draft, span, newText)];
}

/** What stands in a line of its own below a heading that is an item: `**Priority**: P0`. */
function priorityOfHeading(draft: Draft, { item: { item } }: HeadingForm, priority: string): Change {
  const { prioritySpan: span } = item;
  const isRead = span && readPriority(draft.text.slice(span.start, span.end)) === item.priority;
  if (item.priority === priority && isRead) return [];
  return writeLine(draft, { name: 'priority', title: item.title }, isRead ? span : undefined, priority);
}

function priorityOfRow(draft: Draft, form: RowForm, priority: string): Change {
  const { columns, row } = form;
  if (columns.priority === undefined)
    return {
      refused: `the table of \`${form.item.item.title}\` has no column for a priority; add one to it`,
    };
  const cell = row.cells[columns.priority];
  const written = cell ? draft.text.slice(cell.span.start, cell.span.end) : '';
  // Beside a tick only the priority's own letters change.
  if (columns.status === columns.priority && written !== '') {
    const code = /\bP\s?\d(?:\.\d+)?\b/i.exec(written);
    if (!code || priority === '')
      return {
        refused: `the priority of \`${form.item.item.title}\` stands beside its tick; change it there`,
      };
    return [writeColumn(draft, form, columns.priority, written.replace(code[0], priority))];
  }
  const label = priority === '' ? '' : priorityLabel(draft, priority, written);
  return [writeColumn(draft, form, columns.priority, label)];
}

/** How this document writes a priority in a cell: as it does elsewhere, else as it writes another one. */
export function priorityLabel(draft: Draft, priority: string, written = ''): string {
  const cells = priorityCells(draft);
  const same = cells.find((text) => readPriority(plain(text)) === priority);
  if (same !== undefined) return same;
  const pattern = [written, ...cells].find((text) => /^[*_`]*P\d(?:\.\d+)?[*_`]*$/i.test(text));
  if (pattern !== undefined && /^P\d(?:\.\d+)?$/.test(priority))
    return pattern.replace(/P\d(?:\.\d+)?/i, priority);
  return asCell(priority);
}

/** The cells of all priority columns that hold nothing but a priority, as written. */
function priorityCells(draft: Draft): readonly string[] {
  const { blocks, text } = draft;
  return blocks.flatMap((block) => {
    const columns = block.kind === 'table' ? taskColumns(draft, block) : undefined;
    if (block.kind !== 'table' || columns?.priority === undefined || columns.status === columns.priority)
      return [];
    return block.rows.flatMap(({ cells }) => {
      const cell = cells[columns.priority!];
      return cell && !isNothing(cell.text) ? [text.slice(cell.span.start, cell.span.end)] : [];
    });
  });
}

function plain(text: string): string {
  return text.replaceAll(/[*_`]/g, '');
}

/** A priority in front of the text, or behind it in brackets or behind a dash, each with what sets it off. */
const leading = /^[[(*_]*P\d(?:\.\d+)?[\])*_]*\s*[:–—-]?[*_]*\s+(?=\S)/i;
const trailing = /\s+(?:[–—·-]\s+)?[[(*_]*P\d(?:\.\d+)?[\])*_]*$/i;

function priorityOfEntry(draft: Draft, form: EntryForm, priority: string): Change {
  const { item, entry } = form;
  const { prioritySpan: rank } = item.item;
  const line = linesBelow(form).get('priority');
  if (line && (item.item.priority === undefined || (rank && rank.start >= entry.span.end)))
    return (
      refusedPriority(draft, priority) ??
      writeLine(draft, { name: 'priority', title: item.item.title }, placeOfValue(line, draft.text), priority)
    );
  const span = textOfEntry(form);
  const written = draft.text.slice(span.start, span.end);
  if (rank && isSign(draft.text.slice(rank.start, rank.end))) return signFor(draft, form, rank, priority);
  if (priority !== '' && !/^P\d(?:\.\d+)?$/.test(priority))
    return { refused: `a list can say the priorities P0 to P9, not \`${priority}\`` };
  if (rank) return [rankAmongOthers(draft, rank, priority)];
  const part =
    item.item.priority === undefined ? undefined : (leading.exec(written) ?? trailing.exec(written));
  if (part) {
    const from = span.start + part.index;
    const newText = priority === '' ? '' : part[0].replace(/P\d(?:\.\d+)?/i, priority);
    return [editOf(draft, { start: from, end: from + part[0].length }, newText)];
  }
  if (item.item.priority !== undefined)
    return {
      refused: `the priority of \`${item.item.title}\` is written in a way that cannot be changed from here`,
    };
  const at = prefersLeading(draft) && span.start === entry.span.start ? span.start : endOfText(draft, form);
  const newText = at === span.start ? `${priority}: ` : ` (${priority})`;
  return [editOf(draft, { start: at, end: at }, newText)];
}

function isSign(written: string): boolean {
  return ranksOfSigns.has(written);
}

/** Where a sign says a priority, another one does. */
function signFor(draft: Draft, form: EntryForm, rank: Span, priority: string): Change {
  if (priority === '') return [rankAmongOthers(draft, rank, '')];
  const [sign] = [...ranksOfSigns].find(([, said]) => said.toLowerCase() === priority.toLowerCase()) ?? [];
  const known = [...ranksOfSigns.values()].join(', ');
  return sign === undefined
    ? { refused: `a sign says the priority of \`${form.item.item.title}\`, and signs can say ${known}` }
    : [editOf(draft, rank, sign)];
}

/** A priority that stands among other asides: `(@ann, P1, due 2026-11-01)`; where it goes, so does what sets it off. */
function rankAmongOthers(draft: Draft, span: Span, priority: string): TextEdit {
  if (priority !== '') return editOf(draft, span, priority);
  const before = draft.text.slice(0, span.start);
  const behind = draft.text.slice(span.end);
  const alone = /\s+(?:[–—·-]\s+)?[[(]$/.exec(before.slice(-mostBefore));
  if (alone && /^[\])]/.test(behind)) return editOf(draft, around(span, alone[0].length, 1), '');
  const isFirst = /[[(]$/.test(before);
  const tie = isFirst
    ? /^\s*[,;]?\s*/.exec(behind)
    : /\s*(?:[,;]|[–—·-])?\s*$/.exec(before.slice(-mostBefore));
  const length = tie?.[0].length ?? 0;
  return editOf(draft, isFirst ? around(span, 0, length) : around(span, length, 0), '');
}

/** Limit: nobody writes more blanks before a priority. */
const mostBefore = 40;

function around({ start, end }: Span, before: number, behind: number): Span {
  return { start: start - before, end: end + behind };
}

/** Before a status that stands behind the text: `Load (in progress)`, `Load ✅`. */
function endOfText({ text }: Draft, { item, entry }: EntryForm): number {
  const { statusSpan, statusText } = item.item;
  const { start, end } = entry.span;
  if (statusText === '' || item.slot.kind === 'box' || statusSpan.start <= start) return end;
  const before = text.slice(start, statusSpan.start).replace(/[\s([:–—-]+$/, '');
  return /[\p{L}\p{N}]/u.test(before) ? start + before.length : end;
}

/** Whether lists of this document write the priority before the text. */
export function prefersLeading({ model, text }: Draft): boolean {
  return model.entries.some(
    ({ item, slot }) =>
      slot.kind === 'box' &&
      item.priority !== undefined &&
      leading.test(text.slice(item.location.span.start, item.location.span.end)),
  );
}

/** An entry's text without the priority that stands in it. */
export function withoutPriority(written: string): string {
  return leading.test(written) ? written.replace(leading, '') : written.replace(trailing, '');
}
