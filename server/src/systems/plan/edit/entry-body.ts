import type { Draft, EntryForm } from './draft.ts';
import { leadOf, linesOfEntry } from './entry-lines.ts';
import { markerAt, withMarker } from './recount.ts';

/** What lies in an entry of a list behind its own text, as it is written there. */
export interface EntryBody {
  /** What its first line begins with: indentation, and bullet or number. */
  readonly lead: string;
  readonly marker: string;
  readonly lines: string;
}

/** Undefined where an entry holds nothing but its own text. */
export function bodyOf({ text }: Draft, form: EntryForm): EntryBody | undefined {
  const { start, end } = linesOfEntry(text, form);
  const lines = text.slice(form.entry.span.end, end);
  if (lines.trim() === '') return undefined;
  const lead = leadOf(text.slice(start, form.entry.span.end));
  return { lead, marker: markerAt(text, start + lead.length), lines };
}

/** The same below an entry that begins as `first` does, indented as it has to be there. */
export function bodyBelow({ lead, marker, lines }: EntryBody, first: string, eol: string): string {
  const newLead = leadOf(first);
  const newMarker = markerAt(first, newLead.length);
  return withMarker(lead + marker + lines, newMarker)
    .slice((lead + newMarker).length)
    .replace(/(?:\r\n?|\n)([^\r\n]*)/g, (_break, line: string) =>
      line !== '' && line.startsWith(lead) ? `${eol}${newLead}${line.slice(lead.length)}` : `${eol}${line}`,
    );
}
