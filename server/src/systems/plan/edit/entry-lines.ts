import type { Span } from '../../../core/span.ts';
import type { ListBlock, ListEntry } from '../markdown.ts';
import { lineEnd, lineStart, nextLine, withBreak } from './lines.ts';

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

/** The blank line that stands between an entry and its neighbour; undefined where they follow each other. */
export function gapBeside(text: string, { list, entry }: Place, isBefore: boolean): string | undefined {
  const at = list.entries.indexOf(entry);
  const isNear = ({ depth }: ListEntry): boolean => depth <= entry.depth;
  const [before, after] = [
    list.entries.slice(0, at).findLast(isNear),
    list.entries.slice(at + 1).find(isNear),
  ];
  const [near, other] = isBefore ? [before, after] : [after, before];
  const neighbour = [near, other].find((each) => each?.depth === entry.depth);
  if (!neighbour) return undefined;
  const [upper, lower] = neighbour === before ? [neighbour, entry] : [entry, neighbour];
  const start = nextLine(text, linesOfEntry(text, { list, entry: upper }).end)!;
  return start < lineStart(text, lower.box?.span.start ?? lower.span.start)
    ? text.slice(start, lineEnd(text, start))
    : undefined;
}

/** What must go so that lines are gone: where they stand between two blank lines, one of these goes with them. */
export function withGap(text: string, lines: Span): Span {
  const whole = withBreak(text, lines);
  if (lines.start === 0) return whole;
  const above = lineStart(text, lines.start - (text.startsWith('\r\n', lines.start - 2) ? 2 : 1));
  if (!isBlank(text.slice(above, lineEnd(text, above)))) return whole;
  if (whole.end >= text.length) return { start: above, end: whole.end };
  const below = lineEnd(text, whole.end);
  return isBlank(text.slice(whole.end, below))
    ? { start: whole.start, end: nextLine(text, below) ?? below }
    : whole;
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
