import { splitDependencies } from '../dependencies.ts';
import { placeOfValue } from '../entry-facts.ts';
import { attributesBelow, firstOf, type Attribute } from '../labels.ts';
import { isNothing, readPriority, readStatus } from '../vocabulary.ts';
import type { Draft, EntryForm } from './draft.ts';
import { entriesBelow, leadOf, linesOfEntry } from './entry-lines.ts';
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

/** What entries that lie in an item's entry say of it, by the names of their keys. */
export function linesBelow({ list, entry }: EntryForm): ReadonlyMap<string, Attribute> {
  return firstOf(attributesBelow(list)?.get(entry) ?? []);
}

/** True where the entries that lie in an item's entry only say something of it. */
export function saysOnlyOfItself({ list, entry }: EntryForm): boolean {
  const saying = new Set(attributesBelow(list)?.get(entry));
  return entriesBelow({ list, entry }).every((each) => saying.has(each));
}

/** True where what lies in an item's entry says nothing but what is read of the item, in plain words. */
export function saysWhatIsRead(draft: Draft, form: EntryForm): boolean {
  const lines = [...linesBelow(form)];
  const written =
    bodyOf(draft, form)
      ?.lines.split(/[\r\n]+/)
      .filter((line) => line.trim() !== '') ?? [];
  return (
    lines.length === written.length &&
    saysOnlyOfItself(form) &&
    lines.every(
      ([name, line]) => isRead(name, line, form, draft) && placeOfValue(line, draft.text) !== undefined,
    )
  );
}

function isRead(name: string, { text }: Attribute, { item: { item } }: EntryForm, { model }: Draft): boolean {
  if (isNothing(text)) return true;
  if (name === 'status') {
    const { status, plain } = readStatus(text, model.legend);
    return plain && status === item.status;
  }
  if (name === 'priority') return readPriority(text) === item.priority;
  if (name === 'dependencies') return splitDependencies(text).join('\n') === item.dependencies.join('\n');
  return text === { effort: item.effort, owner: item.owner, due: item.due }[name];
}

/** What lies in an entry below one that begins as `first` does, indented as it has to be there. */
export function bodyBelow({ lead, marker, lines }: EntryBody, first: string, eol: string): string {
  const newLead = leadOf(first);
  const newMarker = markerAt(first, newLead.length);
  return withMarker(lead + marker + lines, newMarker)
    .slice((lead + newMarker).length)
    .replace(/(?:\r\n?|\n)([^\r\n]*)/g, (_break, line: string) =>
      line !== '' && line.startsWith(lead) ? `${eol}${newLead}${line.slice(lead.length)}` : `${eol}${line}`,
    );
}
