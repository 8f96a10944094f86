import type { Span } from './span.ts';
import type { Claim } from './system.ts';
import type { Node, ScalarNode } from './tree.ts';

/** A comment, from its opening sign to its end. */
export interface Comment extends Span {
  /** What it says: behind the opening sign and before the closing one, without the space around it. */
  readonly text: Span;
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

/** The comment whose first word stands at `offset`; undefined where the word stands anywhere else. */
export function commentAt(commented: CommentedText, offset: number): Comment | undefined {
  const { text, format } = commented;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset).replace(/[ \t]+$/, '');
  for (const { open, close } of styles[format]) {
    // `{#-` takes the space before it away.
    const lead = close === '#}' && before.endsWith(`${open}-`) ? before.slice(0, -1) : before;
    if (!lead.endsWith(open)) continue;
    const start = lineStart + lead.length - open.length;
    if (open === '#' && /\S/.test(text.slice(lineStart, start).slice(-1))) continue;
    if (isInString(commented, start)) continue;
    const end = endOf(text, offset, close);
    if (end === undefined) continue;
    const sign = close === '#}' && text[end - 3] === '-' ? '-#}' : (close ?? '');
    const said = text.slice(offset, end - sign.length).trimEnd();
    return { start, end, text: { start: offset, end: offset + said.length } };
  }
  return undefined;
}

function endOf(text: string, offset: number, close: string | undefined): number | undefined {
  if (close !== undefined) {
    const at = text.indexOf(close, offset);
    return at < 0 ? undefined : at + close.length;
  }
  const at = text.indexOf('\n', offset);
  const end = at < 0 ? text.length : at;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function isInString({ text, format, tree }: CommentedText, offset: number): boolean {
  if (format === 'yaml') return tree !== undefined && scalarAt(tree, offset) !== undefined;
  if (format === 'python') return isInPythonString(text, offset);
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (format === 'sql') return isOdd(before, "'");
  return format === 'dotenv' && (isOdd(before, "'") || isOdd(before, '"'));
}

function isOdd(text: string, quote: string): boolean {
  return text.split(quote).length % 2 === 0;
}

/** The scalar that an offset lies in. */
export function scalarAt(root: Node, offset: number): ScalarNode | undefined {
  const seen = new Set<Node>();
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    // An alias is the anchored node itself, which may be met often.
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'scalar') {
      if (node.span.start <= offset && offset < node.span.end) return node;
    } else if (node.kind === 'seq') waiting.push(...node.items);
    else for (const { key, value } of node.pairs) waiting.push(key, value);
  }
  return undefined;
}

const pythonToken =
  /#[^\n]*|('''|""")(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|(['"])(?:\\.|(?!\2)[^\\\n])*(?:\2|$)/gm;

/** True inside a string of Python, its quotes included. */
export function isInPythonString(text: string, offset: number): boolean {
  for (const { index, 0: token } of text.matchAll(pythonToken)) {
    if (offset < index + token.length) return index <= offset && !token.startsWith('#');
  }
  return false;
}
