import { Comments, type Comment } from './comment-at.ts';
import { isFoundIn } from './found-in.ts';
import type { Span } from './span.ts';
import type { ParsedFile } from './system.ts';

/** A comment that asks to leave findings out: `penstock: ignore dbt/unknown-key -- an adapter's own key`. */
export interface Suppression {
  /** The zero-based line whose findings it is about, or the whole file; 'nowhere' where a file-wide one does not stand at the top. */
  readonly about: number | 'file' | 'nowhere';
  readonly codes: readonly SuppressedCode[];
  /** Whether a reason stands behind ` -- `. */
  readonly hasReason: boolean;
  /** From `penstock:` to the comment's last word. */
  readonly span: Span;
  /** What goes when it goes: the comment with the space before it, or its whole line. */
  readonly whole: Span;
}

export interface SuppressedCode {
  /** As written: `dbt/unknown-key`, `dbt/*`. */
  readonly code: string;
  readonly span: Span;
}

/** Stands where the reason belongs until somebody writes one. */
export const reasonWanted = 'why?';

const sign = 'penstock:';
const none: readonly Suppression[] = [];
const hasSign = (text: string): boolean => text.includes(sign);

/** The suppressions of a file in the order of its text. Costs one search for a file that has none. */
export function readSuppressions(
  file: Pick<ParsedFile, 'source' | 'claim' | 'tree'>,
): readonly Suppression[] {
  const { source, claim, tree } = file;
  if (!isFoundIn(source, hasSign)) return none;
  const { text } = source;
  const comments = new Comments({ text, format: claim.format, ...(tree ? { tree } : {}) });
  const found: Found[] = [];
  // From the last one on, since of several in one comment each goes until the next one.
  for (let end = text.length; end > 0;) {
    const at = text.lastIndexOf(sign, end - 1);
    const comment = at < 0 ? undefined : comments.beginningWith(at, found.at(-1)?.comment.start);
    const read = comment && readDirective(text, comment);
    if (read) found.push(read);
    end = at;
  }
  const lineOf = (offset: number): number => source.positionAt(offset).line;
  const below = linesBelow(found, lineOf);
  const top = found.some(({ isForFile }) => isForFile) ? topOf(text) : 0;
  return found.reverse().map(({ comment, isForFile, ...rest }) => {
    if (isForFile) return { about: comment.start <= top ? 'file' : 'nowhere', ...rest };
    return { about: below.get(lineOf(comment.start)) ?? lineOf(comment.end), ...rest };
  });
}

/** What comments are about that have their lines for themselves, by these lines: the next one that holds something else. */
function linesBelow(
  lastFirst: readonly Found[],
  lineOf: (offset: number) => number,
): ReadonlyMap<number, number> {
  const below = new Map<number, number>();
  for (const { comment } of lastFirst) {
    if (!comment.isAlone) continue;
    const next = lineOf(comment.end) + 1;
    below.set(lineOf(comment.start), below.get(next) ?? next);
  }
  return below;
}

/** The words that mean a finding's code: itself and its family. */
export function wordsFor(code: string): readonly string[] {
  return [code, `${code.slice(0, code.indexOf('/'))}/*`];
}

type Found = Omit<Suppression, 'about'> & {
  readonly comment: Comment;
  readonly isForFile: boolean;
};

function readDirective(text: string, comment: Comment): Found | undefined {
  const said = text.slice(comment.text.start, comment.text.end);
  const head = /^penstock:\s*(ignore-file|ignore)(?=[\s,]|$)/.exec(said);
  if (!head) return undefined;
  const reasonAt = said.search(/(?<=\s)--(?=\s|$)/);
  const reason = reasonAt < 0 ? '' : said.slice(reasonAt + 2).trim();
  const list = said.slice(head[0].length, reasonAt < 0 ? said.length : reasonAt);
  const listStart = comment.text.start + head[0].length;
  return {
    comment,
    isForFile: head[1] === 'ignore-file',
    codes: [...list.matchAll(/[^\s,]+/g)].map(({ index, 0: code }) => ({
      code,
      span: { start: listStart + index, end: listStart + index + code.length },
    })),
    hasReason: /[\p{L}\p{N}]/u.test(reason) && reason !== reasonWanted,
    span: comment.text,
    whole: wholeOf(text, comment),
  };
}

function wholeOf(text: string, { start, end, lineStart, isAlone }: Comment): Span {
  const [lineBreak] = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end)) ?? [];
  if (isAlone && lineBreak !== undefined) return { start: lineStart, end: end + lineBreak.length };
  return { start: lineStart + text.slice(lineStart, start).trimEnd().length, end };
}

/** Where something else begins than comments, blank lines and YAML's own first lines. */
function topOf(text: string): number {
  const passed = /\s+|\{#[\s\S]*?#\}|<!--[\s\S]*?-->|(?:#|--|%).*/y;
  let top = 0;
  while (passed.test(text)) top = passed.lastIndex;
  return top;
}
