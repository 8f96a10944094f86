import type { Span } from '../../core/span.ts';

/** A word of Jinja. A string's span and text leave out its quotes. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'mark';
  readonly text: string;
  readonly span: Span;
  /** Where reading goes on: behind a string's closing quote. */
  readonly after: number;
  /** A string whose closing quote is missing. */
  readonly isOpen?: true;
}

/** `{{ … }}` or `{% … %}`; a comment only where its end is missing. What stands in `raw` is left out. */
export interface JinjaBlock {
  readonly kind: 'expression' | 'statement' | 'comment';
  readonly span: Span;
  readonly tokens: readonly Token[];
  /** Its closing mark is missing. */
  readonly isOpen?: true;
}

export interface JinjaReading {
  readonly from?: number;
  readonly to?: number;
  /** As Jinja itself reads: a string ends with its quote and a block with its braces, wherever that is. */
  readonly isStrict?: boolean;
}

interface Reader {
  readonly text: string;
  readonly to: number;
  readonly isStrict: boolean;
}

/**
 * The Jinja of a text, in one pass and linear time. Never throws: what is not closed yet ends at the
 * next opening mark, so that a half-typed block does not swallow the rest of the file.
 */
export function scanJinja(text: string, reading: JinjaReading = {}): readonly JinjaBlock[] {
  const { from = 0, to = text.length, isStrict = false } = reading;
  const reader: Reader = { text, to, isStrict };
  const blocks: JinjaBlock[] = [];
  let at = from;
  for (;;) {
    const open = text.indexOf('{', at);
    if (open < 0 || open + 1 >= to) return blocks;
    const mark = text.charCodeAt(open + 1);
    if (mark === 35) {
      const close = text.indexOf('#}', open + 2);
      if (close < 0 || close + 2 > to) {
        blocks.push({ kind: 'comment', span: { start: open, end: to }, tokens: [], isOpen: true });
        return blocks;
      }
      at = close + 2;
    } else if (mark === 123 || mark === 37) {
      const block = readBlock(reader, open, mark === 123 ? 'expression' : 'statement');
      blocks.push(block);
      at = rawEnd(reader, block) ?? block.span.end;
    } else {
      at = open + 1;
    }
  }
}

/** The words of an expression that stands without braces, such as `ref('orders')` in YAML. */
export function scanExpression(text: string, from: number, to: number): readonly Token[] {
  const tokens: Token[] = [];
  const reader: Reader = { text, to, isStrict: false };
  for (let at = from; at < to;) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const token = readToken(reader, at);
    tokens.push(token);
    at = token.after;
  }
  return tokens;
}

function readBlock(reader: Reader, open: number, kind: 'expression' | 'statement'): JinjaBlock {
  const { text, to, isStrict } = reader;
  const tokens: Token[] = [];
  let depth = 0;
  let at = open + 2;
  while (at < to) {
    const code = text.charCodeAt(at);
    const next = at + 1 < to ? text.charCodeAt(at + 1) : 0;
    // Braces of a dictionary must be closed first: `{{ {'a': {}} }}`.
    if (depth <= 0 && next === 125 && code === (kind === 'expression' ? 125 : 37)) {
      return { kind, span: { start: open, end: at + 2 }, tokens };
    }
    // An opening mark inside a block says that the block before it was never closed.
    if (code === 123 && !isStrict && (next === 123 || next === 37 || next === 35)) break;
    if (isSpace(code)) {
      at++;
      continue;
    }
    const token = readToken(reader, at);
    if (token.kind === 'mark') {
      if (token.text === '{') depth++;
      else if (token.text === '}') depth--;
    }
    if (!isTrim(text, token, kind)) tokens.push(token);
    at = token.after;
  }
  return { kind, span: { start: open, end: Math.min(at, to) }, tokens, isOpen: true };
}

