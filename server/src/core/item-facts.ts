import type { Fact } from './facts.ts';
import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';
import type { Project } from './system.ts';
import type { Node } from './tree.ts';

interface Known {
  /** Where the item stood when its facts were last told. */
  at: number;
  readonly facts: readonly Fact[];
}

/**
 * The facts of the items of a file's lists, from one version of the file to the next: an item that is the same says the
 * same, and its facts, the very same objects, move with it. Not for files with aliases, whose items hold each other.
 */
export class ItemFacts<Around> {
  /** What is made of all that the facts of items rest on besides the item. */
  readonly around: Around;
  readonly #known: WeakMap<Node, Known> | undefined;

  private constructor(around: Around, known: WeakMap<Node, Known> | undefined) {
    this.around = around;
    this.#known = known;
  }

  /** Those of a file as a project reads it, while `rests`, all that they rest on, compared by identity, is the same. */
  static of<Around>(
    source: SourceFile,
    project: Project,
    { rests, make }: { readonly rests: readonly unknown[] | undefined; readonly make: () => Around },
  ): ItemFacts<Around> {
    if (!source.isEdited || rests === undefined) return new ItemFacts(make(), undefined);
    const kept = source.kept(project, (): Kept => ({ rests: [], facts: undefined }));
    const isSame = rests.length === kept.rests.length && rests.every((each, at) => each === kept.rests[at]);
    if (!kept.facts || !isSame) kept.facts = new ItemFacts(make(), new WeakMap());
    kept.rests = rests;
    return kept.facts as ItemFacts<Around>;
  }

  of(item: Node, read: () => readonly Fact[]): readonly Fact[] {
    const at = item.span.start;
    const known = this.#known?.get(item);
    if (!known) {
      const facts = read();
      this.#known?.set(item, { at, facts });
      return facts;
    }
    if (known.at !== at) for (const fact of known.facts) if (fact.fact !== 'hole') move(fact, known.at, at);
    known.at = at;
    return known.facts;
  }
}

interface Kept {
  rests: readonly unknown[];
  facts: unknown;
}

/** What stands nowhere has the file's start as its place. */
function move(fact: { readonly span: Span }, from: number, to: number): void {
  const { start, end } = fact.span;
  if (start < from) return;
  (fact as { span: Span }).span = { start: start - from + to, end: end - from + to };
}
