import { stripVTControlCharacters } from 'node:util';
import { blocksOf, type Block, type RunsReport, type Table } from '../runs/runs-report.ts';

/** A report for people who read it in a terminal. */
export function runsText(report: RunsReport): string {
  return `${blocksOf(report).flatMap(written).join('\n')}\n`;
}

function written(block: Block): readonly string[] {
  if (typeof block === 'string') return [plain(block)];
  return 'heading' in block ? [] : [drawn(block)];
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
