import type { Span } from '../../core/span.ts';
import type { Token } from './jinja.ts';

/** The first word of a block that Jinja cannot take, and what would mend it. */
export interface JinjaFault {
  readonly span: Span;
  readonly message: string;
  /** Where dbt takes it all the same. */
  readonly severity?: 'warning';
  /** True for what dbt v2 takes. */
  readonly isTakenByV2?: true;
  /** Where it is more than syntax. */
  readonly code?: string;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Brackets and quotes that do not come out even: the one cause of whatever else is wrong. */
export function unevenFault(tokens: readonly Token[]): JinjaFault | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.isOpen)
      return { span: spanOf(token), message: 'the string is never closed; add its closing quote' };
    if (token.kind !== 'mark') continue;
    if (closing[token.text] !== undefined) open.push(token);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const last = open.pop();
      if (!last)
        return {
          span: token.span,
          message: `\`${token.text}\` closes nothing; remove it or open its bracket`,
        };
      const wanted = closing[last.text]!;
      if (wanted !== token.text)
        return {
          span: token.span,
          message: `\`${last.text}\` must be closed by \`${wanted}\`, not by \`${token.text}\`; write \`${wanted}\``,
        };
    }
  }
  const last = open.at(-1);
  return (
    last && { span: last.span, message: `\`${last.text}\` is never closed; add \`${closing[last.text]!}\`` }
  );
}

/** A string with its quotes. */
export function spanOf({ kind, span, after, isOpen }: Token): Span {
  return kind === 'string' ? { start: span.start - 1, end: isOpen ? span.end : after } : span;
}

/** The word, as a message names it. */
export function describe({ kind, text }: Token): string {
  return kind === 'string' ? 'this string' : `\`${text}\``;
}

const meant: Readonly<Record<string, string>> = {
  '&': 'write `and`',
  '!': 'write `not`',
  '?': 'write `a if condition else b`',
  '=': 'write `==` to compare',
  '|': 'write the name of a filter behind it',
  ';': 'remove it',
};

/** What to do about a word that stands where it cannot. */
export function adviceFor({ kind, text }: Token): string {
  if (kind === 'mark') return meant[text] ?? 'remove it or write what is missing before it';
  return 'join it by a comma or an operator, or close the block before it';
}