/** `-` and `+` beside the braces only say what happens to white space. */
function isTrim(text: string, { kind, span, text: own }: Token, block: 'expression' | 'statement'): boolean {
  if (kind !== 'mark' || (own !== '-' && own !== '+')) return false;
  const before = text.slice(Math.max(0, span.start - 2), span.start);
  if (before === '{{' || before === '{%') return true;
  return block === 'statement'
    ? text.startsWith('%}', span.end)
    : own === '-' && text.startsWith('}}', span.end);
}

function readToken(reader: Reader, start: number): Token {
  const { text, to } = reader;
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) return readString(reader, start);
  let end = start + 1;
  if (!isWord(code)) {
    if (end < to && isDouble(code, text.charCodeAt(end))) end++;
    return { kind: 'mark', text: text.slice(start, end), span: { start, end }, after: end };
  }
  while (end < to && isWord(text.charCodeAt(end))) end++;
  const kind = code >= 48 && code <= 57 ? 'number' : 'name';
  return { kind, text: text.slice(start, end), span: { start, end }, after: end };
}

/** `==`, `!=`, `<=`, `>=`, `**` and `//` are one mark. */
function isDouble(code: number, next: number): boolean {
  if (next === 61) return code === 61 || code === 33 || code === 60 || code === 62;
  return next === code && (code === 42 || code === 47);
}

/**
 * A string may hold lines, and blocks that are opened and closed inside it, as hooks do. Where that
 * does not come out even, its closing quote is missing and it ends with its line, or at the braces there.
 */
function readString({ text, to, isStrict }: Reader, open: number): Token {
  const quote = text.charCodeAt(open);
  const start = open + 1;
  let opened = 0;
  let cut = -1;
  let lineEnd = -1;
  let hasEscape = false;
  let at = start;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (lineEnd < 0 || opened === 0 || isStrict) return closedString(text, start, at);
      return openString(text, start, cut >= 0 ? cut : lineEnd);
    }
    if (code === 92) {
      hasEscape = true;
      at++;
    } else if (isStrict) {
      continue;
    } else if (code === 10) {
      if (cut >= 0) return openString(text, start, cut);
      if (lineEnd < 0) lineEnd = at;
    } else if (code === 123 && isOpening(text.charCodeAt(at + 1))) {
      opened++;
      at++;
    } else if (text.charCodeAt(at + 1) === 125 && (code === 125 || code === 37)) {
      if (opened > 0) opened--;
      else if (cut < 0) cut = at;
      at++;
    }
  }
  const end = cut >= 0 ? cut : lineEnd >= 0 ? lineEnd : to;
  // Invariant: after escapes the rest is given up, or every line could send us to the end of the text again.
  return openString(text, start, end, hasEscape || isStrict ? to : undefined);
}

function isOpening(code: number): boolean {
  return code === 123 || code === 37;
}

function closedString(text: string, start: number, end: number): Token {
  return { kind: 'string', text: text.slice(start, end), span: { start, end }, after: end + 1 };
}

/** A string that is not closed leaves what surely is not its own: space, a dash, the bracket of the call. */
function openString(text: string, start: number, end: number, after?: number): Token {
  let own = end;
  while (own > start && ' \t\r-)'.includes(text[own - 1]!)) own--;
  const span = { start, end: own };
  return { kind: 'string', text: text.slice(start, own), span, after: after ?? own, isOpen: true };
}

/** The end of what `{% raw %}` keeps from being read; undefined for other blocks. */
function rawEnd({ text, to }: Reader, block: JinjaBlock): number | undefined {
  if (block.kind !== 'statement' || block.tokens[0]?.text !== 'raw') return undefined;
  for (
    let open = text.indexOf('{%', block.span.end);
    open >= 0 && open < to;
    open = text.indexOf('{%', open + 2)
  ) {
    let at = open + 2;
    while (at < to && (isSpace(text.charCodeAt(at)) || text[at] === '-' || text[at] === '+')) at++;
    if (text.startsWith('endraw', at)) return open;
  }
  return to;
}

/** What Jinja takes for white space is what Python does: no-break spaces too, which come with pasted text. */
function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return code === 133 || /\s/.test(String.fromCharCode(code));
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    (code > 127 && !isSpace(code))
  );
}
