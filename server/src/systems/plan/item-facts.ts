import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import { PlanLinks, type LinkableItem, type Meaning } from '../../core/plan-links.ts';
import type { PlanRole, PlanStatus } from '../../core/plan.ts';
import type { FactFile } from '../../core/rule.ts';
import type { ParsedFile } from '../../core/system.ts';
import { itemNamespace } from './facts.ts';
import type { ItemEntry, PlanModel } from './model.ts';

/** An item as facts tell of it. */
export interface FactItem extends LinkableItem {
  readonly role: PlanRole;
  readonly definition: Located<Definition>;
}

/** The items of a plan over all of its documents, with what they wait for; made once for all rules that look at a document. */
export interface PlanFacts {
  /** Of this document, with what the document says of it. */
  readonly own: readonly { readonly item: FactItem; readonly entry: ItemEntry }[];
  readonly all: readonly FactItem[];
  /** What a dependency of an item is about; asked as often as one likes. */
  meanings(item: FactItem): readonly Meaning<FactItem>[];
}

export function planFactsOf(file: FactFile, facts: FactReader): PlanFacts {
  const all = [...facts.all(itemNamespace, file.project.scope)].flatMap(toItem);
  const links = new PlanLinks(all);
  const known = new Map<FactItem, readonly Meaning<FactItem>[]>();
  const parsed = file.parsed() as ParsedFile<PlanModel> | undefined;
  const entries = new Map(parsed?.model.entries.map((entry) => [entry.item.id, entry]));
  return {
    own: all.flatMap((item) => {
      const entry = item.path === file.path ? entries.get(item.id) : undefined;
      return entry ? [{ item, entry }] : [];
    }),
    all,
    meanings(item) {
      let found = known.get(item);
      if (!found) known.set(item, (found = item.dependencies.map((each) => links.meaningOf(item, each))));
      return found;
    },
  };
}

/** An item of a definition; none where it is of something else. */
export function toItem(definition: Located<Definition>): readonly FactItem[] {
  const { data, what, name, path, span } = definition;
  if (what !== 'task' || !data) return [];
  const dependencies = data['dependencies'];
  const item: FactItem = {
    path,
    id: name,
    title: data['title'] ?? name,
    group: data['group'] ?? '',
    status: data['status'] as PlanStatus,
    role: data['role'] as PlanRole,
    dependencies: dependencies === undefined ? [] : dependencies.split('\n'),
    at: span.start,
    parent: data['parent'],
    definition,
  };
  return [item];
}

/** True for the files that the plan rules over facts look at; a service or a check may define names beside items. */
export function isPlanFile(file: FactFile): boolean {
  return file.project.system === 'plan';
}
