import type { ListEntry, Row, TableBlock } from './markdown.ts';
import type { ItemEntry, StatusSlot } from './model.ts';
import { movedSpan } from './piece-memory.ts';

/** An item, with the id that it has unless that is taken. */
export interface KeptEntry {
  readonly entry: ItemEntry;
  readonly wish: string;
}

interface Kept {
  /** Where the row or list entry stood when this was told. */
  readonly at: number;
  readonly around: string;
  /** Undefined for what is no item. */
  readonly kept: KeptEntry | undefined;
}

/**
 * The items of a document's tables and lists from one version to the next: a row or list entry that is the same is the same
 * item, the very same object, and moves with it.
 */
export class EntryMemory {
  #rests = '';
  #before: ReadonlyMap<Row | ListEntry, Kept> = new Map();
  #now = new Map<Row | ListEntry, Kept>();
  #tables = new WeakMap<TableBlock, Map<string, unknown>>();

  /** Begins a version; `rests` is all that items rest on besides where they stand and what is around them. */
  begin(rests: string): void {
    this.#before = rests === this.#rests ? this.#now : new Map();
    if (rests !== this.#rests) this.#tables = new WeakMap();
    this.#rests = rests;
    this.#now = new Map();
  }

  /** What is made of a whole table, while it is the same; each under a name of its own. */
  ofTable<T>(table: TableBlock, name: string, make: () => T): T {
    let made = this.#tables.get(table);
    if (!made) this.#tables.set(table, (made = new Map()));
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  }

  /** The item that it was, `around` the same, and where that is none `none`; undefined where it has to be read. */
  of(from: Row | ListEntry, around: string): KeptEntry | 'none' | undefined {
    const known = this.#before.get(from);
    if (known?.around !== around) return undefined;
    const by = from.span.start - known.at;
    if (by !== 0 && known.kept) moveItem(known.kept.entry, by);
    return known.kept ?? 'none';
  }

  keep(from: Row | ListEntry, around: string, kept: KeptEntry | undefined): void {
    this.#now.set(from, { at: from.span.start, around, kept });
  }
}

/** Spans are replaced and never written into: others hold them. */
function moveItem(entry: Writable<ItemEntry>, by: number): void {
  const item: Writable<ItemEntry['item']> = entry.item;
  item.location = { path: item.location.path, span: movedSpan(item.location.span, by) };
  item.statusSpan = movedSpan(item.statusSpan, by);
  if (item.dependencySpans) item.dependencySpans = item.dependencySpans.map((each) => movedSpan(each, by));
  if (item.prioritySpan) item.prioritySpan = movedSpan(item.prioritySpan, by);
  entry.span = movedSpan(entry.span, by);
  entry.slot = movedSlot(entry.slot, by);
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function movedSlot(slot: StatusSlot, by: number): StatusSlot {
  switch (slot.kind) {
    case 'cell':
      return { ...slot, room: movedSpan(slot.room, by) };
    case 'box':
      return { ...slot, symbolSpan: movedSpan(slot.symbolSpan, by) };
    case 'absent':
    case 'tick':
      return slot;
  }
}
