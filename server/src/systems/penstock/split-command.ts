import type { Span } from '../../core/span.ts';

export interface CommandLine {
  readonly words: readonly string[];
  /** Where each word stands in the text, its quotes included. */
  readonly spans: readonly Span[];
  /** Signs that only a shell understands, where they stand in the text. */
  readonly shellSigns: readonly { readonly text: string; readonly span: Span }[];
  /** Where a quote begins that nothing closes. */
  readonly openQuote: number | undefined;
}

/** Cuts a text into words as a POSIX shell does with quotes and backslashes, and does nothing else a shell does. */
export function splitCommand(text: string): CommandLine {
  const words: string[] = [];
  const spans: Span[] = [];
  const shellSigns: { text: string; span: Span }[] = [];
  let word: string | undefined;
  let start = 0;
  const finish = (end: number): void => {
    if (word === undefined) return;
    words.push(word);
    spans.push({ start, end });
    word = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (word === undefined) start = at;
    const reference = referenceAt(text, at);
    if (reference !== undefined) {
      // Its value is one word, or part of one, whatever it holds.
      word = (word ?? '') + reference;
      at += reference.length - 1;
    } else if (/\s/u.test(char)) {
      finish(at);
    } else if (char === "'" || char === '"') {
      const end = closing(text, at);
      if (end < 0) return { words, spans, shellSigns, openQuote: at };
      const inside = text.slice(at + 1, end);
      word = (word ?? '') + (char === '"' ? inside.replace(/\\(["\\$`])/gu, '$1') : inside);
      at = end;
    } else if (char === '\\' && at + 1 < text.length) {
      word = (word ?? '') + text[++at]!;
    } else {
      const sign = shellSign(text, at);
      if (sign) shellSigns.push({ text: sign, span: { start: at, end: at + sign.length } });
      word = (word ?? '') + (sign ?? char);
      at += (sign?.length ?? 1) - 1;
    }
  }
  finish(text.length);
  return { words, spans, shellSigns, openQuote: undefined };
}

/** `${{ parameters.name }}` */
function referenceAt(text: string, at: number): string | undefined {
  return text.startsWith('${{', at) ? /^\$\{\{[^}]*\}\}/u.exec(text.slice(at))?.[0] : undefined;
}

function closing(text: string, start: number): number {
  const quote = text[start]!;
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

/** Only what is a shell's beyond doubt: `a&b` in an address is not, ` && ` is. */
function shellSign(text: string, at: number): string | undefined {
  const rest = text.slice(at);
  const variable = /^\$(?:\w+|\{\w+\}|\([^)]*\))/u.exec(rest)?.[0];
  if (variable) return variable;
  if (at > 0 && !/\s/u.test(text[at - 1]!)) return /^;(?=\s|$)/u.exec(rest)?.[0];
  return /^(?:\|\||&&|\||&|;|\d?>>?(?:&\d)?|<)(?=\s|$|[\w./])/u.exec(rest)?.[0];
}
