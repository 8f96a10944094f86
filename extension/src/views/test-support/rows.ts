import type { Row } from '../row.ts';

/** The rows below a row that are known without asking. */
export function below(row: Row | undefined): readonly Row[] {
  return row !== undefined && typeof row.children === 'object' ? row.children : [];
}

/** A tree as text: a line each, `label | description`, indented by depth. */
export function outline(rows: readonly Row[], depth = 0): readonly string[] {
  return rows.flatMap((row) => [
    `${'  '.repeat(depth)}${row.label}${row.description ? ` | ${row.description}` : ''}`,
    ...outline(below(row), depth + 1),
  ]);
}

/** Every row of a tree. */
export function flatten(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...flatten(below(row))]);
}
