import type { Token } from './jinja.ts';

/** The words of a Python file, comments left out, in one pass. */
export function scanPython(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 35) {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    } else if (code === 34 || code === 39) {
      const token = readString(text, at);
      tokens.push(token);
      at = token.after;
    } else if (code <= 32) {
      at++;
    } else {
      const end = wordEnd(text, at);
      const kind = end === at ? 'mark' : code >= 48 && code <= 57 ? 'number' : 'name';
      const after = Math.max(end, at + 1);
      tokens.push({ kind, text: text.slice(at, after), span: { start: at, end: after }, after });
      at = after;
    }
  }
  return tokens;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\w\u0080-\uffff]/.test(text[at]!)) at++;
  return at;
}

/** A short string that is not closed ends with its line, a long one with the text. */
function readString(text: string, open: number): Token {
  const quote = text[open]!;
  const isLong = text.startsWith(quote.repeat(3), open);
  const mark = isLong ? quote.repeat(3) : quote;
  const start = open + mark.length;
  let at = start;
  for (; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(mark, at)) {
      return {
        kind: 'string',
        text: text.slice(start, at),
        span: { start, end: at },
        after: at + mark.length,
      };
    } else if (!isLong && text[at] === '\n') break;
  }
  const end = Math.min(at, text.length);
  return {
    kind: 'string',
    text: text.slice(start, end),
    span: { start, end },
    after: Math.max(end, open + 1),
    isOpen: true,
  };
}
