import type { Span } from '../span.ts';

const hash = 35;

export function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xfeff;
}

/** The first offset from `from` on that is neither white space nor comment. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) at++;
    else if (code === hash && (at === 0 || isBlank(text.charCodeAt(at - 1)))) at = lineEnd(text, at);
    else return at;
  }
  return at;
}

/** The offset of the line's end, its break excluded. */
export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The offset of the first character of the line that holds `from`. */
export function lineStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The offset behind `mark` when it comes next, else `from`. */
export function afterMark(text: string, from: number, mark: number): number {
  const at = skipBlanks(text, from);
  return text.charCodeAt(at) === mark ? at + 1 : from;
}

/** Where a key that is not there would stand: behind its `?`, or before the `:` that follows it. */
export function afterKeyMark(text: string, from: number): number {
  let at = skipBlanks(text, from);
  if (text.charCodeAt(at) === 44) at = skipBlanks(text, at + 1);
  if (text.charCodeAt(at) === 63) return at + 1;
  return text.charCodeAt(at) === 58 ? at : from;
}

/** Behind the tags and anchors (`!!str &a`) that stand at `from`. */
export function skipProperties(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 38 || text.charCodeAt(at) === 33) {
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
    at = skipBlanks(text, at);
  }
  return at;
}

/** The end of the flow collection whose last content ends at `from`. */
export function flowEnd(text: string, from: number): number {
  let at = skipBlanks(text, from);
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 93 || code === 125) return at + 1;
    if (code !== 44 && code !== 58 && code !== 63) return from;
    at = skipBlanks(text, at + 1);
  }
}

/** A block scalar's content: from its first character that is no white space to its last. */
export function trimBlockEnd(text: string, from: number, to: number): Span {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  if (end === from) return { start: from, end: from };
  let start = from;
  while (isBlank(text.charCodeAt(start))) start++;
  return { start, end };
}

/** The text without its outer white space, at the offsets it had: what stood before it becomes line breaks. */
export function stripText(text: string): string {
  const start = text.search(/\S/);
  if (start < 0) return '';
  const head = text.charCodeAt(0) === 0xfeff ? '' : '\n'.repeat(start);
  return head + text.slice(head.length).trimEnd();
}
