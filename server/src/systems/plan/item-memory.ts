import type { Definition, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Project } from '../../core/system.ts';
import { BlockTexts } from './block-texts.ts';
import type { ItemEntry } from './model.ts';
import { EntryMemory } from './entry-memory.ts';
import { moveSpan, PieceMemory } from './piece-memory.ts';

/** What is kept of a document's reading from one version to the next. */
export interface PlanMemory {
  /** The newest version. */
  readonly source: SourceFile;
  readonly pieces: PieceMemory;
  readonly texts: BlockTexts;
  readonly entries: EntryMemory;
}

const memoryKey = {};

/** What was kept of a document's former version; undefined for one that is not typed in. */
export function planMemory(source: SourceFile): PlanMemory | undefined {
  if (!source.isEdited) return undefined;
  const kept = source.kept(memoryKey, () => ({
    pieces: new PieceMemory(),
    texts: new BlockTexts(),
    entries: new EntryMemory(),
  }));
  return { ...kept, source };
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
  #known = new WeakMap<ItemEntry, { at: number; readonly said: ItemSaid }>();
  #rests = '';

  /** Those of a document as a project reads it; `rests` is all that they rest on besides the items. */
  static of(source: SourceFile, project: Project, rests: string): ItemMemory {
    const memory = source.isEdited ? source.kept(project, () => new ItemMemory()) : new ItemMemory();
    if (memory.#rests !== rests) memory.#known = new WeakMap();
    memory.#rests = rests;
    return memory;
  }

  of(entry: ItemEntry, read: (entry: ItemEntry) => ItemSaid): ItemSaid {
    const at = entry.span.start;
    const known = this.#known.get(entry);
    if (!known) {
      const said = read(entry);
      for (const fact of [said.definition, ...said.mentions])
        (fact as { span: Span }).span = { ...fact.span };
      this.#known.set(entry, { at, said });
      return said;
    }
    const { said } = known;
    const by = at - known.at;
    if (by === 0) return said;
    // What stands nowhere has the file's start as its place; none of these does.
    moveSpan(said.definition.span, by);
    for (const { span } of said.mentions) moveSpan(span, by);
    known.at = at;
    return said;
  }
}
