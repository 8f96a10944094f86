import type { Fact } from './facts.ts';
import { MadeItems, sameEnds } from './made-items.ts';
import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';
import type { Project } from './system.ts';
import type { Node } from './tree.ts';

/** What the items of a list say: all of it in one list, which nobody writes into, and what each says. */
export interface SaidByItems {
  readonly all: readonly Fact[];
  readonly each: readonly (readonly Fact[])[];
}

/**
 * The facts of the items of a file's lists, from one version of the file to the next: an item that is the same says the
 * same, and its facts, the very same objects, move with it. Not for files with aliases, whose items hold each other.
 */
export class ItemFacts<Around> {
  /** What is made of all that the facts of items rest on besides the item. */
  readonly around: Around;
  readonly #lists: Map<string, ItemList> | undefined;

  private constructor(around: Around, lists?: Map<string, ItemList>) {
    this.around = around;
    this.#lists = lists;
  }

  /** Those of a file as a project reads it, while all that they rest on says the same. */
  static of<Rests, Around>(
    source: SourceFile,
    project: Project,
    { rests, isSame, make }: Resting<Rests, Around>,
  ): ItemFacts<Around> {
    if (!source.isEdited || rests === undefined) return new ItemFacts(make());
    const kept = source.kept(project, (): Kept => ({ rests: undefined, facts: undefined }));
    if (!kept.facts || !isSame(kept.rests as Rests, rests)) kept.facts = new ItemFacts(make(), new Map());
    kept.rests = rests;
    return kept.facts as ItemFacts<Around>;
  }

  /** Those of one list; an item that is the same object stands for a node that is the same. */
  of<Item extends { readonly node: Node }>(
    list: string,
    items: readonly Item[],
    read: (item: Item) => readonly Fact[],
  ): SaidByItems {
    if (!this.#lists) {
      const each = items.map(read);
      return { each, all: each.flat() };
    }
    let known = this.#lists.get(list);
    if (!known) this.#lists.set(list, (known = new ItemList()));
    return known.of(items, (item) => read(item as Item));
  }
}

class ItemList {
  readonly #made = new MadeItems<{ readonly node: Node }, Known>();
  readonly #each = new MadeItems<Known, readonly Fact[]>();
  #known: readonly Known[] = [];
  #all: readonly Fact[] = [];

  of(
    items: readonly { readonly node: Node }[],
    read: (item: { readonly node: Node }) => readonly Fact[],
  ): SaidByItems {
    const known = this.#made.of(items, (item) => new Known(item.node, read(item)));
    for (const each of known) each.move();
    this.#all = this.#joined(known);
    this.#known = known;
    return { all: this.#all, each: this.#each.of(known, ({ facts }) => facts) };
  }

  #joined(known: readonly Known[]): readonly Fact[] {
    const before = this.#known;
    if (known === before) return this.#all;
    const { start, behind } = sameEnds(before, known);
    const from = countOf(known.slice(0, start));
    const until = from + countOf(before.slice(start, before.length - behind));
    const news = known.slice(start, known.length - behind).flatMap(({ facts }) => facts);
    return this.#all.slice(0, from).concat(news, this.#all.slice(until));
  }
}

function countOf(known: readonly Known[]): number {
  let count = 0;
  for (const { facts } of known) count += facts.length;
  return count;
}

/** What an item says, where it stood when that was last told. */
class Known {
  readonly #node: Node;
  readonly facts: readonly Fact[];
  #at: number;

  constructor(node: Node, facts: readonly Fact[]) {
    this.#node = node;
    this.facts = facts;
    this.#at = node.span.start;
    // Facts often have the span of a node, or of each other, which would move by itself.
    for (const fact of facts) if (fact.fact !== 'hole') (fact as { span: Span }).span = { ...fact.span };
  }

  /** What stands nowhere has the file's start as its place. */
  move(): void {
    const from = this.#at;
    const by = this.#node.span.start - from;
    if (by === 0) return;
    this.#at += by;
    for (const fact of this.facts) {
      if (fact.fact === 'hole') continue;
      const span = fact.span as { start: number; end: number };
      if (span.start < from) continue;
      span.start += by;
      span.end += by;
    }
  }
}

/** What the facts of items rest on besides the item, and what is made of it for them. */
export interface Resting<Rests, Around> {
  /** Undefined where nothing may be taken over. */
  readonly rests: Rests | undefined;
  readonly isSame: (before: Rests, now: Rests) => boolean;
  readonly make: () => Around;
}

interface Kept {
  rests: unknown;
  facts: unknown;
}
