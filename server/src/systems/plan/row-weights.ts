import { readShare, type ReadinessColumns } from './columns.ts';
import type { Row, TableBlock } from './markdown.ts';

/** True for what the row that sums up a table is called. */
export function isTotal(category: string): boolean {
  return /^[\s*]*(?:overall|total|average|sum)\b/i.test(category);
}

/**
 * How many things each row's percentage is a share of, where the table counts them ('Tasks 24, done 6, 25 %', '6/24'): its total
 * is then no average of percentages. 0 where the counts or the percentages do not tell; undefined where nothing is counted.
 */
export function weighRows(table: TableBlock, columns: ReadinessColumns): (row: Row) => number | undefined {
  const rows = table.rows.filter(
    ({ cells }) =>
      /\d\s*%/.test(cells[columns.claimed]?.text ?? '') && !isTotal(cells[columns.category]?.text ?? ''),
  );
  if (rows.some((row) => shareOf(row, columns) === undefined)) return () => 0;
  const byRatio = weighByRatio(table, rows, columns);
  if (byRatio) return byRatio;
  const counting = table.header.cells.flatMap(({ text }, at) => {
    const isCount = at !== columns.claimed && !/^(?:#|no\.?|nr\.?|id|)$/i.test(text.trim());
    return isCount && rows.length > 0 && rows.every((row) => countAt(row, at) !== undefined) ? [at] : [];
  });
  if (counting.length < 2) return () => undefined;
  const all = counting.find((at) =>
    counting.some((part) => part !== at && rows.every((row) => isShare(row, { part, all: at, columns }))),
  );
  return (row) => (all === undefined ? 0 : (countAt(row, all) ?? 0));
}

function isShare(
  row: Row,
  { part, all, columns }: { readonly part: number; readonly all: number; readonly columns: ReadinessColumns },
): boolean {
  const whole = countAt(row, all)!;
  return whole === 0 || Math.abs((countAt(row, part)! / whole) * 100 - shareOf(row, columns)!) <= 1;
}

/** By a column of '6/24' that most percentages follow from; where some do not, the counts do not tell. */
function weighByRatio(
  { header }: TableBlock,
  rows: readonly Row[],
  columns: ReadinessColumns,
): ((row: Row) => number) | undefined {
  const follows = (row: Row, at: number): boolean => {
    const { part, all } = ratioAt(row, at)!;
    return all === 0 || Math.abs((part / all) * 100 - shareOf(row, columns)!) <= 1;
  };
  for (const at of header.cells.keys()) {
    if (at === columns.claimed || rows.length === 0 || !rows.every((row) => ratioAt(row, at))) continue;
    const following = rows.filter((row) => follows(row, at)).length;
    if (following === rows.length) return (row) => ratioAt(row, at)?.all ?? 0;
    if (following * 2 > rows.length) return () => 0;
  }
  return undefined;
}

function shareOf({ cells }: Row, { claimed }: ReadinessColumns): number | undefined {
  return readShare(cells[claimed]?.text ?? '');
}

/** '6/24', '6 of 24 tasks'. */
function ratioAt(
  { cells }: Row,
  column: number,
): { readonly part: number; readonly all: number } | undefined {
  const ratio = /^(\d{1,6})\s*(?:\/|of)\s*(\d{1,6})(?:\s+\p{L}+)?$/u.exec(cells[column]?.text.trim() ?? '');
  return ratio ? { part: Number(ratio[1]), all: Number(ratio[2]) } : undefined;
}

/** '24', '24 tasks'. */
function countAt({ cells }: Row, column: number): number | undefined {
  const count = /^(\d{1,6})(?:\s+\p{L}+)?$/u.exec(cells[column]?.text.trim() ?? '');
  return count ? Number(count[1]) : undefined;
}
