import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import { findCycles } from '../../core/plan-next.ts';
import { PlanLinks, type LinkableItem, type Meaning } from '../../core/plan-links.ts';
import { sameItemKey } from '../../core/plan-set.ts';
import type { PlanRole, PlanStatus } from '../../core/plan.ts';
import type { FactFile } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile } from '../../core/system.ts';
import { itemNamespace } from './facts.ts';
import type { ItemEntry, PlanModel } from './model.ts';

/** An item as facts tell of it. */
export interface FactItem extends LinkableItem {
  at: number;
  readonly role: PlanRole;
  readonly definition: Located<Definition>;
  readonly data: Definition['data'];
  /** What its title is told alike by. */
  readonly key: string;
}

/** The items of a plan over all of its documents, with what they wait for; made once for all rules that look at a document. */
export interface PlanFacts {
  /** Of this document. */
  readonly own: readonly FactItem[];
  /** In the order of their documents' paths and their places. */
  readonly all: readonly FactItem[];
  /** What each dependency of an item is about; asked as often as one likes. */
  meanings(item: FactItem): readonly Meaning<FactItem>[];
  /** Where a dependency of an item of this document is written; the item itself where that cannot be told. */
  spanOf(item: FactItem, dependency: number): Span;
  /** The circles in which items wait for each other. */
  cycles(): readonly (readonly FactItem[])[];
}

export function planFactsOf(file: FactFile, facts: FactReader): PlanFacts {
  const { scope } = file.project;
  const scopes = facts.kept(planFactsOf, () => new Map<string, LinkedItems>());
  const linked = scopes.get(scope) ?? new LinkedItems();
  scopes.set(scope, linked);
  linked.follow(facts.all(itemNamespace, scope));
  const all = linked.links.items;
  // Most documents have nothing to be told of, and then nobody asks for their entries.
  let entries: ReadonlyMap<string, ItemEntry> | undefined;
  return {
    own: all.filter(({ path }) => path === file.path),
    all,
    meanings: (item) => linked.links.meaningsOf(item),
    spanOf(item, dependency) {
      entries ??= entriesOf(file);
      return entries.get(item.id)?.item.dependencySpans?.[dependency] ?? item.definition.span;
    },
    cycles: () => linked.cycles(),
  };
}

function entriesOf(file: FactFile): ReadonlyMap<string, ItemEntry> {
  const parsed = file.parsed() as ParsedFile<PlanModel> | undefined;
  return new Map(parsed?.model.entries.map((entry) => [entry.item.id, entry]));
}

/** The items of a scope with their links, from one state of the facts to the next: an edit makes anew what it changes. */
class LinkedItems {
  readonly links = new PlanLinks<FactItem>([]);
  readonly #items = new Map<Definition, FactItem>();
  /** What titles are told alike by: a group that is renamed has other definitions of the same titles. */
  readonly #keys = new Map<string, string>();
  #cycles: readonly (readonly FactItem[])[] | undefined;

  follow(definitions: Iterable<Located<Definition>>): void {
    const now: FactItem[] = [];
    for (const definition of definitions) {
      const item = this.#itemOf(definition);
      if (item) now.push(item);
    }
    now.sort(byPlace);
    if (this.links.follow(now).length > 0) this.#cycles = undefined;
    // Items of definitions that are gone take no room for long.
    if (this.#items.size > 2 * now.length) this.#items.clear();
    if (this.#keys.size > 2 * now.length) this.#keys.clear();
    for (const item of this.links.items)
      if (this.#items.get(item.definition) !== item) this.#items.set(item.definition, item);
  }

  cycles(): readonly (readonly FactItem[])[] {
    return (this.#cycles ??= findCycles(this.links.items, (item) => itemsIn(this.links.meaningsOf(item))));
  }

  #itemOf(definition: Located<Definition>): FactItem | undefined {
    const known = this.#items.get(definition);
    // Facts may be written over, and move by themselves.
    if (known?.definition !== definition || known.id !== definition.name || known.data !== definition.data)
      return toItem(definition, (title) => this.#keyOf(title));
    known.at = definition.span.start;
    return known;
  }

  #keyOf(title: string): string {
    let key = this.#keys.get(title);
    if (key === undefined) this.#keys.set(title, (key = sameItemKey(title)));
    return key;
  }
}

/** The items that dependencies are about; most items have one dependency. */
function itemsIn(meanings: readonly Meaning<FactItem>[]): readonly FactItem[] {
  const [first] = meanings;
  if (meanings.length === 1 && first?.kind === 'items') return first.items;
  return meanings.flatMap((meaning) => (meaning.kind === 'items' ? meaning.items : []));
}

function byPlace(a: FactItem, b: FactItem): number {
  return a.path === b.path ? a.at - b.at : a.path < b.path ? -1 : 1;
}

/** An item of a definition; undefined where it is of something else. */
export function toItem(
  definition: Located<Definition>,
  keyOf: (title: string) => string = sameItemKey,
): FactItem | undefined {
  const { data, what, name, path, span } = definition;
  if (what !== 'task' || !data) return undefined;
  const dependencies = data['dependencies'];
  return {
    path,
    id: name,
    title: data['title'] ?? name,
    group: data['group'] ?? '',
    status: data['status'] as PlanStatus,
    role: data['role'] as PlanRole,
    dependencies: dependencies === undefined ? [] : dependencies.split('\n'),
    at: span.start,
    parent: data['parent'],
    code: data['code'],
    definition,
    data,
    key: keyOf(data['title'] ?? name),
  };
}

/** True for the files that the plan rules over facts look at; a service or a check may define names beside items. */
export function isPlanFile(file: FactFile): boolean {
  return file.project.system === 'plan';
}
