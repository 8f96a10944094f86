import type { Finding } from './finding.ts';
import { sameEnds } from './made-items.ts';
import type { ClaimOf } from './project-map.ts';
import { isSameList } from './same-list.ts';
import type { Claim, ParsedFile, Project, System } from './system.ts';
import { hasAlias, type Node } from './tree.ts';

interface List {
  items: readonly object[];
  /** The indexes of those that were not silent. */
  loud: readonly number[];
}

/**
 * In what of a file rules found nothing, from one edit to the next. A finding has a place, which edits move; silence
 * has none, so it is silence that is remembered, and what has findings is looked at again.
 */
export class Silence {
  readonly #claim: Claim['kind'];
  readonly #project: Project;
  readonly #items = new WeakSet<Node>();
  /** The lists of the items, as they were when they were last gone through. */
  readonly #lists: List[] = [];
  /** By the rule. */
  readonly #rules = new Map<object, readonly unknown[]>();

  constructor({ claim, project }: ClaimOf) {
    this.#claim = claim.kind;
    this.#project = project;
  }

  /** The silence of a file that is typed in; undefined for all others, of which none is remembered. */
  static of(file: ParsedFile): Silence | undefined {
    if (!file.source.isEdited) return undefined;
    const kept = file.source.kept(Silence, () => ({ silence: new Silence(file) }));
    if (!kept.silence.isOf(file)) kept.silence = new Silence(file);
    return kept.silence;
  }

  /** Whether the file is read as it was. */
  isOf({ claim, project }: ClaimOf): boolean {
    return this.#claim === claim.kind && this.#project === project;
  }

  /** The file as local rules must see it, and the items that are left in it. */
  narrow(
    file: ParsedFile,
    narrowed: NonNullable<System['narrowed']>,
  ): readonly [items: readonly Node[], file: ParsedFile] {
    const nodes: Node[] = [];
    let count = 0;
    const narrow = narrowed(file, (items) => {
      const list = (this.#lists[count++] ??= { items: [], loud: [] });
      const left = this.#loudIn(list, items);
      for (const { node } of left) nodes.push(node);
      return left;
    });
    return [nodes, narrow];
  }

  /** The items that were not silent, and those that are new. */
  #loudIn<Item extends { readonly node: Node }>(list: List, items: readonly Item[]): readonly Item[] {
    const { start, behind } = sameEnds<object>(list.items, items);
    const by = items.length - list.items.length;
    const places = [
      ...list.loud.filter((at) => at < start),
      ...Array.from({ length: items.length - behind - start }, (_, at) => start + at),
      ...list.loud.filter((at) => at >= list.items.length - behind).map((at) => at + by),
    ];
    list.items = items;
    list.loud = places.filter((at) => !this.#items.has(items[at]!.node));
    return list.loud.map((at) => items[at]!);
  }

  /** Remembers those of the items in which nothing was found. */
  keepItems(items: readonly Node[], findings: readonly Finding[]): void {
    const starts = findings.map(({ span }) => span.start).sort((a, b) => a - b);
    for (const item of items) {
      const { start, end } = item.span;
      // What is found in what an alias brings in stands elsewhere.
      if (!starts.some((at) => start <= at && at <= end) && !hasAlias(item)) this.#items.add(item);
    }
  }

  /** Whether a rule found nothing in what it still rests on. */
  isKept(rule: object, rests: readonly unknown[]): boolean {
    const before = this.#rules.get(rule);
    return before !== undefined && isSameList(before, rests);
  }

  keepRule(rule: object, rests: readonly unknown[] | undefined): void {
    if (rests) this.#rules.set(rule, rests);
    else this.#rules.delete(rule);
  }
}
