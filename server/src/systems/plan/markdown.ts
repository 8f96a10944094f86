import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { ownCopy } from '../../core/own-copy.ts';
import type { PlanLink } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { bulletAndBox, labelBefore } from './boxes.ts';
import { readLinks } from './links.ts';
import { asItIs, createRepair, isGarbled, repairGarbled, type Repair } from './mojibake.ts';
import { cutPieces, mayHide, type Piece } from './pieces.ts';
import { prepare, type TextTest } from './prepared-text.ts';
import { unread, type FormerPiece, type PieceMemory, type PieceReading } from './piece-memory.ts';
import { readPlainBlock } from './plain-blocks.ts';
import type { PlainInline } from './plain-inline.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Content = Root['children'][number];
type Kind<Type extends Content['type']> = Extract<Content, { readonly type: Type }>;
type Blocks = { readonly children: readonly Content[] };

/** What a plan is read from: the document's blocks in order. Texts are plain and repaired, spans are raw. */
export interface Document {
  readonly blocks: readonly Block[];
  /** Top-level keys of the front matter, as written. */
  readonly frontMatter: ReadonlyMap<string, string>;
  readonly isTruncated: boolean;
  readonly repair: Repair;
  /** The files that it names, in the order of their places. */
  readonly links: readonly PlanLink[];
}

/** Where a document may name files. */
export interface References {
  /** Links, images and link definitions, each whole. */
  readonly links: readonly { readonly url: string; readonly span: Span }[];
  /** Text and code that is no part of a link. */
  readonly texts: readonly Span[];
}

export type Block = HeadingBlock | TableBlock | ListBlock | ParagraphBlock;

export interface HeadingBlock extends PlainText {
  readonly kind: 'heading';
  readonly level: number;
}

export interface ParagraphBlock extends PlainText {
  readonly kind: 'paragraph';
  /** All of it is bold: a heading in all but its signs. */
  readonly isBold: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly span: Span;
  readonly header: Row;
  readonly rows: readonly Row[];
}

export interface ListBlock {
  readonly kind: 'list';
  readonly entries: readonly ListEntry[];
}

export interface Row {
  readonly span: Span;
  /** Fewer than the header's where the row is short. */
  readonly cells: readonly Cell[];
}

/** `span` is the cell's text; `room` is all between the two pipes. */
export interface Cell extends PlainText {
  readonly room: Span;
}

export interface ListEntry extends PlainText {
  /** The text begins with bold letters, of this length in plain text: what the entry is called. */
  readonly name: number;
  /** The list that it stands in counts its entries. */
  readonly isNumbered: boolean;
  /** The one character between the brackets of a check list's entry, and where it stands. */
  readonly box: { readonly span: Span; readonly mark: string } | undefined;
  readonly depth: number;
  /** The texts of the entries it lies in. */
  readonly parents: readonly string[];
}

export interface PlainText {
  readonly span: Span;
  readonly text: string;
}

/** Limit: what only a whole Markdown parser reads, it reads at some ten kilobytes a millisecond. */
const maxParsedLength = 250_000;

/** Reads Markdown as GitHub does, save that a code fence which nobody closes hides nothing; with `memory` from what its former version was read as, and `has` to look for something in the text where that is known to be quicker. */
export function parseMarkdown(
  text: string,
  memory?: PieceMemory,
  has: TextTest = (isIn) => isIn(text),
): Document {
  const { body, frontMatter, isTruncated } = prepare(text, has);
  // A lone carriage return ends a line, too, and a comment that nobody closes hides all the rest: rare enough.
  const isRare = (body.includes('\r') || body.includes('<!--')) && /\r(?!\n)|<!--(?![^]*-->)/.test(body);
  if (isRare) return parseWhole(text);
  const repair = has(isGarbled) ? repairGarbled : asItIs;
  const pieces = memory ? memory.cut(body, !has(mayHide)) : cutPieces(body);
  const definitions = definitionsIn(pieces);
  memory?.begin(`${repair === asItIs} ${definitions}`, pieces);
  const blocks: Block[] = [];
  const links: PlanLink[] = [];
  let parsed = 0;
  for (const piece of pieces) {
    const length = piece.end - piece.start;
    const isTooMuch = parsed + length > maxParsedLength;
    const readPiece = (former?: FormerPiece): PieceReading => {
      const plain = readPlainBlock(piece, { repair, parse: parseInline, former });
      if (plain) {
        const kept = former?.links(plain.taken) ?? [];
        const named = [...kept, ...readLinks(plain.references, body)].sort(byPlace);
        return { blocks: [plain.block], links: named, isParsed: false };
      }
      return isTooMuch ? unread : { ...parsePiece(body, piece, { repair, definitions }), isParsed: true };
    };
    const known = memory ? memory.read(body, piece, readPiece) : readPiece();
    const read = isTooMuch && known.isParsed ? unread : known;
    if (read.isParsed) parsed += length;
    for (const block of read.blocks) blocks.push(block);
    for (const link of read.links) links.push(link);
  }
  return { blocks, frontMatter, isTruncated: isTruncated || parsed > maxParsedLength, repair, links };
}

