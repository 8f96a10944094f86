import type { FactReader } from '../../core/fact-index.ts';
import { touches, type Span } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { completeDependency } from './complete-dependency.ts';
import { waitingAt } from './complete-in-entry.ts';
import type { PlanModel, TaskTable } from './model.ts';
import { labelOf, usedLabels } from './status-style.ts';
import { statusLabels } from './vocabulary.ts';

/** Statuses in a status cell, priorities in a priority cell, as this document writes them; where dependencies are written what may be one. */
export function complete(
  file: ParsedFile<PlanModel>,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] {
  const { model, source } = file;
  for (const table of model.tables) {
    const cell = cellAt(table, offset, source.text);
    if (!cell) continue;
    if (cell.column === table.status && !table.isTicked) return statuses(model, source.text, cell.span);
    if (cell.column === table.priority)
      return priorities(model).map((label) => ({
        label,
        kind: 'value',
        detail: 'priority',
        span: cell.span,
      }));
    if (cell.column === table.dependencies)
      return completeDependency(file, { cell: cell.whole, row: cell.row, offset }, facts);
  }
  const waiting = waitingAt(file, offset);
  return waiting ? completeDependency(file, { ...waiting, offset }, facts) : [];
}

interface CellAt {
  readonly column: number;
  /** What a value of the cell takes the place of. */
  readonly span: Span;
  /** All that is written in the cell. */
  readonly whole: Span;
  readonly row: Span;
}

/** The cell a cursor is in, also the one it is about to begin at the end of a row. */
function cellAt(table: TaskTable, offset: number, text: string): CellAt | undefined {
  for (const { span, cells } of table.rows) {
    const inCell = cells.findIndex(({ room }) => touches(room, offset));
    if (inCell >= 0) {
      const whole = cells[inCell]!.span;
      return { column: inCell, span: spanFor(whole, offset), whole: reaching(whole, offset), row: span };
    }
    const isBehind =
      offset >= span.end && !/[\r\n]/.test(text.slice(span.end, offset)) && text[span.end - 1] === '|';
    if (isBehind && offset - span.end <= 80)
      return { column: cells.length, span: at(offset), whole: at(offset), row: span };
  }
  return undefined;
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}

/** A cell's text and the cursor, which may stand behind it. */
function reaching({ start, end }: Span, offset: number): Span {
  return start === end ? at(offset) : { start: Math.min(start, offset), end: Math.max(end, offset) };
}

/** An empty cell's text begins where the cursor is. */
function spanFor(span: Span, offset: number): Span {
  return span.start === span.end || !touches(span, offset) ? { start: offset, end: offset } : span;
}

function statuses(model: PlanModel, text: string, span: Span): readonly Suggestion[] {
  return (['planned', 'in-progress', 'done', 'blocked', 'skipped'] as const).flatMap((status) => {
    const used = usedLabels(status, model, text);
    const labels = used.length > 0 ? used : [labelOf(status, model, text)];
    return labels.map(
      (insertText) =>
        ({
          label: shown(insertText, model),
          kind: 'value',
          detail: statusLabels[status].word,
          insertText,
          span,
        }) as const,
    );
  });
}

function shown(label: string, model: PlanModel): string {
  let text = label.replaceAll(/[*_`]/g, '');
  for (const [symbol, spelling] of model.spellings) text = text.replaceAll(spelling, symbol);
  return text;
}

function priorities(model: PlanModel): readonly string[] {
  const used = [
    ...new Set(model.plan.items.flatMap(({ priority }) => (priority === undefined ? [] : [priority]))),
  ].sort();
  if (used.every((priority) => /^P\d$/.test(priority)))
    return [...new Set(['P0', 'P1', 'P2', 'P3', ...used])].sort();
  return used;
}
