import { blocksOf, type RunsReport, type Table } from './runs-report.ts';

/** A report as Markdown, to be put into a ticket or a page. */
export function runsMarkdown(report: RunsReport): string {
  const blocks = blocksOf(report).map((block) => (typeof block === 'string' ? escaped(block) : drawn(block)));
  return `${blocks.join('\n\n')}\n`;
}

function drawn({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** What a tool says is text: none of its characters formats anything, and none ends a cell. */
function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[\\|<>*_`[\]]/g, '\\$&');
}
