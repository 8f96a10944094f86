import { ownCopy } from '../../core/own-copy.ts';
import type { Span } from '../../core/span.ts';
import { boxBefore, labelBefore, otherMarks } from './boxes.ts';
import type { Block, Cell, ListEntry, References, Row } from './markdown.ts';
import type { Repair } from './mojibake.ts';
import { moveEntry, moveRow, type FormerPiece, type TakenOver } from './piece-memory.ts';
import type { Line, Piece } from './pieces.ts';
import { readPlainInline, type PlainInline } from './plain-inline.ts';

/** A block that was read without a Markdown parser, and where what was read of it anew may name files. */
export interface PlainBlock {
  readonly block: Block;
  readonly references: References;
  /** What was not read anew. */
  readonly taken: readonly TakenOver[];
}

interface Reading {
  readonly repair: Repair;
  /** Reads what a whole parser would read of inline text, where that is not plain. */
  readonly parse: (raw: string, at: number) => PlainInline;
  /** What the piece was before its text changed; its lines that did not are not read again. */
  readonly former: FormerPiece | undefined;
}

/** Reads a piece whose marks are plain to see; undefined where only a whole parser can tell what it is. */
export function readPlainBlock(piece: Piece, reading: Reading): PlainBlock | undefined {
  const reader = new PlainReader(reading);
  const block = reader.read(piece);
  const { links, texts, taken } = reader;
  return block && { block, references: { links, texts }, taken };
}

class PlainReader {
  readonly links: References['links'][number][] = [];
  readonly texts: Span[] = [];
  readonly taken: TakenOver[] = [];
  /** The stretch that is being taken over; what is read anew ends it. */
  #stretch: { readonly start: number; end: number; readonly by: number } | undefined;
  readonly #repair: Repair;
  readonly #parse: Reading['parse'];
  readonly #former: FormerPiece | undefined;

  constructor({ repair, parse, former }: Reading) {
    this.#repair = repair;
    this.#parse = parse;
    this.#former = former;
  }

  read({ kind, lines }: Piece): Block | undefined {
    if (kind === 'heading') return this.#heading(lines[0]!);
    if (kind === 'paragraph') return this.#paragraph(lines);
    if (kind === 'table') return this.#table(lines);
    return kind === 'list' ? this.#list(lines) : undefined;
  }

