import type { NewItem, SettableStatus } from '../../../core/plan-edit.ts';
import type { PlanItem, PlanStatus } from '../../../core/plan.ts';
import { asidesOf } from '../asides.ts';
import { findMark } from '../marks.ts';
import { isNothing } from '../vocabulary.ts';
import { isPlain } from '../columns.ts';
import type { TableBlock } from '../markdown.ts';
import type { ItemEntry } from '../model.ts';
import { bulletSymbolOf, labelOf } from '../status-style.ts';
import { asCell } from './cells.ts';
import {
  textOfEntry,
  textOfHeading,
  type Draft,
  type EntryForm,
  type HeadingForm,
  type ItemForm,
  type RowForm,
} from './draft.ts';
import { bodyOf, linesBelow, saysWhatIsRead, type EntryBody } from './entry-body.ts';
import { priorityLabel, withoutPriority } from './set-facts.ts';

/** An item on its way: what is written of it, each part as Markdown, apart from the table or list that it leaves. */
export interface Parcel {
  readonly title: string;
  readonly status: PlanStatus;
  /** Nobody said the status, so that its new place may. */
  readonly isUnsaid?: boolean;
  /** As it is written in a cell of its own, where it says more than the status. */
  readonly statusText?: string;
  readonly priority: string;
  readonly effort: string;
  readonly dependencies: string;
  /** What else its row says, by the header of the column. */
  readonly others: ReadonlyMap<string, string>;
  /** What its row is named by in a column for that, and the column's header. */
  readonly code?: { readonly text: string; readonly header: string };
  /** The day on which it was finished. */
  readonly finished?: string;
  /** What lies in its entry of a list, where it comes from one. */
  readonly body?: EntryBody;
  /** The body says the status. */
  readonly isStatusBelow?: boolean;
  /** All that the body says is said by the other parts, too. */
  readonly isToldApart?: boolean;
  /** The same as an entry of a list says it, where it comes from one: with all that stands beside the title. */
  readonly entry?: Pick<Parcel, 'title' | 'priority'>;
}

/** Packs an item; nothing of what is written is left behind. */
export function pack(draft: Draft, form: ItemForm): Parcel {
  if (form.kind === 'row') return packRow(draft, form);
  return form.kind === 'entry' ? packEntry(draft, form) : packHeading(draft, form);
}

export function packNew({ title, status, priority = '', effort = '', dependencies = [] }: NewItem): Parcel {
  return {
    title,
    status: status ?? 'planned',
    isUnsaid: status === undefined,
    priority,
    effort,
    dependencies: dependencies.join(', '),
    others: new Map(),
  };
}

function packRow({ text }: Draft, { item, columns, row, table }: RowForm): Parcel {
  const at = (column: number | undefined): string => {
    const cell = column === undefined ? undefined : row.cells[column];
    return cell ? text.slice(cell.span.start, cell.span.end) : '';
  };
  const known = new Set([
    columns.title,
    columns.status,
    columns.priority,
    columns.effort,
    columns.dependencies,
  ]);
  const others = row.cells.flatMap(({ text: said }, column) =>
    known.has(column) || said === '' ? [] : [[table.header.cells[column]?.text ?? '', at(column)] as const],
  );
  const { slot, item: read } = item;
  return {
    title: isPlain(columns) ? titleBesideMark({ text }, item) : at(columns.title),
    status: read.status,
    ...(slot.kind === 'cell' && !slot.isPlain && read.statusText !== ''
      ? { statusText: at(columns.status) }
      : {}),
    priority: read.priority ?? '',
    effort: isNothing(at(columns.effort)) ? '' : at(columns.effort),
    dependencies: isNothing(at(columns.dependencies)) ? '' : at(columns.dependencies),
    others: new Map(others),
    ...(read.code === undefined || !columns.code
      ? {}
      : { code: { text: read.code, header: table.header.cells[columns.code.column]?.text ?? '' } }),
  };
}

