import { commentAt, type Comment } from './comment-at.ts';
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
  let at = text.indexOf(sign);
  const commented = { text, format: claim.format, ...(tree ? { tree } : {}) };
  const found: Found[] = [];
  for (; at >= 0; at = text.indexOf(sign, at + 1)) {
    const comment = commentAt(commented, at);
    const read = comment && readDirective(text, comment);
    if (read) found.push(read);
  }
  const lineOf = (offset: number): number => source.positionAt(offset).line;
  const lonely = new Set(found.filter(({ isAlone }) => isAlone).map(({ comment }) => lineOf(comment.start)));
  return found.map(({ comment, isForFile, isAlone, ...rest }) => {
    let line = lineOf(comment.end);
    if (isAlone) while (lonely.has(line) || line === lineOf(comment.end)) line++;
    if (!isForFile) return { about: line, ...rest };
    return { about: isAtTop(text.slice(0, comment.start)) ? 'file' : 'nowhere', ...rest };
  });
}

/** The finding's code is the one written, or of the family that `family/*` names. */
export function covers(written: string, code: string): boolean {
  return written === code || (written.endsWith('/*') && code.startsWith(written.slice(0, -1)));
}

type Found = Omit<Suppression, 'about'> & {
  readonly comment: Comment;
  readonly isForFile: boolean;
  readonly isAlone: boolean;
};

function readDirective(text: string, comment: Comment): Found | undefined {
  const said = text.slice(comment.text.start, comment.text.end);
  const head = /^penstock:\s*(ignore-file|ignore)(?=[\s,]|$)/.exec(said);
  if (!head) return undefined;
  const reasonAt = said.search(/(?<=\s)--(?=\s|$)/);
  const reason = reasonAt < 0 ? '' : said.slice(reasonAt + 2).trim();
  const list = said.slice(head[0].length, reasonAt < 0 ? said.length : reasonAt);
  const listStart = comment.text.start + head[0].length;
  const isAlone = isBlankAround(text, comment);
  return {
    comment,
    isForFile: head[1] === 'ignore-file',
    isAlone,
    codes: [...list.matchAll(/[^\s,]+/g)].map(({ index, 0: code }) => ({
      code,
      span: { start: listStart + index, end: listStart + index + code.length },
    })),
    hasReason: /[\p{L}\p{N}]/u.test(reason) && reason !== reasonWanted,
    span: comment.text,
    whole: wholeOf(text, comment, isAlone),
  };
}

function isBlankAround(text: string, { start, end }: Span): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(lineStart, start).trim() === '' && /^[ \t]*(?:\r?\n|\r?$)/.test(text.slice(end));
}

function wholeOf(text: string, { start, end }: Span, isAlone: boolean): Span {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (!isAlone) return { start: lineStart + text.slice(lineStart, start).trimEnd().length, end };
  const lineBreak = text.indexOf('\n', end);
  return { start: lineStart, end: lineBreak < 0 ? text.length : lineBreak + 1 };
}

/** Before it nothing but comments, blank lines and YAML's own first lines. */
function isAtTop(before: string): boolean {
  return before
    .replace(/\{#[\s\S]*?#\}|<!--[\s\S]*?-->/g, '')
    .split('\n')
    .every((line) => /^\uFEFF?\s*(?:$|#|--|%)/.test(line));
}
