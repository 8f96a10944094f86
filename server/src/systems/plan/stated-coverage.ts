import { isFoundIn } from '../../core/found-in.ts';
import type { StatedFact } from '../../core/plan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Document, PlainText, TableBlock } from './markdown.ts';
import { withoutDecoration } from './vocabulary.ts';

const named = String.raw`(?:(?:unit|test|tests|code|line|overall|total|current) )*coverage`;
const inText = new RegExp(String.raw`\b${named}\b[^\n%\d]{0,20}?(\d{1,3}(?:\.\d+)?)\s*%`, 'i');
const inCell = new RegExp(`^${named}$`, 'i');

/** What is aimed at, or was, is no claim of what is there. */
const isElsewhere =
  /\b(?:targets?|goals?|aims?|at least|thresholds?|minimum|above|over|below|under|more than|less than|up to|raise\w*|increas\w+|reach\w*|improv\w+|from|was|previous\w*|planned|branch(?:es)?|required|requires?|should|must|functions?)\b|[<>≥≤+→]|->|\[ \]/i;

/** The test coverage that a document states: in a sentence, or in a row of measures. */
export function readStatedCoverage(
  { blocks }: Pick<Document, 'blocks'>,
  source: SourceFile,
): readonly StatedFact[] {
  const { text } = source;
  // Most documents speak of none, and some have thousands of rows.
  if (!isFoundIn(source, speaksOfCoverage)) return [];
  return blocks.flatMap((block): readonly StatedFact[] => {
    if (block.kind === 'table') return fromTable(block, text);
    if (block.kind !== 'list') return fromText(block, text);
    return block.entries.flatMap((entry) => (entry.box?.mark === ' ' ? [] : fromText(entry, text)));
  });
}

function speaksOfCoverage(text: string): boolean {
  return /coverage/i.test(text);
}

function fromText(plain: PlainText, text: string): readonly StatedFact[] {
  const value = inText.exec(plain.text)?.[1];
  if (value === undefined || isElsewhere.test(plain.text) || plain.text.split('%').length > 2) return [];
  return factAt(value, plain.span, text);
}

/** Only a row with one percentage, in a column that is not what is aimed at, says what is there. */
function fromTable({ header, rows }: TableBlock, text: string): readonly StatedFact[] {
  const covering = rows.filter(({ cells }) => /coverage/i.test(cells[0]?.text ?? ''));
  return covering.flatMap(({ cells }) => {
    if (!inCell.test(withoutDecoration(cells[0]!.text))) return [];
    const [at, ...more] = [...cells.keys()].filter((each) => cells[each]!.text.includes('%'));
    const words =
      at === undefined ? '' : `${header.cells[at]?.text ?? ''} ${cells.map((cell) => cell.text).join(' ')}`;
    const value = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(withoutDecoration(cells[at ?? -1]?.text ?? ''))?.[1];
    if (value === undefined || more.length > 0 || isElsewhere.test(words)) return [];
    return factAt(value, cells[at!]!.span, text);
  });
}

function factAt(value: string, within: Span, text: string): readonly StatedFact[] {
  const match = new RegExp(`(?<![\\d.])${value.replace('.', '\\.')}(?=\\s*%)`).exec(
    text.slice(within.start, within.end),
  );
  if (!match) return [];
  const start = within.start + match.index;
  return [{ kind: 'measure', subject: 'coverage', value, span: { start, end: start + value.length } }];
}
