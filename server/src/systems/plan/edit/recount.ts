import type { TextEdit } from '../../../core/finding.ts';
import type { Span } from '../../../core/span.ts';
import type { ListBlock, ListEntry } from '../markdown.ts';
import { editOf, type Draft, type EntryForm } from './draft.ts';
import { leadOf, linesOfEntry } from './entry-lines.ts';
import { lineStart } from './lines.ts';

/** Beside which entry of a list something goes. */
export interface BesideEntry {
  readonly form: EntryForm;
  readonly isBefore: boolean;
}

/** What becomes of a list's numbers: the edits of those that stay, and the marker of the one that comes. */
export interface Recounted {
  readonly edits: readonly TextEdit[];
  readonly marker: string | undefined;
}

/** Entries that stand beside each other and count: the first one's number and the sign behind it. */
interface Count {
  readonly list: ListBlock;
  readonly entries: readonly ListEntry[];
  readonly from: number;
  readonly sign: string;
}

/**
 * Keeps the numbers of lists true where they count (1, 2, 3): once an entry goes, and once one comes beside another.
 * Lists that write each number alike, or have none, are left as they are.
 */
export function recount(
  draft: Draft,
  goes: EntryForm | undefined,
  beside: BesideEntry | undefined,
): Recounted {
  const left = goes && countOf(draft, goes);
  const joined = beside && countOf(draft, beside.form);
  const gone = goes && linesOfEntry(draft.text, goes);
  const edits: TextEdit[] = [];
  let own: string | undefined;
  for (const count of joined && left?.entries[0] === joined.entries[0] ? [joined] : [left, joined]) {
    if (!count) continue;
    let number = count.from;
    for (const entry of count.entries) {
      const target = count === joined && entry === beside!.form.entry ? beside : undefined;
      if (target?.isBefore) own = `${number++}${count.sign}`;
      if (entry !== goes?.entry)
        edits.push(...numbered(draft, { list: count.list, entry }, { number: number++, gone }));
      if (target?.isBefore === false) own = `${number++}${count.sign}`;
    }
  }
  return { edits, marker: own };
}

/** Lines of an entry with another bullet or number; what lies in it stays below it. */
export function withMarker(lines: string, marker: string): string {
  const lead = leadOf(lines);
  const was = markerAt(lines, lead.length);
  if (was === marker) return lines;
  const by = marker.length - was.length;
  const [first = '', ...rest] = lines.split(/(?<=\r\n?|\n)(?!\n)/);
  const moved = rest.map((line) => {
    const blanks = blanksOf(line, lead);
    if (by > 0 && blanks > 0) return line.slice(0, lead.length) + ' '.repeat(by) + line.slice(lead.length);
    return blanks < -by || blanks === 0 ? line : line.slice(0, lead.length) + line.slice(lead.length - by);
  });
  return [lead + marker + first.slice(lead.length + was.length), ...moved].join('');
}

/** The bullet or number that an entry's line has at that place. */
export function markerAt(text: string, at: number): string {
  return /^(?:[-*+]|\d{1,9}[.)])/.exec(text.slice(at, at + 12))?.[0] ?? '';
}

/** How many blanks a line has behind the lead of the line above it, where it has text; none where it stands elsewhere. */
function blanksOf(line: string, lead: string): number {
  if (!line.startsWith(lead) || line.trim() === '') return 0;
  return /^ */.exec(line.slice(lead.length))![0].length;
}

function countOf({ text }: Draft, { list, entry }: EntryForm): Count | undefined {
  const entries = besides(list, entry);
  const markers = entries.map((each) => markerAt(text, startOf(text, each)));
  const [first] = markers;
  if (first === undefined || !/\d/.test(first)) return undefined;
  const [from, sign] = [Number(first.slice(0, -1)), first.at(-1)!];
  const counts = markers.every((each, at) => each === `${from + at}${sign}`);
  return counts ? { list, entries, from, sign } : undefined;
}

/** The entries of one depth that lie in the same one, in order. */
function besides({ entries }: ListBlock, entry: ListEntry): readonly ListEntry[] {
  const at = entries.indexOf(entry);
  const from = entries.slice(0, at).findLastIndex(({ depth }) => depth < entry.depth) + 1;
  const end = entries.findIndex(({ depth }, index) => index > at && depth < entry.depth);
  return entries.slice(from, end < 0 ? undefined : end).filter(({ depth }) => depth === entry.depth);
}

function numbered(
  draft: Draft,
  place: { readonly list: ListBlock; readonly entry: ListEntry },
  { number, gone }: { readonly number: number; readonly gone: Span | undefined },
): readonly TextEdit[] {
  const start = startOf(draft.text, place.entry);
  const was = markerAt(draft.text, start);
  const marker = `${number}${was.at(-1)}`;
  if (was === marker) return [];
  const own = { start, end: start + was.length };
  if (was.length === marker.length) return [editOf(draft, own, marker)];
  // What lies in it moves with its text, save what leaves it.
  const lines = linesOfEntry(draft.text, place);
  const isAround = gone && gone.start > lines.start && gone.end <= lines.end;
  if (isAround) return [editOf(draft, own, marker)];
  return [editOf(draft, lines, withMarker(draft.text.slice(lines.start, lines.end), marker))];
}

function startOf(text: string, entry: ListEntry): number {
  const start = lineStart(text, entry.box?.span.start ?? entry.span.start);
  return start + leadOf(text.slice(start, entry.span.start)).length;
}