function definitionsIn(pieces: readonly Piece[]): string {
  return pieces.flatMap(({ definitions }) => (definitions === '' ? [] : [definitions])).join('\n');
}

function byPlace(a: PlanLink, b: PlanLink): number {
  return a.span.start - b.span.start;
}

/** The same by one parser for the whole text, which is slower by far; the fast road is held to it. */
export function parseWhole(text: string): Document {
  const { body, frontMatter, isTruncated } = prepare(text);
  const repair = createRepair(text);
  const reader = new BlockReader(body, repair, 0);
  const tree = parseFenced(body);
  reader.read(tree);
  return {
    blocks: reader.blocks,
    frontMatter,
    isTruncated,
    repair,
    links: readLinks(referencesIn(tree, 0, body.length), body),
  };
}

function parsePiece(
  body: string,
  { start, end }: Piece,
  { repair, definitions }: { readonly repair: Repair; readonly definitions: string },
): Pick<PieceReading, 'blocks' | 'links'> {
  const text = ownCopy(body.slice(start, end));
  const tree = parseFenced(definitions === '' ? text : `${text}\n\n${definitions}`);
  const reader = new BlockReader(body, repair, start);
  reader.read(tree);
  return { blocks: reader.blocks, links: readLinks(referencesIn(tree, start, text.length), body) };
}

/** A text is read as a cell is, where nothing can be a block. */
function parseInline(raw: string, at: number): PlainInline {
  const table = parseTree(`|${raw}|\n|-|`).children[0];
  const cell = table?.type === 'table' ? table.children[0]?.children[0] : undefined;
  if (!cell) return { text: raw, bold: undefined, isBold: false, links: [] };
  const { links } = referencesIn(cell, at - 1, raw.length + 1);
  return { text: plainText(cell), bold: undefined, isBold: false, links };
}

/** Those within the first `length` characters; what stands behind them was only put there. */
function referencesIn(tree: Root | Content, offset: number, length: number): References {
  const links: References['links'][number][] = [];
  const texts: Span[] = [];
  const visit = (node: Root | Content): void => {
    const span = shifted(spanOf(node), offset);
    if (span.start >= offset + length && node !== tree) return;
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      links.push({ url: node.url, span });
    else if (node.type === 'text' || node.type === 'inlineCode') texts.push(span);
    else if ('children' in node) node.children.forEach(visit);
  };
  visit(tree);
  return { links, texts };
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function parseTree(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmTaskListItem()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  });
}

/** A fence that is open at the end is a slip of the pen: the text after it is read as if the fence were not there. */
function parseFenced(text: string): Root {
  let body = text;
  for (let slips = 0; slips < 8; slips++) {
    const tree = parseTree(body);
    const fence = openFence(tree, body);
    if (!fence) return tree;
    body = blank(body, fence);
  }
  return parseTree(body);
}

