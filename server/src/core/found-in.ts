import type { SourceFile } from './source-file.ts';
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
