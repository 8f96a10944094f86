import type { PlanItem, PlanStatus } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { isDay, isPlain, type TableRole, type TaskColumns } from './columns.ts';
import {
  hasClosingPipe,
  type Cell,
  type ListBlock,
  type ListEntry,
  type Row,
  type TableBlock,
} from './markdown.ts';
import type { ColumnShape, ItemEntry, StatusSlot, TaskTable } from './model.ts';
import { placesOf, splitDependencies } from './dependencies.ts';
import { readHeading } from './heading-items.ts';
import type { Lane } from './lanes.ts';
import type { RawSection } from './sections.ts';
import { Ids } from './slugs.ts';
import type { EntryMemory, KeptEntry } from './entry-memory.ts';
import {
  findTick,
  readPriority,
  readStatus,
  statusOfSymbol,
  withoutDecoration,
  type StatusReading,
} from './vocabulary.ts';
import { withoutAsides } from './asides.ts';
import type { BlockTexts } from './block-texts.ts';
import { readBox } from './box-items.ts';
import { placeOfMark, readBullet, type BulletOptions } from './bullets.ts';
import { flat } from './flat.ts';
import { attributesBelow } from './labels.ts';
import { findMark } from './marks.ts';
import { shapeOfColumn } from './column-shape.ts';
import { besides, said } from './row-facts.ts';
import { spanOfText, withBlanks, type ItemContext } from './places.ts';
import { statusIfStruck, strikeOf } from './struck.ts';

/** Reads rows of task tables and entries of check lists as items, in the document's order. */
export class ItemReader {
  readonly entries: ItemEntry[] = [];
  readonly tables: TaskTable[] = [];
  /** Whether an item had to take another id than it would have by its titles. */
  hasNamesakes = false;
  readonly #context: ItemContext;
  readonly #ids = new Ids();
  readonly #texts: BlockTexts;
  readonly #memory: EntryMemory | undefined;
  readonly #statuses = new Map<string, StatusReading>();

  constructor(
    context: ItemContext,
    { texts, memory }: { readonly texts: BlockTexts; readonly memory: EntryMemory | undefined },
  ) {
    this.#context = context;
    this.#texts = texts;
    this.#memory = memory;
  }

  /** `status` is that of a row without a mark, where no column says one. */
  readTable(
    table: TableBlock,
    role: TableRole,
    { group, status: bare }: { readonly group: string; readonly status: PlanStatus },
  ): void {
    if (role.role !== 'tasks') return;
    const { status, isTicked, priority, dependencies, isRich, isAboutWork } = role;
    this.tables.push({ status, isTicked, priority, dependencies, isRich, isAboutWork, rows: table.rows });
    const shape = (): ColumnShape => shapeOfColumn(table, role.status, this.#context.text);
    const column = this.#memory?.ofBlock(table, 'shape', shape) ?? shape();
    const around = this.#memory?.around([role, column, table.header.cells.length, bare]) ?? '';
    const place = { group, around };
    const read = (row: Row): Read | undefined => {
      const title = this.#titleOf(row, role);
      return title === undefined
        ? undefined
        : this.#readRow(row, { table, role, group, column, bare, title });
    };
    const { rows } = table;
    for (let at = 0; at < rows.length; at++) this.#again(rows[at]!, place, read);
  }

  /** Takes in what was read of a row or entry, from what it was read as before where that is the same. */
  #again<From extends Row | ListEntry>(
    from: From,
    place: Place,
    read: (from: From, place: Place) => Read | undefined,
  ): ItemEntry | undefined {
    const before = this.#memory?.of(from, place.around);
    if (before === 'none') return undefined;
    const made = before ? undefined : read(from, place);
    const kept = before ? this.#push(before, place) : made && this.#add(made.item, made.more);
    if (!before || kept !== before) this.#memory?.keep(from, place.around, kept);
    return kept?.entry;
  }

