import type { Span } from '../../core/span.ts';

export interface Word {
  readonly text: string;
  /** Inside the text that was cut. */
  readonly span: Span;
}

/** The words of a command line as Python's `shlex` cuts it; undefined where a quote stays open. */
export function shellWords(text: string): readonly Word[] | undefined {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/u.test(text[at]!)) {
      at++;
      continue;
    }
    const start = at;
    let word = '';
    while (at < text.length && !/\s/u.test(text[at]!)) {
      const char = text[at]!;
      if (char === '"' || char === "'") {
        const close = closingQuote(text, at);
        if (close < 0) return undefined;
        word += text.slice(at + 1, close);
        at = close + 1;
      } else if (char === '\\') {
        if (at + 1 >= text.length) return undefined;
        word += text[at + 1]!;
        at += 2;
      } else {
        word += char;
        at++;
      }
    }
    words.push({ text: word, span: { start, end: at } });
  }
  return words;
}

/** A backslash escapes inside double quotes alone. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[open] === '"') at++;
    else if (text[at] === text[open]) return at;
  }
  return -1;
}
