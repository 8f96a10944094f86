import type { Block, ListEntry, Row } from './markdown.ts';
import type { ItemEntry, StatusSlot } from './model.ts';
import { moveSpan } from './piece-memory.ts';

/** An item, with the id that it has unless that is taken. */
export interface KeptEntry {
  readonly entry: ItemEntry;
  readonly wish: string;
}

interface Kept {
  /** Where the row or list entry stood when this was told. */
  at: number;
  around: string;
  /** Undefined for what is no item. */
  kept: KeptEntry | undefined;
  /** The version that it was told of last. */
  version: number;
}

/** What is around an entry, with others that lie in it. */
interface Below {
  readonly entries: readonly ListEntry[];
  readonly places: readonly number[];
  readonly around: string;
  readonly whole: string;
}

/** Limit: each name that a group once had would else be kept for good. */
const mostArounds = 10_000;

/**
 * The items of a document's tables and lists from one version to the next: a row or list entry that is the same is the same
 * item, the very same object, and moves with it.
 */
export class EntryMemory {
  #rests = '';
  /** One for all versions, as nearly all rows and entries outlive an edit. */
  #known = new Map<Row | ListEntry, Kept>();
  #version = 0;
  /** How many were told of in this version. */
  #count = 0;
  /** Equal texts as one, so that to compare them costs nothing. */
  readonly #arounds = new Map<string, string>();
  #blocks = new WeakMap<Block, Map<string, unknown>>();
  readonly #below = new WeakMap<ListEntry, Below>();

  /** Begins a version; `rests` is all that items rest on besides where they stand, what they are parts of and what is around them. */
  begin(rests: string): void {
    if (rests !== this.#rests) {
      this.#blocks = new WeakMap();
      this.#known.clear();
    }
    if (this.#arounds.size > mostArounds) this.#arounds.clear();
    this.#rests = rests;
    // What is gone is let go of before there is as much of it as of what is there.
    if (this.#known.size > 2 * this.#count)
      for (const [from, { version }] of this.#known) if (version !== this.#version) this.#known.delete(from);
    this.#version++;
    this.#count = 0;
  }

  /** What is made of a whole table or list, while it is the same; each under a name of its own. */
  ofBlock<T>(block: Block, name: string, make: () => T): T {
    let made = this.#blocks.get(block);
    if (!made) this.#blocks.set(block, (made = new Map()));
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  }

  /** What rows or entries are read by besides their own text, for `of` and `keep`. */
  around(said: unknown): string {
    const text = JSON.stringify(said);
    const known = this.#arounds.get(text);
    if (known === undefined) this.#arounds.set(text, text);
    return known ?? text;
  }

  /** The same for an entry that is read by others, too, which lie in it: by their texts, and where they stand as seen from it. */
  aroundWith(entry: ListEntry, below: readonly ListEntry[], around: string): string {
    const known = this.#below.get(entry);
    const isSame = (other: ListEntry, at: number): boolean =>
      other === known?.entries[at] && other.span.start - entry.span.start === known.places[at];
    if (known?.around === around && known.entries.length === below.length && below.every(isSame))
      return known.whole;
    const places = below.map(({ span }) => span.start - entry.span.start);
    const lengths = below.map(({ span }) => span.end - span.start);
    const whole = this.around([around, places, lengths, below.map(({ text }) => text)]);
    this.#below.set(entry, { entries: below, places, around, whole });
    return whole;
  }

  /** The item that it was and is, `around` the same, and where that is none `none`; undefined where it has to be read. */
  of(from: Row | ListEntry, around: string): KeptEntry | 'none' | undefined {
    const known = this.#known.get(from);
    if (known?.around !== around || known.version !== this.#version - 1) return undefined;
    const at = from.span.start;
    if (known.at !== at && known.kept) moveItem(known.kept.entry, at - known.at);
    known.at = at;
    known.version = this.#version;
    this.#count++;
    return known.kept ?? 'none';
  }

  /** Notes what it is, where that is another than `of` told. */
  keep(from: Row | ListEntry, around: string, kept: KeptEntry | undefined): void {
    const at = from.span.start;
    const known = this.#known.get(from);
    // One that is only called otherwise goes on with the spans that it has.
    if (kept && kept.entry.span !== known?.kept?.entry.span) ownSpans(kept.entry);
    if (known?.version !== this.#version) this.#count++;
    if (known) {
      known.at = at;
      known.around = around;
      known.kept = kept;
      known.version = this.#version;
    } else this.#known.set(from, { at, around, kept, version: this.#version });
  }
}

/** Gives an item spans that neither its row nor another item moves. */
function ownSpans(entry: Writable<ItemEntry>): void {
  const item: Writable<ItemEntry['item']> = entry.item;
  item.location = { path: item.location.path, span: { ...item.location.span } };
  item.statusSpan = { ...item.statusSpan };
  if (item.dependencySpans) item.dependencySpans = item.dependencySpans.map((each) => ({ ...each }));
  if (item.prioritySpan) item.prioritySpan = { ...item.prioritySpan };
  entry.span = { ...entry.span };
  entry.slot = withOwnSpans(entry.slot);
}

function withOwnSpans(slot: StatusSlot): StatusSlot {
  if (slot.kind === 'cell') return { ...slot, room: { ...slot.room } };
  return slot.kind === 'box' ? { ...slot, symbolSpan: { ...slot.symbolSpan } } : slot;
}

function moveItem({ item, span, slot }: ItemEntry, by: number): void {
  moveSpan(item.location.span, by);
  moveSpan(item.statusSpan, by);
  for (const each of item.dependencySpans ?? []) moveSpan(each, by);
  if (item.prioritySpan) moveSpan(item.prioritySpan, by);
  moveSpan(span, by);
  if (slot.kind === 'cell') moveSpan(slot.room, by);
  else if (slot.kind === 'box') moveSpan(slot.symbolSpan, by);
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