  #heading({ start, text }: Line): Block | undefined {
    const match = /^(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$/.exec(ownCopy(text));
    if (!match || /^#+$/.test(match[2]!)) return undefined;
    const inline = this.#inline(match[2]!, start + match[0].indexOf(match[2]!, match[1]!.length));
    const span = { start, end: start + text.trimEnd().length };
    return inline && { kind: 'heading', level: match[1]!.length, span, text: this.#said(inline) };
  }

  #paragraph(lines: readonly Line[]): Block | undefined {
    if (lines.some(({ text }) => !/^[^\s#>+*|`~<=\-[\d\\]|^\*\*|^\[\p{L}/u.test(text) || text.endsWith('\\')))
      return undefined;
    const raw = ownCopy(lines.map(({ text }) => text.trimEnd()).join('\n'));
    // Behind each line break of the document there may be one character more than here.
    const isExact = lines.every(
      (line, at) =>
        at === 0 || line.start === lines[at - 1]!.start + lines[at - 1]!.text.trimEnd().length + 1,
    );
    const first = lines[0]!;
    const last = lines.at(-1)!;
    const inline = this.#inline(raw, first.start);
    if (!inline || (inline.links.length > 0 && !isExact)) return undefined;
    const span = { start: first.start, end: last.start + last.text.trimEnd().length };
    if (!isExact) this.#text(span);
    return { kind: 'paragraph', isBold: inline.isBold, span, text: this.#said(inline) };
  }

  #table(lines: readonly Line[]): Block | undefined {
    if (!/^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/.test(lines[1]!.text)) return undefined;
    const width = lines[1]!.text.split('|').length - 2;
    const same = this.#takeRows(lines);
    const read = (line: Line): Row | undefined => this.#row({ ...line, text: ownCopy(line.text) });
    const header = same.header ?? read(lines[0]!);
    const others = lines.slice(2 + same.before.length, lines.length - same.behind.length).map(read);
    if (header?.cells.length !== width || !others.every((row) => row !== undefined)) return undefined;
    const rows = [...same.before, ...others, ...same.behind];
    if (rows.some(({ cells }) => cells.length > width)) return undefined;
    return { kind: 'table', span: { start: lines[0]!.start, end: endOf(lines.at(-1)!) }, header, rows };
  }

  /** The header and the first and last rows, where their lines are the same, moved to where they stand now. */
  #takeRows(lines: readonly Line[]): TakenRows {
    const former = this.#former;
    if (former?.block.kind !== 'table') return { header: undefined, before: [], behind: [] };
    const { header, rows } = former.block;
    const { first, last } = former.sameLines(lines);
    // The first two lines are no rows.
    const before = rows.slice(0, Math.max(0, first - 2));
    const count = Math.min(last, rows.length - before.length, lines.length - 2);
    const behind = rows.slice(rows.length - count);
    if (first > 0)
      this.taken.push({ start: lines[0]!.start, end: lines[first - 1]!.end, by: former.byStart });
    if (count > 0)
      this.taken.push({ start: lines.at(-count)!.start, end: lines.at(-1)!.end, by: former.byEnd });
    for (const row of before) moveRow(row, former.byStart);
    for (const row of behind) moveRow(row, former.byEnd);
    return { header: first > 0 ? moveRow(header, former.byStart) : undefined, before, behind };
  }

  #row({ start, text }: Line): Row | undefined {
    const raw = text.trimEnd();
    if (raw.length < 3 || raw[0] !== '|' || raw.at(-1) !== '|' || raw.includes('||') || raw.at(-2) === '\\')
      return undefined;
    const cells: Cell[] = [];
    for (let from = 1; from < raw.length;) {
      let end = raw.indexOf('|', from);
      while (raw[end - 1] === '\\') end = raw.indexOf('|', end + 1);
      const cell = this.#cell(raw, from, end, start);
      if (!cell) return undefined;
      cells.push(cell);
      from = end + 1;
    }
    if (cells.every(({ text: words }) => words === '')) return undefined;
    return { span: { start, end: start + raw.length }, cells };
  }

  #cell(raw: string, from: number, end: number, lineStart: number): Cell | undefined {
    const room = { start: lineStart + from, end: lineStart + end };
    const inside = raw.slice(from, end);
    const words = inside.trim();
    // Where to write in an empty cell, the parser's reader knows.
    if (words === '') {
      const at = room.start + (end - from < 2 ? 0 : 1);
      return { room, span: { start: at, end: at }, text: '' };
    }
    // In code, only who reads whole tables knows that the backslash is theirs.
    if (words.includes('\\|') && words.includes('`')) return undefined;
    const start = room.start + inside.indexOf(words);
    const inline = this.#inline(words, start) ?? this.#parsed(words, start);
    return { room, span: { start, end: start + words.length }, text: this.#said(inline) };
  }

  #list(lines: readonly Line[]): Block | undefined {
    const entries: ListEntry[] = [];
    const open: OpenEntry[] = [];
    const known = this.#formerEntries(lines);
    for (let at = 0; at < lines.length;) {
      const line = lines[at]!;
      if (line.text.trim() === '') {
        at++;
        continue;
      }
      const begun = beginEntry(line, open);
      if (!begun) return undefined;
      let next = at + 1;
      while (next < lines.length && isContinuation(lines[next]!.text, lines[next - 1]!.text)) next++;
      const same = known(at, next, entries.length);
      const isTaken = same !== undefined && liesAlike(same.entry, begun, open);
      if (isTaken) this.#take(line, lines[next - 1]!, same.by);
      const entry = isTaken
        ? moveEntry(same.entry, same.by)
        : this.#entry(begun, lines.slice(at, next), open);
      if (!entry) return undefined;
      entries.push(entry);
      open.push({ ...begun, text: entry.text });
      at = next;
    }
    return { kind: 'list', entries };
  }

  /** The entry that stood in these lines, where they are the same, and how far it has moved. */
  #formerEntries(
    lines: readonly Line[],
  ): (
    at: number,
    next: number,
    before: number,
  ) => { readonly entry: ListEntry; readonly by: number } | undefined {
    const former = this.#former;
    if (former?.block.kind !== 'list') return () => undefined;
    const { entries } = former.block;
    const { first, last } = former.sameLines(lines);
    // Entries behind the change are counted from the end.
    const from = lines.length - last;
    let behind = lines.slice(from).filter(({ text }) => begins.test(text)).length;
    return (at, next, before) => {
      const isBehind = at >= from;
      const by = isBehind ? former.byEnd : former.byStart;
      const entry = entries.at(isBehind ? -behind-- : before);
      // It may have gone on in a line that is another now.
      if (!entry || (!isBehind && next > first) || entry.span.end + by !== endOf(lines[next - 1]!))
        return undefined;
      return { entry, by };
    };
  }