/** What a row is named by goes before its title where no column of the new place is for it: others wait for it by that. */
export function calledByCode(parcel: Parcel, table: TableBlock | undefined): Parcel {
  const { code, title } = parcel;
  const isKept = !code || table?.header.cells.some(({ text }) => isSameHeader(text, code.header));
  return isKept || title.startsWith(code.text) ? parcel : { ...parcel, title: `${code.text}: ${title}` };
}

/** The text of a cell without the symbol that stands before or behind it. */
function titleBesideMark({ text }: Pick<Draft, 'text'>, { item, slot }: ItemEntry): string {
  const { start, end } = item.location.span;
  if (slot.kind !== 'tick' || slot.symbol === undefined) return text.slice(start, end);
  const behind = text.slice(item.statusSpan.end, end);
  return slot.isBefore ? behind : text.slice(start, item.statusSpan.start) + behind;
}

function packEntry(draft: Draft, form: EntryForm): Parcel {
  const { text } = draft;
  const { item: read, slot } = form.item;
  const { start, end } = textOfEntry(form);
  // A symbol behind the text goes, too.
  const mark = slot.kind === 'tick' && !slot.isBefore ? read.statusSpan : { start: end, end };
  const written = (text.slice(start, mark.start) + text.slice(mark.end, end)).replace(/\s+/g, ' ');
  const body = bodyOf(draft, form);
  const isRanked = read.priority !== undefined && !read.prioritySpan;
  const entry = {
    title: isRanked ? withoutPriority(written) : written,
    priority: isRanked ? (read.priority ?? '') : '',
  };
  const asides = asidesOf(entry.title, {
    isBoxed: slot.kind === 'box',
    isFinished: read.finished !== undefined,
  });
  const isBeside = asides.title !== entry.title.trim();
  const isToldApart = body !== undefined && saysWhatIsRead(draft, form);
  const isApart = isBeside || isToldApart;
  return {
    ...(body ? { body, isToldApart, isStatusBelow: linesBelow(form).has('status') } : {}),
    entry,
    title: isBeside ? asides.title : entry.title,
    status: read.status,
    priority: isApart ? (read.priority ?? '') : entry.priority,
    effort: read.effort ?? '',
    dependencies: isApart ? read.dependencies.join(', ') : '',
    others: isApart ? new Map([...ownFacts(read), ...(slot.kind === 'box' ? signsOf(read) : [])]) : new Map(),
  };
}

/** What only a box has signs for. */
function signsOf({ code, note }: PlanItem): readonly (readonly [string, string])[] {
  const said = [note, code].filter((part) => part !== undefined).join(' ');
  return said === '' ? [] : [['signs', said]];
}

function packHeading(draft: Draft, form: HeadingForm): Parcel {
  const { item } = form.item;
  const title = nameOfHeading(draft, form);
  return {
    title: item.priority === undefined || item.prioritySpan ? title : withoutPriority(title),
    status: item.status,
    priority: item.priority ?? '',
    effort: item.effort ?? '',
    dependencies: item.dependencies.join(', '),
    others: ownFacts(item),
  };
}

/** Whose an item is, by when it is due and when it was done, by what a table calls these. */
function ownFacts({ owner, due, finished }: PlanItem): ReadonlyMap<string, string> {
  const said = Object.entries({ Owner: owner, Due: due, Completed: finished });
  return new Map(said.flatMap(([header, text]) => (text === undefined ? [] : [[header, text]])));
}

/** What is written of an entry of a list, all of it in its title. */
export function asWritten(parcel: Parcel): Parcel {
  const { entry, ...rest } = parcel;
  return entry ? { ...rest, ...entry, effort: '', dependencies: '', others: new Map() } : parcel;
}

