import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import type { ItemEntry } from './model.ts';
import { movedSpan, PieceMemory } from './piece-memory.ts';
import { TableMemory } from './table-memory.ts';

/** What is kept of a document's reading from one version to the next. */
export interface PlanMemory {
  readonly pieces: PieceMemory;
  readonly tables: TableMemory;
}

const memoryKey = {};

/** What was kept of a document's former version; undefined for one that is not typed in. */
export function planMemory(source: SourceFile): PlanMemory | undefined {
  if (!source.isEdited) return undefined;
  return source.kept(memoryKey, () => {
    const pieces = new PieceMemory();
    return { pieces, tables: new TableMemory(pieces) };
  });
}

/** What an item says: of itself, and of what is named in its text. */
export interface ItemSaid {
  readonly definition: Definition;
  readonly mentions: readonly Use[];
}

/**
 * The facts of a plan's items from one version to the next: an item that is the same says the same, and its facts, the very
 * same objects, move with it.
 */
export class ItemMemory {
  #known = new WeakMap<ItemEntry, ItemSaid>();
  #rests = '';

  /** Those of a document as a project reads it; `rests` is all that they rest on besides the items. */
  static of(source: SourceFile, project: Project, rests: string): ItemMemory {
    const memory = source.isEdited ? source.kept(project, () => new ItemMemory()) : new ItemMemory();
    if (memory.#rests !== rests) memory.#known = new WeakMap();
    memory.#rests = rests;
    return memory;
  }

  of(entry: ItemEntry, tables: TableMemory | undefined, read: () => ItemSaid): ItemSaid {
    let said = this.#known.get(entry);
    const former = said ? undefined : tables?.formerOf(entry);
    said ??= former && this.#known.get(former.from);
    if (said?.definition.name !== entry.item.id) said = read();
    else if (former) for (const fact of [said.definition, ...said.mentions]) move(fact, former.by);
    this.#known.set(entry, said);
    // The former one is gone: its facts have moved on.
    if (former) this.#known.delete(former.from);
    return said;
  }
}

/** What stands nowhere has the file's start as its place; none of these does. */
function move(fact: Exclude<Fact, { fact: 'hole' }>, by: number): void {
  (fact as { span: Span }).span = movedSpan(fact.span, by);
}