  #entry(begun: Begun, lines: readonly Line[], open: readonly OpenEntry[]): ListEntry | undefined {
    const [first, ...more] = lines;
    const content = ownCopy(first!.text.slice(begun.content));
    const box = boxBefore.exec(content);
    if (!box && loneBox.test(content)) return undefined;
    const start = first!.start + begun.content + (box?.[0].length ?? 0);
    const words = content.slice(box?.[0].length ?? 0).trimEnd();
    if (!/^[^\s#>+*|`~<=\-\d\\]|^\*\*|^`[^`]|^\d(?!\d*[.)])/u.test(words)) return undefined;
    const raw = [words, ...more.map(({ text }) => text.trim())].join('\n');
    const inline = this.#inline(raw, start);
    const last = lines.at(-1)!;
    if (!inline || (more.length > 0 && inline.links.length > 0)) return undefined;
    const span = {
      start,
      end: more.length === 0 ? start + words.length : last.start + last.text.trimEnd().length,
    };
    if (more.length > 0) this.#text(span);
    const boxAt = first!.start + begun.content + 1;
    return {
      name: this.#nameLength(inline),
      isNumbered: begun.isNumbered,
      box: box ? { span: { start: boxAt, end: boxAt + 1 }, mark: box[1]! } : undefined,
      depth: open.length,
      parents: open.map(({ text }) => text),
      span,
      text: this.#said(inline),
    };
  }

  /** Symbols may stand before the bold letters that an entry is called by; words may not. */
  #nameLength({ bold }: PlainInline): number {
    const before = this.#repair(bold?.before ?? '').trimStart();
    if (!bold || /[\p{L}\p{N}]/u.test(before.replace(labelBefore, ''))) return 0;
    return before.length + this.#repair(bold.letters).length;
  }

  #inline(raw: string, at: number): PlainInline | undefined {
    const inline = readPlainInline(raw, at);
    if (!inline) return undefined;
    this.links.push(...inline.links);
    if (!raw.includes('\n')) this.#text({ start: at, end: at + raw.length });
    return inline;
  }

  #parsed(raw: string, at: number): PlainInline {
    const inline = this.#parse(raw, at);
    this.links.push(...inline.links);
    this.#text({ start: at, end: at + raw.length });
    return inline;
  }

  #text(span: Span): void {
    this.#stretch = undefined;
    this.texts.push(span);
  }

  #take({ start }: Line, { end }: Line, by: number): void {
    if (this.#stretch?.by === by) this.#stretch.end = end;
    else this.taken.push((this.#stretch = { start, end, by }));
  }

  #said({ text }: PlainInline): string {
    return this.#repair(text).trim();
  }
}

function endOf({ start, text }: Line): number {
  return start + text.trimEnd().length;
}

interface TakenRows {
  readonly header: Row | undefined;
  readonly before: readonly Row[];
  readonly behind: readonly Row[];
}

interface Begun {
  /** Columns up to the marker and up to the text. */
  readonly indent: number;
  readonly content: number;
  readonly isNumbered: boolean;
  /** `-`, `*`, `+`, `.` or `)`: another one begins another list. */
  readonly sign: string;
}

interface OpenEntry extends Begun {
  readonly text: string;
}

/** True where an entry of the same text lay in the same entries, so that nothing of it is another now. */
function liesAlike(
  { depth, parents, isNumbered }: ListEntry,
  begun: Begun,
  open: readonly OpenEntry[],
): boolean {
  return (
    depth === open.length &&
    isNumbered === begun.isNumbered &&
    parents.every((text, at) => text === open[at]!.text)
  );
}

/** A box with nothing behind it, or with nothing in it. */
const loneBox = new RegExp(String.raw`^\[[ \txX${otherMarks}]?\]`);

const begins = /^( *)([-*+]|(\d{1,9})[.)])( {1,4})(?=\S)/;

/** The entry that a line begins; leaves in `open` those that it lies in. Undefined where the line is no plain entry. */
function beginEntry({ text }: Line, open: OpenEntry[]): Begun | undefined {
  const match = begins.exec(text);
  if (!match) return undefined;
  const indent = match[1]!.length;
  let sibling: OpenEntry | undefined;
  while (open.length > 0 && indent < open.at(-1)!.content) sibling = open.pop();
  const outer = open.at(-1)?.content ?? 0;
  const sign = match[2]!.at(-1)!;
  const isNumbered = match[3] !== undefined;
  if (indent - outer > 3 || (sibling && (sibling.sign !== sign || indent - outer > 3))) return undefined;
  // A list inside a text may only count from 1.
  if (!sibling && isNumbered && open.length > 0 && match[3] !== '1') return undefined;
  return { indent, content: match[0].length, isNumbered, sign };
}

function isContinuation(text: string, before: string): boolean {
  return (
    before.trim() !== '' &&
    text.trim() !== '' &&
    /^\s*[^\s#>+*|`~<=\-[\d]/.test(text) &&
    !/\\$| {2}$/.test(before)
  );
}