/** A heading's text without what it says of a status. */
function nameOfHeading(draft: Draft, form: HeadingForm): string {
  const { text, model } = draft;
  const { item, slot } = form.item;
  const { start, end } = textOfHeading(draft, form);
  const written = text.slice(start, end);
  if (item.statusText === '' || item.statusSpan.start >= item.location.span.end) return written.trim();
  // A symbol and a word may say it together. In a link's address, no word is one.
  const mark = written.includes('](') ? undefined : findMark(written, model.legend, { isHeading: true });
  if (mark) return mark.rest.trim();
  const rest = text.slice(start, item.statusSpan.start) + text.slice(item.statusSpan.end, end);
  // A word stood in brackets or behind a dash.
  return slot.kind === 'cell' ? rest.replace(/\[\]|\(\)|\s[–—-]+\s*$/u, '').trim() : rest.trim();
}

/** What a row of a table must say to hold a parcel, column by column; a sentence where something has no place. */
export function asTexts(
  draft: Draft,
  { table, columns }: Pick<RowForm, 'table' | 'columns'>,
  parcel: Parcel,
): readonly string[] | { readonly refused: string } {
  const texts = table.header.cells.map(() => '');
  const homeless: string[] = [];
  const put = (column: number | undefined, content: string, name: string): void => {
    if (content === '') return;
    if (column === undefined || texts[column] === undefined) homeless.push(name);
    else texts[column] = asCell(content);
  };
  put(columns.title, parcel.title, 'title');
  put(columns.priority, parcel.priority && priorityLabel(draft, parcel.priority), 'priority');
  put(columns.effort, parcel.effort, 'effort');
  put(columns.dependencies, parcel.dependencies, 'dependencies');
  for (const [header, content] of parcel.others) {
    const column = table.header.cells.findIndex((cell) => isSameHeader(cell.text, header));
    const own = { Owner: columns.owner, Due: columns.due, Completed: columns.finished }[header];
    put(column < 0 ? own : column, content, header);
  }
  // What is finished takes along what a title can hold.
  if (homeless.length > 0 && parcel.finished !== undefined && parcel.entry && !parcel.body)
    return asTexts(draft, { table, columns }, asWritten(parcel));
  const dated =
    parcel.finished === undefined
      ? -1
      : (columns.finished ?? table.header.cells.findIndex(({ text }) => dateHeader.test(text)));
  if (dated >= 0) texts[dated] = parcel.finished!;
  if (isPlain(columns)) texts[columns.title] = plainTitle(draft, table, parcel, dated >= 0);
  else if (columns.isTicked) {
    if (parcel.status !== 'planned' && parcel.status !== 'unknown') homeless.push('status');
  } else texts[columns.status] = statusCell(draft, parcel, dated >= 0);
  const lost = parcel.finished === undefined || parcel.body ? homeless[0] : undefined;
  if (lost !== undefined)
    return { refused: `the table has no column for \`${lost}\` of \`${parcel.title}\`; add one to it` };
  return texts;
}

/** In a table that has no column for the status, a mark says what a row without one would not be; nor may the day be lost. */
function plainTitle(
  draft: Draft,
  { span }: TableBlock,
  { title, status, isUnsaid, finished }: Parcel,
  isDated: boolean,
): string {
  const inside = draft.model.entries.filter(
    ({ item }) => item.location.span.start >= span.start && item.location.span.end <= span.end,
  );
  const bare = inside.find(({ item }) => item.statusText === '')?.item.status ?? 'planned';
  const dated = asCell(finished === undefined || isDated ? title : `${title} (${finished})`);
  if (isUnsaid || status === 'unknown' || status === bare) return dated;
  return `${bulletSymbolOf(status, draft.model, draft.text)} ${dated}`;
}

/** In a table of finished items a date is the day. */
const dateHeader = /^\W*(?:date|when)\W*$/iu;

function isSameHeader(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function statusCell(draft: Draft, { status, statusText, finished }: Parcel, isDated: boolean): string {
  if (statusText !== undefined) return statusText;
  if (status === 'unknown') return '';
  const label = labelOf(status satisfies SettableStatus, draft.model, draft.text);
  return finished === undefined || isDated ? label : `${label} (${finished})`;
}
