import type { TextEdit } from '../../../core/finding.ts';
import type { StatusWords } from '../../../core/plan.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { readColumns, type TaskColumns } from '../columns.ts';
import {
  parseMarkdown,
  type Block,
  type HeadingBlock,
  type ListBlock,
  type ListEntry,
  type Row,
  type TableBlock,
} from '../markdown.ts';
import type { ItemEntry, PlanModel } from '../model.ts';
import type { Repair } from '../mojibake.ts';

/** A document that is about to be edited: its text, what was read from it, and its blocks. */
export interface Draft {
  readonly source: SourceFile;
  readonly text: string;
  readonly model: PlanModel;
  readonly blocks: readonly Block[];
  readonly repair: Repair;
  /** The team's own words for statuses. */
  readonly words: StatusWords | undefined;
}

/** The edits of one or two documents, or why there are none, in a sentence. */
export type Change = readonly TextEdit[] | Refused;

export interface Refused {
  readonly refused: string;
}

export function isRefused(change: object): change is Refused {
  return 'refused' in change;
}

/** How an item is written: as a row of a table, as an entry of a list or as a heading. */
export type ItemForm = RowForm | EntryForm | HeadingForm;

export interface HeadingForm {
  readonly kind: 'heading';
  readonly item: ItemEntry;
  readonly heading: HeadingBlock;
}

export interface RowForm {
  readonly kind: 'row';
  readonly item: ItemEntry;
  readonly table: TableBlock;
  readonly columns: TaskColumns;
  readonly row: Row;
}

export interface EntryForm {
  readonly kind: 'entry';
  readonly item: ItemEntry;
  readonly list: ListBlock;
  readonly entry: ListEntry;
}

export function openDraft({ source, model, project }: ParsedFile<PlanModel>): Draft {
  const { blocks, repair } = parseMarkdown(source.text);
  return { source, text: source.text, model, blocks, repair, words: project.statusWords };
}

export function itemOf({ model }: Draft, id: string): ItemEntry | Refused {
  const entry = model.entries.find(({ item }) => item.id === id);
  return entry ?? { refused: `the task \`${id}\` is no longer in the document; look at the plan anew` };
}

export function formOf(draft: Draft, id: string): ItemForm | Refused {
  const item = itemOf(draft, id);
  if (isRefused(item)) return item;
  const { start } = item.item.location.span;
  for (const block of draft.blocks) {
    if (block.kind === 'table') {
      const row = block.rows.find(({ span }) => span.start <= start && start < span.end);
      const columns = row && taskColumns(draft, block);
      if (row && columns) return { kind: 'row', item, table: block, columns, row };
    } else if (block.kind === 'list') {
      const entry = block.entries.find(({ span }) => span.start === start);
      if (entry) return { kind: 'entry', item, list: block, entry };
    } else if (block.kind === 'heading' && block.span.start <= start && start < block.span.end)
      return { kind: 'heading', item, heading: block };
  }
  return { refused: `the task \`${item.item.title}\` is written in a way that cannot be changed from here` };
}

export function taskColumns({ model }: Pick<Draft, 'model'>, table: TableBlock): TaskColumns | undefined {
  const role = readColumns(table, '', model.legend);
  return role.role === 'tasks' ? role : undefined;
}

/** An entry's own text: behind its box or the symbol that it begins with. */
export function textOfEntry({ item, entry }: EntryForm): Span {
  const { slot, item: read } = item;
  const start =
    slot.kind === 'box'
      ? slot.symbolSpan.end
      : slot.kind === 'tick' && slot.symbol !== undefined && slot.isBefore
        ? read.statusSpan.end
        : entry.span.start;
  return { start: Math.max(entry.span.start, start), end: entry.span.end };
}

/** A heading's own text: behind its signs, without the ones that close it or the line below it. */
export function textOfHeading({ text }: Pick<Draft, 'text'>, { item: { item } }: HeadingForm): Span {
  const { start, end } = item.location.span;
  const around = /(?:[ \t]+#+)?[ \t]*$|(?:\r\n?|\n)[ \t>]*(?:=+|-+)[ \t]*$/.exec(text.slice(start, end));
  return { start, end: start + (around?.index ?? end - start) };
}

export function editOf({ source }: Draft, span: Span, newText: string): TextEdit {
  return { path: source.path, span, newText };
}
