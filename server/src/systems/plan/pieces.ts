import type { Span } from '../../core/span.ts';
import type { TextChange } from '../../core/text-change.ts';

/** Where a piece stands, and what it looks like. */
export interface PlacedPiece extends Span {
  /** `other` is what only a whole Markdown parser reads rightly. */
  readonly kind: 'heading' | 'table' | 'list' | 'paragraph' | 'other';
  /** Definitions of links, which count in the whole document. */
  readonly definitions: string;
}

/** A stretch of a document that can be read by itself. */
export interface Piece extends PlacedPiece {
  readonly lines: readonly Line[];
}

/** Without its line break. */
export interface Line extends Span {
  readonly text: string;
}

const fence = /^ {0,3}(`{3,})[^`]*$|^ {0,3}(~{3,})/;
const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const rule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const marker = /^( *)([-*+]|\d{1,9}[.)])([ \t]|$)/;
const definition = /^ {0,3}\[[^\]]+\]:/;
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const delimiter = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const tag = /^ {0,3}<[a-z/!?]/i;
const lonelyTag = /^ {0,3}<\/?[a-z][^<>]*>[ \t]*$/i;
/** HTML that goes on over blank lines, with what ends it. */
const long: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<(?:script|pre|style|textarea)\b/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];

/** Cuts a document where one block certainly ends and another begins. Code, comments and rules are left out: nothing is read there. */
export function cutPieces(text: string): readonly Piece[] {
  return cutLines(withoutSlips(linesIn(text, { start: 0, end: text.length }))).pieces;
}

/** Cuts up to a piece that begins at one of the `ends`. */
function cutLines(
  lines: readonly Line[],
  ends: readonly number[] = [],
): { readonly pieces: readonly Piece[]; readonly end?: number } {
  const pieces: Piece[] = [];
  for (let at = 0; at < lines.length;) {
    const skipped = skip(lines, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const { start } = lines[at]!;
    if (ends.includes(start)) return { pieces, end: start };
    const cut = pieceAt(lines, at);
    pieces.push(placed(cut));
    at += cut.lines.length;
  }
  return { pieces };
}

function placed({ kind, lines }: CutPiece): Piece {
  const definitions = definition.test(lines[0]!.text)
    ? lines.filter(({ text }) => definition.test(text))
    : [];
  return {
    kind,
    lines,
    start: lines[0]!.start,
    end: lines.at(-1)!.end,
    definitions: definitions.map(({ text }) => text).join('\n'),
  };
}

/** True for a text in which something may hide the lines behind it: a fence, HTML. */
export function mayHide(text: string): boolean {
  return /^ {0,3}(?:<|```|~~~)/m.test(text);
}

/** The pieces of a document that was edited: so many first and last ones are what they were. */
export interface Recut {
  readonly first: number;
  readonly between: readonly Piece[];
  readonly last: number;
}

/** Where a piece ends rests on the two lines behind it, too, and so on no more than the next two pieces. */
const reach = 2;

/**
 * Cuts a document that is another by `change` only where that tells. Nothing may hide lines in it, nor did before: then
 * what a piece is rests on what follows alone. Undefined where the change tells on many pieces.
 */
export function recutPieces(
  before: readonly PlacedPiece[],
  { start, end, newEnd }: TextChange,
  text: string,
): Recut | undefined {
  const touched = before.findIndex((piece) => piece.end >= start);
  const first = Math.max(0, (touched < 0 ? before.length : touched) - reach);
  const behind = before.findIndex((piece) => piece.start > end);
  const next = behind < 0 ? before.length : behind;
  const by = newEnd - end;
  const from = first === 0 ? 0 : before[first]!.start;
  const last = before[next + 2 * reach];
  if (!last)
    return { first, between: cutLines(linesIn(text, { start: from, end: text.length })).pieces, last: 0 };
  const lines = linesIn(text, { start: from, end: last.start + by });
  const ends = before.slice(next, next + reach).map((piece) => piece.start + by);
  const cut = cutLines(lines, ends);
  if (cut.end === undefined) return undefined;
  return { first, between: cut.pieces, last: before.length - next - ends.indexOf(cut.end) };
}

/** The line behind what is not read; `at` itself where something is read there. */
function skip(lines: readonly Line[], at: number): number {
  const { text } = lines[at]!;
  if (text.trim() === '' || rule.test(text) || /^(?: {4}|\t)/.test(text)) return at + 1;
  const marks = openFence(text);
  if (marks !== undefined) return (closeOf(lines, at, marks) ?? at) + 1;
  const html = long.find(([begins]) => begins.test(text));
  if (!html) return at;
  for (let end = at; end < lines.length; end++) if (html[1].test(lines[end]!.text)) return end + 1;
  return lines.length;
}

/** A fence that nobody closes is a slip of the pen: it hides nothing. Behind a tag on a line of its own it is none. */
function withoutSlips(lines: Line[]): readonly Line[] {
  let isHtml = false;
  for (let at = 0; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (!isHtml && !/^ {0,3}[<`~]/.test(text)) continue;
    isHtml = isHtml ? text.trim() !== '' : lonelyTag.test(text) && !mayBeText(lines[at - 1]?.text ?? '');
    if (isHtml) continue;
    const marks = openFence(lines[at]!.text);
    if (marks === undefined) continue;
    const close = closeOf(lines, at, marks);
    if (close === undefined) lines[at] = { ...lines[at]!, text: '' };
    else at = close;
  }
  return lines;
}

/** A tag of its own that goes on with a text begins no HTML. */
function mayBeText(text: string): boolean {
  return text.trim() !== '' && !heading.test(text) && !rule.test(text) && !/^ *\|.*\| *$/.test(text);
}

