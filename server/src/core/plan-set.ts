import { folderOf } from './path.ts';
import type { Plan, PlanItem, PlanRole } from './plan.ts';

/** Several documents as one plan: what is to be done first, then the road, ideas, and what is done. */
export interface PlanSet {
  readonly documents: readonly Plan[];
  /** Of all documents, in their order; made when somebody asks. */
  readonly items: readonly PlacedItem[];
}

/** An item and the document that it stands in; ids are unique only there. */
export interface PlacedItem {
  readonly plan: Plan;
  readonly item: PlanItem;
}

const order: readonly PlanRole[] = ['outstanding', 'roadmap', 'ideas', 'completed'];

/** Puts documents in the order in which people look into them: by their role, the nearest to the root first, then by name. */
export function joinPlans(plans: Iterable<Plan>): PlanSet {
  const depth = ({ path }: Plan): number => path.split('/').length;
  const documents = [...plans].sort(
    (a, b) =>
      order.indexOf(a.role) - order.indexOf(b.role) ||
      depth(a) - depth(b) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
  return {
    documents,
    get items() {
      return documents.flatMap((plan) => plan.items.map((item) => ({ plan, item })));
    },
  };
}

/** What the same item is called in every document: its words, without marks, case and numbers of lists. */
export function sameItemKey(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/^\d+[.)]\s+/, '')
    .match(/[\p{L}\p{N}]+/gu);
  return words?.join(' ') ?? '';
}

/** Items of several documents that are called alike, each in a document of its own at least twice; of titles that say enough. */
export function sameItems(items: Iterable<PlacedItem>): readonly (readonly PlacedItem[])[] {
  const byKey = new Map<string, PlacedItem[]>();
  for (const placed of items) {
    const key = sameItemKey(placed.item.title);
    if (!saysEnough(key)) continue;
    const same = byKey.get(key);
    if (same) same.push(placed);
    else byKey.set(key, [placed]);
  }
  return [...byKey.values()].filter((same) => new Set(same.map(({ plan }) => plan.path)).size > 1);
}

/** 'Tests' or 'Set up' may be anything; three words, or two long ones, are meant. */
export function saysEnough(key: string): boolean {
  const words = key.split(' ').length;
  return words >= 3 || (words === 2 && key.length >= 12);
}

/** The documents that belong together: in one folder, or one names the other, directly or over others. `links` are paths that each names. */
export function groupDocuments<D extends { readonly path: string; readonly links: readonly string[] }>(
  documents: readonly D[],
): readonly (readonly D[])[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const neighbours = new Map<D, Set<D>>(documents.map((document) => [document, new Set()]));
  const join = (a: D, b: D): void => {
    neighbours.get(a)!.add(b);
    neighbours.get(b)!.add(a);
  };
  const firstIn = new Map<string, D>();
  for (const document of documents) {
    const first = firstIn.get(folderOf(document.path));
    if (first) join(first, document);
    else firstIn.set(folderOf(document.path), document);
    for (const link of document.links) {
      const other = byPath.get(link);
      if (other && other !== document) join(document, other);
    }
  }
  const seen = new Set<D>();
  return documents.flatMap((document) => {
    if (seen.has(document)) return [];
    seen.add(document);
    const group = [document];
    for (const each of group)
      for (const other of neighbours.get(each)!)
        if (!seen.has(other)) {
          seen.add(other);
          group.push(other);
        }
    return [group];
  });
}
