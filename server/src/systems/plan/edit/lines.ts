import type { Span } from '../../../core/span.ts';

/** Where the line that `at` is in begins. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

/** Where the line that `at` is in ends, its break excluded. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text[end])) end++;
  return end;
}

/** Where the line after the one that ends at `end` begins; undefined after the last one. */
export function nextLine(text: string, end: number): number | undefined {
  if (end >= text.length) return undefined;
  return end + (text.startsWith('\r\n', end) ? 2 : 1);
}

/** The line break that lines near `at` end with. */
export function lineBreakAt(text: string, at: number): string {
  const end = lineEnd(text, at);
  const next = nextLine(text, end);
  if (next !== undefined) return text.slice(end, next);
  const start = lineStart(text, at);
  if (start === 0) return '\n';
  return text.startsWith('\r\n', start - 2) ? '\r\n' : text[start - 1]!;
}

/** The whole lines that a span touches, their breaks between them included and the last one's not. */
export function linesOf(text: string, { start, end }: Span): Span {
  return { start: lineStart(text, start), end: lineEnd(text, end) };
}

/** What must go so that lines are gone: their last break, or, at the end of a text, the one before them. */
export function withBreak(text: string, lines: Span): Span {
  const next = nextLine(text, lines.end);
  if (next !== undefined) return { start: lines.start, end: next };
  const before = text.startsWith('\r\n', lines.start - 2) ? 2 : 1;
  return { start: Math.max(0, lines.start - before), end: lines.end };
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}
