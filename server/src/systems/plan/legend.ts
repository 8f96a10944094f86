import type { PlanStatus, StatusWords } from '../../core/plan.ts';
import type { BlockTexts } from './block-texts.ts';
import { readColumns, type TableRole } from './columns.ts';
import type { EntryMemory } from './entry-memory.ts';
import type { Block, Cell, TableBlock } from './markdown.ts';
import { topicOf } from './topics.ts';
import { findSymbol, readStatus, withoutSymbols, type Legend } from './vocabulary.ts';

/** What the document says its symbols mean, in a table of symbols or a line such as 'Legend: ✅ done · 🟡 to do'. */
export function readLegend(
  blocks: readonly Block[],
  words: StatusWords = {},
  { texts, entries }: LegendMemory,
): Legend {
  const legend: Legend & Map<string, PlanStatus> = withWords(words);
  let isLegend = false;
  for (const block of blocks) {
    if (block.kind === 'heading')
      isLegend = /\blegend\b/i.test(block.text) || topicOf(block.text) === 'legend';
    else if (block.kind === 'table') readTable(block, legend, entries);
    else if (block.kind === 'list') {
      if (isLegend) {
        for (const { box, text } of block.entries) readPairs(box ? `[${box.mark}] ${text}` : text, legend);
      } else
        for (const { text } of texts.matching(begun, block)) if (isLegendLine(text)) readPairs(text, legend);
    } else
      for (const line of block.text.split('\n')) {
        if (isLegend || isLegendLine(line)) readPairs(line, legend);
      }
  }
  return legend;
}

/** What the line of a legend begins with. */
const begun = /^(?:legend|key|status(?:es)?)\s*:/i;

/** `Status: ✅ Ready for testing` says how one thing is, and not what ✅ means. */
function isLegendLine(line: string): boolean {
  if (/^(?:legend|key)\s*:/i.test(line)) return true;
  return /^status(?:es)?\s*:/i.test(line) && partsOf(line).filter((part) => findSymbol(part)).length > 1;
}

interface LegendMemory {
  readonly texts: BlockTexts;
  readonly entries: EntryMemory | undefined;
}

/** A team's own words come before the document is read, so that its legend may use them. */
function withWords(words: StatusWords): Legend & Map<string, PlanStatus> {
  const all = Object.entries(words).flatMap(([status, list]) =>
    list.map((word) => [word.toLowerCase(), status as keyof StatusWords] as const),
  );
  return all.length === 0 ? new Map() : Object.assign(new Map(), { words: new Map(all) });
}

function readTable(
  block: TableBlock,
  legend: Legend & Map<string, PlanStatus>,
  memory: EntryMemory | undefined,
): void {
  const read = (): TableRole => readColumns(block, '');
  const role = memory?.ofBlock(block, 'legend', read) ?? read();
  if (role.role !== 'legend') return;
  for (const { cells } of block.rows) {
    const words = withoutSymbols(textOf(cells[role.symbol])) || textOf(cells[role.meaning]);
    learn(findSymbol(textOf(cells[role.symbol])), words, legend);
  }
}

function textOf(cell: Cell | undefined): string {
  return cell?.text ?? '';
}

/** '✅ done, 🚧 in progress | ⬜ = to do': each symbol with the words that follow it. */
function readPairs(line: string, legend: Legend & Map<string, PlanStatus>): void {
  for (const part of partsOf(line)) {
    learn(findSymbol(part), withoutSymbols(part).replace(/^[=:–-]\s*/, ''), legend);
  }
}

function partsOf(line: string): readonly string[] {
  return line.replace(/^[\w ]+:/, '').split(/[,;|·•]|\s{2,}|\s\/\s/);
}

function learn(symbol: string | undefined, words: string, legend: Legend & Map<string, PlanStatus>): void {
  const { status } = readStatus(words, legend.words ? legend : undefined);
  if (symbol !== undefined && words !== '' && status !== 'unknown' && !legend.has(symbol))
    legend.set(symbol, status);
}
