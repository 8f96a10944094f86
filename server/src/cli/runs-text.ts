import { stripVTControlCharacters } from 'node:util';
import { blocksOf, type RunsReport, type Table } from '../runs/runs-report.ts';

/** A report for people who read it in a terminal. */
export function runsText(report: RunsReport): string {
  const blocks = blocksOf(report).map((block) => (typeof block === 'string' ? plain(block) : drawn(block)));
  return `${blocks.join('\n')}\n`;
}

function drawn({ head, rows }: Table): string {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What a log holds may move the cursor. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}
