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

/** `{{ … }}` or `{% … %}`. Comments and what stands in `raw` are left out. */
export interface JinjaBlock {
  readonly kind: 'expression' | 'statement';
  readonly span: Span;
  readonly tokens: readonly Token[];
}

/**
 * The Jinja of a text, in one pass and linear time. Never throws: what is not closed yet ends at the
 * next opening mark, so that a half-typed block does not swallow the rest of the file.
 */
export function scanJinja(text: string, from = 0, to = text.length): readonly JinjaBlock[] {
  const blocks: JinjaBlock[] = [];
  let at = from;
  for (;;) {
    const open = text.indexOf('{', at);
    if (open < 0 || open + 1 >= to) return blocks;
    const mark = text[open + 1];
    if (mark === '#') {
      const close = text.indexOf('#}', open + 2);
      if (close < 0 || close >= to) return blocks;
      at = close + 2;
    } else if (mark === '{' || mark === '%') {
      const block = readBlock(text, open, to, mark === '{' ? 'expression' : 'statement');
      blocks.push(block);
      at = verbatimEnd(text, block, to) ?? block.span.end;
    } else {
      at = open + 1;
    }
  }
}

/** The words of an expression that stands without braces, such as `ref('orders')` in YAML. */
export function scanExpression(text: string, from: number, to: number): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to;) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const token = readToken(text, at, to);
    tokens.push(token);
    at = token.after;
  }
  return tokens;
}

function readBlock(text: string, open: number, to: number, kind: JinjaBlock['kind']): JinjaBlock {
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
    if (code === 123 && (next === 123 || next === 37 || next === 35)) break;
    if (isSpace(code)) {
      at++;
      continue;
    }
    const token = readToken(text, at, to);
    if (token.kind === 'mark') {
      if (token.text === '{') depth++;
      else if (token.text === '}') depth--;
    }
    if (!isTrim(text, token, kind)) tokens.push(token);
    at = token.after;
  }
  return { kind, span: { start: open, end: Math.min(at, to) }, tokens };
}

/** `-` and `+` beside the braces only say what happens to white space. */
function isTrim(text: string, token: Token, kind: JinjaBlock['kind']): boolean {
  if (token.kind !== 'mark' || (token.text !== '-' && token.text !== '+')) return false;
  const before = text.slice(Math.max(0, token.span.start - 2), token.span.start);
  return (
    before === '{{' || before === '{%' || text.startsWith(kind === 'expression' ? '}}' : '%}', token.span.end)
  );
}

function readToken(text: string, start: number, to: number): Token {
  const code = text.charCodeAt(start);
  if (code === 34 || code === 39) return readString(text, start, to);
  let end = start + 1;
  if (!isWord(code)) return { kind: 'mark', text: text[start]!, span: { start, end }, after: end };
  while (end < to && isWord(text.charCodeAt(end))) end++;
  const kind = code >= 48 && code <= 57 ? 'number' : 'name';
  return { kind, text: text.slice(start, end), span: { start, end }, after: end };
}

/**
 * A string may hold lines, and blocks that are opened and closed inside it, as hooks do. Where that
 * does not come out even, its closing quote is missing and it ends with its line, or at the braces there.
 */
function readString(text: string, open: number, to: number): Token {
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
      if (lineEnd < 0 || opened === 0) return closedString(text, start, at);
      return openString(text, start, cut >= 0 ? cut : lineEnd);
    }
    if (code === 92) {
      hasEscape = true;
      at++;
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
  return openString(text, start, end, hasEscape ? to : undefined);
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

/** The end of what `{% raw %}` and `{% docs %}` keep from being read; undefined for other blocks. */
function verbatimEnd(text: string, block: JinjaBlock, to: number): number | undefined {
  if (block.kind !== 'statement') return undefined;
  const keyword = block.tokens[0]?.text;
  if (keyword !== 'raw' && keyword !== 'docs') return undefined;
  for (
    let open = text.indexOf('{%', block.span.end);
    open >= 0 && open < to;
    open = text.indexOf('{%', open + 2)
  ) {
    let at = open + 2;
    while (at < to && (isSpace(text.charCodeAt(at)) || text[at] === '-' || text[at] === '+')) at++;
    if (text.startsWith(`end${keyword}`, at)) return open;
  }
  return to;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code > 127
  );
}
