import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';
import { changedLines } from './text-change.ts';

/**
 * Whether `isIn` finds something in a file's text. While it has found nothing, only the lines that an edit changed are
 * looked at: what it looks for must not reach over more than a few lines.
 */
export function isFoundIn(source: SourceFile, isIn: (text: string) => boolean): boolean {
  const { text } = source;
  if (!source.isEdited) return isIn(text);
  const kept = source.kept(isIn, (): { text?: string; isFound: boolean } => ({ isFound: true }));
  if (kept.text !== text) {
    const isNew = kept.isFound || kept.text === undefined;
    kept.isFound = isIn(isNew ? text : changedLines(kept.text!, text, source.changeFrom(kept.text!)).after);
    kept.text = text;
  }
  return kept.isFound;
}

/** The lines of a file's text in which `pattern`, which is global, matches; only those that an edit changed are looked at again. */
export function linesWith(source: SourceFile, pattern: RegExp): readonly Span[] {
  const { text } = source;
  if (!source.isEdited) return linesIn(text, pattern, { start: 0, end: text.length });
  const kept = source.kept(pattern, (): { text?: string; lines: readonly Span[] } => ({ lines: [] }));
  if (kept.text !== text) {
    kept.lines = linesAfter(kept, pattern, source);
    kept.text = text;
  }
  return kept.lines;
}

function linesAfter(
  kept: { readonly text?: string; readonly lines: readonly Span[] },
  pattern: RegExp,
  source: SourceFile,
): readonly Span[] {
  const { text } = source;
  if (kept.text === undefined) return linesIn(text, pattern, { start: 0, end: text.length });
  const { start, end, newEnd } = source.changeFrom(kept.text);
  const changed = { start: lineAround(text, start).start, end: lineAround(text, newEnd).end };
  const by = newEnd - end;
  const before = kept.lines.filter((line) => line.end < changed.start);
  const behind = kept.lines.filter((line) => line.start + by > changed.end);
  return [
    ...before,
    ...linesIn(text, pattern, changed),
    ...behind.map((line) => ({ start: line.start + by, end: line.end + by })),
  ];
}

function linesIn(text: string, pattern: RegExp, { start, end }: Span): readonly Span[] {
  const lines: Span[] = [];
  for (const { index } of text.slice(start, end).matchAll(pattern)) {
    const line = lineAround(text, start + index);
    if (line.start !== lines.at(-1)?.start) lines.push(line);
  }
  return lines;
}

/** Without its line break. */
function lineAround(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return {
    start: offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1,
    end: end < 0 ? text.length : end,
  };
}