function openFence(text: string): string | undefined {
  const match = fence.exec(text);
  return match ? (match[1] ?? match[2]) : undefined;
}

function closeOf(lines: readonly Line[], at: number, marks: string): number | undefined {
  const closing = new RegExp(`^ {0,3}${marks[0]!}{${marks.length},}[ \\t]*$`);
  for (let end = at + 1; end < lines.length; end++) if (closing.test(lines[end]!.text)) return end;
  return undefined;
}

type CutPiece = Pick<Piece, 'kind' | 'lines'>;

function pieceAt(lines: readonly Line[], at: number): CutPiece {
  const { text } = lines[at]!;
  if (heading.test(text)) return { kind: 'heading', lines: [lines[at]!] };
  if (marker.test(text)) {
    const list = listAt(lines, at);
    return isPureList(list, lines[at + list.length])
      ? { kind: 'list', lines: list }
      : { kind: 'other', lines: untilBlank(lines, at) };
  }
  if (/^ {0,3}>/.test(text) || definition.test(text) || tag.test(text))
    return { kind: 'other', lines: untilBlank(lines, at) };
  if (isTableAt(lines, at)) {
    const table = tableAt(lines, at);
    const isTagged =
      table.some((line) => tag.test(line.text)) || tag.test(lines[at + table.length]?.text ?? '');
    return isTagged || !isRuled(lines[at]!.text, lines[at + 1]!.text)
      ? { kind: 'other', lines: untilBlank(lines, at) }
      : { kind: 'table', lines: table };
  }
  return paragraphAt(lines, at);
}

function isTableAt(lines: readonly Line[], at: number): boolean {
  const next = lines[at + 1]?.text ?? '';
  return lines[at]!.text.includes('|') && next.includes('-') && next.includes('|') && delimiter.test(next);
}

/** Rules of another number than the header has cells make no table, and `- |` may begin a list as well. */
function isRuled(header: string, rules: string): boolean {
  return !marker.test(rules) && cellsOf(header) === cellsOf(rules);
}

function cellsOf(row: string): number {
  const inside = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inside.split(/(?<!\\)\|/).length;
}

function tableAt(lines: readonly Line[], at: number): readonly Line[] {
  let end = at + 2;
  while (end < lines.length && lines[end]!.text.trim() !== '' && !interrupts(lines[end]!.text)) end++;
  return lines.slice(at, end);
}

function paragraphAt(lines: readonly Line[], at: number): CutPiece {
  let end = at + 1;
  for (; end < lines.length && lines[end]!.text.trim() !== ''; end++) {
    const { text } = lines[end]!;
    if (underline.test(text) || tag.test(text) || marker.test(text) || isTableAt(lines, end))
      return { kind: 'other', lines: untilBlank(lines, at) };
    if (interrupts(text)) break;
  }
  return { kind: 'paragraph', lines: lines.slice(at, end) };
}

/** A list goes on over blank lines as long as what follows is indented or is an entry. */
function listAt(lines: readonly Line[], at: number): readonly Line[] {
  let end = at;
  for (let next = at; next < lines.length; next++) {
    const { text } = lines[next]!;
    if (text.trim() === '') continue;
    const isBehindBlank = next > at && lines[next - 1]!.text.trim() === '';
    const belongs = marker.test(text)
      ? !rule.test(text)
      : /^(?: {2}|\t)/.test(text) || (!isBehindBlank && (tag.test(text) || !interrupts(text)));
    if (!belongs) break;
    end = next;
  }
  return lines.slice(at, end + 1);
}

/** Nothing stands in it but entries and what goes on in their next line, and nothing close behind it. */
function isPureList(list: readonly Line[], next: Line | undefined): boolean {
  if (next && next.text.trim() !== '') return false;
  return list.every(
    ({ text }, at) =>
      text.trim() === '' ||
      marker.test(text) ||
      (list[at - 1]!.text.trim() !== '' && !interrupts(text) && !tag.test(text)),
  );
}

/** Up to a blank line; where a list may be in it, as far as that may go on behind blank lines. */
function untilBlank(lines: readonly Line[], at: number): readonly Line[] {
  let end = at + 1;
  let hasList = marker.test(lines[at]!.text);
  for (let next = at + 1; next < lines.length; next++) {
    const { text } = lines[next]!;
    if (text.trim() === '') continue;
    const isBehindBlank = lines[next - 1]!.text.trim() === '';
    if (isBehindBlank && !(hasList && (marker.test(text) || /^(?: {2}|\t)/.test(text)))) break;
    hasList ||= marker.test(text) || /^[ >]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/.test(text);
    end = next + 1;
  }
  return lines.slice(at, end);
}

function interrupts(text: string): boolean {
  // Most lines begin with nothing that could.
  if (!/^ {0,3}[-#*_`~<>+1]/.test(text)) return false;
  return (
    heading.test(text) ||
    rule.test(text) ||
    openFence(text) !== undefined ||
    tag.test(text) ||
    /^ {0,3}>/.test(text) ||
    /^ {0,3}(?:[-*+]|1[.)])[ \t]+\S/.test(text)
  );
}

/** The lines of a stretch that begins and ends with one. */
export function linesIn(text: string, within: Span): Line[] {
  const lines: Line[] = [];
  for (let { start } = within; ;) {
    const at = text.indexOf('\n', start);
    const isLast = at < 0 || at >= within.end;
    const end = isLast ? within.end : at;
    const stop = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    lines.push({ start, end: stop, text: text.slice(start, stop) });
    if (isLast) return lines;
    start = end + 1;
  }
}
