import type { Span } from '../../core/span.ts';

/** A variable that a file sets. */
export interface Variable {
  readonly name: string;
  readonly span: Span;
  /** Never to be shown. */
  readonly value: string;
  readonly valueSpan: Span;
  /** Variables that the value is made of: `${HOST}`. */
  readonly needs: readonly { readonly name: string; readonly span: Span }[];
}

export interface Dotenv {
  readonly variables: readonly Variable[];
  /** Lines that readers pass over because they cannot make sense of them. */
  readonly unreadable: readonly { readonly span: Span; readonly why: 'quote' | 'statement' }[];
}

/** Reads `NAME=value` lines as python-dotenv does, which dbt and Meltano load their `.env` with; linear, never throws. */
export function readDotenv(text: string): Dotenv {
  const variables: Variable[] = [];
  const unreadable: Dotenv['unreadable'][number][] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    at = skip(text, at, isSpace);
    if (at >= text.length) break;
    const end = lineEnd(text, at);
    if (text[at] !== '#') {
      const read = readBinding(text, at, end);
      if ('why' in read) unreadable.push({ span: { start: at, end: trimmed(text, at, end) }, why: read.why });
      else {
        if (read.variable) variables.push(read.variable);
        at = read.end;
        continue;
      }
    }
    at = end;
  }
  return { variables, unreadable };
}

/** Reads the lines of a shell script that export a variable; of the rest nothing is said. */
export function readExports(text: string): Dotenv {
  const variables: Variable[] = [];
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at);
    const found = /^[ \t]*(?:export|declare -x|typeset -x)[ \t]+/.exec(text.slice(at, end));
    if (found) {
      const read = readBinding(text, at + found[0].length, end);
      if (!('why' in read) && read.variable) variables.push(read.variable);
    }
    at = end + 1;
  }
  return { variables, unreadable: [] };
}

type Binding =
  { readonly variable: Variable | undefined; readonly end: number } | { readonly why: 'quote' | 'statement' };

function readBinding(text: string, from: number, end: number): Binding {
  let start = from;
  const prefix = /^export[ \t]+/.exec(text.slice(from, Math.min(end, from + 64)));
  if (prefix) start += prefix[0].length;
  const isQuoted = text[start] === "'";
  if (isQuoted) start++;
  const nameEnd = skip(text, start, isQuoted ? (char) => char !== "'" && char !== '\n' : isNamePart);
  if (nameEnd === start) return { why: 'statement' };
  const span = { start, end: nameEnd };
  const name = text.slice(start, nameEnd);
  let at = skip(text, isQuoted ? nameEnd + 1 : nameEnd, isBlank);
  // A name alone sets nothing.
  if (text[at] !== '=') return closed(text, at, undefined);
  at = skip(text, at + 1, isBlank);
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = closingQuote(text, at);
    if (close < 0) return { why: 'quote' };
    const value = { start: at + 1, end: close };
    return closed(text, close + 1, {
      name,
      span,
      value: text.slice(value.start, value.end),
      valueSpan: value,
      needs: quote === '"' ? needsIn(text, value) : [],
    });
  }
  const valueEnd = lineEnd(text, at);
  const comment = /[ \t]#/.exec(text.slice(at, valueEnd));
  const raw = { start: at, end: trimmed(text, at, comment ? at + comment.index : valueEnd) };
  const value = text[at] === '#' ? '' : text.slice(raw.start, raw.end);
  return { variable: { name, span, value, valueSpan: raw, needs: needsIn(text, raw) }, end: valueEnd };
}

/** Behind a binding only a comment may stand in its line. */
function closed(text: string, from: number, variable: Variable | undefined): Binding {
  const at = skip(text, from, isBlank);
  const end = lineEnd(text, at);
  if (at < end && text[at] !== '#') return { why: 'statement' };
  return { variable, end };
}

/** The quote may stand lines below. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[open]) return at;
  }
  return -1;
}

function needsIn(text: string, { start, end }: Span): Variable['needs'] {
  const found: { name: string; span: Span }[] = [];
  for (let open = text.indexOf('${', start); open >= 0 && open < end; open = text.indexOf('${', open + 2)) {
    const nameEnd = skip(text, open + 2, (char) => /\w/.test(char));
    if (nameEnd > open + 2 && nameEnd < end && /[}:]/.test(text[nameEnd]!))
      found.push({ name: text.slice(open + 2, nameEnd), span: { start: open + 2, end: nameEnd } });
  }
  return found;
}

function skip(text: string, from: number, passes: (char: string) => boolean): number {
  let at = from;
  while (at < text.length && passes(text[at]!)) at++;
  return at;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at < 0 ? text.length : at;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

function trimmed(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text[at - 1]!)) at--;
  return at;
}

const isSpace = (char: string): boolean => /\s/.test(char);
const isBlank = (char: string): boolean => char === ' ' || char === '\t';
const isNamePart = (char: string): boolean => char !== '=' && char !== '#' && !isSpace(char);
