import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { ScalarNode } from '../../core/tree.ts';

/** One block of a task as Meltano cuts it: at every single space, so that two in a row give an empty one. */
export interface Token {
  readonly text: string;
  readonly span: Span;
}

/** The blocks that a task's text names, each where it is written. */
export function tokensOf(source: SourceFile, scalar: ScalarNode): readonly Token[] {
  const written = source.slice(scalar.span);
  const isVerbatim = written === scalar.text;
  const words = isVerbatim ? [] : [...written.matchAll(/\S+/gu)];
  let at = scalar.span.start;
  let word = 0;
  return scalar.text.split(' ').map((text) => {
    if (isVerbatim) {
      const span = { start: at, end: at + text.length };
      at = span.end + 1;
      return { text, span };
    }
    // Folded over lines or escaped: words are told by their order, and what cannot be told is the whole task.
    const match = text === '' ? undefined : words[word++];
    if (!match || match[0] !== text) return { text, span: scalar.span };
    const start = scalar.span.start + match.index;
    return { text, span: { start, end: start + text.length } };
  });
}

/** Where the next block is about to be typed: behind the space that ends an unquoted task's line. */
export function openEnd(source: SourceFile, scalar: ScalarNode): Span | undefined {
  if (scalar.style !== 'plain') return undefined;
  const blank = /^[ ]+(?=\r?\n|$)/u.exec(source.text.slice(scalar.span.end, scalar.span.end + 200));
  if (!blank) return undefined;
  return { start: scalar.span.end + 1, end: scalar.span.end + blank[0].length };
}
