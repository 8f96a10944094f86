import type { Span } from '../../../core/span.ts';
import type { ListBlock, ListEntry } from '../markdown.ts';
import { lineEnd, lineStart, nextLine } from './lines.ts';

interface Place {
  readonly list: ListBlock;
  readonly entry: ListEntry;
}

/** The entries that lie in this one, at any depth. */
export function entriesBelow({ list, entry }: Place): readonly ListEntry[] {
  const at = list.entries.indexOf(entry);
  const end = list.entries.findIndex(({ depth }, index) => index > at && depth <= entry.depth);
  return list.entries.slice(at + 1, end < 0 ? undefined : end);
}

/** The lines of an entry with all that lies in it: entries, paragraphs, code. Blank lines behind it are not its own. */
export function linesOfEntry(text: string, place: Place): Span {
  const { entry } = place;
  const start = lineStart(text, entry.box?.span.start ?? entry.span.start);
  let end = lineEnd(text, Math.max(entry.span.end, ...entriesBelow(place).map(({ span }) => span.end)));
  const depth = indentOf(text.slice(start, lineEnd(text, start)));
  for (let next = nextLine(text, end); next !== undefined;) {
    const line = text.slice(next, lineEnd(text, next));
    if (!isBlank(line)) {
      if (indentOf(line) <= depth) break;
      end = next + line.length;
    }
    next = nextLine(text, next + line.length);
  }
  return { start, end };
}

/** What stands before a line's own text: marks of a quotation and blanks. */
export function leadOf(line: string): string {
  return /^(?:[ \t]*>)*[ \t]*/.exec(line)![0];
}

function isBlank(line: string): boolean {
  return leadOf(line) === line;
}

/** Columns of blanks before a line's text, behind the marks of a quotation; a tab goes to the next multiple of four. */
function indentOf(line: string): number {
  let column = 0;
  for (const character of leadOf(line).replace(/^.*>/, ''))
    column += character === '\t' ? 4 - (column % 4) : 1;
  return column;
}
