import type { Span } from '../span.ts';
import { isBlank, lineEnd, lineStart } from './text-scan.ts';

export function isMarkEnd(text: string, at: number): boolean {
  return at >= text.length || isBlank(text.charCodeAt(at));
}

export function isAtEnd(text: string, at: number): boolean {
  return at >= text.length;
}

export function isFirstInLine(text: string, position: number): boolean {
  return /^[ \t\ufeff]*$/.test(text.slice(lineStart(text, position), position));
}

export function trimmedLineEnd(text: string, from: number): number {
  let end = lineEnd(text, from);
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

export function wordOf(start: number, length: number): Span {
  return { start, end: start + length };
}

/** The key that begins at `position`, or the word. */
export function keyAt(text: string, position: number): Span {
  const colon = /^[^\s'"#][^#\n\r]*?(?=\s*:(?:\s|$))/.exec(text.slice(position, lineEnd(text, position)));
  return colon === null ? wordAt(text, position) : wordOf(position, colon[0].length);
}

/** The word at `position`; at a text's or line's end the last character before it. */
export function wordAt(text: string, position: number): Span {
  let start = Math.min(position, text.length);
  if (start === text.length || isBlank(text.charCodeAt(start))) {
    let before = start;
    while (before > 0 && isBlank(text.charCodeAt(before - 1))) before--;
    if (before > 0 && start >= lineEnd(text, start)) return { start: before - 1, end: before };
    if (start === text.length) start = Math.max(0, start - 1);
  }
  let end = start + 1;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return { start, end: Math.min(end, Math.max(text.length, start)) };
}

/** At least one character where the text has one, and never behind its end. */
export function within(text: string, span: Span): Span {
  const start = Math.max(0, Math.min(span.start, text.length - 1));
  return { start, end: Math.max(Math.min(span.end, text.length), Math.min(start + 1, text.length)) };
}

/** The last line before `start` that says something. */
export function lineAbove(text: string, start: number): Span | undefined {
  let end = start;
  while (end > 0) {
    const from = lineStart(text, end - 1);
    const line = text.slice(from, end).trim();
    if (line !== '' && !line.startsWith('#')) return { start: from, end: lineEnd(text, from) };
    end = from;
  }
  return undefined;
}

export function blanked(text: string, at: number): string {
  return `${text.slice(0, at)} ${text.slice(at + 1)}`;
}
