import { blocksOf, type Block, type RunsReport, type Table } from './runs-report.ts';

/** Columns that are compared by eye from row to row: their figures stand below each other. */
const figures: ReadonlySet<string> = new Set(['took', 'records', 'longer']);
/** What is as short as this stays on one line, however narrow the page is. */
const mostInOneLine = 24;

/** A report as Markdown, to be put into a ticket or a page. */
export function runsMarkdown(report: RunsReport): string {
  return `${blocksOf(report).map(written).join('\n\n')}\n`;
}

function written(block: Block): string {
  if (typeof block === 'string') return escaped(block);
  return 'heading' in block ? `## ${escaped(block.heading)}` : drawn(block);
}

function drawn({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rules = head.map((name) => (figures.has(name) ? '---:' : '---'));
  return [head.map(titleOf), rules, ...rows.map((row) => row.map(cellOf))].map(line).join('\n');
}

function cellOf(text: string): string {
  const cell = escaped(text);
  return text.length > mostInOneLine ? cell : cell.replaceAll(' ', '\u00a0');
}

/** A table with a status is a list of tasks to who reads plans, Penstock among them. */
function titleOf(name: string): string {
  return capital(name === 'status' ? 'outcome' : name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a tool says is text: none of its characters formats anything, and none ends a cell. */
function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[\\|<>*_`[\]]/g, '\\$&');
}
