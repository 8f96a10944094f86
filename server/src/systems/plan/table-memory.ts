import type { TableRole } from './columns.ts';
import type { TableBlock } from './markdown.ts';
import type { ItemEntry, StatusSlot } from './model.ts';
import { movedSpan, type PieceMemory } from './piece-memory.ts';

/** An item that a table gave, with the id that it has unless that is taken. */
export interface KeptEntry {
  readonly entry: ItemEntry;
  readonly wish: string;
}

interface Kept {
  readonly role: string;
  readonly group: string;
  readonly entries: readonly KeptEntry[];
}

/** The items of a document's tables from one version to the next: a table that is the same has the same items. */
export class TableMemory {
  readonly #pieces: PieceMemory;
  #rests = '';
  #known = new WeakMap<TableBlock, Kept>();
  readonly #moved = new WeakMap<ItemEntry, { readonly from: ItemEntry; readonly by: number }>();

  constructor(pieces: PieceMemory) {
    this.#pieces = pieces;
  }

  /** Begins a version; `rests` is all that the reading of a table rests on besides itself, its role and group. */
  begin(rests: string): void {
    if (rests !== this.#rests) this.#known = new WeakMap();
    this.#rests = rests;
  }

  /** The items that the table had; undefined where it has to be read. */
  entriesOf(table: TableBlock, role: TableRole, group: string): readonly KeptEntry[] | undefined {
    const here = this.#known.get(table);
    const former = here ? undefined : this.#pieces.formerOf(table);
    const known = here ?? (former?.from.kind === 'table' ? this.#known.get(former.from) : undefined);
    if (known?.group !== group || known.role !== JSON.stringify(role)) return undefined;
    if (!former) return known.entries;
    return known.entries.map(({ entry, wish }) => {
      const moved = movedEntry(entry, former.by);
      this.#moved.set(moved, { from: entry, by: former.by });
      return { entry: moved, wish };
    });
  }

  keep(table: TableBlock, role: TableRole, group: string, entries: readonly KeptEntry[]): void {
    this.#known.set(table, { role: JSON.stringify(role), group, entries });
  }

  /** The item of the former version that this one is, where it stands elsewhere now. */
  formerOf(entry: ItemEntry): { readonly from: ItemEntry; readonly by: number } | undefined {
    return this.#moved.get(entry);
  }
}

function movedEntry({ item, span, slot, key }: ItemEntry, by: number): ItemEntry {
  const { location, statusSpan, dependencySpans, prioritySpan } = item;
  return {
    item: {
      ...item,
      location: { path: location.path, span: movedSpan(location.span, by) },
      statusSpan: movedSpan(statusSpan, by),
      ...(dependencySpans ? { dependencySpans: dependencySpans.map((each) => movedSpan(each, by)) } : {}),
      ...(prioritySpan ? { prioritySpan: movedSpan(prioritySpan, by) } : {}),
    },
    span: movedSpan(span, by),
    slot: movedSlot(slot, by),
    key,
  };
}

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
