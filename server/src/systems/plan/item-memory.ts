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
  /** By their spans: an item that is only called otherwise goes on with the one that it has. */
  #known = new WeakMap<Span, { at: number; entry: ItemEntry; said: ItemSaid }>();
  #rests = '';

  /** Those of a document as a project reads it; `rests` is all that they rest on besides the items. */
  static of(source: SourceFile, project: Project, rests: string): ItemMemory {
    const memory = source.isEdited ? source.kept(project, () => new ItemMemory()) : new ItemMemory();
    if (memory.#rests !== rests) memory.#known = new WeakMap();
    memory.#rests = rests;
    return memory;
  }

  /** `former` is what the same text said while the item was called otherwise. */
  of(entry: ItemEntry, read: (entry: ItemEntry, former?: ItemSaid) => ItemSaid): ItemSaid {
    const at = entry.span.start;
    const known = this.#known.get(entry.span);
    if (!known) {
      const said = read(entry);
      for (const fact of [said.definition, ...said.mentions]) ownSpan(fact);
      this.#known.set(entry.span, { at, entry, said });
      return said;
    }
    const by = at - known.at;
    if (by !== 0) {
      // What stands nowhere has the file's start as its place; none of these does.
      moveSpan(known.said.definition.span, by);
      for (const { span } of known.said.mentions) moveSpan(span, by);
      known.at = at;
    }
    if (known.entry !== entry) {
      known.said = read(entry, known.said);
      known.entry = entry;
      ownSpan(known.said.definition);
    }
    return known.said;
  }
}

/** Facts often have the span of what they were read from, which moves by itself. */
function ownSpan(fact: Definition | Use): void {
  (fact as { span: Span }).span = { ...fact.span };
}