function openFence(tree: Root, text: string): Span | undefined {
  const last = tree.children.at(-1);
  if (last?.type !== 'code' || !last.position) return undefined;
  const span = spanOf(last);
  const lines = text.slice(span.start, span.end).split(/\r\n?|\n/);
  const marks = /^(`{3,}|~{3,})/.exec(lines[0]!)?.[1];
  if (marks === undefined) return undefined;
  const end = lines.length > 1 ? lines.at(-1)!.trim() : '';
  const isClosed = end.length >= marks.length && end === marks[0]!.repeat(end.length);
  return isClosed ? undefined : { start: span.start, end: span.start + lines[0]!.length };
}

function blank(text: string, span: Span): string {
  return text.slice(0, span.start) + ' '.repeat(span.end - span.start) + text.slice(span.end);
}

class BlockReader {
  readonly blocks: Block[] = [];
  readonly #text: string;
  readonly #repair: Repair;

  /** Nodes stand so far behind the beginning of the text. */
  readonly #offset: number;

  constructor(text: string, repair: Repair, offset: number) {
    this.#text = text;
    this.#repair = repair;
    this.#offset = offset;
  }

  read(parent: Blocks): void {
    for (const node of parent.children) {
      if (node.type === 'heading')
        this.blocks.push({ kind: 'heading', level: node.depth, ...this.#plain(node) });
      else if (node.type === 'paragraph')
        this.blocks.push({ kind: 'paragraph', isBold: isBold(node), ...this.#plain(node) });
      else if (node.type === 'table') this.blocks.push(this.#table(node));
      else if (node.type === 'list') this.#list(node);
      else if (node.type === 'blockquote') this.read(node);
    }
  }

  #plain(node: Root | Content): PlainText {
    const { start, end } = this.#spanOf(node);
    const span = { start, end: start + this.#text.slice(start, end).trimEnd().length };
    return { span, text: this.#repair(plainText(node)).replaceAll('\r\n', '\n').trim() };
  }

  #table(table: Kind<'table'>): TableBlock {
    const [header, ...rows] = table.children.map((row) => this.#row(row));
    return { kind: 'table', span: this.#spanOf(table), header: header!, rows };
  }

  #row(row: Kind<'tableRow'>): Row {
    const { start, end } = this.#spanOf(row);
    const raw = this.#text.slice(start, end).trimEnd();
    // The last row of a document has the blanks behind its closing pipe.
    const span = { start, end: hasClosingPipe(raw) ? start + raw.length : end };
    return { span, cells: row.children.map((cell) => this.#cell(cell, span.end)) };
  }

  #cell(cell: Kind<'tableCell'>, rowEnd: number): Cell {
    const whole = this.#spanOf(cell);
    const raw = this.#text.slice(whole.start, Math.min(whole.end, rowEnd));
    const room = {
      start: whole.start + (raw.startsWith('|') ? 1 : 0),
      end: whole.start + raw.length - (raw.length > 1 && hasClosingPipe(raw) ? 1 : 0),
    };
    return { span: trimBlanks(this.#text, room), room, text: this.#repair(plainText(cell)).trim() };
  }

  /** One block a list, its nested entries in order; tables and headings inside entries follow it. */
  #list(list: Kind<'list'>): void {
    const entries: ListEntry[] = [];
    const rest: Blocks[] = [];
    this.#entries(list, [], entries, rest);
    this.blocks.push({ kind: 'list', entries });
    for (const parent of rest) this.read(parent);
  }

  #entries(list: Kind<'list'>, parents: readonly string[], entries: ListEntry[], rest: Blocks[]): void {
    for (const item of list.children) {
      const first = item.children[0];
      const plain = first?.type === 'paragraph' ? this.#plain(first) : { span: this.#spanOf(item), text: '' };
      const entry = this.#checked(item, plain);
      const isNumbered = list.ordered === true;
      entries.push({ ...entry, name: this.#nameLength(first), isNumbered, depth: parents.length, parents });
      const others = item.children.filter((child) => child.type === 'table' || child.type === 'heading');
      if (others.length > 0) rest.push({ children: others });
      for (const child of item.children) {
        if (child.type === 'list') this.#entries(child, [...parents, entry.text], entries, rest);
      }
    }
  }

  /** A symbol may stand before the bold letters: `✅ **Name**: text`. */
  #nameLength(first: Content | undefined): number {
    if (first?.type !== 'paragraph') return 0;
    let length = 0;
    for (const child of first.children) {
      const text = this.#repair(plainText(child));
      if (child.type === 'strong') return length + text.length;
      if (child.type !== 'text' || /[\p{L}\p{N}]/u.test(text.replace(labelBefore, ''))) return 0;
      length += text.trimStart().length;
    }
    return 0;
  }

  #checked(item: Kind<'listItem'>, plain: PlainText): Pick<ListEntry, 'box' | 'span' | 'text'> {
    const start = this.#spanOf(item).start;
    const raw = this.#text.slice(start, Math.max(plain.span.start + 4, plain.span.end));
    const match = bulletAndBox.exec(raw);
    if (!match || (typeof item.checked !== 'boolean' && /[ \txX]/.test(match[1]!)))
      return { ...plain, box: undefined };
    const end = start + match[0].length;
    const textStart = end + /^[ \t]*/.exec(this.#text.slice(end))![0].length;
    return {
      box: { span: { start: end - 2, end: end - 1 }, mark: match[1]! },
      span: { start: Math.min(textStart, plain.span.end), end: plain.span.end },
      text: typeof item.checked === 'boolean' ? plain.text : plain.text.slice('[-]'.length).trim(),
    };
  }

  #spanOf(node: Root | Content): Span {
    return shifted(spanOf(node), this.#offset);
  }
}

function isBold({ children }: Kind<'paragraph'>): boolean {
  const said = children.filter((child) => child.type !== 'text' || !/^[\s:]*$/.test(child.value));
  return said.length === 1 && said[0]!.type === 'strong';
}

/** Text without Markdown's marks; an image counts as its alternative text, HTML as a blank. */
function plainText(node: Root | Content): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value.replaceAll('~~', '');
  if (node.type === 'break') return '\n';
  if (node.type === 'html') return /^<br/i.test(node.value) ? ', ' : ' ';
  if (node.type === 'image') return node.alt ?? '';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function spanOf(node: Root | Content): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** True where the last pipe closes the row or cell and is not part of its text (`\|`). */
export function hasClosingPipe(raw: string): boolean {
  const slashes = /(\\*)\|$/.exec(raw);
  return slashes !== null && slashes[1]!.length % 2 === 0;
}

/** An empty cell's text begins after its first blank, so that writing there keeps one on each side where there is room. */
function trimBlanks(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (to > from && /[ \t]/.test(text[to - 1]!)) to--;
  while (from < to && /[ \t]/.test(text[from]!)) from++;
  if (from < to || end - start < 2) return { start: from, end: to };
  return { start: start + 1, end: start + 1 };
}
