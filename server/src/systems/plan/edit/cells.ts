import type { TextEdit } from '../../../core/finding.ts';
import type { Span } from '../../../core/span.ts';
import { measure, shapeOfColumn } from '../column-shape.ts';
import { hasClosingPipe, type Cell, type Row, type TableBlock } from '../markdown.ts';
import type { ColumnShape } from '../model.ts';
import { editOf, type Draft } from './draft.ts';

/**
 * Writes the text of a cell. Blanks give way or fill up where the column is aligned, as far as there are any: those at
 * the cell's end, or those before a text that stands at the right.
 */
export function writeCell(
  draft: Draft,
  { span, room }: { readonly span: Span; readonly room: Span },
  { width }: ColumnShape,
  newText: string,
): TextEdit {
  if (!width) return editOf(draft, span, newText);
  const lead = draft.text.slice(room.start, span.start);
  const behind = room.end - span.end;
  const least = behind > 0 ? 1 : 0;
  const free = width.size - measure(lead + newText, width.by);
  const isMovable = lead.length > 1 && lead.trim() === '';
  const isRight = isMovable && behind <= 1 && draft.text.slice(span.end, room.end).trim() === '';
  const blanks = isRight ? behind : Math.max(least, free);
  const missing = isRight ? blanks - free : isMovable ? Math.max(0, blanks - free) : 0;
  if (missing === 0) return editOf(draft, { start: span.start, end: room.end }, newText + ' '.repeat(blanks));
  const before = ' '.repeat(Math.max(1, lead.length - missing));
  return editOf(draft, room, before + newText + ' '.repeat(blanks));
}

/** Writes into a column of a row, which is continued where it ends before. */
export function writeColumn(
  draft: Draft,
  { table, row }: { readonly table: TableBlock; readonly row: Row },
  column: number,
  newText: string,
): TextEdit {
  const cell = row.cells[column];
  if (cell) return writeCell(draft, cell, shapeOfColumn(table, column, draft.text), newText);
  const endsWithPipe = hasClosingPipe(draft.text.slice(row.span.start, row.span.end));
  const at = { start: row.span.end, end: row.span.end };
  return editOf(draft, at, continuation({ missing: column + 1 - row.cells.length, endsWithPipe }, newText));
}

/** What continues a row by `missing` cells, of which the last one says `newText`. */
export function continuation(
  { missing, endsWithPipe }: { readonly missing: number; readonly endsWithPipe: boolean },
  newText: string,
): string {
  const between = missing - 1;
  if (endsWithPipe) return `${'  |'.repeat(between)} ${newText} |`;
  return `${' | '.repeat(between)} | ${newText}`;
}

/** A row of a table with these texts, laid out as its other rows are. */
export function buildRow(draft: Draft, table: TableBlock, texts: readonly string[]): string {
  const width = table.header.cells.length;
  const pattern = table.rows.findLast(({ cells }) => cells.length === width) ?? table.header;
  const raw = draft.text.slice(pattern.span.start, pattern.span.end);
  const opens = raw.startsWith('|') || texts[0] === '';
  const closes = hasClosingPipe(raw) || texts.at(-1) === '';
  const cells = pattern.cells.map((cell, column) => {
    const isFirst = column === 0 && !opens;
    const isLast = column === width - 1 && !closes;
    return layOut(draft, table, { cell, column, isFirst, isLast }, texts[column] ?? '');
  });
  return `${opens ? '|' : ''}${cells.join('|')}${closes ? '|' : ''}`;
}

function layOut(
  draft: Draft,
  table: TableBlock,
  {
    cell,
    column,
    isFirst,
    isLast,
  }: { readonly cell: Cell; readonly column: number; readonly isFirst: boolean; readonly isLast: boolean },
  content: string,
): string {
  const isEmpty = cell.text === '';
  const lead = isFirst ? '' : isEmpty ? ' ' : draft.text.slice(cell.room.start, cell.span.start);
  const start = lead + content;
  if (isLast) return start;
  const { width } = shapeOfColumn(table, column, draft.text);
  const least = isEmpty || cell.span.end < cell.room.end ? 1 : 0;
  const blanks = width ? width.size - measure(start, width.by) : least;
  return start + ' '.repeat(Math.max(content === '' && lead !== '' && !width ? 0 : least, blanks));
}

/** A text as a cell can hold it: in one line, its pipes escaped. */
export function asCell(content: string): string {
  return content
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(\\*)\|/g, (pipe, slashes: string) => (slashes.length % 2 === 1 ? pipe : `${slashes}\\|`));
}
