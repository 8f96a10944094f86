import type { SourceFile } from '../source-file.ts';
import type { Span } from '../span.ts';

/** Where a cursor stands in YAML, told from the layout of the lines alone, so that half-typed text has a place too. */
export interface YamlPlace {
  /** The keys and indexes that lead to what is being typed: the mapping for a key, the value for a value. */
  readonly pointer: readonly string[];
  /** `item` is behind a dash: a value, or the first key of a mapping. */
  readonly kind: 'key' | 'value' | 'item';
  /** The word around the cursor, which a suggestion replaces. */
  readonly span: Span;
}

/** Limit: block style only; inside brackets, comments, quotes and block texts there is no place to tell. */
export function yamlPlaceAt(source: SourceFile, offset: number): YamlPlace | undefined {
  const position = source.positionAt(offset);
  const line = readLine(textOf(source, position.line));
  const written = textOf(source, position.line).slice(0, position.character);
  const rest = textOf(source, position.line).slice(position.character);
  const match = /^(\s*(?:-\s+)*)(?:([\w.$-]+):\s+)?([\w.@$/*-]*)$/u.exec(written);
  if (!match || !line) return undefined;
  const [, lead = '', key, word = ''] = match;
  const tail = /^[\w.@$/*-]*/u.exec(rest)![0];
  const after = rest.slice(tail.length);
  if (!/^\s*(?:#.*)?$/u.test(key === undefined ? after.replace(/^:.*$/u, '') : after)) return undefined;
  const span = { start: offset - word.length, end: offset + tail.length };
  const dashes = dashColumns(lead);
  const above = placeAbove(source, position.line, dashes, lead.length);
  if (key !== undefined) return { pointer: [...above, key], kind: 'value', span };
  const isItem = dashes.length > 0 && !after.startsWith(':');
  return { pointer: above, kind: isItem ? 'item' : 'key', span };
}

interface Line {
  readonly dashes: readonly number[];
  /** Column of the key or text behind indentation and dashes. */
  readonly column: number;
  readonly key: string | undefined;
}

/** The way to what stands in `column` of a line that begins with these dashes. */
function placeAbove(
  source: SourceFile,
  from: number,
  dashes: readonly number[],
  column: number,
): readonly string[] {
  const pointer: string[] = [];
  let limit = column;
  let row = from;
  let open = [...dashes];
  for (;;) {
    let isInList = false;
    for (const dash of open.toReversed()) {
      pointer.push(String(indexOfItem(source, row, dash)));
      limit = dash;
      isInList = true;
    }
    const parent = findParent(source, row, limit, isInList);
    if (!parent) return pointer.toReversed();
    row = parent.row;
    const inside = parent.line.dashes.filter((dash) => dash < limit);
    if (parent.line.key !== undefined && parent.line.column <= limit) {
      pointer.push(parent.line.key);
      limit = parent.line.column;
    }
    open = inside;
  }
}

/** The nearest line above that holds what is in `limit`: its key stands further left, or over the dash of its list. */
function findParent(
  source: SourceFile,
  from: number,
  limit: number,
  isInList: boolean,
): { readonly row: number; readonly line: Line } | undefined {
  for (let row = from - 1; row >= 0; row--) {
    const line = readLine(textOf(source, row));
    if (!line) continue;
    if (line.key !== undefined && (line.column < limit || (isInList && line.column === limit))) {
      return { row, line };
    }
    // The first key of an item stands behind its dash: `- name: a` holds the lines below `name`.
    const dash = line.dashes.find((each) => each < limit);
    if (dash !== undefined) return { row, line: { ...line, key: undefined } };
  }
  return undefined;
}

/** Which item of its list the dash in this column begins. */
function indexOfItem(source: SourceFile, from: number, dash: number): number {
  let index = 0;
  for (let row = from - 1; row >= 0; row--) {
    const line = readLine(textOf(source, row));
    if (!line) continue;
    if (line.dashes.includes(dash)) index++;
    else if ((line.dashes[0] ?? line.column) < dash || line.column === dash) break;
  }
  return index;
}

function readLine(text: string): Line | undefined {
  if (/^\s*#/u.test(text)) return undefined;
  const lead = /^\s*(?:-(?:\s+|$))*/u.exec(text)![0];
  const key = /^("[^"]*"|'[^']*'|[^\s:#"'[{][^:#]*?)\s*:(?:\s|$)/u.exec(text.slice(lead.length))?.[1];
  if (text.trim() === '') return { dashes: [], column: Number.MAX_SAFE_INTEGER, key: undefined };
  return { dashes: dashColumns(lead), column: lead.length, key: key?.replace(/^["']|["']$/gu, '') };
}

function dashColumns(lead: string): readonly number[] {
  return [...lead.matchAll(/-/gu)].map((match) => match.index);
}

function textOf(source: SourceFile, row: number): string {
  const span = source.lineSpan(row);
  return span ? source.slice(span) : '';
}
