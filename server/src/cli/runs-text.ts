import { stripVTControlCharacters } from 'node:util';
import { blocksOf, type Block, type RunsReport, type Table } from '../runs/runs-report.ts';

/** A report for people who read it in a terminal. */
export function runsText(report: RunsReport): string {
  return `${blocksOf(report).flatMap(written).join('\n')}\n`;
}

/** A table below another one stands apart from it. */
function written(block: Block, at: number, all: readonly Block[]): readonly string[] {
  if (typeof block === 'string') return [plain(block)];
  if ('heading' in block) return [];
  return isTable(all[at - 1]) ? ['', drawn(block)] : [drawn(block)];
}

function isTable(block: Block | undefined): boolean {
  return typeof block === 'object' && 'head' in block;
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