  #readRow(row: Row, { table, role, group, column, bare, title }: Around & { readonly title: string }): Read {
    const { statusText, statusSpan, slot, ...written } = isPlain(role)
      ? this.#readMark(
          row.cells[role.title]!,
          isDay(row.cells[role.finished ?? -1]?.text ?? '') ? 'done' : bare,
        )
      : role.isTicked
        ? this.#readTick(row, role, bare)
        : this.#readCell(row, role, table, column);
    const { span } = row.cells[role.title]!;
    const status = statusIfStruck({ ...written, statusText }, strikeOf(this.#context.text, span));
    const item = {
      title,
      group,
      status,
      statusText,
      priority: readPriority(row.cells[role.priority ?? -1]?.text ?? ''),
      effort: said(row.cells[role.effort ?? -1]),
      ...this.#dependencies(row.cells[role.dependencies ?? -1]),
      location: { path: this.#context.path, span },
      statusSpan,
      ...besides(row, role),
    };
    // Nobody writes 'Planned' elsewhere for what it is.
    const isOverruled = slot.kind === 'cell' && status !== written.status;
    return {
      item,
      more: { span: row.span, slot: isOverruled ? { ...slot, isPlain: false } : slot, parents: [] },
    };
  }

  /** Entries with a box, and of a list of work (`bullets`) also those with a mark, or all. */
  readList(
    list: ListBlock,
    {
      group,
      label,
      isFinished,
      lane,
      board,
    }: {
      readonly group: string;
      readonly label: string | undefined;
      readonly isFinished: boolean;
      readonly lane: Lane | undefined;
      /** What a board is called, of whose columns this is one: a card keeps its id from column to column. */
      readonly board: string | undefined;
    },
    bullets?: BulletOptions,
  ): void {
    /** The items that the next entry may lie in, the outermost first. */
    const above: { readonly depth: number; readonly id: string }[] = [];
    const outermost: Place = {
      group,
      board,
      around: this.#memory?.around([bullets, label, isFinished, lane, board]) ?? '',
    };
    const find = (): ReturnType<typeof attributesBelow> => attributesBelow(list, this.#texts);
    const attributes = this.#memory ? this.#memory.ofBlock(list, 'attributes', find) : find();
    const read = (entry: ListEntry, { parent }: Place): Read | undefined => {
      // What lies in an entry is a part of a card, and may be done before the card is.
      const ofCard = entry.depth === 0 ? lane : undefined;
      const context = { ...this.#context, below: attributes?.get(entry), isFinished, lane: ofCard };
      const own = entry.box ? readBox(entry, context) : bullets && readBullet(entry, bullets, context);
      if (!own) return undefined;
      const item = { group, ...own.item, ...(parent === undefined ? {} : { parent }) };
      return {
        item,
        more: {
          span: own.span,
          slot: own.slot,
          parents: entry.parents,
          label,
          isEntry: true,
          isFinished,
          board,
        },
      };
    };
    for (const entry of list.entries) {
      while (above.length > 0 && above.at(-1)!.depth >= entry.depth) above.pop();
      const below = attributes?.get(entry);
      const around = below && this.#memory?.aroundWith(entry, below, outermost.around);
      const place = placeIn(outermost, around, above.at(-1)?.id);
      const taken = this.#again(entry, place, read);
      if (taken) above.push({ depth: entry.depth, id: taken.item.id });
    }
  }

  /** A heading that is an item itself. */
  readHeading(
    section: RawSection,
    { group, status }: { readonly group: string; readonly status: PlanStatus },
  ): void {
    const { item, span, slot } = readHeading(section, this.#context, status);
    this.#add({ group, ...item }, { span, slot, parents: [] });
  }

  #add(item: Omit<PlanItem, 'id'>, more: Placing): KeptEntry {
    const key = [
      ...(more.label === undefined ? [] : [more.label]),
      ...more.parents,
      item.title,
      ...(more.slot.kind === 'tick' ? [item.note ?? ''] : []),
      // Two people may each have one of the same title, and what is done may be done again, as an entry's own text says.
      ...(more.isEntry ? [item.owner ?? '', item.finished ?? ''] : []),
    ]
      .join('\0')
      .toLowerCase();
    const wish = this.#ids.wishOf([
      more.board ?? item.group,
      [...more.parents.slice(-1).map((text) => withoutAsides(text, more)), item.title].join(' '),
    ]);
    const id = this.#take(wish);
    const entry = { item: { id, ...item }, span: more.span, slot: more.slot, key };
    this.entries.push(entry);
    return { entry, wish };
  }

  /** Takes in what was read before, in the group and the item that it is a part of now, under an id that is free. */
  #push(before: KeptEntry, place: Place): KeptEntry {
    const { entry } = before;
    const { item } = entry;
    const isCalledSo = item.group === place.group || place.board !== undefined;
    const wish = isCalledSo ? before.wish : this.#ids.wishIn(place.group, before.wish);
    const id = this.#take(wish);
    const isSame = id === item.id && place.group === item.group && place.parent === item.parent;
    const now = isSame ? before : { entry: { ...entry, item: placedIn(item, id, place) }, wish };
    this.entries.push(now.entry);
    return now;
  }

  #take(wish: string): string {
    const id = this.#ids.take(wish);
    if (id !== wish) this.hasNamesakes = true;
    return id;
  }

  #dependencies(cell: Cell | undefined): Pick<PlanItem, 'dependencies' | 'dependencySpans'> {
    const dependencies = splitDependencies(cell?.text ?? '');
    if (!cell || dependencies.length === 0) return { dependencies: [] };
    const places = placesOf(dependencies, cell.span, this.#context.text);
    return { dependencies, dependencySpans: places };
  }

  /** Undefined for rows that are no work: separators, sums, and bold rows that only head the rows below. */
  #titleOf(row: Row, columns: TaskColumns): string | undefined {
    const cell = row.cells[columns.title];
    if (!cell) return undefined;
    const mark = isPlain(columns) ? findMark(flat(cell.text), this.#context.legend) : undefined;
    const title = withoutDecoration(mark?.rest ?? flat(cell.text));
    if (/^[\s.…–—-]*$/.test(title) || /^(?:total|sum|subtotal)\b/i.test(title)) return undefined;
    if (row.cells.some(({ text }) => /^(?:sub)?total:?$/i.test(text.trim()))) return undefined;
    const isAlone = row.cells.every((other) => other === cell || other.text === '');
    const isBold = /^(?:\*\*|__)/.test(this.#context.text.slice(cell.span.start, cell.span.end));
    return isAlone && isBold && row.cells.length > 1 ? undefined : title;
  }

  #readCell(row: Row, columns: TaskColumns, table: TableBlock, column: ColumnShape): StatusPart {
    const cell = row.cells[columns.status];
    if (!cell) {
      const endsWithPipe = hasClosingPipe(this.#context.text.slice(row.span.start, row.span.end));
      const missing = Math.min(columns.status + 1, table.header.cells.length) - row.cells.length;
      const statusSpan = { start: row.span.end, end: row.span.end };
      return {
        status: 'unknown',
        statusText: '',
        statusSpan,
        slot: { kind: 'absent', missing, endsWithPipe },
      };
    }
    const { status, plain, symbol } = this.#statusOf(cell.text);
    return {
      status,
      statusText: flat(cell.text),
      statusSpan: cell.span,
      slot: { kind: 'cell', room: cell.room, column, isPlain: plain, symbol },
    };
  }

  /** A document has few words for statuses, each many times. */
  #statusOf(text: string): StatusReading {
    let known = this.#statuses.get(text);
    if (!known) this.#statuses.set(text, (known = readStatus(text, this.#context.legend)));
    return known;
  }

  #readMark(cell: Cell, bare: PlanStatus): StatusPart {
    const mark = findMark(flat(cell.text), this.#context.legend);
    const { span, slot } = placeOfMark(mark, cell.span, this.#context);
    return { status: mark?.status ?? bare, statusText: mark?.text ?? '', statusSpan: span, slot };
  }

  #readTick(row: Row, columns: TaskColumns, bare: PlanStatus): StatusPart {
    const cell = row.cells[columns.status];
    const tick = findTick(cell?.text ?? '');
    if (!cell || !tick) {
      const start = cell?.span.start ?? row.span.end;
      return {
        status: bare,
        statusText: '',
        statusSpan: { start, end: start },
        slot: { kind: 'tick', symbol: undefined, isBefore: true },
      };
    }
    const isBefore = tick.index === 0;
    const status = statusOfSymbol(tick.symbol, this.#context.legend);
    const statusSpan = withBlanks(
      spanOfText(cell.span, tick.symbol, this.#context),
      cell.span,
      this.#context.text,
      isBefore,
    );
    return {
      status,
      statusText: tick.symbol,
      statusSpan,
      slot: { kind: 'tick', symbol: tick.symbol, isBefore },
    };
  }
}

/** What the rows of a table of tasks have in common. */
interface Around {
  readonly table: TableBlock;
  readonly role: TaskColumns;
  readonly group: string;
  readonly column: ColumnShape;
  /** The status of a row that says none, where no column is for it. */
  readonly bare: PlanStatus;
}

/** What an item is a part of, and all else besides its own text that it was read by. */
interface Place {
  readonly around: string;
  readonly group: string;
  /** What the ids of a board's cards begin with. */
  readonly board?: string | undefined;
  readonly parent?: string;
}

function placeIn(outermost: Place, around: string | undefined, parent: string | undefined): Place {
  if (around === undefined && parent === undefined) return outermost;
  return {
    group: outermost.group,
    board: outermost.board,
    around: around ?? outermost.around,
    ...(parent === undefined ? {} : { parent }),
  };
}

interface Read {
  readonly item: Omit<PlanItem, 'id'>;
  readonly more: Placing;
}

interface Placing {
  readonly span: Span;
  readonly slot: StatusSlot;
  readonly parents: readonly string[];
  /** What announces its list, which tells it from items of the same title in others. */
  readonly label?: string | undefined;
  /** It is an entry of a list. */
  readonly isEntry?: boolean;
  /** It stands among what is finished. */
  readonly isFinished?: boolean;
  /** What its id begins with in place of its group. */
  readonly board?: string | undefined;
}

/** An item as a part of something else. */
function placedIn(item: PlanItem, id: string, { group, parent }: Place): PlanItem {
  const placed: PlanItem & { parent?: string } = { ...item, id, group };
  if (parent !== undefined) placed.parent = parent;
  else if (item.parent !== undefined) delete placed.parent;
  return placed;
}

type StatusPart = Pick<PlanItem, 'status' | 'statusText' | 'statusSpan'> & { readonly slot: StatusSlot };
