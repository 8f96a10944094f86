import type { Span } from '../../core/span.ts';
import { isMark } from './calls.ts';
import type { Token } from './jinja.ts';

export interface IndentFault {
  readonly span: Span;
  readonly message: string;
}

const uneven = 'this line is indented differently from the lines around it, which Python refuses; align it';

/** Words that begin a block. */
const compound = new Set('def class if elif else for while try except finally with async'.split(' '));

/**
 * The first line of a Python file that is indented deeper than the lines before it without a colon that asks for it,
 * or less than any of them. Silent where tabs and spaces may mix.
 */
export function indentFault(text: string, words: readonly Token[]): IndentFault | undefined {
  if (text.includes('\t')) return undefined;
  const open = [0];
  let depth = 0;
  let before: Token | undefined;
  let first: Token | undefined;
  for (const word of words) {
    const indent = depth === 0 ? indentOf(text, startOf(text, word)) : undefined;
    if (indent !== undefined && !isContinued(text, startOf(text, word))) {
      // dbt takes away what stands before the first word.
      if (first === undefined) {
        first = word;
        before = word;
        continue;
      }
      while (open.length > 1 && indent < open.at(-1)!) open.pop();
      if (indent !== open.at(-1)) {
        if (indent > open.at(-1)! && first && before && compound.has(first.text) && !isMark(before, ':'))
          return { span: before.span, message: `the line of \`${first.text}\` ends without a colon; add it` };
        if (indent < open.at(-1)! || !isMark(before, ':')) return { span: word.span, message: uneven };
        open.push(indent);
      }
      first = word;
    }
    if (word.kind === 'mark' && '([{'.includes(word.text)) depth++;
    else if (word.kind === 'mark' && ')]}'.includes(word.text)) depth--;
    before = word;
  }
  return undefined;
}

/** Where a word begins, a string with its quotes. */
function startOf(text: string, { kind, span }: Token): number {
  let { start } = span;
  if (kind === 'string') while (text[start - 1] === '"' || text[start - 1] === "'") start--;
  return start;
}

/** How far a word that begins its line is indented; undefined for others. */
function indentOf(text: string, start: number): number | undefined {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  for (let at = line; at < start; at++) if (text[at] !== ' ') return undefined;
  return start - line;
}

function isContinued(text: string, start: number): boolean {
  const line = text.lastIndexOf('\n', start - 1);
  return line > 0 && /\\\r?$/.test(text.slice(Math.max(0, line - 2), line));
}
