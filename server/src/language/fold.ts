import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';

/** Zero-based lines, both included. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/**
 * What can be folded in a file; undefined where its system says nothing beyond indentation, which every
 * editor folds by itself. Editors that are told some folds ask nobody else, so those by indentation come along.
 */
export function folds(platform: Platform, path: string): readonly Fold[] | undefined {
  const file = platform.parsed(path);
  const own = (file && platform.systemOf(path)?.folds?.(file)) ?? [];
  if (!file || own.length === 0) return undefined;
  const { source } = file;
  const found = new Map<number, Fold>();
  for (const fold of byIndentation(source)) found.set(fold.start, fold);
  for (const { start, end } of own) {
    const fold = { start: source.positionAt(start).line, end: source.positionAt(end).line };
    if (fold.end > fold.start) found.set(fold.start, fold);
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** A line folds the deeper lines below it, blank ones between them included. */
function byIndentation(source: SourceFile): readonly Fold[] {
  const found: Fold[] = [];
  const open: { readonly indent: number; readonly line: number }[] = [];
  let last = -1;
  const closeFrom = (indent: number): void => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) found.push({ start: top.line, end: last });
    }
  };
  for (let line = 0; line < source.lineCount; line++) {
    const indent = source.slice(source.lineSpan(line)!).search(/\S/);
    if (indent < 0) continue;
    closeFrom(indent);
    open.push({ indent, line });
    last = line;
  }
  closeFrom(0);
  return found;
}
