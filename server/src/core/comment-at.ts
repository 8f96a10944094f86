import type { Span } from './span.ts';
import type { Claim } from './system.ts';
import type { Node, ScalarNode } from './tree.ts';

/** A comment, from its opening sign to its end. */
export interface Comment extends Span {
  /** What it says: behind the opening sign and before the closing one, without the space around it. */
  readonly text: Span;
  /** Where the line begins on which it begins. */
  readonly lineStart: number;
  /** Whether nothing but comments stands on its lines. */
  readonly isAlone: boolean;
}

interface Style {
  readonly open: string;
  /** Where absent the comment ends with its line. */
  readonly close?: string;
}

const hash: Style = { open: '#' };
const jinja: Style = { open: '{#', close: '#}' };
const html: Style = { open: '<!--', close: '-->' };

const styles: Readonly<Record<Claim['format'], readonly Style[]>> = {
  yaml: [hash],
  python: [hash],
  dotenv: [hash],
  text: [hash],
  sql: [{ open: '--' }, jinja],
  markdown: [html, jinja],
  json: [],
  csv: [],
};

export interface CommentedText {
  readonly text: string;
  readonly format: Claim['format'];
  /** Tells what only looks like a comment because it stands in a scalar. */
  readonly tree?: Node;
}

/** Finds the comments of a text by their first words; what is a string in it is looked up once, when it is first asked for. */
export class Comments {
  readonly #commented: CommentedText;
  /** The one that was last looked at, for many may be on it. */
  #line: Span = { start: 0, end: -1 };
  #strings: readonly Span[] | undefined;

  constructor(commented: CommentedText) {
    this.#commented = commented;
  }

  /**
   * The comment whose first word stands at `offset`; undefined where the word stands anywhere else. One that would go
   * until the end of its line ends before `limit`, where the next one begins.
   */
  beginningWith(offset: number, limit?: number): Comment | undefined {
    const { text, format } = this.#commented;
    const line = this.#lineOf(offset);
    const before = text.slice(line.start, offset).trimEnd();
    for (const { open, close } of styles[format]) {
      // `{#-` takes the space before it away.
      const lead = close === '#}' && before.endsWith(`${open}-`) ? before.slice(0, -1) : before;
      if (!lead.endsWith(open)) continue;
      const start = line.start + lead.length - open.length;
      if (open === '#' && /\S/.test(text.slice(line.start, start).slice(-1))) continue;
      if (this.#isInString(start)) continue;
      const end = endOf(text, { offset, close, line, limit });
      if (end === undefined) continue;
      const sign = close === '#}' && text[end - 3] === '-' ? '-#}' : (close ?? '');
      const said = text.slice(offset, end - sign.length).trimEnd();
      const isFirst = text.slice(line.start, start).trim() === '';
      const isLast = close === undefined || /^[ \t]*(?:\r?\n|\r?$)/.test(text.slice(end));
      return {
        start,
        end,
        text: { start: offset, end: offset + said.length },
        lineStart: line.start,
        isAlone: isFirst && isLast,
      };
    }
    return undefined;
  }

  #lineOf(offset: number): Span {
    if (offset >= this.#line.start && offset <= this.#line.end) return this.#line;
    const { text } = this.#commented;
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const lineBreak = text.indexOf('\n', offset);
    const end = lineBreak < 0 ? text.length : lineBreak;
    return (this.#line = { start, end: text[end - 1] === '\r' ? end - 1 : end });
  }

  #isInString(offset: number): boolean {
    this.#strings ??= stringsOf(this.#commented);
    let [low, high] = [0, this.#strings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#strings[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return (this.#strings[low]?.start ?? Infinity) <= offset;
  }
}

function endOf(
  text: string,
  {
    offset,
    close,
    line,
    limit = Infinity,
  }: {
    readonly offset: number;
    readonly close: string | undefined;
    readonly line: Span;
    readonly limit: number | undefined;
  },
): number | undefined {
  if (close === undefined) return limit < line.end ? text.slice(0, limit).trimEnd().length : line.end;
  const at = text.indexOf(close, offset);
  return at < 0 ? undefined : at + close.length;
}

/** Where what looks like a comment is none, in the order of the text. */
function stringsOf({ text, format, tree }: CommentedText): readonly Span[] {
  switch (format) {
    case 'yaml':
      return [...(tree ? scalarsIn(tree) : [])].map(({ span }) => span).sort((a, b) => a.start - b.start);
    case 'python':
      return pythonStrings(text);
    case 'sql':
      return spansOf(text.matchAll(/'[^'\n]*(?:'|$)/gm));
    case 'dotenv':
      return spansOf(text.matchAll(/(['"])(?:(?!\1)[^\n])*(?:\1|$)/gm));
    case 'text':
    case 'markdown':
    case 'json':
    case 'csv':
      return [];
  }
}

function spansOf(matches: Iterable<RegExpExecArray>): readonly Span[] {
  return Array.from(matches, ({ index, 0: found }) => ({ start: index, end: index + found.length }));
}

/** The scalar that an offset lies in. */
export function scalarAt(root: Node, offset: number): ScalarNode | undefined {
  for (const scalar of scalarsIn(root))
    if (scalar.span.start <= offset && offset < scalar.span.end) return scalar;
  return undefined;
}

function* scalarsIn(root: Node): Generator<ScalarNode> {
  const seen = new Set<Node>();
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    // An alias is the anchored node itself, which may be met often.
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'scalar') yield node;
    else if (node.kind === 'seq') for (const item of node.items) waiting.push(item);
    else for (const { key, value } of node.pairs) waiting.push(key, value);
  }
}

const pythonToken =
  /#[^\n]*|('''|""")(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|(['"])(?:\\.|(?!\2)[^\\\n])*(?:\2|$)/gm;

/** True inside a string of Python, its quotes included. */
export function isInPythonString(text: string, offset: number): boolean {
  return pythonStrings(text).some(({ start, end }) => start <= offset && offset < end);
}

function pythonStrings(text: string): readonly Span[] {
  const tokens = spansOf(text.matchAll(pythonToken));
  return tokens.filter(({ start }) => text[start] !== '#');
}
